"""The conference finder: about two weeks before a meeting to which people travel, each of a pair is asked once whether
they go; where both do, both hear once that they could meet there, and once if that has changed.

An answer is about the days of a meeting: where the calendar moves it, each is asked anew.
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
    """What is on record of whether somebody goes."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"
    OFF = "off"
    """Not any more, after the other has heard that both go."""
    AGAIN = "again"
    """They do after all, and the other has heard that they do not."""


ANSWERS = (Going.YES, Going.NO, Going.UNSURE)
"""What can be pressed."""
GOES = frozenset({Going.YES, Going.AGAIN})


def meet_there(pair: Pair) -> Iterator[Entry]:
    """Yield the question to each who has not answered it, and, where both go, the suggestion to both."""
    for meeting, asked_on in _meetings(pair.program, starts_of(pair)):
        if meeting.span.first > pair.span.last:  # they are no pair any more by then
            continue
        if both_go(pair, meeting):
            yield from _suggest(pair, meeting)
        else:
            yield from _ask(pair, meeting, asked_on)
            yield from _off(pair, meeting)


def both_go(pair: Pair, meeting: KeyDate) -> bool:
    """Tell whether both of a pair have said that they go."""
    if not pair.evidence.replies:
        return False
    return all(goes(pair, person, meeting) for person in (pair.mentor, pair.mentee))


def goes(pair: Pair, person: Person, meeting: KeyDate) -> bool:
    """Tell whether one of a pair has said that they go."""
    return answer_of(pair, person, meeting) in GOES


def answer_of(pair: Pair, person: Person, meeting: KeyDate) -> str | None:
    """Return what one of a pair has said about a meeting on these days; None for nothing."""
    return pair.evidence.choice(Question.GOING, person.id, occasion(meeting))


def occasion(meeting: KeyDate) -> str:
    """Return what an answer is about: a meeting that is moved is another occasion."""
    return f"{meeting.key}/{meeting.span.first}"


def slot_of(pair: Pair, person: Person, meeting: KeyDate, step: str) -> Slot:
    """Return the identity of what one of a pair hears about a meeting: "ask", "moved", "both", "off" or "again"."""
    return Slot(Rule.MEET_THERE, pair.key, f"{occasion(meeting)}/{step}", person.key)


def asking_day(pair: Pair, meeting: KeyDate) -> date:
    """Return the day on which the two are asked whether they go."""
    return max(_asking_day(pair.program, starts_of(pair), meeting), pair.span.first)


def _ask(pair: Pair, meeting: KeyDate, asked_on: date) -> Iterator[Entry]:
    first = max(asked_on, pair.span.first)
    eve = meeting.span.first - A_DAY
    for person in (pair.mentor, pair.mentee):
        if answer_of(pair, person, meeting) is None:
            moved = _has_moved(pair, person, meeting)
            last = eve if moved else min(first + WORTH_SAYING, eve)
            yield from _entry(pair, person, meeting, "moved" if moved else "ask", first, last)


def _has_moved(pair: Pair, person: Person, meeting: KeyDate) -> bool:
    """Tell whether somebody has answered for other days."""
    return any(
        question == Question.GOING and who == person.id and occurrence.startswith(f"{meeting.key}/")
        for question, occurrence, who, _ in pair.evidence.replies
    )


def _off(pair: Pair, meeting: KeyDate) -> Iterator[Entry]:
    """Yield to who still goes, and has heard that both do, that the other does not any more."""
    first = max(meeting.span.first - EARLIEST, pair.span.first)
    for person in (pair.mentor, pair.mentee):
        partner = pair.partner_of(person.id)
        if goes(pair, person, meeting) and answer_of(pair, partner, meeting) == Going.OFF:
            yield from _entry(pair, person, meeting, "off", first, meeting.span.last)


def _suggest(pair: Pair, meeting: KeyDate) -> Iterator[Entry]:
    if pair.last_meeting is not None and pair.last_meeting in meeting.span:  # they have met there
        return
    first = max(meeting.span.first - EARLIEST, pair.span.first)
    for person in (pair.mentor, pair.mentee):
        is_back = answer_of(pair, pair.partner_of(person.id), meeting) == Going.AGAIN
        yield from _entry(pair, person, meeting, "again" if is_back else "both", first, meeting.span.last)


def _entry(pair: Pair, person: Person, meeting: KeyDate, step: str, first: date, last: date) -> Iterator[Entry]:
    last = min(last, pair.span.last)
    if first <= last:
        slot = slot_of(pair, person, meeting, step)
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
