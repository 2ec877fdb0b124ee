"""How people behave in a rehearsal: nobody acts, everybody meets on their rhythm, or a mixture as in real life.

Acts are planned beforehand from the roster, without any chance: the same program gives the same year.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.domain.days import Span, stopped_days, wall
from bot.domain.meetings import Means
from bot.domain.people import Pair, Person
from bot.domain.rules.checkin_reminder import reminders_of

LOGGED_AT = time(15, 30)
MINUTES = (30, 45, 60, 40, 50)
MEANS = (Means.VIDEO, Means.PHONE, Means.VIDEO, Means.EMAIL, Means.VIDEO, Means.SLACK)


class Behavior(StrEnum):
    """The three years that can be rehearsed."""

    SILENT = "silent"
    HEALTHY = "healthy"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class LogMeeting:
    """Log a meeting of that day."""

    minutes: int
    means: Means


@dataclass(frozen=True, slots=True)
class AskForHelp:
    """Say that something is in the way."""

    words: str


@dataclass(frozen=True, slots=True)
class Pause:
    """Pause until a day."""

    until: date


@dataclass(frozen=True, slots=True)
class EndPair:
    """The coordinator ends the pair, as a new roster would: after `last`."""

    last: date


@dataclass(frozen=True, slots=True)
class NewPair:
    """The coordinator gives the mentee a new mentor, as a new roster would."""

    key: str
    mentor_key: str
    starts: date


Deed = LogMeeting | AskForHelp | Pause | EndPair | NewPair


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody does at a moment (UTC), about a pair (by its key)."""

    at: datetime
    pair_key: str
    person_key: str
    deed: Deed


def acts_of(behavior: Behavior, pairs: Iterable[Pair]) -> list[Act]:
    """Return what everybody does in the year, in its order."""
    acts: list[Act] = []
    known = sorted(pairs, key=lambda pair: pair.key)
    for number, pair in enumerate(known):
        match behavior:
            case Behavior.SILENT:
                continue
            case Behavior.HEALTHY:
                acts += healthy(pair, known)
            case Behavior.MIXED:
                acts += TRAJECTORIES[number % len(TRAJECTORIES)](pair, known)
    return sorted(acts, key=lambda act: (act.at, act.pair_key, act.person_key))


# -- trajectories ------------------------------------------------------------------------------------------------------


def healthy(pair: Pair, _: list[Pair]) -> Iterator[Act]:
    """Meet on the second working day, then never later than the rhythm says; each logs in turn."""
    yield from _meetings(pair, _on_rhythm(pair, _working_day(pair, pair.span.first + timedelta(days=1))))


def slow_start(pair: Pair, _: list[Pair]) -> Iterator[Act]:
    """Meet for the first time after three weeks."""
    yield from _meetings(pair, _on_rhythm(pair, _working_day(pair, pair.span.first + timedelta(days=22))))


def fading(pair: Pair, _: list[Pair]) -> Iterator[Act]:
    """Meet on the rhythm until autumn; then each gap is half as long again."""
    gap = 0
    for day in _on_rhythm(pair, _working_day(pair, pair.span.first + timedelta(days=1))):
        late = day + timedelta(days=gap)
        if late > pair.span.last:
            return
        yield from _meetings(pair, [_working_day(pair, late)])
        if day > _midpoint(pair.span):
            gap += (pair.agreed_rhythm.after(day) - day).days // 2


def one_side_logs(pair: Pair, _: list[Pair]) -> Iterator[Act]:
    """Meet on the rhythm; only the mentee ever logs."""
    for number, day in enumerate(_on_rhythm(pair, _working_day(pair, pair.span.first + timedelta(days=1)))):
        yield _log(pair, pair.mentee, day, number)


def mentor_silent(pair: Pair, _: list[Pair]) -> Iterator[Act]:
    """The mentor never answers; after the first reminder the mentee says that something is in the way."""
    yield _ask(pair, pair.mentee)


def mentee_silent(pair: Pair, _: list[Pair]) -> Iterator[Act]:
    """The same, from the other side."""
    yield _ask(pair, pair.mentor)


def paused(pair: Pair, _: list[Pair]) -> Iterator[Act]:
    """The mentee pauses for six weeks in the second quarter of the program, and comes back."""
    first = _working_day(pair, pair.span.first + timedelta(days=92))
    last = first + timedelta(days=44)
    yield Act(_at(pair.mentee, first), pair.key, pair.mentee.key, Pause(last))
    start = _working_day(pair, pair.span.first + timedelta(days=1))
    days = (day for day in _on_rhythm(pair, start, Span(first, last)) if not first <= day <= last)
    yield from _meetings(pair, days)


def ended_and_rematched(pair: Pair, pairs: list[Pair]) -> Iterator[Act]:
    """Ends without blame in the third month; a week later the mentee has a new mentor, who has a pair already."""
    last = _working_day(pair, pair.span.first + timedelta(days=78))
    yield from _until(pair, last)
    coordinator = pair.liaison or pair.mentor
    yield Act(_at(coordinator, last), pair.key, coordinator.key, EndPair(last))
    others = [other for other in pairs if other.mentor.id != pair.mentor.id and not other.has(pair.mentee.id)]
    if others:
        starts = _working_day(pair, last + timedelta(days=7))
        new = NewPair(f"{pair.key}-b", others[-1].mentor.key, starts)
        yield Act(wall(last, time(16), coordinator.zone), pair.key, coordinator.key, new)


def ended(pair: Pair, _: list[Pair]) -> Iterator[Act]:
    """Ends without blame two thirds through, with no new mentor."""
    last = _working_day(pair, pair.span.first + timedelta(days=pair.span.days * 2 // 3))
    yield from _until(pair, last)
    coordinator = pair.liaison or pair.mentor
    yield Act(_at(coordinator, last), pair.key, coordinator.key, EndPair(last))


Trajectory = Callable[[Pair, list[Pair]], Iterator[Act]]

# For 41 pairs: 22 healthy and 1 early success (which looks the same from here), 5 slow starts, 4 that fade, 3 where one
# side logs, 2 silent mentors, 1 silent mentee, 1 paused, 2 ended. One of each first, so that a small roster has all.
TRAJECTORIES: tuple[Trajectory, ...] = (
    *(healthy, slow_start, fading, one_side_logs, mentor_silent, mentee_silent, paused, ended_and_rematched, ended),
    *((healthy,) * 5 + (slow_start, fading, one_side_logs)) * 2,
    *((healthy,) * 5 + (slow_start, fading, mentor_silent)),
    *(healthy,) * 7,
    slow_start,
)


# -- days --------------------------------------------------------------------------------------------------------------


def _on_rhythm(pair: Pair, start: date, pause: Span | None = None) -> Iterator[date]:
    """Yield `start` and then, again and again, the last working day that is not yet over the rhythm."""
    stops = (*pair.stops, *([pause] if pause else []))
    day = start
    while day <= pair.span.last:
        yield day
        latest = pair.agreed_rhythm.after(day)
        latest += timedelta(days=stopped_days(stops, day, latest))
        following = latest
        while following > day and not pair.program.is_working_day(following):
            following -= timedelta(days=1)
        day = following if following > day else _working_day(pair, day + timedelta(days=1))


def _until(pair: Pair, last: date) -> Iterator[Act]:
    days = _on_rhythm(pair, _working_day(pair, pair.span.first + timedelta(days=1)))
    yield from _meetings(pair, (day for day in days if day < last))


def _working_day(pair: Pair, day: date) -> date:
    return pair.program.working_day_from(day)


def _midpoint(span: Span) -> date:
    return span.first + timedelta(days=span.days // 2)


def _meetings(pair: Pair, days: Iterable[date]) -> Iterator[Act]:
    for number, day in enumerate(days):
        yield _log(pair, (pair.mentee, pair.mentor)[number % 2], day, number)


def _log(pair: Pair, who: Person, day: date, number: int) -> Act:
    deed = LogMeeting(MINUTES[number % len(MINUTES)], MEANS[number % len(MEANS)])
    return Act(_at(who, day), pair.key, who.key, deed)


def _ask(pair: Pair, who: Person) -> Act:
    day = _working_day(pair, reminders_of(pair).first + timedelta(days=1))
    return Act(_at(who, day), pair.key, who.key, AskForHelp("I wrote twice and have not heard back."))


def _at(who: Person, day: date) -> datetime:
    return wall(day, LOGGED_AT, who.zone)
