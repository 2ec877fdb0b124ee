"""A stream of server-sent events that says when something has changed."""

import asyncio
import json
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from bot.playground.server import Playground

BREATH = 0.05  # seconds between two events of a stream: a burst of changes is one event
HEARTBEAT = 15.0


class Stream:
    """Tells the page when to look again."""

    def __init__(self, playground: "Playground"):
        self._playground = playground
        self._slack = playground.slack

    def add_to(self, router: web.UrlDispatcher) -> None:
        """Add the route."""
        router.add_get("/playground/events", self.events)

    async def events(self, request: web.Request) -> web.StreamResponse:
        """A stream that says when something has changed."""
        stream = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await stream.prepare(request)
        told = 0
        try:
            while not self._playground.closing.is_set():
                told = await self._tell(stream, told)
                await asyncio.sleep(BREATH)
        except ConnectionError:
            pass  # the page was closed
        return stream

    async def _tell(self, stream: web.StreamResponse, told: int) -> int:
        try:
            async with asyncio.timeout(HEARTBEAT):
                newest = await self._slack.bell.heard_after(told)
        except TimeoutError:
            await stream.write(b": still here\n\n")
            return told
        await stream.write(f"data: {json.dumps({'revision': newest})}\n\n".encode())
        return newest
