"""The year's great events, fixed by the seed: outages of hours, a database that is away, a backup that is put back."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from tests.simulation.faults import DAY, HOUR, MINUTE

SLACK_AWAY, DATABASE_AWAY, EVERYBODY_AWAY, BACKUP, RESTORED, LEAP = (
    "Slack away",
    "database away",
    "all workers away",
    "backup taken",
    "backup put back",
    "clock leap",
)


LEAPS = (11 * MINUTE, 2 * HOUR)  # a clock that is wrong by less than ten minutes is believed: `AGREE` in bot/clock.py


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """What happens at a moment (seconds from the start) and for how long; a leap is of `size` seconds."""

    at: float
    kind: str
    seconds: float = 0.0
    size: float = 0.0


def write_fate(seed: int, seconds: float, often: float = 1.0) -> list[Event]:
    """Write what befalls a year of that many seconds, in its order; `often` multiplies it."""
    return sorted(_events(random.Random(f"fate {seed}"), seconds, often))


def _events(dice: random.Random, seconds: float, often: float) -> Iterator[Event]:
    years = often * seconds / (335 * DAY)

    def moments(each_year: float) -> Iterator[float]:
        count = int(each_year * years) + (dice.random() < each_year * years % 1)
        return (dice.uniform(2 * DAY, seconds) for _ in range(count))

    for at in moments(8):
        yield Event(at, SLACK_AWAY, dice.choice((10 * MINUTE, HOUR, 5 * HOUR)) * dice.uniform(0.5, 1.5))
    for at in moments(16):
        yield Event(at, DATABASE_AWAY, dice.uniform(20, 8 * MINUTE))
    for at in moments(4):
        yield Event(at, EVERYBODY_AWAY, dice.choice((HOUR, 8 * HOUR, DAY, 3 * DAY, 14 * DAY)) * dice.uniform(0.5, 1.2))
    for at in moments(3):
        age = dice.uniform(10 * MINUTE, 8 * HOUR)
        yield Event(at - age, BACKUP)
        yield Event(at, RESTORED, dice.uniform(MINUTE, 30 * MINUTE))
    for at in moments(5):
        yield Event(at, LEAP, dice.uniform(MINUTE, 6 * HOUR), dice.choice((-1, 1)) * dice.uniform(*LEAPS))
