"""Who is in the program of a seed, and what they do in its year: fixed before the year begins."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from bot.content.designs import read_program
from bot.content.rosters import Roster, RosterPair, RosterPerson, read_roster
from bot.content.shipped import shipped_program
from bot.domain.program import Program, Role
from tests.simulation.deeds_of_year import DeedOfYear, year_of
from tests.simulation.second_thoughts import SecondThought, second_thoughts

# Zones that are odd: half hours, no daylight saving, the far side of the date line, a shift of half an hour.
ODD_ZONES = (
    "Pacific/Guam",
    "Asia/Kathmandu",
    "America/Phoenix",
    "Pacific/Chatham",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
)
MUTABLE = ("phase_prompt", "training", "meeting_logged", "pause", "checkin_reminder", "first_move")
FEWEST, MOST = 6, 12


@dataclass(frozen=True, slots=True)
class LogMeeting:
    """Log a meeting of that day."""

    day: date
    minutes: int


@dataclass(frozen=True, slots=True)
class Undo:
    """Take the meeting of that day back."""

    day: date


@dataclass(frozen=True, slots=True)
class NotYet:
    """Ask to be reminded on a day."""

    day: date


@dataclass(frozen=True, slots=True)
class Help:
    """Say that something is in the way."""

    words: str


@dataclass(frozen=True, slots=True)
class Pause:
    """Hear nothing until a day, that day included."""

    until: date


@dataclass(frozen=True, slots=True)
class Resume:
    """End the pause."""


@dataclass(frozen=True, slots=True)
class Choose:
    """Change hours and kinds: no kinds and no hours are what everybody has in the beginning."""

    muted: tuple[str, ...] = ()
    start: time | None = None
    end: time | None = None
    days: tuple[int, ...] = (0, 1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Leave:
    """The account is deactivated."""


@dataclass(frozen=True, slots=True)
class Return:
    """The account works again."""


@dataclass(frozen=True, slots=True)
class Announce:
    """Say `text` to all with one of these roles; the number of the act makes it one announcement."""

    text: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """Take back what has not gone out of the announcement of that act."""

    of: int


@dataclass(frozen=True, slots=True)
class EndPair:
    """The roster is loaded again: the pair ends with that day."""

    last: date


@dataclass(frozen=True, slots=True)
class NewPair:
    """The roster is loaded again: the mentee of the pair has another mentor."""

    key: str
    mentor: str
    starts: date


Deed = (
    LogMeeting
    | Undo
    | NotYet
    | Help
    | Pause
    | Resume
    | Choose
    | Leave
    | Return
    | Announce
    | Stop
    | EndPair
    | NewPair
    | DeedOfYear
    | SecondThought
)


@dataclass(frozen=True, slots=True)
class Act:
    """What `who` (a person's key) does at a moment (UTC), about a pair (its key, or "")."""

    number: int
    at: datetime
    who: str
    pair: str
    deed: Deed


@dataclass(frozen=True, slots=True)
class Script:
    """A year: the program, who is in it, and what they do, in its order."""

    program: Program
    roster: Roster
    acts: tuple[Act, ...]


@cache
def _files() -> tuple[Program, Roster]:
    program_file, roster_file = shipped_program("alcts-2017")
    program = read_program(program_file)
    return program, read_roster(roster_file, None, program)


def write_script(seed: int, days: int | None = None) -> Script:
    """Write the year of a seed, with 6 to 12 pairs of the shipped sample. `days`: of a program cut short."""
    dice = random.Random(f"script {seed}")
    program, whole = _files()
    if days is not None:
        last = program.span.first + timedelta(days=days)
        program = replace(program, span=replace(program.span, last=last))
    roster = _some(dice, whole)
    drafts = list(_acts(dice, program, roster))
    drafts += _year(random.Random(f"year {seed}"), program, roster, drafts)
    drafts += _second_thoughts(random.Random(f"second thoughts {seed}"), program, roster, drafts)
    drafts += _liaisons(random.Random(f"liaisons {seed}"), program, roster)
    acts = sorted(drafts, key=lambda act: (act[0], act[1], act[2], repr(act[3])))
    numbered = [Act(number, *act) for number, act in enumerate(acts)]
    return Script(program, roster, tuple(_with_stops(dice, numbered)))


def _some(dice: random.Random, whole: Roster) -> Roster:
    """Return a few pairs with all who belong to them, two coordinators, and odd zones for some."""
    pairs = sorted(dice.sample(whole.pairs, dice.randint(FEWEST, MOST)), key=lambda pair: pair.key)
    keys = {key for pair in pairs for key in (pair.mentor, pair.mentee, pair.liaison)}
    keys |= {person.key for person in whole.people if Role.COORDINATOR in person.roles}
    people = [_person(dice, person, number) for number, person in enumerate(whole.people) if person.key in keys]
    return Roster(tuple(people), tuple(pairs))


def _person(dice: random.Random, person: RosterPerson, number: int) -> RosterPerson:
    zone = ZoneInfo(dice.choice(ODD_ZONES)) if dice.random() < 0.25 else person.zone or ZoneInfo("America/Chicago")
    return replace(person, slack_id=f"U{number:08d}", zone=zone)


Draft = tuple[datetime, str, str, Deed]


def _acts(dice: random.Random, program: Program, roster: Roster) -> Iterator[Draft]:
    zones = {person.key: person.zone or program.zone for person in roster.people}
    first, last = program.span.first, program.span.last
    for pair in roster.pairs:
        yield from _life(dice, pair, first, last, zones)
    for person in roster.people:
        yield from _own(dice, person, first, last, zones[person.key])
    yield from _announcements(dice, roster, first, last, zones)
    yield from _changes(dice, roster, first, last, zones)


def _year(dice: random.Random, program: Program, roster: Roster, drafts: list[Draft]) -> Iterator[Draft]:
    """Let each pair plan, agree and end: with dice of their own, so that all else of a seed stays as it was."""
    zones = {person.key: person.zone or program.zone for person in roster.people}
    for pair in roster.pairs:
        own = [draft for draft in drafts if draft[2] == pair.key]
        may_end = not any(isinstance(deed, EndPair) for *_, deed in own)
        yield from year_of(dice, pair, program.span, _met(own), zones, may_end=may_end)


def _second_thoughts(dice: random.Random, program: Program, roster: Roster, drafts: list[Draft]) -> Iterator[Draft]:
    zones = {person.key: person.zone or program.zone for person in roster.people}
    for pair in roster.pairs:
        own = [draft for draft in drafts if draft[2] == pair.key]
        year = [(at, who, key, deed) for at, who, key, deed in own if isinstance(deed, DeedOfYear)]
        yield from second_thoughts(dice, pair, program.span, _met(own), year, zones)


def _met(own: list[Draft]) -> list[tuple[datetime, str, date]]:
    """Return a pair's meetings that stay: when they were logged, by whom, of which day."""
    gone = {deed.day for *_, deed in own if isinstance(deed, Undo)}
    return [(at, who, d.day) for at, who, _, d in own if isinstance(d, LogMeeting) and d.day not in gone]


def _liaisons(dice: random.Random, program: Program, roster: Roster) -> Iterator[Draft]:
    """Let a liaison leave in some years, and mostly come back: with dice of their own."""
    followers = sorted({pair.liaison for pair in roster.pairs if pair.liaison})
    if not followers or dice.random() < 0.5:
        return
    who = dice.choice(followers)
    zone = next(person.zone for person in roster.people if person.key == who) or program.zone
    day = program.span.first + timedelta(
        days=dice.randint(2, max((program.span.last - program.span.first).days - 40, 3))
    )
    yield _at(dice, day, zone), who, "", Leave()
    if dice.random() < 0.7:
        yield _at(dice, day + timedelta(days=dice.randint(1, 40)), zone), who, "", Return()


def _at(dice: random.Random, day: date, zone: ZoneInfo, earliest: int = 7, latest: int = 21) -> datetime:
    """Return a moment of that day in a zone: people also write in the evening, to the second."""
    moment = datetime.combine(day, time(dice.randint(earliest, latest), dice.randint(0, 59), dice.randint(0, 59)), zone)
    return moment.astimezone(UTC)


def _life(
    dice: random.Random, pair: RosterPair, first: date, last: date, zones: dict[str, ZoneInfo]
) -> Iterator[Draft]:
    """Let a pair meet now and then, take something back, put it off, ask for help."""
    gaps = dice.choice(((7, 14), (10, 24), (12, 40), (60, 200)))
    day = first + timedelta(days=dice.randint(1, 30))
    while day <= last:
        who = dice.choice((pair.mentor, pair.mentee))
        at = _at(dice, day, zones[who], 10)
        yield at, who, pair.key, LogMeeting(day, dice.choice((20, 30, 45, 60)))
        if dice.random() < 0.12:
            yield at + timedelta(minutes=dice.choice((1, 20, 900))), who, pair.key, Undo(day)
        between = dice.randint(*gaps)
        middle = day + timedelta(days=max(between * 2 // 3, 1))
        if dice.random() < 0.2 and middle < last:
            yield _at(dice, middle, zones[who]), who, pair.key, NotYet(middle + timedelta(days=dice.randint(2, 9)))
        if dice.random() < 0.06 and middle < last:
            yield _at(dice, middle, zones[who]), who, pair.key, Help(dice.choice(("", "We cannot find a time.")))
        day += timedelta(days=between)


def _own(dice: random.Random, person: RosterPerson, first: date, last: date, zone: ZoneInfo) -> Iterator[Draft]:
    """Let a person take a break, choose their hours, leave and come back: each of them now and then."""

    def some_day(margin: int = 0) -> date:
        return first + timedelta(days=dice.randint(0, max((last - first).days - margin, 0)))

    two = person.roles & {Role.MENTOR, Role.MENTEE}
    if two and dice.random() < 0.4:
        day = some_day(60)
        until = min(day + timedelta(days=dice.randint(3, 40)), last)
        yield _at(dice, day, zone), person.key, "", Pause(until)
        if dice.random() < 0.4:
            yield _at(dice, min(day + timedelta(days=dice.randint(0, 20)), last), zone), person.key, "", Resume()
    if dice.random() < 0.3:
        start = dice.choice((6, 8, 10, 13, 20))
        days = dice.choice(((0, 1, 2, 3, 4), (0, 2), (1, 3, 5), (0, 1, 2, 3, 4, 5, 6)))
        own = Choose((), time(start), time(min(start + dice.randint(2, 9), 23), 30), days)
        yield _at(dice, some_day(), zone), person.key, "", own
    if dice.random() < 0.15:
        day = some_day(30)
        yield _at(dice, day, zone), person.key, "", Choose(tuple(dice.sample(MUTABLE, 2)))
        yield _at(dice, day + timedelta(days=dice.randint(3, 30)), zone), person.key, "", Choose()
    if two and dice.random() < 0.08:
        day = some_day(40)
        yield _at(dice, day, zone), person.key, "", Leave()
        if dice.random() < 0.7:
            yield _at(dice, day + timedelta(days=dice.randint(1, 30)), zone), person.key, "", Return()


def _announcements(
    dice: random.Random, roster: Roster, first: date, last: date, zones: dict[str, ZoneInfo]
) -> Iterator[Draft]:
    coordinators = [person.key for person in roster.people if Role.COORDINATOR in person.roles]
    for number in range(max((last - first).days // 45, 1)):
        day = first + timedelta(days=dice.randint(0, (last - first).days))
        who = dice.choice(coordinators)
        roles = dice.choice((("mentor", "mentee"), ("mentor",), ("liaison", "mentee"), ("mentor", "mentee", "liaison")))
        yield _at(dice, day, zones[who]), who, "", Announce(f"Notice {number}: a talk on {day:%d %B}.", roles)


def _changes(
    dice: random.Random, roster: Roster, first: date, last: date, zones: dict[str, ZoneInfo]
) -> Iterator[Draft]:
    """Let a pair end, and sometimes give its mentee another mentor."""
    coordinator = next(person.key for person in roster.people if Role.COORDINATOR in person.roles)
    for pair in dice.sample(roster.pairs, dice.randint(0, 2)):
        day = first + timedelta(days=dice.randint(40, max((last - first).days - 30, 41)))
        if day >= last:
            continue
        at = _at(dice, day, zones[coordinator], 9, 16)
        yield at, coordinator, pair.key, EndPair(day)
        others = [other for other in roster.pairs if pair.mentee not in (other.mentor, other.mentee)]
        if dice.random() < 0.6 and others:
            mentor = dice.choice(others).mentor
            if mentor != pair.mentor:
                new = NewPair(f"{pair.key}-b", mentor, day + timedelta(days=7))
                yield at + timedelta(hours=1), coordinator, pair.key, new


def _with_stops(dice: random.Random, acts: list[Act]) -> Iterator[Act]:
    """Stop some of the announcements a while after they were made."""
    stops = [
        Act(
            len(acts) + act.number, act.at + timedelta(minutes=dice.choice((1, 30, 600))), act.who, "", Stop(act.number)
        )
        for act in acts
        if isinstance(act.deed, Announce) and dice.random() < 0.3
    ]
    return iter(sorted([*acts, *stops], key=lambda act: (act.at, act.number)))
