"""Maya (mentee), Tom (mentor), Lena (their liaison); a program from Thursday, 1 June 2017 to Monday, 30 April 2018."""

from dataclasses import replace
from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.days import Span, SpeakingHours, wall
from bot.domain.people import Answer, AnswerKind, Member, Pair, Person
from bot.domain.program import Phase, Program, Role
from bot.domain.rhythm import Rhythm, Unit

CHICAGO, NEW_YORK, GUAM = ZoneInfo("America/Chicago"), ZoneInfo("America/New_York"), ZoneInfo("Pacific/Guam")
FIRST_DAY, LAST_DAY = date(2017, 6, 1), date(2018, 4, 30)

MAYA = Person("p-maya", "maya", "Maya Okafor", CHICAGO, "U0MAYA")
TOM = Person("p-tom", "tom", "Tom Lindqvist", NEW_YORK, "U0TOM")
LENA = Person("p-lena", "lena", "Lena Brandt", CHICAGO, "U0LENA")
ADA = Person("p-ada", "ada", "Ada Whitfield", CHICAGO, "U0ADA")

PROGRAM = Program(
    id="g",
    key="spring",
    name="Spring Program",
    zone=CHICAGO,
    span=Span(FIRST_DAY, LAST_DAY),
    windows={
        Phase.PLANNING: Span(date(2017, 5, 15), date(2017, 6, 18)),
        Phase.CONNECTING: Span(date(2017, 6, 19), date(2017, 9, 15)),
        Phase.ADVANCING: Span(date(2017, 9, 16), date(2018, 2, 28)),
        Phase.TRANSITIONING: Span(date(2018, 3, 1), LAST_DAY),
    },
    quiet=(Span(date(2017, 11, 23), date(2017, 11, 23)), Span(date(2017, 12, 20), date(2018, 1, 2))),
)

PAIR = Pair("q", "maya-tom", PROGRAM, mentor=TOM, mentee=MAYA, liaison=LENA, starts=FIRST_DAY)
WEEKLY, MONTHLY = Rhythm(1, Unit.WEEK), Rhythm(1, Unit.MONTH)
OFFICE = SpeakingHours(time(9), time(17))


def met(pair: Pair, *days: date) -> Pair:
    """Return the pair with meetings on these days, each logged in the evening."""
    return replace(pair, meetings=len(days), last_meeting=max(days), logged_at=wall(max(days), time(18), CHICAGO))


def asked(pair: Pair, by: Person, day: date, until: date) -> Pair:
    """Return the pair after `by` has said on `day`: not yet, remind me on `until`."""
    answer = Answer(pair.id, by.id, AnswerKind.NOT_YET, day, wall(day, time(12), by.zone), remind_on=until)
    others = tuple(snooze for snooze in pair.snoozes if snooze.person_id != by.id)
    return replace(pair, answer=answer, snoozes=(answer, *others))


def in_the_way(pair: Pair, by: Person, day: date, words: str = "") -> Pair:
    """Return the pair after `by` has said on `day` that something is in the way."""
    answer = Answer(pair.id, by.id, AnswerKind.IN_THE_WAY, day, wall(day, time(12), by.zone), words=words)
    others = tuple(snooze for snooze in pair.snoozes if snooze.person_id != by.id)
    return replace(pair, answer=answer, help_asked=answer, snoozes=others)


def pausing(pair: Pair, mentee: Span | None = None, mentor: Span | None = None) -> Pair:
    """Return the pair while one of the two, or both, take a break."""
    return replace(
        pair,
        mentee=replace(pair.mentee, pauses=(mentee,) if mentee else ()),
        mentor=replace(pair.mentor, pauses=(mentor,) if mentor else ()),
    )


def of_program(**changes: Any) -> Program:
    """Return the program with changes."""
    return replace(PROGRAM, **changes)


def liaison(*pairs: Pair, person: Person = LENA) -> Member:
    """Return the liaison of these pairs."""
    program = pairs[0].program if pairs else PROGRAM
    return Member(program, person, frozenset({Role.LIAISON}), watched=pairs)


def mentee(*pairs: Pair) -> Member:
    """Return Maya, or the mentee of these pairs."""
    return Member(pairs[0].program, pairs[0].mentee, frozenset({Role.MENTEE}), pairs)


def mentor(*pairs: Pair) -> Member:
    """Return Tom, or the mentor of these pairs."""
    return Member(pairs[0].program, pairs[0].mentor, frozenset({Role.MENTOR}), pairs)
