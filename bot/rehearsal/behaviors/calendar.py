"""On which days people meet in a rehearsal, and at which hours they do what they do."""

from collections.abc import Iterator
from datetime import date, time, timedelta

from bot.domain.days import Span, running_day, wall
from bot.domain.people import Pair, Person
from bot.rehearsal.behaviors.deeds import Act, Deed

IN_THE_MORNING, AT_NOON, LOGGED_AT, PLANNED_AT, LATER = time(10), time(12), time(15, 30), time(15, 42), time(16)


def on_rhythm(pair: Pair, start: date, pause: Span | None = None) -> Iterator[date]:
    """Yield `start` and then, again and again, the last working day that is not yet over the rhythm."""
    stops = (*pair.stops, *([pause] if pause else []))
    day = start
    while day <= pair.span.last:
        yield day
        following = running_day(stops, day, (pair.agreed_rhythm.after(day) - day).days)
        while following > day and not pair.program.is_working_day(following):
            following -= timedelta(days=1)
        day = following if following > day else working_day(pair, day + timedelta(days=1))


def second_day(pair: Pair) -> date:
    """Return the working day after the pair's first one."""
    return day_number(pair, 1)


def day_number(pair: Pair, days: int) -> date:
    """Return the working day so many days after the pair's first one."""
    return working_day(pair, pair.span.first + timedelta(days=days))


def working_day(pair: Pair, day: date) -> date:
    """Return `day`, or the next one on which people work."""
    return pair.program.working_day_from(day)


def act(pair: Pair, who: Person, day: date, deed: Deed, at: time = AT_NOON) -> Act:
    """Let somebody do something on a day, at an hour of theirs."""
    return Act(wall(day, at, who.zone), pair.key, who.key, deed)
