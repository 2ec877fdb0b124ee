"""A lean Slack: direct messages with their metadata, the history of them, and a hand on the one who calls.

It is served over HTTP on loopback. Before a call is taken, or once it is, it can have the caller killed.
"""

import json
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from aiohttp import web

Json = dict[str, Any]
TAKEN, DROPPED = "taken", "dropped"


@dataclass(slots=True)
class LeanSlack:
    """All conversations by the people's ids, in order.

    `broken` names posts by person and number (the first is 1) that are answered with fatal_error: TAKEN all the same,
    or DROPPED. `on_call` hears the number of each call, and whether it has been taken.
    """

    now: datetime
    messages: defaultdict[str, list[Json]] = field(default_factory=lambda: defaultdict(list))
    updates: list[Json] = field(default_factory=list)
    broken: dict[tuple[str, int], str] = field(default_factory=dict)
    on_call: Callable[[int, str], bool] = lambda _number, _when: False
    when_taken: Callable[[int], None] = lambda _messages: None
    calls: int = 0
    url: str = ""
    _tries: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    _stamps: int = 0

    def begin_anew(self, broken: dict[tuple[str, int], str]) -> None:
        """Forget everything."""
        self.messages.clear()
        self.updates.clear()
        self._tries.clear()
        self.calls, self.broken = 0, dict(broken)

    async def answer(self, request: web.Request) -> web.Response:
        """Answer one call; 500 to one whose caller is dead."""
        said = await _arguments(request)
        self.calls += 1
        number, method = self.calls, request.match_info["method"]
        if self.on_call(number, DROPPED):
            return web.Response(status=500)
        told = self.take(method, said)
        if self.on_call(number, TAKEN):
            return web.Response(status=500)
        return web.json_response(told)

    def take(self, method: str, said: Json) -> Json:
        """Do what a call asks for; return the answer."""
        told: Json = getattr(self, "_" + method.replace(".", "_"))(said)
        return told

    def _chat_postMessage(self, said: Json) -> Json:  # noqa: N802 - Slack's name
        person = str(said["channel"])
        self._tries[person] += 1
        fate = self.broken.get((person, self._tries[person]), "")
        if fate == DROPPED:
            return {"ok": False, "error": "fatal_error"}
        self._stamps += 1
        ts = f"{self.now.timestamp() + self._stamps / 1e6:.6f}"
        self.messages[person].append({"ts": ts, "text": said["text"], "metadata": said["metadata"]})
        self.when_taken(sum(map(len, self.messages.values())))
        if fate == TAKEN:
            return {"ok": False, "error": "fatal_error"}
        return {"ok": True, "channel": _conversation(person), "ts": ts}

    def _chat_update(self, said: Json) -> Json:
        self.updates.append(said)
        return {"ok": True, "channel": said["channel"], "ts": said["ts"]}

    def _conversations_open(self, said: Json) -> Json:
        return {"ok": True, "channel": {"id": _conversation(said["users"])}}

    def _conversations_history(self, said: Json) -> Json:
        """Show what came after `oldest`, the newest first, one message a page."""
        theirs = self.messages["U" + str(said["channel"]).removeprefix("D")]
        newer = [message for message in reversed(theirs) if float(message["ts"]) > float(said["oldest"])]
        at = int(said.get("cursor") or 0)
        more = str(at + 1) if at + 1 < len(newer) else ""
        return {"ok": True, "messages": newer[at : at + 1], "response_metadata": {"next_cursor": more}}

    def _auth_test(self, _said: Json) -> Json:
        return {"ok": True, "team_id": "T0TANDEM"}


@asynccontextmanager
async def serve_slack(now: datetime) -> AsyncIterator[LeanSlack]:
    """Serve a Slack on a port of its own."""
    slack = LeanSlack(now)
    app = web.Application()
    app.router.add_route("*", "/api/{method}", slack.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.url = f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
    try:
        yield slack
    finally:
        await runner.cleanup()


async def _arguments(request: web.Request) -> Json:
    if request.content_type == "application/json":
        return dict(json.loads(await request.text()))
    return {**request.query, **await request.post()}


def _conversation(person: str) -> str:
    return "D" + person.removeprefix("U")
