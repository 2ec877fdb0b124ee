"""Moving the clock: through every moment at which something is due, never past it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime

from bot.playground.refusals import ActRefused
from bot.playground.workspace.bell import Bell
from bot.playground.workspace.clock import Clock

MOST_TRIES, MOST_STEPS, MOST_SILENT_STEPS = 3, 100_000, 1000

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Hooks:
    """Somebody who has things due at times of their own: when the next is (aware, or None), and how to get them done.

    With `often_silent` much of what is due shows nothing to anybody: "next" then goes on to the first moment at which
    the app calls Slack. `anew` says in a sentence how to begin anew, where the app keeps records that a playground
    begun anew, or taken up from a file, would not fit.
    """

    next_due: Callable[[], Awaitable[datetime | None]]
    settle: Callable[[], Awaitable[None]]
    often_silent: bool = False
    anew: str = ""


class Walk:
    """Moves the clock, one mover at a time. `stuck` is a moment at which what was due did not get done.

    `sources` are what Slack itself has due; `hooks` is the app, if it tells. Slack's own come first.
    """

    def __init__(self, clock: Clock, bell: Bell, calls: Callable[[], int]):
        """`calls` counts how often the app has called so far."""
        self._clock = clock
        self._calls = calls
        self._bell = bell
        self._alone = asyncio.Lock()
        self.sources: list[Hooks] = []
        self.hooks: Hooks | None = None
        self.moving = False
        self.stuck: datetime | None = None

    async def next_due(self) -> datetime | None:
        """When something is due next; None if nothing is, or if nobody says."""
        return await _earliest(self._all())

    async def to(self, moment: datetime) -> None:
        """Move to `moment`. Raise ActRefused if that is in the past."""
        if moment < self._clock.now():
            raise ActRefused("clock_runs_forward", "The clock only runs forward.", 409)
        async with self._alone:
            self._moves(True)
            try:
                await self._through(moment)
                self._set(moment)
                await self._settle()
            finally:
                self._moves(False)

    async def to_next(self) -> None:
        """Move to the next moment at which something is due, and, if the app says so, something to show."""
        due = await self.next_due()
        if due is None:
            raise ActRefused("nothing_due", "Nothing is due.", 409)
        before = self._calls()
        for _ in range(MOST_SILENT_STEPS):
            shows = not (self.hooks and self.hooks.often_silent) or due == await _earliest(self.sources)
            await self.to(max(due, self._clock.now()))
            due = await self.next_due()
            if due is None or shows or self._calls() > before:
                return

    async def on_to(self, moment: datetime) -> None:
        """Let the clock run on to `moment`: only where something is due does it stop, and make itself heard."""
        async with self._alone:
            await self._through(moment)
            self._clock.set(max(moment, self._clock.now()))
            for one in self.sources:
                await one.settle()

    def held(self) -> AbstractAsyncContextManager[None]:
        """Hold every mover for a block; wait for the one under way."""
        return self._alone

    async def _through(self, moment: datetime) -> None:
        """Stop at each due moment up to `moment`; give up on one that does not go away."""
        tries, last = 0, None
        for _ in range(MOST_STEPS):
            due = await self.next_due()
            if due is None or due > moment:
                self.stuck = None
                return
            tries = tries + 1 if due == last else 1
            if tries > (1 if due == self.stuck else MOST_TRIES):
                break
            last = due
            self._set(due)
            await self._settle()
        if last != self.stuck:
            log.warning("something has been due since %s and does not get on: the clock goes past it", last)
        self.stuck = last

    async def _settle(self) -> None:
        for one in self._all():
            await one.settle()

    def _all(self) -> list[Hooks]:
        return [*self.sources, *([self.hooks] if self.hooks else [])]

    def _set(self, moment: datetime) -> None:
        self._clock.set(max(moment, self._clock.now()))
        self._bell.ring()

    def _moves(self, moving: bool) -> None:
        self.moving = moving
        self._bell.ring()


async def _earliest(sources: Iterable[Hooks]) -> datetime | None:
    due = [await one.next_due() for one in sources]
    return min((moment for moment in due if moment is not None), default=None)
