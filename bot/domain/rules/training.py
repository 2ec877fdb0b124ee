"""Training reminders: three days before the first session, on the day of each, the recording for who comes later."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from bot.domain.nudges import Entry, Rule, Slot
from bot.domain.people import Member, Person
from bot.domain.program import Program, Training

AHEAD = timedelta(days=3)
RECORDING_AFTER = timedelta(days=3)
RECORDING_WORTH_SAYING = timedelta(days=13)


def training(member: Member) -> Iterator[Entry]:
    """Yield the reminders of each training that is for one of the member's roles, in their own zone's days."""
    for course in member.program.trainings:
        if course.audience & member.roles:
            yield from _sessions(member, course)
            yield from _recording(member, course)


def _sessions(member: Member, course: Training) -> Iterator[Entry]:
    program, person = member.program, member.person
    days = sorted({reminder_day(program, person, session) for session in course.sessions})
    if not days:
        return
    ahead = _day_before(program, person, days[0] - AHEAD + timedelta(days=1))
    if ahead in program.span:
        last = min(days[0] - timedelta(days=1), program.span.last)
        yield _entry(program, person, course, "ahead", ahead, last)
    for number, day in enumerate(days, start=1):
        if day in program.span:
            yield _entry(program, person, course, f"today-{number}", day, day)


def _recording(member: Member, course: Training) -> Iterator[Entry]:
    """Yield the recording once: after the last session, or a few days into the program when all came before."""
    if not course.recording:
        return
    program, person = member.program, member.person
    first = program.span.first + RECORDING_AFTER
    ends = (moment_of(program, session) + timedelta(minutes=course.minutes) for session in course.sessions)
    seen = max((end.astimezone(person.zone).date() for end in ends), default=program.span.first)
    day = program.working_day_from(max(seen + timedelta(days=1), first))
    if day in program.span:
        last = min(day + RECORDING_WORTH_SAYING, program.span.last)
        yield _entry(program, person, course, "recording", day, last)


def _entry(program: Program, person: Person, course: Training, step: str, first: date, last: date) -> Entry:
    slot = Slot(Rule.TRAINING, program.key, f"{course.key}/{step}", person.key)
    return Entry(slot, person, first, last, facts=(("training", course.key), ("step", step)))


def moment_of(program: Program, session: datetime) -> datetime:
    """Return when a session (naive, in the program's zone) begins, aware."""
    return session.replace(tzinfo=program.zone)


def reminder_day(program: Program, person: Person, session: datetime) -> date:
    """Return the day on which to remind of a session: its own, or the person's day before if it begins too early.

    Four in the morning in Guam is long past when the day's note goes out.
    """
    begins = moment_of(program, session).astimezone(person.zone)
    in_time = begins.time() > person.hours_in(program).start and person.hears_on(program, begins.date())
    return begins.date() if in_time else _day_before(program, person, begins.date())


def _day_before(program: Program, person: Person, day: date) -> date:
    """Return the last day before `day` on which the person hears; the day before it when none is near."""
    before = (day - timedelta(days=n) for n in range(1, 15))
    return next((one for one in before if person.hears_on(program, one)), day - timedelta(days=1))
