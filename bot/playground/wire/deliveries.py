"""How what people do reaches the app: by sockets or signed requests, within three seconds, events in several tries."""

import asyncio
import time
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from bot.playground.wire.mishaps import carry_badly
from bot.playground.workspace.faults import Faults
from bot.playground.workspace.journal import Journal
from bot.playground.workspace.state import Json

Kind = Literal["slash_commands", "interactive", "events_api"]
ACK_SECONDS = 3.0
EVENT_TRIES = (0.0, 60.0, 300.0)  # Slack's own: once more at once, then a minute later, then five minutes after that


@dataclass(frozen=True, slots=True)
class Retry:
    """Which further try of an event this is (0: the first of all), and why Slack makes it."""

    number: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one try. `reply` is what the acknowledgement held ({} if nothing), None if none came.

    `reason` is Slack's word for what went wrong; `final` if the app asked not to be tried again.
    """

    reply: Json | None
    reason: str = ""
    final: bool = False


FIRST = Retry()


class Line(Protocol):
    """A way to the app. `open_ends` says how many ears there are at the other end."""

    @property
    def open_ends(self) -> int:
        """How many connections the app holds."""

    async def carry(self, kind: Kind, payload: Json, within: float, retry: Retry = FIRST) -> Outcome:
        """Bring `payload` to the app, and wait for its acknowledgement at most `within` seconds."""

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
        faults: Faults | None = None,
    ):
        """`event_tries` are the pauses, in real seconds, before each further try of an event that failed."""
        self._line = line
        self._journal = journal
        self._within = ack_seconds
        self._faults = Faults() if faults is None else faults
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
