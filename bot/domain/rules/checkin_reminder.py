"""The check-in reminder: when a pair is over its own rhythm, twice at most, then silence until a sign of life.

Overdue is measured by the pair's own rhythm, never by a fixed number of days: a pair that meets monthly is not late
after three weeks. Two misses are for a person, not a robot (iMentor): after the second, the liaison's digest says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.domain.days import Span
from bot.domain.nudges import Entry, Rule, Slot
from bot.domain.people import AnswerKind, Pair, Person

SHORTEST_GAP = 7


@dataclass(frozen=True, slots=True)
class Reminders:
    """The days of a pair's two reminders. `asked` are the days that partners chose themselves, instead of the first.

    `since` is the day from which the clock runs: the last meeting, the last answer, or the pair's first day.
    """

    since: date
    first: date
    second: date
    asked: tuple[tuple[Person, date], ...] = ()


def reminders_of(pair: Pair) -> Reminders:
    """Return when `pair` is to be reminded as things stand: both days may lie past the pair's end.

    While a meeting is planned nothing is asked, and after its day the clock runs from there; of an appointment and an
    answer the newer one counts.
    """
    answer, planned = pair.answer, pair.planned_day
    if planned is not None and pair.appointment is not None:
        if answer is None or not pair.still_holds(answer) or answer.at <= pair.appointment.set_at:
            return _after(pair, planned)
    elif answer is None or not pair.still_holds(answer):
        return _after(pair, pair.last_meeting or pair.span.first)
    if answer.kind is AnswerKind.NOT_YET and answer.remind_on is not None:
        second = pair.running_day(answer.remind_on, _gap(pair))
        return Reminders(answer.remind_on, answer.remind_on, second, tuple(_asked(pair)))
    return replace(_after(pair, max(answer.day, planned or answer.day)), asked=tuple(_asked(pair)))


def _asked(pair: Pair) -> Iterator[tuple[Person, date]]:
    """Yield who asked to be reminded when: a promise to each of the two, whatever the other one has said since."""
    for answer in pair.snoozes:
        if answer.remind_on is not None and pair.still_holds(answer):
            yield (pair.mentor if answer.person_id == pair.mentor.id else pair.mentee), answer.remind_on


def overdue_since(pair: Pair) -> date:
    """Return the first day on which the pair is over its rhythm, counted from its last meeting or its start."""
    return _over(pair, pair.last_meeting or pair.span.first)


def checkin_reminder(pair: Pair) -> Iterator[Entry]:
    """Yield the two reminders of each partner. The first is too late when the second comes.

    Who has asked for a day is reminded on that day; the first reminder of both is then left out.
    """
    reminders, gap = reminders_of(pair), _gap(pair)
    for person, day in reminders.asked:
        yield from _entry(pair, person, "asked", day, pair.worth(day, gap))
    first = Span(reminders.first, reminders.second - timedelta(days=1))
    second = pair.worth(reminders.second, gap)
    for step, days in (("first", first), ("second", second)):
        if step == "second" or not reminders.asked:
            for person in (pair.mentor, pair.mentee):
                yield from _entry(pair, person, step, reminders.since, days)


def _entry(pair: Pair, person: Person, step: str, since: date, days: Span) -> Iterator[Entry]:
    last = min(days.last, pair.span.last)
    if days.first > last:
        return
    slot = Slot(Rule.CHECKIN_REMINDER, pair.key, f"{since}/{step}", person.key)
    yield Entry(slot, person, days.first, last, pair_id=pair.id, facts=(("step", step),))


def _after(pair: Pair, since: date) -> Reminders:
    first = _over(pair, since)
    return Reminders(since, first, pair.running_day(first, _gap(pair)))


def _over(pair: Pair, since: date) -> date:
    """Return the day on which the rhythm has run since `since`, and one day more; never a day that does not count."""
    rhythm = (pair.agreed_rhythm.after(since) - since).days
    return pair.running_day(since, rhythm + 1)


def _gap(pair: Pair) -> int:
    rhythm = (pair.agreed_rhythm.after(pair.span.first) - pair.span.first).days
    return max(SHORTEST_GAP, rhythm // 2)
