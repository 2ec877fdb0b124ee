"""A workspace whose limit nobody is told, and which drifts: what a sender with endless work gets out of it."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from bot.domain.notes import Later, Outcome, Sent
from bot.domain.pace import LIMITS, POSTS, Pace, learned

MINUTES = 10
SLOWEST, FASTEST = 3.0, 7.0  # calls a second: 180 to 420 a minute
BURST = 5
RETRY_AFTER = 1.0  # seconds
A_LOOK = 0.1  # seconds between two looks of a sender
NOON = datetime(2017, 6, 19, 12, tzinfo=UTC)


@dataclass(slots=True)
class HiddenLimit:
    """Counts what it takes and what it refuses; `permitted` is what it would have taken from who knew it."""

    chance: Random
    permitted: float = BURST
    taken: int = 0
    refused: int = 0
    _tokens: float = BURST
    _waves: list[tuple[float, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._waves = [(self.chance.uniform(120, 900), self.chance.uniform(0, 2 * math.pi)) for _ in range(3)]

    def rate(self, at: float) -> float:
        """Return the calls a second that are allowed `at` so many seconds: three slow waves, one on another."""
        height = sum(math.sin(2 * math.pi * at / length + shift) for length, shift in self._waves) / len(self._waves)
        return SLOWEST + (FASTEST - SLOWEST) * (1 + height) / 2

    def goes_on(self, at: float) -> None:
        """Let one look's time go by."""
        new = self.rate(at) * A_LOOK
        self.permitted += new
        self._tokens = min(self._tokens + new, BURST)

    def call(self) -> bool:
        """Take a call, or refuse it."""
        if self._tokens < 1:
            self.refused += 1
            return False
        self._tokens -= 1
        self.taken += 1
        return True


Sender = Callable[[HiddenLimit], Callable[[float], None]]


def play(sender: Sender, seed: int) -> HiddenLimit:
    """Let a sender work for ten minutes; the same seed is the same world."""
    limit = HiddenLimit(Random(seed))
    look = sender(limit)
    for step in range(round(MINUTES * 60 / A_LOOK)):
        look(step * A_LOOK)
        limit.goes_on(step * A_LOOK)
    return limit


def by_our_pace(limit: HiddenLimit) -> Callable[[float], None]:
    """Send as Tandem does, and learn from each answer."""
    pace = Pace.fresh("w", POSTS, NOON, LIMITS[POSTS])

    def look(at: float) -> None:
        nonlocal pace
        now = NOON + timedelta(seconds=at)
        turns = pace.turns(now)
        pace = pace.taken(turns, now)
        for _ in range(turns):
            pace = learned(pace, _answer(limit, now), now, chance=0.5)

    return look


def _answer(limit: HiddenLimit, now: datetime) -> Outcome:
    if limit.call():
        return Sent("D1", "1.0")
    return Later(now + timedelta(seconds=RETRY_AFTER), "ratelimited", cause="limit")


def greedily(limit: HiddenLimit) -> Callable[[float], None]:
    """Send until Slack says 429, wait as long as it says, and send again: what the SDK's own handler does."""
    resumes_at = 0.0

    def look(at: float) -> None:
        nonlocal resumes_at
        while at >= resumes_at:
            if not limit.call():
                resumes_at = at + RETRY_AFTER

    return look


def once_a_second(limit: HiddenLimit) -> Callable[[float], None]:
    """Send one message each second: the usual advice."""
    next_at = 0.0

    def look(at: float) -> None:
        nonlocal next_at
        if at >= next_at:
            limit.call()
            next_at += 1.0

    return look
