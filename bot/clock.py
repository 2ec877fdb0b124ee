"""What time it is, for everybody who works on one database.

The database's clock counts, so that all replicas agree; between two looks at it the machine's steady clock carries it
forward, so that a machine whose clock on the wall leaps does no harm. A leap of the database's own clock is believed
only when a second witness (Slack's answers carry the time) says the same.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog

from bot.usecases.ports import RecordsAway

log = structlog.get_logger()

DRIFT = timedelta(seconds=30)  # clocks that are set by the network may differ by that without anybody's harm
AGREE = timedelta(minutes=10)
ASK_AGAIN_SECONDS = 60.0
FOLLOW_EVERY_SECONDS = 30.0
LOOK_AGAIN_SECONDS = 4.0  # a steady clock goes wrong by less than a millisecond in that time

Witness = Callable[[], Awaitable[datetime | None]]


def wall_clock() -> datetime:
    """Return the time of this machine."""
    return datetime.now(UTC)


def steady_clock() -> float:
    """Return seconds that only ever go forward, also while this machine sleeps."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


@dataclass(slots=True)
class Clock:
    """The time that `database` tells, carried forward by `steady`; `slack` is the second witness.

    Until `check` was awaited for the first time it shows this machine's time.
    """

    database: Callable[[], Awaitable[datetime]]
    slack: Witness
    steady: Callable[[], float] = steady_clock
    wall: Callable[[], datetime] = wall_clock
    leaps: int = 0
    _at: datetime | None = None
    _since: float = 0.0
    _looked: float = float("-inf")
    _asked: float = float("-inf")
    _confirmed: bool = False

    def now(self) -> datetime:
        """Return the time (UTC)."""
        if self._at is None:
            return self.wall()
        return self._at + timedelta(seconds=self.steady() - self._since)

    async def check(self) -> None:
        """Follow the database's clock. Where it has leapt, or nobody has confirmed it yet, ask the second witness.

        It may be awaited as often as one likes: once the time is confirmed, the database is asked every few seconds.
        """
        if self._confirmed and self.steady() < self._looked + LOOK_AGAIN_SECONDS:
            return
        told = await self.database()
        since = self._looked = self.steady()  # an answer of Slack's may take its time
        near = self._at is not None and abs(told - self.now()) <= DRIFT
        if near:
            self._set(told, since)
        if self._confirmed and (near or since < self._asked + ASK_AGAIN_SECONDS):
            return
        self._asked = since
        seen = await self.slack()
        if self.steady() - since > DRIFT.total_seconds():  # it was stopped in between: the two are not of one moment
            seen, self._asked = None, float("-inf")
        if seen is None:
            self._carry_on(told, since)
        elif abs(told - seen) <= AGREE:
            self._believe(told, since)
        else:
            self._doubt(told, seen)

    def _carry_on(self, told: datetime, since: float) -> None:
        """Nobody can be asked: the time goes on as it went; at the start there is but the one that was told."""
        if self._at is None:
            self._set(told, since)
        elif abs(told - self.now()) > DRIFT:
            self.leaps += 1
            log.warning("clock_doubted", seconds=round((told - self.now()).total_seconds()))

    def _believe(self, told: datetime, since: float) -> None:
        """Two say the same."""
        if self._at is not None and abs(told - self.now()) > DRIFT:
            self.leaps += 1
            log.warning("clock_leapt", seconds=round((told - self.now()).total_seconds()))
        self._confirmed, self._asked = True, float("-inf")
        self._set(told, since)

    def _doubt(self, told: datetime, seen: datetime) -> None:
        """The database's clock is wrong: go on as before; where nobody had confirmed that, as Slack says."""
        self.leaps += 1
        log.error("clock_is_wrong", seconds=round((told - seen).total_seconds()))
        if not self._confirmed:
            self._confirmed = True
            self._set(seen, self.steady())

    def _set(self, moment: datetime, since: float) -> None:
        self._at, self._since = moment, since


@asynccontextmanager
async def followed(clock: "Clock | GivenClock", every: float = FOLLOW_EVERY_SECONDS) -> AsyncIterator[None]:
    """Check a clock now and then until the block ends, in a process that has no beat of its own."""
    following = asyncio.create_task(_follow(clock, every))
    try:
        yield
    finally:
        following.cancel()


async def _follow(clock: "Clock | GivenClock", every: float) -> None:
    while True:
        await asyncio.sleep(every)
        with suppress(RecordsAway):  # then it goes on as it went
            await clock.check()


@dataclass(frozen=True, slots=True)
class GivenClock:
    """A clock that somebody else moves: the playground's, in the demo and in tests."""

    read: Callable[[], datetime]
    leaps: int = 0

    def now(self) -> datetime:
        """Return the time (UTC)."""
        return self.read()

    async def check(self) -> None:
        """There is nothing to follow."""
