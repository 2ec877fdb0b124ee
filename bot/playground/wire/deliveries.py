"""How what people do reaches the app: by sockets or signed requests, within three seconds, events in several tries."""

import asyncio
import time
from collections.abc import Coroutine, Sequence
from typing import Any, Literal, Protocol

from bot.playground.workspace.journal import Journal
from bot.playground.workspace.state import Json

Kind = Literal["slash_commands", "interactive", "events_api"]
ACK_SECONDS = 3.0
EVENT_TRIES = (0.0, 60.0, 300.0)  # Slack's own: at once, a minute later, five minutes after that


class Line(Protocol):
    """A way to the app. `open_ends` says how many ears there are at the other end."""

    @property
    def open_ends(self) -> int:
        """How many connections the app holds."""

    async def carry(self, kind: Kind, payload: Json, within: float, retry: int = 0) -> Json | None:
        """Bring `payload` to the app. Give what its acknowledgement held ({} if nothing), or None if none came."""

    async def hang_up(self) -> None:
        """Close the line, and tell the app."""


class Deliveries:
    """Brings payloads to the app."""

    def __init__(
        self,
        line: Line,
        journal: Journal,
        ack_seconds: float = ACK_SECONDS,
        event_tries: Sequence[float] = EVENT_TRIES,
    ):
        self._line = line
        self._journal = journal
        self._within = ack_seconds
        self._tries = tuple(event_tries)
        self._running: set[asyncio.Task[Any]] = set()

    @property
    def connected(self) -> int:
        """How many connections the app holds."""
        return self._line.open_ends

    async def ask(self, kind: Kind, payload: Json) -> Json | None:
        """Bring an act to the app, once. Give what the acknowledgement held, or None if it did not come in time."""
        return await self._carry(kind, payload)

    async def tell(self, event: Json) -> bool:
        """Bring an event to the app; say whether the first try was acknowledged. Others follow if it was not."""
        if await self._carry("events_api", event) is not None:
            return True
        self._spawn(self._try_again(event))
        return False

    def mention(self, event: Json) -> None:
        """Bring an event to the app without waiting; while nobody listens it is not even tried."""
        if self.connected:
            self._spawn(self.tell(event))

    async def stop(self) -> None:
        """Drop what is under way and close the line."""
        for task in tuple(self._running):
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        await self._line.hang_up()

    async def _try_again(self, event: Json) -> None:
        for attempt, pause in enumerate(self._tries[1:], start=1):
            await asyncio.sleep(pause)
            if await self._carry("events_api", event, attempt) is not None:
                return

    async def _carry(self, kind: Kind, payload: Json, retry: int = 0) -> Json | None:
        began = time.perf_counter()
        reply = await self._line.carry(kind, payload, self._within, retry)
        self._journal.delivery(kind, payload, reply, began, retry)
        return reply

    def _spawn(self, work: Coroutine[Any, Any, Any]) -> None:
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
