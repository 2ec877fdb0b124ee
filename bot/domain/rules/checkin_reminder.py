"""The check-in reminder: when a pair is over its own rhythm, twice at most, then silence until a sign of life.

Overdue is measured by the pair's own rhythm, never by a fixed number of days: a pair that meets monthly is not late
after three weeks. Two misses are for a person, not a robot (iMentor): after the second, the liaison's digest says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.days import Span, running_day
from bot.domain.nudges import Entry, Rule, Slot
from bot.domain.people import Answer, AnswerKind, Pair, Person

SHORTEST_GAP = 7


@dataclass(frozen=True, slots=True)
class Reminders:
    """The days of a pair's two reminders; `asked_by` is who asked for the first one themselves, on that very day.

    `since` is the day from which the clock runs: the last meeting, the last answer, or the pair's first day.
    """

    since: date
    first: date
    second: date
    asked_by: Person | None = None


def reminders_of(pair: Pair) -> Reminders:
    """Return when `pair` is to be reminded as things stand: both days may lie past the pair's end."""
    met = pair.last_meeting or pair.span.first
    answer = pair.answer
    if answer is not None and answer.day >= met and not _met_after(pair, answer):
        return _after_answer(pair, answer)
    return _after(pair, met)


def overdue_since(pair: Pair) -> date:
    """Return the first day on which the pair is over its rhythm, counted from its last meeting or its start."""
    return _over(pair, pair.last_meeting or pair.span.first)


def checkin_reminder(pair: Pair) -> Iterator[Entry]:
    """Yield the two reminders of each partner. The first is too late when the second comes."""
    reminders = reminders_of(pair)
    first_last = reminders.second - timedelta(days=1)
    people = (pair.mentor, pair.mentee) if reminders.asked_by is None else (reminders.asked_by,)
    for person in people:
        step = "first" if reminders.asked_by is None else "asked"
        yield from _entry(pair, person, step, reminders.since, Span(reminders.first, first_last))
    gap = _gap(pair)
    for person in (pair.mentor, pair.mentee):
        last = reminders.second + timedelta(days=gap - 1)
        yield from _entry(pair, person, "second", reminders.since, Span(reminders.second, last))


def _entry(pair: Pair, person: Person, step: str, since: date, days: Span) -> Iterator[Entry]:
    last = min(days.last, pair.span.last)
    if days.first > last:
        return
    slot = Slot(Rule.CHECKIN_REMINDER, pair.key, f"{since}/{step}", person.key)
    yield Entry(slot, person, days.first, last, pair_id=pair.id, facts=(("step", step),))


def _met_after(pair: Pair, answer: Answer) -> bool:
    """Tell whether the pair has met since the answer: then the answer has had its effect."""
    return pair.last_meeting is not None and pair.last_meeting > answer.day


def _after_answer(pair: Pair, answer: Answer) -> Reminders:
    if answer.kind is AnswerKind.NOT_YET and answer.remind_on is not None:
        who = pair.mentor if answer.person_id == pair.mentor.id else pair.mentee
        second = running_day(pair.stops, answer.remind_on, _gap(pair))
        return Reminders(answer.remind_on, answer.remind_on, second, asked_by=who)
    return _after(pair, answer.day)


def _after(pair: Pair, since: date) -> Reminders:
    first = _over(pair, since)
    return Reminders(since, first, running_day(pair.stops, first, _gap(pair)))


def _over(pair: Pair, since: date) -> date:
    """Return the day on which the rhythm has run since `since`, and one day more; never a day that does not count."""
    rhythm = (pair.agreed_rhythm.after(since) - since).days
    return running_day(pair.stops, since, rhythm + 1)


def _gap(pair: Pair) -> int:
    rhythm = (pair.agreed_rhythm.after(pair.span.first) - pair.span.first).days
    return max(SHORTEST_GAP, rhythm // 2)
