"""The agreement: a word to the one whose turn it is, some weeks after the start; halfway, whether it still suits.

Nobody is asked for what is done, and nobody more than twice. After that the liaison's digest says, as a fact, that
nothing is signed. Where one of the two has just written or signed, the other was told at that moment: the reminder
waits a week from there.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from bot.domain.nudges import Entry, Rule, Slot
from bot.domain.people import Pair, Person
from bot.domain.program import KeyDate
from bot.domain.replies import Question

GAP_DAYS = 7
WORTH_DAYS = 7
NEWS_DAYS = timedelta(days=28)
MIDPOINT = "midpoint"


def agreement(pair: Pair) -> Iterator[Entry]:
    """Yield the reminders while no agreement holds.

    While nobody has begun, the mentee is reminded once and then the mentor. Once one of them has written or signed, the
    other is, twice at most.
    """
    if pair.evidence.in_force:
        return
    first, second = _days(pair)
    turn = whose_turn(pair)
    if turn is None:
        yield from _entry(pair, pair.mentee, "first", first)
        yield from _entry(pair, pair.mentor, "first", second)
    else:
        yield from _entry(pair, turn, "first", first)
        yield from _entry(pair, turn, "second", second)


def whose_turn(pair: Pair) -> Person | None:
    """Return who has the next move in the version that waits: the one who has not signed, or not written last.

    None while nobody has begun, or nothing waits.
    """
    evidence = pair.evidence
    if not evidence.draft:
        return None
    moved = next(iter(evidence.signed), evidence.drafted)
    return pair.mentor if moved == pair.mentee.id else pair.mentee


def agreement_due(pair: Pair) -> date:
    """Return the day on which an agreement is due: so many days after the start have run."""
    return pair.running_day(pair.span.first, pair.program.pairs.agreement_due)


def unsigned_since(pair: Pair) -> date | None:
    """Return the day from which on the digest says that nothing is signed: both reminders have run out.

    None where an agreement holds.
    """
    return None if pair.evidence.in_force else pair.running_day(agreement_due(pair), 2 * GAP_DAYS)


def midpoint(pair: Pair) -> Iterator[Entry]:
    """Yield the question of both, halfway: does the agreement still suit you? Not while none holds, or one changes."""
    if not pair.evidence.in_force or pair.evidence.draft:
        return
    day = midpoint_of(pair)
    last = min(pair.worth(day, WORTH_DAYS).last, pair.span.last)
    for person in (pair.mentor, pair.mentee) if day <= last else ():
        if pair.evidence.choice(Question.MIDPOINT, person.id) is None:
            yield Entry(Slot(Rule.MIDPOINT, pair.key, "1", person.key), person, day, last, pair_id=pair.id)


def midpoint_of(pair: Pair) -> date:
    """Return the program's own midpoint where it lies in the pair's days, else the middle of these."""
    span, program = pair.span, pair.program
    own = next((one for one in program.key_dates if _is_midpoint(one) and one.span.first in span), None)
    middle = own.span.first if own else span.first + timedelta(days=(span.days - 1) // 2)
    day = program.working_day_from(middle)
    return day if day in span else middle


def _is_midpoint(one: KeyDate) -> bool:
    return one.key == MIDPOINT


def _days(pair: Pair) -> tuple[date, date]:
    """Return the days of the two reminders."""
    first, since = agreement_due(pair), pair.evidence.waiting_since
    if since is not None:
        first = max(first, pair.running_day(since.astimezone(pair.program.zone).date(), GAP_DAYS))
    return first, pair.running_day(first, GAP_DAYS)


def _entry(pair: Pair, person: Person, step: str, day: date) -> Iterator[Entry]:
    last = min(pair.worth(day, WORTH_DAYS).last, pair.span.last)
    if day <= last:
        slot = Slot(Rule.AGREEMENT, pair.key, step, person.key)
        yield Entry(slot, person, day, last, pair_id=pair.id, facts=(("step", step),))
