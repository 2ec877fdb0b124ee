"""What the playground serves: Slack's own addresses, the page, and the local API."""

from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web

from bot.playground.guard import only_from_here
from bot.playground.local_api.app import AppRoutes
from bot.playground.local_api.faults import FaultRoutes
from bot.playground.local_api.journal import JournalRoutes
from bot.playground.local_api.people import PeopleRoutes
from bot.playground.local_api.saved import SavedRoutes
from bot.playground.local_api.stream import Stream
from bot.playground.local_api.workspace import WorkspaceRoutes
from bot.playground.responses import ResponseRoutes
from bot.playground.web_api.consent import ConsentPage
from bot.playground.web_api.pictures import PictureRoutes
from bot.playground.web_api.uploads import FileRoutes

if TYPE_CHECKING:
    from bot.playground.server import Playground

PAGE = Path(__file__).parent / "page"
LARGEST_REQUEST = 16 * 2**20
OF_SLACK = (ResponseRoutes, ConsentPage, FileRoutes, PictureRoutes)
OF_THE_PAGE = (AppRoutes, PeopleRoutes, WorkspaceRoutes, JournalRoutes, FaultRoutes, SavedRoutes, Stream)


def serve(playground: "Playground") -> web.Application:
    """Lay out every address of the playground."""
    application = web.Application(middlewares=[only_from_here], client_max_size=LARGEST_REQUEST)
    router = application.router
    router.add_route("*", "/api/{method}", playground.web_api.serve)
    router.add_get("/socket", playground.sockets.serve)
    router.add_get("/", _page)
    router.add_static("/static", PAGE)
    application.on_response_prepare.append(_always_fresh)
    for public in OF_SLACK:
        public(playground.slack).add_to(router)
    for local in OF_THE_PAGE:
        local(playground).add_to(router)
    return application


async def _page(request: web.Request) -> web.StreamResponse:
    return web.FileResponse(PAGE / "index.html", headers={"Cache-Control": "no-store"})


async def _always_fresh(request: web.Request, response: web.StreamResponse) -> None:
    """Let the browser ask again each time: modules of two releases do not fit together."""
    if request.path.startswith("/static/"):
        response.headers["Cache-Control"] = "no-cache"
