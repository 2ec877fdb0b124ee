"""What time it is, for everybody who works on one database.

The database's clock counts, so that all replicas agree; between two looks at it the machine's steady clock carries it
forward, so that a machine whose clock on the wall leaps does no harm. A leap of the database's own clock is believed
only when a second witness (Slack's answers carry the time) says the same.
"""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog

log = structlog.get_logger()

DRIFT = timedelta(seconds=30)  # clocks that are set by the network may differ by that without anybody's harm
AGREE = timedelta(minutes=10)
ASK_AGAIN_SECONDS = 60.0

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
    _asked: float = float("-inf")

    def now(self) -> datetime:
        """Return the time (UTC)."""
        if self._at is None:
            return self.wall()
        return self._at + timedelta(seconds=self.steady() - self._since)

    async def check(self) -> None:
        """Follow the database's clock. Where it has leapt, or is seen for the first time, ask the second witness."""
        told = await self.database()
        if self._at is not None and abs(told - self.now()) <= DRIFT:
            self._set(told)
            return
        if self._at is not None and self.steady() < self._asked + ASK_AGAIN_SECONDS:
            return
        self._asked = self.steady()
        seen = await self.slack()
        if seen is None or abs(told - seen) <= AGREE:
            self._believe(told, confirmed=seen is not None)
        else:
            self._doubt(told, seen)

    def _believe(self, told: datetime, *, confirmed: bool) -> None:
        if self._at is None:
            self._set(told)
            return
        self.leaps += 1
        if confirmed:
            log.warning("clock_leapt", seconds=round((told - self.now()).total_seconds()))
            self._set(told)
        else:  # nobody to ask: the time goes on as it went
            log.warning("clock_doubted", seconds=round((told - self.now()).total_seconds()))

    def _doubt(self, told: datetime, seen: datetime) -> None:
        """Go on as before; at the start, take the time that Slack tells."""
        self.leaps += 1
        log.error("clock_is_wrong", seconds=round((told - seen).total_seconds()))
        if self._at is None:
            self._set(seen)

    def _set(self, moment: datetime) -> None:
        self._at, self._since = moment, self.steady()


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
