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
    days = sorted({person_day(program, person, session) for session in course.sessions})
    if not days:
        return
    ahead = days[0] - AHEAD
    while not program.is_working_day(ahead) and ahead > days[0] - timedelta(days=7):
        ahead -= timedelta(days=1)
    if program.span.first <= ahead:
        yield _entry(program, person, course, "ahead", ahead, days[0] - timedelta(days=1))
    for number, day in enumerate(days, start=1):
        if day in program.span:
            yield _entry(program, person, course, f"today-{number}", day, day)


def _recording(member: Member, course: Training) -> Iterator[Entry]:
    """Yield the recording once: after the last session, or a few days into the program when all came before."""
    if not course.recording:
        return
    program = member.program
    last_session = max((session.date() for session in course.sessions), default=program.span.first)
    day = program.working_day_from(max(last_session + timedelta(days=1), program.span.first + RECORDING_AFTER))
    if day in program.span:
        last = min(day + RECORDING_WORTH_SAYING, program.span.last)
        yield _entry(program, member.person, course, "recording", day, last)


def _entry(program: Program, person: Person, course: Training, step: str, first: date, last: date) -> Entry:
    slot = Slot(Rule.TRAINING, program.key, f"{course.key}/{step}", person.key)
    return Entry(slot, person, first, last, facts=(("training", course.key), ("step", step)))


def moment_of(program: Program, session: datetime) -> datetime:
    """Return when a session (naive, in the program's zone) begins, aware."""
    return session.replace(tzinfo=program.zone)


def person_day(program: Program, person: Person, session: datetime) -> date:
    """Return the day on which a session falls on the person's calendar."""
    return moment_of(program, session).astimezone(person.zone).date()
