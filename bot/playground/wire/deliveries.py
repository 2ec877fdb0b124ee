"""How what people do reaches the app: by sockets or signed requests, within three seconds, events in several tries."""

import asyncio
import time
from collections.abc import Coroutine, Sequence
from typing import Any

from bot.playground.wire.line import FIRST, Kind, Line, Outcome, Retry
from bot.playground.wire.mishaps import carry_badly
from bot.playground.workspace.faults import Faults
from bot.playground.workspace.journal import Journal
from bot.playground.workspace.state import Json

ACK_SECONDS = 3.0
EVENT_TRIES = (0.0, 60.0, 300.0)  # Slack's own: once more at once, then a minute later, then five minutes after that


class Deliveries:
    """Brings payloads to the app."""

    def __init__(
        self,
        line: Line,
        journal: Journal,
        ack_seconds: float,
        event_tries: Sequence[float],
        faults: Faults,
    ):
        """`event_tries` are the pauses, in real seconds, before each further try of an event that failed."""
        self._line = line
        self._journal = journal
        self._within = ack_seconds
        self._faults = faults
        self._tries = tuple(event_tries)
        self._running: set[asyncio.Task[Any]] = set()

    @property
    def connected(self) -> int:
        """How many connections the app holds."""
        return self._line.open_ends

    async def ask(self, kind: Kind, payload: Json) -> Json | None:
        """Bring an act to the app, once. Give what the acknowledgement held, or None if it did not come in time."""
        return (await self._carry(kind, payload)).reply

    async def tell(self, event: Json) -> bool:
        """Bring an event to the app; say whether the first try was acknowledged. Others follow if it was not."""
        outcome = await self._carry("events_api", event)
        if outcome.reply is None and not outcome.final:
            self._spawn(self._try_again(event, outcome.reason))
        return outcome.reply is not None

    def mention(self, event: Json) -> None:
        """Bring an event to the app without waiting."""
        self._spawn(self.tell(event))

    async def stop(self) -> None:
        """Drop what is under way and close the line."""
        for task in tuple(self._running):
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        await self._line.hang_up()

    async def _try_again(self, event: Json, reason: str) -> None:
        for number, pause in enumerate(self._tries, start=1):
            await asyncio.sleep(pause)
            outcome = await self._carry("events_api", event, Retry(number, reason))
            if outcome.reply is not None or outcome.final:
                return
            reason = outcome.reason

    async def _carry(self, kind: Kind, payload: Json, retry: Retry = FIRST) -> Outcome:
        began = time.perf_counter()
        fault = self._faults.strike(kind, payload)
        if fault is None:
            outcome = await self._line.carry(kind, payload, self._within, retry)
        else:
            badly = await carry_badly(fault, self._line, kind, payload, self._within, retry)
            outcome = badly or Outcome(None, "timeout")
        self._journal.delivery(kind, payload, outcome.reply, began, retry.number, str(fault.how) if fault else "")
        return outcome

    def _spawn(self, work: Coroutine[Any, Any, Any]) -> None:
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
