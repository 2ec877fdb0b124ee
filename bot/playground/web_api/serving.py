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
from bot.playground.web_api.spoiling import send_spoiled
from bot.playground.web_api.tokens import admit, scope_headers, token_in, without_secrets
from bot.playground.workspace import violations
from bot.playground.workspace.faults import Fault
from bot.playground.workspace.slack import Slack
from bot.playground.workspace.state import Json

FAMILIES: dict[str, Method] = {
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
    """Answers the calls of these methods."""

    slack: Slack
    methods: Mapping[str, Method]
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
        noticed = _noticed(self.slack, method)
        fault = self._in_the_way(method, given)
        answer = self._answered(fault, method, token, given)
        ordered = str(fault.how) if fault is not None and fault.id else ""
        self.slack.journal.call(method, without_secrets(given), without_secrets(answer), began, noticed, ordered)
        if fault is not None:
            return await send_spoiled(request, answer, fault, self.closing)
        headers = scope_headers(self.slack.app, self.methods.get(method), token)
        return web.json_response(answer, headers=headers)

    def answer(self, method: str, token: str, given: Mapping[str, Any]) -> Json:
        """The answer to one call, as Slack gives it."""
        try:
            return {"ok": True, **self._carry_out(method, token, given)}
        except MethodRefused as refusal:
            return _refused(refusal)

    def _in_the_way(self, method: str, given: Json) -> Fault | None:
        """What keeps this call from going well: a fault on order, or that it is one call too many (without an id)."""
        fault = self.slack.faults.strike(method, given)
        wait = self.slack.limits.refuses(method, given) if fault is None else None
        if wait is not None:
            fault = Fault(method, "429", retry_after=wait, id="")
        if fault is not None and fault.how == "429":
            self.slack.limits.pause(method, fault.retry_after)
        return fault

    def _answered(self, fault: Fault | None, method: str, token: str, given: Json) -> Json:
        """What the app is answered; the truth, unless a fault is in the way."""
        if fault is not None and not fault.carried_out:
            return fault.answer or {}
        answer = self.answer(method, token, self.slack.limits.narrowed(method, given))
        return fault.answer or answer if fault is not None else answer

    def _carry_out(self, name: str, token: str, given: Mapping[str, Any]) -> Json:
        method = self.methods.get(name)
        if method is None:
            raise MethodRefused("unknown_method", req_method=name)
        admit(self.slack.app, method, token)
        return method.answer(self.slack, Arguments(given, token))


def _refused(refusal: MethodRefused) -> Json:
    answer: Json = {"ok": False, "error": refusal.error, **refusal.details}
    if refusal.messages:
        answer |= {"response_metadata": {"messages": list(refusal.messages)}}
    return answer


def _noticed(slack: Slack, method: str) -> tuple[str, ...]:
    """What there is to say of a call before it is looked at: that it comes while the app was told to wait."""
    left = slack.limits.pause_left(method)
    return (violations.during_pause(left),) if left else ()


async def _read(request: web.Request) -> tuple[str, Json]:
    """The token, and the arguments without it."""
    given = await given_in(request)
    return token_in(request.headers.get("Authorization", ""), given), given
