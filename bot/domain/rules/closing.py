"""The end of a pair's time: the closing talk and its form, the look back at the year, and one question much later.

It is relative to the pair's own last day, so that a pair that ends early rounds off as well: later, and more briefly.
A pair without a meeting on record is asked for nothing: there is nothing that could be rounded off.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from bot.domain.days import Span
from bot.domain.nudges import Entry, Rule, Slot
from bot.domain.people import Member, Pair, Person
from bot.domain.program import Phase, Program
from bot.domain.replies import Question
from bot.domain.rhythm import Rhythm, Unit

A_DAY, A_WEEK, TWO_WEEKS, FOUR_WEEKS = (timedelta(days=days) for days in (1, 7, 14, 28))
LOOK_BACK = 5  # working days before the last day
GOES_ON, IN_TOUCH, FINISH = "go on", "in touch", "finish"
WHAT_NEXT = (GOES_ON, IN_TOUCH, FINISH)


@dataclass(frozen=True, slots=True)
class ClosingDays:
    """A pair's last weeks: the day of the closing talk's note, those of the form, that of the look back."""

    talk: date
    form: tuple[date, ...]
    look_back: date


def closing_days(pair: Pair) -> ClosingDays:
    """Return when a pair rounds off: with its last phase, or in the last two weeks where it ends early."""
    moved = [move.day for move in pair.phase_moves if move.phase is Phase.TRANSITIONING]
    return _closing_days(pair.program, pair.span, moved[-1] if moved else None)  # the newest is the last one


@lru_cache(maxsize=4096)
def _closing_days(program: Program, span: Span, moved: date | None) -> ClosingDays:
    """Work that out: the same for all pairs of a program that end on one day. `moved`: where the last phase begins."""
    first, last = span.first, span.last
    early = last < program.span.last
    talk = max(first, last - TWO_WEEKS if early else _last_phase(program, last, moved))
    days = () if early else (last - FOUR_WEEKS, last - TWO_WEEKS)
    form = tuple(day for day in days if day >= talk + A_WEEK) or (max(talk, last - A_WEEK),)
    return ClosingDays(talk, form, max(first, _working_days_before(program, last, LOOK_BACK)))


def ends_early(pair: Pair) -> bool:
    """Tell whether the pair's last day comes before the program's."""
    return pair.span.last < pair.program.span.last


def _last_phase(program: Program, last: date, moved: date | None) -> date:
    """Return the first day of the last phase, wherever a liaison moved it; four weeks before the end at least."""
    window, latest = program.window_within(Phase.TRANSITIONING), last - FOUR_WEEKS
    return min(moved or (window.first if window else latest), latest)


def _working_days_before(program: Program, day: date, count: int) -> date:
    while count and day > program.span.first:
        day -= A_DAY
        count -= program.is_working_day(day)
    return day


# -- what is said ---------------------------------------------------------------------------------------------------


def has_closed(pair: Pair, person: Person) -> bool:
    """Tell whether somebody has sent the closing form: its one question that must be answered is what comes next."""
    return bool(pair.evidence.choice(Question.WHAT_NEXT, person.id))


def both_closed(pair: Pair) -> bool:
    """Tell whether both have."""
    return has_closed(pair, pair.mentor) and has_closed(pair, pair.mentee)


def may_round_off(pair: Pair, today: date) -> bool:
    """Tell whether the form that rounds off is open: from the closing talk on, and where both have sent it."""
    return today >= closing_days(pair).talk or both_closed(pair)


def rests_from(pair: Pair) -> date | None:
    """Return the day from which on a pair is not urged to anything any more, by ideas or reminders; None: it is.

    While an early ending stands, none of its days is one for that. Where both have said what comes next, all that is
    left is to round off.
    """
    if pair.ending is not None:
        return pair.hears.first
    return closing_days(pair).talk if both_closed(pair) else None


def closing(pair: Pair) -> Iterator[Entry]:
    """Yield the word about the closing talk, and the form for who has not filled it; nothing on the day of thanks."""
    if not pair.meetings:
        return
    days = closing_days(pair)
    eve = min(pair.span.last, pair.program.last_working_day() - A_DAY)
    talked = any(pair.evidence.choice(Question.TALKED, one.id) == "yes" for one in (pair.mentor, pair.mentee))
    steps = [] if talked else [("talk", days.talk, min(days.talk + TWO_WEEKS, days.form[0]) - A_DAY)]
    until = (*(day - A_DAY for day in days.form[1:]), eve)
    steps += [(f"form-{n}", *span) for n, span in enumerate(zip(days.form, until, strict=True), start=1)]
    for person in (pair.mentor, pair.mentee):
        if not has_closed(pair, person):
            yield from _entries(Rule.CLOSING, pair, person, steps)


def celebration(pair: Pair) -> Iterator[Entry]:
    """Yield, once each: the look back, the partner's words of thanks, and what both have chosen to do next.

    All of it comes when both have sent their form, or else in the last week; what comes next only when both have said.
    """
    if not pair.meetings and not pair.evidence.replies:
        return
    days, closed = closing_days(pair), both_closed(pair)
    first = days.talk if closed else days.look_back
    for person in (pair.mentor, pair.mentee):
        partner = pair.partner_of(person.id)
        said = {
            "year": pair.meetings > 0,
            "thanks": any(pair.evidence.choice(one, partner.id) for one in (Question.THANKS, Question.GROWTH)),
            "next": closed,
        }
        steps = [(step, first, pair.span.last) for step, is_there in said.items() if is_there]
        yield from _entries(Rule.CELEBRATION, pair, person, steps)


def follow_up(pair: Pair) -> Iterator[Entry]:
    """Yield the one question to who has agreed to be asked: months after the program's last day."""
    days = follow_up_days(pair.program)
    if days is None:
        return
    for person in (pair.mentor, pair.mentee):
        asked = pair.evidence.choice(Question.MAY_ASK_LATER, person.id) == "yes"
        if asked and not pair.evidence.choice(Question.FOLLOW_UP, person.id):
            yield from _entries(Rule.FOLLOW_UP, pair, person, [("once", days.first, days.last)])


def may_be_asked_later(member: Member, today: date) -> bool:
    """Tell whether the one question may still come to somebody: all else is silent by then."""
    asked = (entry for pair in member.pairs for entry in follow_up(pair) if entry.person.id == member.person.id)
    return any(today <= entry.last for entry in asked)


def follow_up_days(program: Program) -> Span | None:
    """Return the two weeks in which the one question may be asked; None where the program asks none."""
    months = program.pairs.follow_up_months
    if months < 1:
        return None
    first = Rhythm(months, Unit.MONTH).after(program.span.last)
    return Span(first, first + TWO_WEEKS - A_DAY)


def _entries(rule: Rule, pair: Pair, person: Person, steps: list[tuple[str, date, date]]) -> Iterator[Entry]:
    """Yield the steps; those of an early end name its day, so that they come again if the pair goes on after all."""
    for step, first, last in steps:
        if first <= last:
            early = rule is not Rule.FOLLOW_UP and ends_early(pair)
            slot = Slot(rule, pair.key, f"{step}/{pair.span.last}" if early else step, person.key)
            yield Entry(slot, person, first, last, pair_id=pair.id, facts=(("step", step),))
