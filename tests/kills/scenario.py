"""One program day, killed once or more, and started again each time; then the judgment."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from random import Random

from tests.kills.nursery import Kill, Life, live
from tests.kills.program import BROKEN, MOMENTS, Verdict, judge
from tests.kills.shelves import Shelf
from tests.kills.slack import LeanSlack
from tests.kills.worker import Order

# When a worker that is started again ticks: at once; when the lease of the dead one has lapsed; when the settling time
# is over, and what did not arrive goes out; and when the settling time of that is over, if Slack fails then.
AFTERWARDS = tuple(timedelta(seconds=wait) for wait in (1, 61, 185, 310))


@dataclass(slots=True)
class Tally:
    """What came of many runs."""

    runs: int = 0
    kills: int = 0
    messages: int = 0
    bad: list[tuple[tuple[str, ...], Verdict]] = field(default_factory=list)

    @property
    def lost(self) -> int:
        """How many messages never came."""
        return sum(len(verdict.lost) for _, verdict in self.bad)

    @property
    def twice(self) -> int:
        """How many came more than once."""
        return sum(len(verdict.twice) for _, verdict in self.bad)

    def __str__(self) -> str:
        counted = f"runs={self.runs} kills={self.kills} messages={self.messages} lost={self.lost} twice={self.twice}"
        return f"{counted} hanging={sum(bool(verdict.hanging) for _, verdict in self.bad)}"


@dataclass(slots=True)
class Killer:
    """Runs the day on one database, and counts."""

    shelf: Shelf
    slack: LeanSlack
    every: bool = False
    mutant: str = ""
    moments: tuple[datetime, ...] = MOMENTS
    when_killed: Callable[[], None] = lambda: None
    tally: Tally = field(default_factory=Tally)

    async def run(self, *kills: Kill) -> list[Life]:
        """Run the day, kill as told, start again each time, and judge; return the lives that there were."""
        self.shelf.fresh()
        self.slack.begin_anew(BROKEN)
        lives: list[Life] = []
        moments = self.moments
        for kill in (*kills, None):
            life = await live(self._order(moments, kill), self.slack, kill)
            lives.append(life)
            if not life.killed:
                break
            self.when_killed()
            moments = moments_after(life.moment or moments[0], moments)
        self._count(kills, lives)
        return lives

    def _order(self, moments: tuple[datetime, ...], kill: Kill | None) -> Order:
        die_at = kill.at if kill and not kill.when else 0
        return Order(self.shelf.url, self.slack.url, moments, die_at, self.every, self.mutant)

    def _count(self, kills: Sequence[Kill], lives: Sequence[Life]) -> None:
        self.tally.runs += 1
        self.tally.kills += sum(life.killed for life in lives)
        self.tally.messages += sum(map(len, self.slack.messages.values()))
        if verdict := judge(self.shelf, self.slack):
            self.tally.bad.append((tuple(map(str, kills)), verdict))


def moments_after(killed: datetime, moments: tuple[datetime, ...]) -> tuple[datetime, ...]:
    """Return when to tick after a kill: soon, when doubts can be told, and whenever was planned anyway."""
    recovering = {killed + wait for wait in AFTERWARDS}
    return tuple(sorted(recovering | {moment for moment in moments if moment > killed}))


async def every_point(killer: Killer, *, first: int = 1, step: int = 1, opening: bool = False) -> list[list[Life]]:
    """Kill at the first point, at the next, and so on until a worker outlives them all; return the lives.

    `opening`: only while a worker opens the records, which is before its first moment.
    """
    found: list[list[Life]] = []
    for number in count(first, step):
        lives = await killer.run(Kill(number))
        if not lives[0].killed or (opening and lives[0].moment):
            break
        found.append(lives)
    return found


async def every_call(killer: Killer, when: str) -> list[list[Life]]:
    """Kill at each call, before Slack takes it ("dropped") or once it has ("taken"); return the lives."""
    found: list[list[Life]] = []
    for number in count(1):
        lives = await killer.run(Kill(number, when))
        if not lives[0].killed:
            break
        found.append(lives)
    return found


async def some_pairs(killer: Killer, chance: Random, most: int) -> None:
    """Kill at a point by chance, and the worker that comes after it as well."""
    (calm,) = await killer.run()
    for _ in range(most):
        first, second = chance.randint(1, len(calm.points)), chance.randint(1, len(calm.points))
        await killer.run(Kill(first), Kill(second))
