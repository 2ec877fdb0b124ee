"""How fast the clock runs by itself: so many of its seconds to each real one, through every moment that is due."""

import asyncio
import logging
from collections.abc import Callable
from datetime import timedelta

from bot.playground.refusals import ActRefused
from bot.playground.workspace.bell import Bell
from bot.playground.workspace.clock import Clock
from bot.playground.workspace.walk import Walk

FASTEST = 86_400.0  # a day a second
BEAT = 0.1  # real seconds between two looks
ANNOUNCED = 1.0  # real seconds after which a clock that runs through nothing is looked at again
LONGEST_BEAT = 1.0  # real seconds that one beat makes up for: a slow app slows a fast clock, and is never run over

log = logging.getLogger(__name__)


class Pace:
    """Lets the clock run. `speed` is the playground's seconds to one real second; at 0 it stands."""

    def __init__(self, walk: Walk, clock: Clock, bell: Bell, seconds: Callable[[], float]):
        """`seconds` is the real clock."""
        self._walk = walk
        self._clock = clock
        self._bell = bell
        self._seconds = seconds
        self._beaten = self._told = seconds()
        self._running: asyncio.Task[None] | None = None
        self.speed = 0.0

    def set(self, speed: float) -> None:
        """Run at `speed` from now on. Raise ActRefused if it is negative, or faster than a day a second."""
        if not 0 <= speed <= FASTEST:
            raise ActRefused("invalid_speed", f"The speed is a number from 0 (it stands) to {FASTEST:.0f}.")
        self._beaten = self._seconds()
        self.speed = speed
        self._bell.ring()
        if speed and (self._running is None or self._running.done()):
            self._running = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Stand, whatever is under way. Safe to call twice."""
        self.speed = 0.0
        running, self._running = self._running, None
        if running is not None:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    async def beat(self) -> None:
        """Let pass what has passed in real time since the last beat, at the present speed."""
        now = self._seconds()
        passed, self._beaten = min(now - self._beaten, LONGEST_BEAT), now
        if self.speed and passed > 0:
            await self._walk.on_to(self._clock.now() + timedelta(seconds=passed * self.speed))
            self._announce(now)

    def _announce(self, now: float) -> None:
        """Ring now and then, though nothing but time has passed: those who look on keep their own watch by it."""
        if now - self._told >= ANNOUNCED:
            self._told = now
            self._bell.ring()

    async def _run(self) -> None:
        try:
            while self.speed:
                await self.beat()
                await asyncio.sleep(BEAT)
        except Exception:
            log.exception("the app failed at what was due: the clock stands")
            self.speed = 0.0
            self._bell.ring()
