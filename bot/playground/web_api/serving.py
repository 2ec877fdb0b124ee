"""The Web API: one address for each method, a token, scopes, and a record of every call."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bot.playground.refusals import MethodRefused
from bot.playground.web_api import (
    auth,
    blocks,
    chat,
    conversations,
    dnd,
    files,
    oauth,
    pins,
    reactions,
    scheduled,
    team,
    users,
    views,
)
from bot.playground.web_api.arguments import Arguments
from bot.playground.web_api.bodies import given_in
from bot.playground.web_api.method import Method
from bot.playground.web_api.tokens import admit, scope_headers, token_in, without_secrets
from bot.playground.workspace.faults import Fault, strike
from bot.playground.workspace.slack import Slack
from bot.playground.workspace.state import Json

FAMILIES: Mapping[str, Method] = {
    **auth.METHODS,
    **blocks.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **dnd.METHODS,
    **files.METHODS,
    **oauth.METHODS,
    **pins.METHODS,
    **reactions.METHODS,
    **scheduled.METHODS,
    **team.METHODS,
    **users.METHODS,
    **views.METHODS,
}


@dataclass(slots=True)
class WebApi:
    """Answers the calls. `methods` may be added to."""

    slack: Slack
    methods: dict[str, Method] = field(default_factory=lambda: dict(FAMILIES))
    faults: list[Fault] = field(default_factory=list)
    closing: asyncio.Event = field(default_factory=asyncio.Event)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Answer one request."""
        began = time.perf_counter()
        method = request.match_info["method"]
        try:
            token, given = await _read(request)
        except MethodRefused as refusal:
            self.slack.journal.call(method, {}, _refused(refusal), began)
            return web.json_response(_refused(refusal))
        fault = strike(self.faults, method, given)
        if fault is not None and not fault.carried_out:
            answer = _broken_answer(fault)
        else:
            answer = self.answer(method, token, given)
        if fault is not None and fault.garbled:
            answer = _broken_answer(fault)
        self.slack.journal.call(method, without_secrets(given), without_secrets(answer), began)
        return await self._sent(request, answer, fault, scope_headers(self.slack.app, self.methods.get(method), token))

    def answer(self, method: str, token: str, given: Mapping[str, Any]) -> Json:
        """The answer to one call, as Slack gives it."""
        try:
            return {"ok": True, **self._carry_out(method, token, given)}
        except MethodRefused as refusal:
            return _refused(refusal)

    def _carry_out(self, name: str, token: str, given: Mapping[str, Any]) -> Json:
        method = self.methods.get(name)
        if method is None:
            raise MethodRefused("unknown_method", req_method=name)
        admit(self.slack.app, method, token)
        return method.answer(self.slack, Arguments(given, token))

    async def _sent(
        self, request: web.Request, answer: Json, fault: Fault | None, headers: Mapping[str, str]
    ) -> web.StreamResponse:
        how = fault.how if fault is not None else ""
        if how in ("drop_before", "drop_after") and request.transport is not None:
            request.transport.abort()
        elif how in ("hang", "hang_before"):
            await self.closing.wait()
        elif how in ("500", "500_after"):
            return web.json_response(answer, status=500)
        elif how == "429" and fault is not None:
            return web.json_response(answer, status=429, headers={"Retry-After": str(fault.retry_after)})
        return web.json_response(answer, headers=headers)


def _refused(refusal: MethodRefused) -> Json:
    answer: Json = {"ok": False, "error": refusal.error, **refusal.details}
    if refusal.messages:
        answer |= {"response_metadata": {"messages": list(refusal.messages)}}
    return answer


def _broken_answer(fault: Fault) -> Json:
    if isinstance(fault.how, str):
        return {"ok": False, "error": "ratelimited" if fault.how == "429" else "internal_error"}
    return {"ok": False, **{name: value for name, value in fault.how.items() if name != "after"}}


async def _read(request: web.Request) -> tuple[str, Json]:
    """The token, and the arguments without it."""
    given = await given_in(request)
    return token_in(request.headers.get("Authorization", ""), given), given
