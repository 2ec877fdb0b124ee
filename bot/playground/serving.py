"""What the playground serves: Slack's own addresses, the page, and the local API."""

import time
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web

from bot.playground.desk import answers
from bot.playground.guard import only_from_here
from bot.playground.local_api.app import AppRoutes
from bot.playground.local_api.faults import FaultRoutes
from bot.playground.local_api.journal import JournalRoutes
from bot.playground.local_api.people import PeopleRoutes
from bot.playground.local_api.saved import SavedRoutes
from bot.playground.local_api.stream import Stream
from bot.playground.local_api.workspace import WorkspaceRoutes
from bot.playground.refusals import MethodRefused
from bot.playground.web_api.consent import ConsentPage
from bot.playground.web_api.pictures import PictureRoutes
from bot.playground.web_api.uploads import FileRoutes
from bot.playground.workspace import violations
from bot.playground.workspace.passes import RESPONSE_USES
from bot.playground.workspace.slack import Slack
from bot.playground.workspace.state import Json

if TYPE_CHECKING:
    from bot.playground.server import Playground

PAGE = Path(__file__).parent / "page"
LARGEST_REQUEST = 16 * 2**20
ROUTES = (
    AppRoutes,
    PeopleRoutes,
    WorkspaceRoutes,
    JournalRoutes,
    FaultRoutes,
    SavedRoutes,
    FileRoutes,
    PictureRoutes,
    Stream,
)


def serve(playground: "Playground") -> web.Application:
    """Lay out every address of the playground."""
    application = web.Application(middlewares=[only_from_here], client_max_size=LARGEST_REQUEST)
    router = application.router
    router.add_route("*", "/api/{method}", playground.web_api.serve)
    router.add_get("/socket", playground.sockets.serve)
    router.add_post("/response/{token}", Responses(playground.slack).take)
    router.add_get("/", _page)
    if PAGE.is_dir():
        router.add_static("/static", PAGE)
        application.on_response_prepare.append(_always_fresh)
    ConsentPage(playground.slack).add_to(router)
    for routes in ROUTES:
        routes(playground).add_to(router)
    return application


class Responses:
    """What the app sends to its response URLs."""

    def __init__(self, slack: Slack):
        self._slack = slack

    async def take(self, request: web.Request) -> web.StreamResponse:
        """Do what was sent, and write it down."""
        began = time.perf_counter()
        body = await _object(request)
        error = "invalid_payload" if body is None else self._refused(request.match_info["token"], body)
        answer: Json = {"ok": False, "error": error} if error else {"ok": True}
        noticed = (violations.used_up(RESPONSE_USES),) if error == "used_url" else ()
        self._slack.journal.response(body or {}, answer, began, noticed)
        if error:
            return web.json_response(answer, status=404 if error.endswith("_url") else 400)
        return web.Response(text="ok")

    def _refused(self, token: str, body: Json) -> str:
        """Do what was sent; say why not, or nothing."""
        try:
            answers.respond(self._slack, token, body)
        except MethodRefused as refusal:
            return refusal.error
        return ""


async def _object(request: web.Request) -> Json | None:
    try:
        body = await request.json()
    except ValueError:
        return None
    return body if isinstance(body, dict) else None


async def _page(request: web.Request) -> web.StreamResponse:
    index = PAGE / "index.html"
    if not index.is_file():
        return web.Response(status=404, text="This playground has no page; its API is under /playground.")
    return web.FileResponse(index, headers={"Cache-Control": "no-store"})


async def _always_fresh(request: web.Request, response: web.StreamResponse) -> None:
    """Let the browser ask again each time: modules of two releases do not fit together."""
    if request.path.startswith("/static/"):
        response.headers["Cache-Control"] = "no-cache"
