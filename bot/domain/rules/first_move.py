"""The first-move ladder: until the first meeting is logged, somebody has the next move.

The main reason for which pairs fail is that neither writes first (ARLIS/NA). So the mentor is asked on the first day,
the mentee three days later, and the liaison after a week, or those who coordinate while messages do not reach the
liaison.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from bot.domain.nudges import Entry, Lane, Rule, Slot
from bot.domain.people import Pair, Person

MENTEE_AFTER, LIAISON_AFTER, WORTH_DAYS = timedelta(days=3), timedelta(days=7), 7


def first_move(pair: Pair) -> Iterator[Entry]:
    """Yield the ladder of a pair that has not met: only its first rung once one of the two has answered anything.

    A first meeting that is planned is a first move.
    """
    if pair.meetings or pair.planned_day is not None:
        return
    day_before = pair.span.first - timedelta(days=1)
    start = pair.program.working_day_from(pair.running_day(day_before, 1))
    yield from _step(pair, "mentor", pair.mentor, start)
    if pair.answer:  # somebody has spoken: the reminder that they chose comes instead
        return
    yield from _step(pair, "mentee", pair.mentee, pair.running_day(start, MENTEE_AFTER.days))
    for follower in pair.followers:
        yield from _step(pair, "liaison", follower, pair.running_day(start, LIAISON_AFTER.days))


def _step(pair: Pair, rung: str, person: Person, day: date) -> Iterator[Entry]:
    last = min(pair.worth(day, WORTH_DAYS).last, pair.span.last)
    if day > last:
        return
    slot = Slot(Rule.FIRST_MOVE, pair.key, rung, person.key)
    lane = Lane.ESCALATION if rung == "liaison" else Lane.REMINDER
    yield Entry(slot, person, day, last, lane, pair.id)
