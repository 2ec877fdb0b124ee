"""The conference finder: about two weeks before a meeting to which people travel, each of a pair is asked once whether
they go; where both do, both hear once that they could meet there.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from bot.domain.nudges import Entry, Rule, Slot
from bot.domain.people import Pair, Person
from bot.domain.phases import Starts, starts_of, turns
from bot.domain.program import KeyDate, Program
from bot.domain.replies import Question

AHEAD, EARLIEST, LATEST = timedelta(days=14), timedelta(days=21), timedelta(days=7)
WORTH_SAYING = timedelta(days=6)
A_DAY = timedelta(days=1)


class Going(StrEnum):
    """What can be said to the question whether somebody goes."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


def meet_there(pair: Pair) -> Iterator[Entry]:
    """Yield the question to each who has not answered it, and, where both go, the suggestion to both."""
    for meeting, asked_on in _meetings(pair.program, starts_of(pair)):
        if meeting.span.first > pair.span.last:  # they are no pair any more by then
            continue
        if both_go(pair, meeting):
            yield from _suggest(pair, meeting)
        else:
            yield from _ask(pair, meeting, asked_on)


def both_go(pair: Pair, meeting: KeyDate) -> bool:
    """Tell whether both of a pair have said that they go."""
    if not pair.evidence.replies:
        return False
    said = (pair.evidence.choice(Question.GOING, one.id, meeting.key) for one in (pair.mentor, pair.mentee))
    return all(choice == Going.YES for choice in said)


def asking_day(pair: Pair, meeting: KeyDate) -> date:
    """Return the day on which the two are asked whether they go."""
    return max(_asking_day(pair.program, starts_of(pair), meeting), pair.span.first)


def _ask(pair: Pair, meeting: KeyDate, asked_on: date) -> Iterator[Entry]:
    first = max(asked_on, pair.span.first)
    last = min(first + WORTH_SAYING, meeting.span.first - A_DAY)
    for person in (pair.mentor, pair.mentee):
        if pair.evidence.choice(Question.GOING, person.id, meeting.key) is None:
            yield from _entry(pair, person, meeting, "ask", first, last)


def _suggest(pair: Pair, meeting: KeyDate) -> Iterator[Entry]:
    if pair.last_meeting is not None and pair.last_meeting in meeting.span:  # they have met there
        return
    first = max(meeting.span.first - EARLIEST, pair.span.first)
    for person in (pair.mentor, pair.mentee):
        yield from _entry(pair, person, meeting, "both", first, meeting.span.last)


def _entry(pair: Pair, person: Person, meeting: KeyDate, step: str, first: date, last: date) -> Iterator[Entry]:
    last = min(last, pair.span.last)
    if first <= last:
        slot = Slot(Rule.MEET_THERE, pair.key, f"{meeting.key}/{step}", person.key)
        yield Entry(slot, person, first, last, pair_id=pair.id, facts=(("key", meeting.key), ("step", step)))


@lru_cache(maxsize=4096)
def _meetings(program: Program, starts: Starts) -> tuple[tuple[KeyDate, date], ...]:
    """Return what people travel to, each with the day of the question: the same for all pairs of a program."""
    return tuple((one, _asking_day(program, starts, one)) for one in program.key_dates if one.meet)


def _asking_day(program: Program, starts: Starts, meeting: KeyDate) -> date:
    """Return the day of the question: that of an idea that goes out one to three weeks before, so that it is no message
    of its own; else two weeks before.
    """
    begins = meeting.span.first
    near = [turn.day for turn in turns(program, starts) if begins - EARLIEST <= turn.day <= begins - LATEST]
    return near[-1] if near else program.working_day_from(begins - AHEAD)
