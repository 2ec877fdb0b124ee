"""The journal as the page follows it: calls, and what was brought to the app, in one count."""

from typing import TYPE_CHECKING

from aiohttp import web

from bot.playground.local_api.requests import refusing, since_in
from bot.playground.workspace.journal import Call, Delivery
from bot.playground.workspace.state import Json

if TYPE_CHECKING:
    from bot.playground.server import Playground


class JournalRoutes:
    """What has happened between Slack and the app."""

    def __init__(self, playground: "Playground"):
        self._journal = playground.slack.journal

    def add_to(self, router: web.UrlDispatcher) -> None:
        """Add every route."""
        router.add_get("/playground/journal", refusing(self.journal))
        router.add_get("/playground/calls", refusing(self.calls))

    async def journal(self, request: web.Request) -> Json:
        """Everything, after some number."""
        return {"entries": [_entry(one) for one in self._journal.after(since_in(request))]}

    async def calls(self, request: web.Request) -> Json:
        """What the app called."""
        return {"calls": [_call(one) for one in self._journal.calls if one.n > since_in(request)]}


def _call(call: Call) -> Json:
    return {
        "n": call.n,
        "at": call.at,
        "method": call.method,
        "args": call.args,
        "answer": call.answer,
        "ms": call.ms,
    }


def _entry(entry: Call | Delivery) -> Json:
    shared: Json = {
        "n": entry.n,
        "at": entry.at,
        "ms": entry.ms,
        "violations": list(entry.violations),
        "fault": entry.fault or None,
    }
    if isinstance(entry, Call):
        return shared | {"kind": "call", "name": entry.method, "args": entry.args, "answer": entry.answer}
    return shared | {
        "kind": "sent",
        "name": entry.name,
        "payload": entry.payload,
        "reply": entry.reply,
        "retry": entry.retry,
    }
