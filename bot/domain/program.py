"""A program as a coordinator designs it."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.domain.days import Span, SpeakingHours
from bot.domain.rhythm import Rhythm, Unit


class Phase(StrEnum):
    """The four phases, in their order."""

    PLANNING = "planning"
    CONNECTING = "connecting"
    ADVANCING = "advancing"
    TRANSITIONING = "transitioning"


class Role(StrEnum):
    """What a person is in a program; one may be several things."""

    MENTOR = "mentor"
    MENTEE = "mentee"
    LIAISON = "liaison"
    COORDINATOR = "coordinator"
    READER = "reader"


@dataclass(frozen=True, slots=True)
class KeyDate:
    """A day or some days that everybody should know of: a meeting, a form that is due.

    `meet`: it is a meeting to which people travel, where a pair could meet.
    """

    key: str
    name: str
    span: Span
    meet: bool = False


@dataclass(frozen=True, slots=True)
class Training:
    """A training with its sessions (naive, in the program's zone) and perhaps a recording for who missed them."""

    key: str
    title: str
    audience: frozenset[Role]
    sessions: tuple[datetime, ...]
    minutes: int = 60
    link: str = ""
    recording: str = ""


@dataclass(frozen=True, slots=True)
class Resource:
    """Something worth reading in a phase."""

    phase: Phase
    title: str
    link: str


@dataclass(frozen=True, slots=True)
class Minimum:
    """The time that a pair is expected to give at least, such as 2 "hours a month"."""

    amount: float
    unit: str

    def __str__(self) -> str:
        counted, _, per = self.unit.partition(" ")
        one = counted.removesuffix("s") if self.amount == 1 else counted
        return " ".join(part for part in (f"{self.amount:g}", one, per) if part)


@dataclass(frozen=True, slots=True)
class PairTerms:
    """What a program asks of its pairs, in days after a pair's start where nothing else is said.

    `editable` is for how many days a logged meeting can be changed; after that it is corrected. `follow_up_months`
    after the program's last day one question is asked of who agreed to it; 0: none.
    """

    agreement_due: int = 30
    goals_due: int = 30
    editable: int = 14
    follow_up_months: int = 0


USUAL_TERMS = PairTerms()


@dataclass(frozen=True, slots=True)
class Program:
    """One run of a mentoring scheme. `windows` has the span of each phase; `quiet` the days without any message.

    It can be hashed, so that what follows from a design alone is worked out once and not for each of its members.
    """

    id: str
    key: str
    name: str
    zone: ZoneInfo
    span: Span
    windows: dict[Phase, Span]
    hours: SpeakingHours = SpeakingHours()
    quiet: tuple[Span, ...] = ()
    rhythm: Rhythm = Rhythm(2, Unit.WEEK)
    minimum: Minimum | None = None
    pairs: PairTerms = USUAL_TERMS
    goals: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    key_dates: tuple[KeyDate, ...] = ()
    trainings: tuple[Training, ...] = ()
    resources: tuple[Resource, ...] = field(default=())

    def __hash__(self) -> int:
        return hash((self.id, self.key))

    @property
    def opens(self) -> date:
        """The first day on which pairs may hear of it: where planning begins before the first day, planning's."""
        return min(self.span.first, self.windows[Phase.PLANNING].first)

    def phase_on(self, day: date) -> Phase | None:
        """Return the phase that `day` lies in; None before the first and after the last."""
        return next((phase for phase, window in self.windows.items() if day in window), None)

    def window_within(self, phase: Phase) -> Span | None:
        """Return the part of the phase's window that lies within the program; None when there is none."""
        window = self.windows[phase]
        first, last = max(window.first, self.span.first), min(window.last, self.span.last)
        return Span(first, last) if first <= last else None

    def is_working_day(self, day: date) -> bool:
        """Tell whether the program speaks at all on `day`: a day of its hours, and not a quiet one."""
        return self.speaks_on(day, self.hours)

    def speaks_on(self, day: date, hours: SpeakingHours) -> bool:
        """Tell whether the program speaks on `day` to who has these hours: one of their days, and not a quiet one."""
        return day.weekday() in hours.days and not self.is_quiet(day)

    def is_quiet(self, day: date) -> bool:
        """Tell whether nothing is said to anybody on `day`."""
        return any(day in span for span in self.quiet)

    def working_day_from(self, day: date) -> date:
        """Return `day`, or the first working day after it; `day` itself when none follows within 60 days."""
        return _working_day_from(self, day)

    def last_working_day(self) -> date:
        """Return the last day of the program on which it speaks: the day of the farewell."""
        return _last_working_day(self)


@lru_cache(maxsize=16384)
def _working_day_from(program: Program, day: date) -> date:
    ahead = (day + timedelta(days=n) for n in range(60))
    return next((candidate for candidate in ahead if program.is_working_day(candidate)), day)


@lru_cache(maxsize=1024)
def _last_working_day(program: Program) -> date:
    day = program.span.last
    while not program.is_working_day(day) and day > program.span.first:
        day -= timedelta(days=1)
    return day


SHARES = {Phase.PLANNING: 0.05, Phase.CONNECTING: 0.25, Phase.ADVANCING: 0.50, Phase.TRANSITIONING: 0.20}


def usual_windows(span: Span) -> dict[Phase, Span]:
    """Divide `span` among the four phases, for a program that says nothing of its own.

    Each has a day at least; with fewer than four days, the later phases are empty spans after the end.
    """
    windows: dict[Phase, Span] = {}
    first, share = span.first, 0.0
    for phase, part in SHARES.items():
        share += part
        last = span.first + timedelta(days=max(round(share * span.days) - 1, (first - span.first).days))
        last = min(last, span.last) if phase is not Phase.TRANSITIONING else span.last
        windows[phase] = Span(first, last)
        first = last + timedelta(days=1)
    return windows
