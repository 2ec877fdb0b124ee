"""The day before a meeting that is planned: both are reminded, each on their own calendar, with what they promised."""

from collections.abc import Iterator
from datetime import date, timedelta

from bot.domain.nudges import Entry, Rule, Slot
from bot.domain.people import Pair, Person

DAYS_BEFORE = 5  # a Monday after a long weekend is still reminded of


def appointment(pair: Pair) -> Iterator[Entry]:
    """Yield a reminder for each of the two, on their last day of being spoken to before the meeting's day.

    Who would hear on the day on which it was planned needs none: they know. Moved to another day, it is another
    meeting to be reminded of.
    """
    planned = pair.appointment
    for person in (pair.mentor, pair.mentee):
        day = reminded_on(pair, person)
        if planned is not None and day is not None:
            slot = Slot(Rule.APPOINTMENT, pair.key, f"{planned.id}/{planned.day_in(person.zone)}", person.key)
            yield Entry(slot, person, day, day, pair_id=pair.id)


def reminded_on(pair: Pair, person: Person) -> date | None:
    """Return the day on which somebody is reminded of the meeting that is planned; None where they are not."""
    planned = pair.appointment
    if planned is None or pair.planned_day is None or pair.planned_day > pair.span.last:
        return None
    day = _day_before(pair, person, planned.day_in(person.zone))
    return day if day is not None and day > person.today(planned.set_at) else None


def _day_before(pair: Pair, person: Person, meets: date) -> date | None:
    """Return the last day before `meets` on which the person is spoken to, a few days before it at the earliest."""
    days = (meets - timedelta(days=n) for n in range(1, DAYS_BEFORE + 1))
    return next((day for day in days if day in pair.span and _hears(pair, person, day)), None)


def _hears(pair: Pair, person: Person, day: date) -> bool:
    return person.hears_on(pair.program, day) and not any(day in stop for stop in pair.stops)
