"""Where the app's answers arrive that it sends to a response URL."""

import time

from aiohttp import web

from bot.playground.desk import answers
from bot.playground.refusals import MethodRefused
from bot.playground.workspace import violations
from bot.playground.workspace.passes import RESPONSE_USES
from bot.playground.workspace.slack import Slack
from bot.playground.workspace.state import Json


class ResponseRoutes:
    """/response/TOKEN."""

    def __init__(self, slack: Slack):
        self._slack = slack

    def add_to(self, router: web.UrlDispatcher) -> None:
        """Add the route."""
        router.add_post("/response/{token}", self.take)

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
