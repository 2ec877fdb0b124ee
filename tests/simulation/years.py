"""Years, played and judged, and what many of them come to."""

import time
from collections import Counter
from contextlib import nullcontext
from dataclasses import dataclass, field

from tests.simulation.database import Database
from tests.simulation.faults import Fault
from tests.simulation.mutants import SOUND, Mutant
from tests.simulation.oracle import Verdict, judge
from tests.simulation.play import Play
from tests.simulation.postgresql import database_on

BAD = ("lost", "twice", "late", "night", "after_end", "over_budget")
NO_FAULTS = frozenset({"backup taken"})


@dataclass(frozen=True, slots=True)
class Year:
    """One seed's year, judged."""

    seed: int
    verdict: Verdict
    faults: Counter[str]
    seconds: float
    trace: str


@dataclass(slots=True)
class Tally:
    """Years, added up."""

    years: int = 0
    seconds: float = 0.0
    counts: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    expired: Counter[str] = field(default_factory=Counter)
    failing: list[Year] = field(default_factory=list)

    def add(self, year: Year) -> None:
        """Add a year."""
        self.years += 1
        self.seconds += year.seconds
        verdict = year.verdict
        for name in ("messages", "expected", "knowingly", "unjudged", *BAD):
            self.counts[name] += getattr(verdict, name)
        self.faults += year.faults
        self.expired += verdict.expired
        if not verdict.clean:
            self.failing.append(year)

    @property
    def all_faults(self) -> int:
        """How many things went wrong."""
        return sum(self.faults.values())

    def lines(self) -> list[str]:
        """Say it all; the last line is the one to look at."""
        counts = self.counts
        faults = [f"{count:>8,}  {kind}" for kind, count in self.faults.most_common()]
        expired = [f"{count:>8,}  {kind}" for kind, count in self.expired.most_common()]
        return [
            f"{counts['messages']:,} messages; {self.seconds / max(self.years, 1):.1f} s of one core for a year",
            "Faults:",
            *faults,
            "Expired, as the rules say, where nothing could have been said in time:",
            *expired,
            f"{counts['knowingly']:>8,}  said again, and said so",
            f"{counts['unjudged']:>8,}  not judged: people did something on another day than in the calm year",
            self.last_line(),
        ]

    def last_line(self) -> str:
        """Return the line that counts."""
        bad = " ".join(f"{name}={self.counts[name]}" for name in BAD)
        return f"years={self.years} faults={self.all_faults} expected={self.counts['expected']} {bad}"


def play_year(seed: int, mutant: Mutant = SOUND, days: int | None = None, server: str = "") -> Year:
    """Play the year of a seed and judge it; `days`: of a program cut short; `server`: on a PostgreSQL (its URL)."""
    began = time.process_time()
    with database_on(server, f"year_{seed}") if server else nullcontext(Database()) as database:
        told = Play(seed, mutant=mutant, days=days, database=database).perform()
    verdict = judge(told)
    return Year(seed, verdict, _classes(told.faults), time.process_time() - began, told.trace)


def _classes(faults: list[Fault]) -> Counter[str]:
    """Count faults by their kind: what is in the log but harms nobody is left out."""
    return Counter(fault.kind for fault in faults if fault.kind not in NO_FAULTS)
