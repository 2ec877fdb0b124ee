"""Maya is the mentee, Tom the mentor, Lena their liaison, Ada coordinates: as plain values."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.domain.days import Span
from bot.domain.goals import Goal, GoalState
from bot.domain.meetings import Means, Meeting, Words
from bot.domain.people import Member, Pair, Person
from bot.domain.program import Phase, Program, Resource, Role, Training

CHICAGO, NEW_YORK, BERLIN = ZoneInfo("America/Chicago"), ZoneInfo("America/New_York"), ZoneInfo("Europe/Berlin")
NOON = datetime(2017, 6, 14, 17, 0, tzinfo=UTC)  # Wednesday; noon in Chicago
SESSION = datetime.fromisoformat("2017-06-20T13:00")  # naive: in the program's zone
CANARY = "Only Maya and Tom may read this"

PROGRAM = Program(
    id="p1",
    key="seed",
    name="Seed Mentoring 2017–18",
    zone=CHICAGO,
    span=Span(date(2017, 6, 1), date(2018, 4, 30)),
    windows={
        Phase.PLANNING: Span(date(2017, 5, 15), date(2017, 6, 11)),
        Phase.CONNECTING: Span(date(2017, 6, 12), date(2017, 9, 15)),
        Phase.ADVANCING: Span(date(2017, 9, 16), date(2018, 2, 28)),
        Phase.TRANSITIONING: Span(date(2018, 3, 1), date(2018, 4, 30)),
    },
    trainings=(
        Training(
            "listening",
            "Listening well",
            frozenset({Role.MENTOR}),
            (SESSION, datetime.fromisoformat("2017-06-22T09:00")),
            60,
            "https://example.org/listening",
        ),
        Training(
            "past", "Long ago", frozenset({Role.MENTOR, Role.MENTEE}), (datetime.fromisoformat("2017-06-02T13:00"),)
        ),
    ),
    resources=(
        Resource(Phase.CONNECTING, "A first talk: ten questions", "https://example.org/first"),
        Resource(Phase.ADVANCING, "Not yet", "https://example.org/later"),
    ),
)

MAYA = Person("maya", "maya", "Maya Okafor", CHICAGO, "U0MAYA")
TOM = Person("tom", "tom", "Tom Baker", NEW_YORK, "U0TOM")
LENA = Person("lena", "lena", "Lena Fischer", BERLIN, "U0LENA")
ADA = Person("ada", "ada", "Ada Lind", CHICAGO, "U0ADA")
ROSA = Person("rosa", "rosa", "Rosa Reader", CHICAGO, "U0ROSA")

MAYA_AND_TOM = Pair(
    "pair1", "maya-tom", PROGRAM, TOM, MAYA, LENA, date(2017, 6, 1), meetings=2, last_meeting=date(2017, 6, 12)
)
GOALS = (
    Goal("pair1", f"Lead a meeting. {CANARY}", "Rehearse it with me", GoalState.MOVING, NOON, id="g1"),
    Goal("pair1", "Learn to catalog maps", "", GoalState.NOT_STARTED, NOON, id="g2"),
    Goal("pair1", "Find my way around", "", GoalState.DONE, NOON, id="g3"),
)
MEETINGS = (
    Meeting(
        "pair1",
        date(2017, 6, 12),
        45,
        Means.VIDEO,
        "maya",
        NOON,
        words=(Words("maya", f"next: {CANARY}", f"note: {CANARY}"),),
        id="m2",
    ),
    Meeting("pair1", date(2017, 6, 3), 1, Means.IN_PERSON, "tom", NOON, id="m1"),
)


def pair(number: int, **changes: object) -> Pair:
    """Return one of many other pairs, without a meeting, followed by Lena."""
    mentor = Person(f"mentor{number}", f"mentor{number}", f"Mentor No. {number}", CHICAGO)
    mentee = Person(f"mentee{number}", f"mentee{number}", f"Mentee No. {number}", CHICAGO)
    made = Pair(f"other{number}", f"other{number}", PROGRAM, mentor, mentee, LENA, date(2017, 6, 1))
    return replace(made, **changes)  # type: ignore[arg-type]


def member(person: Person, *roles: Role, pairs: tuple[Pair, ...] = (), watched: tuple[Pair, ...] = ()) -> Member:
    """Return what a person is in the program."""
    return Member(PROGRAM, person, frozenset(roles), pairs, watched)
