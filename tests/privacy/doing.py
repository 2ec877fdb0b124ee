"""Who does what in which house, and the ledger, which counts by itself what it comes to."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeVar

from bot.domain.errors import RuleBroken
from bot.domain.goals import Goal
from bot.domain.meetings import Meeting
from bot.domain.people import Member, Pair, Person
from bot.usecases.take_back import Former
from tests.privacy.canaries import PAIRS
from tests.privacy.house import House

T = TypeVar("T")


@dataclass
class Entry:
    """A day on which a pair says that it met."""

    logger: str
    denied: bool = False
    kept: bool = False

    def met(self, by: str) -> None:
        """`by` says that they met; a logger who is denied and insists has the last word."""
        self.kept = self.kept or (self.denied and by == self.logger)
        self.denied = False

    def did_not_meet(self, by: str) -> None:
        """`by` says that they did not; what its logger has kept stays."""
        if by == self.logger or not self.kept:
            self.denied, self.kept = True, False


@dataclass
class Ledger:
    """What is to be counted, kept beside the records and without them."""

    days: dict[str, dict[date, Entry]] = field(default_factory=lambda: {pair: {} for pair in PAIRS})
    drafted: dict[str, str] = field(default_factory=dict)
    rhythm: dict[str, str] = field(default_factory=dict)
    signed: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    back: dict[tuple[str, str], tuple[Former, Entry]] = field(default_factory=dict)

    def meetings(self, pair: str) -> int:
        """How many meetings a pair has had."""
        return sum(not entry.denied for entry in self.days[pair].values())


@dataclass
class Doing:
    """One deed: `who` does it in `pair`; `n` and `yes` are all that differs from one time to the next."""

    house: House
    ledger: Ledger
    who: str
    pair_key: str
    n: int
    yes: bool

    def write(self, what: str) -> str:
        """Write a new word."""
        return self.house.cage.write(what, self.who, self.pair_key)

    async def member(self) -> Member:
        """Return who does it."""
        return (await self.house.members(self.who))[0]

    async def own(self) -> tuple[Pair, Person]:
        """Return the own pair, if it is under way, as a screen finds it."""
        member = await self.member()
        for pair in member.active_pairs(member.person.today(self.house.now)):
            if pair.key == self.pair_key:
                return pair, member.person
        raise RuleBroken("not under way")

    async def a_meeting(self, pair: Pair) -> Meeting:
        """Return one of its meetings."""
        async with self.house.world.store.begin() as records:
            found = await records.meetings(pair.id, 50)
        return self.one_of(found)

    async def a_goal(self, pair: Pair) -> Goal:
        """Return one of its goals."""
        async with self.house.world.store.begin() as records:
            return self.one_of(await records.goals(pair.id))

    def one_of(self, found: list[T]) -> T:
        """Return one of many."""
        if not found:
            raise RuleBroken("there is none")
        return found[self.n % len(found)]

    def day(self) -> date:
        """One of the last days."""
        return self.house.today() - timedelta(days=self.n % 5)

    def can_go_back(self, former: Former, entry: Entry) -> None:
        """Remember what [Undo] carries below what was said last, and what the ledger said before it."""
        self.ledger.back[self.who, self.pair_key] = former, entry

    def former(self) -> tuple[Former, Entry]:
        """Return that."""
        if (self.who, self.pair_key) not in self.ledger.back:
            raise RuleBroken("nothing was said")
        return self.ledger.back[self.who, self.pair_key]
