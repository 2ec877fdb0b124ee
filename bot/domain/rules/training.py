"""Training reminders: three days before the first session, on its day where it is the only one, and the recording.

Several sessions of one training are for choosing: one note lists them, and nobody who has been there is called again.
The recording can wait, so it comes along with the next idea.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.domain.days import Span, SpeakingHours
from bot.domain.nudges import Entry, Rule, Slot
from bot.domain.people import Member, Person
from bot.domain.phases import turns
from bot.domain.program import Program, Role, Training

AHEAD = timedelta(days=3)
RECORDING_WAITS = timedelta(days=28)
RECORDING_WORTH_SAYING = timedelta(days=13)


@dataclass(frozen=True, slots=True)
class _Line:
    """One reminder of a training: the same for all who share a program, roles, a zone and hours."""

    first: date
    last: date
    occurrence: str
    facts: tuple[tuple[str, str], ...]


def training(member: Member, today: date) -> Iterator[Entry]:
    """Yield the reminders, in the order of their days from `today` on, of trainings for one of the member's roles.

    Days are those of their own zone. Whose pair plans before the first day is reminded of what comes before it, too.
    """
    program, person = member.program, member.person
    first = min([program.span.first, *(pair.hears.first for pair in member.pairs)])
    heard = Span(first, program.span.last)
    for line in _calendar(program, member.roles, person.zone, person.hours_in(program), heard):
        if line.last >= today:
            slot = Slot(Rule.TRAINING, program.key, line.occurrence, person.key)
            yield Entry(slot, person, line.first, line.last, facts=line.facts)


@lru_cache(maxsize=8192)
def _calendar(
    program: Program, roles: frozenset[Role], zone: ZoneInfo, hours: SpeakingHours, heard: Span
) -> tuple[_Line, ...]:
    found: list[_Line] = []
    for course in (course for course in program.trainings if course.audience & roles):
        found += _sessions(program, course, zone, hours, heard)
        found += _recording(program, course, zone)
    return tuple(sorted(found, key=lambda line: line.first))


def _line(course: Training, step: str, first: date, last: date) -> _Line:
    return _Line(first, last, f"{course.key}/{step}", (("training", course.key), ("step", step)))


def _sessions(program: Program, course: Training, zone: ZoneInfo, hours: SpeakingHours, heard: Span) -> Iterator[_Line]:
    days = sorted({_reminder_day(program, zone, hours, session) for session in course.sessions})
    if not days:
        return
    day = days[0]
    ahead = _day_before(program, hours, day - AHEAD + timedelta(days=1))
    if ahead in heard:
        yield _line(course, "ahead", ahead, min(day - timedelta(days=1), program.span.last))
    if day in heard and len(days) == 1:
        yield _line(course, "today-1", day, day)


def _recording(program: Program, course: Training, zone: ZoneInfo) -> Iterator[_Line]:
    """Yield the recording once: with the next idea after the last session; on the first day if all came before it."""
    if not course.recording:
        return
    ends = (moment_of(program, session) + timedelta(minutes=course.minutes) for session in course.sessions)
    seen = max((end.astimezone(zone).date() for end in ends), default=program.span.first - timedelta(days=1))
    day = program.working_day_from(max(seen + timedelta(days=1), program.span.first))
    if seen >= program.span.first:
        ideas = (turn.day for turn in turns(program) if day <= turn.day <= day + RECORDING_WAITS)
        day = next(ideas, day)
    if day in program.span:
        yield _line(course, "recording", day, min(day + RECORDING_WORTH_SAYING, program.span.last))


def moment_of(program: Program, session: datetime) -> datetime:
    """Return when a session (naive, in the program's zone) begins, aware."""
    return session.replace(tzinfo=program.zone)


def reminder_day(program: Program, person: Person, session: datetime) -> date:
    """Return the day on which to remind of a session: its own, or the person's day before if it begins too early.

    Four in the morning in Guam is long past when the day's note goes out.
    """
    return _reminder_day(program, person.zone, person.hours_in(program), session)


def _reminder_day(program: Program, zone: ZoneInfo, hours: SpeakingHours, session: datetime) -> date:
    begins = moment_of(program, session).astimezone(zone)
    in_time = begins.time() > hours.start and program.speaks_on(begins.date(), hours)
    return begins.date() if in_time else _day_before(program, hours, begins.date())


def _day_before(program: Program, hours: SpeakingHours, day: date) -> date:
    """Return the last day before `day` on which who has these hours hears; the day before it when none is near."""
    before = (day - timedelta(days=n) for n in range(1, 15))
    return next((one for one in before if program.speaks_on(one, hours)), day - timedelta(days=1))
