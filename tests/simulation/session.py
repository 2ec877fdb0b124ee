"""The line to Slack: what aiohttp.ClientSession is to the real AsyncWebClient, with all that a line can do."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from email.utils import format_datetime
from typing import Any

import aiohttp
from aiohttp.client_reqrep import ConnectionKey

from bot.wiring import CALL_TIMEOUT
from tests.simulation.faults import LATE_BY
from tests.simulation.process import Process
from tests.simulation.slack import Answer, Slack, refused_for

PATIENCE = CALL_TIMEOUT.total or 15.0
SLACK = ConnectionKey("slack.com", 443, True, True, None, None, None)
FASTEST, SLOWEST = 0.05, 0.4
HISTORY_FAILS_BY = ("500 before taking", "cut before taking", "429", "fatal_error before taking")


class Response:
    """What the SDK reads of an answer."""

    content_type = "application/json"

    def __init__(self, answer: Answer, date: datetime) -> None:
        self.status = answer.status
        self.headers = {**answer.headers, "Date": format_datetime(date, usegmt=True)}
        self._body = answer.body

    async def json(self) -> Mapping[str, Any]:
        return dict(self._body)

    async def text(self) -> str:
        return str(self._body)


class Session:
    """A session of one process. Its requests go on though the process is gone: Slack has them."""

    closed = False

    def __init__(self, slack: Slack, process: Process) -> None:
        self._slack = slack
        self._process = process
        self._dice = slack.faults.dice

    @asynccontextmanager
    async def request(self, _verb: str, url: str, **sent: Any) -> AsyncIterator[Response]:
        """Call a method: `sent` holds its arguments as the SDK gives them."""
        method = url.rsplit("/", 1)[-1]
        asked = {**(sent.get("params") or {}), **(sent.get("json") or {}), **_form(sent.get("data"))}
        yield Response(await self._call(method, asked), self._slack.clock())

    async def _call(self, method: str, asked: Mapping[str, Any]) -> Answer:
        loop = asyncio.get_running_loop()
        called = loop.time()
        await self._process.point(f"before {method}")
        if loop.time() - called > PATIENCE:  # stopped while it connected: aiohttp gives up when it wakes
            raise aiohttp.ConnectionTimeoutError("connection timed out")
        called = loop.time()
        if self._slack.down_until > called:
            return await self._away(method, asked)
        answer = await self._in_time(method, asked, called)
        await self._process.thaw()
        self._process.check()
        if loop.time() - called > PATIENCE:
            raise aiohttp.ServerTimeoutError("the answer came while this process stood still")
        await self._process.point(f"after {method}")
        return answer

    async def _in_time(self, method: str, asked: Mapping[str, Any], called: float) -> Answer:
        """Let the call go well, or as the plan of faults says."""
        kind = self._plan(method, str(asked.get("channel", "")))
        if kind == "refused":
            await asyncio.sleep(0.01)
            raise aiohttp.ClientConnectorError(SLACK, OSError(111, "Connection refused"))
        if kind == "taken late":
            self._take_later(method, asked, called)
            await asyncio.sleep(PATIENCE)
            raise aiohttp.ServerTimeoutError("no answer")
        taken: list[Answer] = []
        half = self._half()
        if "before" not in kind and kind != "429":
            asyncio.get_running_loop().call_later(half, self._take, method, asked, called, taken)
        await asyncio.sleep(half)
        await asyncio.sleep(half)
        return self._came_back(kind, taken)

    def _came_back(self, kind: str, taken: list[Answer]) -> Answer:
        if kind.startswith("cut"):
            raise aiohttp.ServerDisconnectedError
        if kind.startswith("500"):
            return (
                Answer({}, 500) if self._dice.random() < 0.5 else Answer({"ok": False, "error": "internal_error"}, 500)
            )
        if kind.startswith("fatal_error"):
            return Answer({"ok": False, "error": "fatal_error"})
        if kind == "429":
            return refused_for(self._dice.randint(1, 60))
        return taken[0]

    def _plan(self, method: str, channel: str) -> str:
        """Say what happens to this call; "" for nothing. It is written down."""
        faults = self._slack.faults
        if method == "conversations.history":
            return self._dice.choice(HISTORY_FAILS_BY) if self._slack.history_fails() else ""
        kind = faults.at_call() if method == "chat.postMessage" else ""
        if kind:
            faults.note(asyncio.get_running_loop().time(), kind, channel)
        return kind

    def _take(self, method: str, asked: Mapping[str, Any], called: float, taken: list[Answer]) -> None:
        """Let Slack have it, unless this minute is full."""
        answer = self._slack.limited(method) or self._slack.answer(method, asked, called, self._process.name)
        taken.append(answer)

    def _take_later(self, method: str, asked: Mapping[str, Any], called: float) -> None:
        delay = self._dice.uniform(*LATE_BY)
        asyncio.get_running_loop().call_later(delay, self._take, method, asked, called, [])

    async def _away(self, method: str, asked: Mapping[str, Any]) -> Answer:
        """Slack is away: it refuses, answers 503, or does not answer; a few calls it takes all the same."""
        loop = asyncio.get_running_loop()
        self._slack.faults.note(loop.time(), "refused by an outage", str(asked.get("channel", "")))
        drawn = self._dice.random()
        if drawn < 0.1:  # half away: it takes what it cannot answer
            self._take(method, asked, loop.time(), [])
            raise aiohttp.ServerDisconnectedError
        if drawn < 0.5:
            await asyncio.sleep(0.01)
            raise aiohttp.ClientConnectorError(SLACK, OSError(111, "Connection refused"))
        if drawn < 0.8:
            await asyncio.sleep(0.3)
            return Answer({"ok": False, "error": "service_unavailable"}, 503)
        await asyncio.sleep(PATIENCE)
        raise aiohttp.ServerTimeoutError("no answer")

    def _half(self) -> float:
        return FASTEST if self._slack.faults.calm else self._dice.uniform(FASTEST, SLOWEST)


def _form(data: Any) -> Mapping[str, Any]:
    return data if isinstance(data, Mapping) else {}
