"""A Slack without limits, memory or looks, in a process of its own: it says yes to everything, at once.

The playground would do, but it checks and keeps each message: here only our own cost is to count.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
from aiohttp import web

from tests.benchmarks.stage.processes import line_of, python

ANSWERS: dict[str, dict[str, object]] = {
    "api.test": {},
    "auth.test": {"team_id": "T000000000", "user_id": "U0BOT", "bot_id": "B0BOT", "team": "Quick", "user": "bot"},
    "chat.postMessage": {"channel": "D000000001"},
    "views.open": {"view": {"id": "V1"}},
}


@dataclass(frozen=True, slots=True)
class QuickSlack:
    """Where it is."""

    url: str

    @property
    def api_url(self) -> str:
        """What a Slack client takes as its base address."""
        return f"{self.url}/api/"

    async def calls(self, method: str) -> int:
        """Return how many calls of a method it has answered."""
        async with aiohttp.ClientSession() as session, session.get(f"{self.url}/calls") as answer:
            return int((await answer.json()).get(method, 0))


@asynccontextmanager
async def quick_slack() -> AsyncIterator[QuickSlack]:
    """Run it in a process of its own."""
    async with python(__name__) as process:
        yield QuickSlack(await line_of(process))


class _Server:
    def __init__(self) -> None:
        self._calls: Counter[str] = Counter()

    async def answer(self, request: web.Request) -> web.Response:
        await request.read()
        method = request.match_info["method"]
        self._calls[method] += 1
        return web.json_response({"ok": True, "ts": f"1497888000.{self._calls[method]:06d}", **ANSWERS[method]})

    async def tell(self, _request: web.Request) -> web.Response:
        return web.json_response(self._calls)


async def _serve() -> None:
    server, application = _Server(), web.Application()
    application.router.add_post("/api/{method}", server.answer)
    application.router.add_get("/calls", server.tell)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, backlog=4096).start()
    print(f"http://127.0.0.1:{runner.addresses[0][1]}", flush=True)  # noqa: T201 - the answer to whoever started it
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_serve())
