"""Moving the clock: through every moment at which the app has something due, never past it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from bot.playground.refusals import ActRefused
from bot.playground.workspace.bell import Bell
from bot.playground.workspace.clock import Clock

MOST_TRIES, MOST_STEPS, MOST_SILENT_STEPS = 3, 100_000, 1000

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Hooks:
    """What the app tells of its own time: when it has something due (aware, or None), and that it has done it.

    With `often_silent` much of what is due shows nothing to anybody: "next" then goes on to the first moment at which
    the app calls Slack.
    """

    next_due: Callable[[], Awaitable[datetime | None]]
    settle: Callable[[], Awaitable[None]]
    often_silent: bool = False


class Walk:
    """Moves the clock, one mover at a time. `stuck` is a moment at which the app did not do what was due."""

    def __init__(self, clock: Clock, bell: Bell, calls: Callable[[], int]):
        """`calls` counts how often the app has called so far."""
        self._clock = clock
        self._calls = calls
        self._bell = bell
        self._alone = asyncio.Lock()
        self.hooks: Hooks | None = None
        self.arrived: Callable[[], None] = lambda: None  # what Slack itself does at each new moment
        self.moving = False
        self.stuck: datetime | None = None

    async def next_due(self) -> datetime | None:
        """When the app has something due next; None if nothing, or if it does not say."""
        return await self.hooks.next_due() if self.hooks else None

    async def to(self, moment: datetime) -> None:
        """Move to `moment`. Raise ActRefused if that is in the past."""
        async with self._alone:
            if moment < self._clock.now():
                raise ActRefused("clock_runs_forward", "The clock only runs forward.", 409)
            self._moves(True)
            try:
                await self._through(moment)
                self._set(moment)
                await self._settle()
            finally:
                self._moves(False)

    async def to_next(self) -> None:
        """Move to the next moment at which the app has something due, and, if it says so, something to show."""
        due = await self.next_due()
        if due is None:
            raise ActRefused("nothing_due", "The app has nothing due.", 409)
        before = self._calls()
        for _ in range(MOST_SILENT_STEPS):
            await self.to(max(due, self._clock.now()))
            due = await self.next_due()
            if due is None or self._calls() > before or not (self.hooks and self.hooks.often_silent):
                return

    async def _through(self, moment: datetime) -> None:
        """Stop at each due moment up to `moment`; give up on one that does not go away."""
        self.stuck, tries, last = None, 0, None
        for _ in range(MOST_STEPS):
            due = await self.next_due()
            if due is None or due > moment:
                return
            tries = tries + 1 if due == last else 1
            if tries > MOST_TRIES:
                break
            last = due
            self._set(max(due, self._clock.now()))
            await self._settle()
        self.stuck = last
        log.warning("the app has been due since %s and does not get on: the clock goes past it", last)

    async def _settle(self) -> None:
        if self.hooks:
            await self.hooks.settle()

    def _set(self, moment: datetime) -> None:
        self._clock.set(moment)
        self.arrived()
        self._bell.ring()

    def _moves(self, moving: bool) -> None:
        self.moving = moving
        self._bell.ring()
