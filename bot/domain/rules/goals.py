"""Goals: a pair that has none by then is asked for its first one, the mentee a week before the day, the mentor on it.

One goal is enough: as soon as there is any, open or closed, nobody is asked again.
"""

from collections.abc import Iterator
from datetime import date

from bot.domain.nudges import Entry, Rule, Slot
from bot.domain.people import Pair, Person

A_WEEK, WORTH_DAYS = 7, 7


def goals_due(pair: Pair) -> date:
    """Return the day by which a pair is to have a goal; days on which its clock stands do not count."""
    return _day(pair, pair.program.pairs.goals_due)


def no_goal_yet(pair: Pair, today: date) -> bool:
    """Tell whether the day has passed and there is no goal: a fact, for who looks after the pair."""
    return not pair.evidence.goals and goals_due(pair) < today


def goals(pair: Pair) -> Iterator[Entry]:
    """Yield one nudge to the mentee and a later one to the mentor, for a pair without any goal."""
    if pair.evidence.goals:
        return
    due = pair.program.pairs.goals_due
    yield from _entry(pair, "mentee", pair.mentee, _day(pair, max(due - A_WEEK, 1)))
    yield from _entry(pair, "mentor", pair.mentor, _day(pair, due))


def _day(pair: Pair, days: int) -> date:
    return pair.running_day(pair.span.first, days)


def _entry(pair: Pair, step: str, person: Person, day: date) -> Iterator[Entry]:
    last = min(pair.worth(day, WORTH_DAYS).last, pair.span.last)
    if day <= last:
        yield Entry(Slot(Rule.GOALS, pair.key, step, person.key), person, day, last, pair_id=pair.id)
