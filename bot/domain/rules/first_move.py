"""The first-move ladder: until the first meeting is logged, somebody has the next move.

The main reason for which pairs fail is that neither writes first (ARLIS/NA). So the mentor is asked on the first day,
the mentee three days later, and the liaison after a week.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from bot.domain.days import stopped_days
from bot.domain.nudges import Entry, Lane, Rule, Slot
from bot.domain.people import Pair, Person

MENTEE_AFTER, LIAISON_AFTER, WORTH_SAYING = timedelta(days=3), timedelta(days=7), timedelta(days=6)


def first_move(pair: Pair) -> Iterator[Entry]:
    """Yield the ladder of a pair that has not met; nothing for one that has, or has said what is in the way."""
    if pair.meetings:
        return
    start = pair.program.working_day_from(pair.span.first)
    yield _step(pair, "mentor", pair.mentor, start)
    if pair.answer:  # somebody has spoken: the reminder that they chose comes instead
        return
    yield _step(pair, "mentee", pair.mentee, _moved_by_stops(pair, start, start + MENTEE_AFTER))
    if pair.liaison and not pair.has(pair.liaison.id):
        yield _step(pair, "liaison", pair.liaison, _moved_by_stops(pair, start, start + LIAISON_AFTER))


def _step(pair: Pair, rung: str, person: Person, day: date) -> Entry:
    slot = Slot(Rule.FIRST_MOVE, pair.key, rung, person.key)
    lane = Lane.ESCALATION if rung == "liaison" else Lane.REMINDER
    return Entry(slot, person, day, min(day + WORTH_SAYING, pair.span.last), lane, pair.id)


def _moved_by_stops(pair: Pair, start: date, day: date) -> date:
    return day + timedelta(days=stopped_days(pair.stops, start, day))
