"""The rules. Each looks at one pair or one member and yields a timetable: what may be said on which days.

A rule knows no clock. `decide` sorts its timetable at a moment; the same timetable, asked again when a note is about to
go out, tells whether a nudge is still true.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from bot.domain.days import Span, without
from bot.domain.nudges import Entry, up_to_the_next
from bot.domain.people import Member, Pair
from bot.domain.rules.agreement import agreement, midpoint
from bot.domain.rules.appointment import appointment
from bot.domain.rules.checkin_reminder import checkin_reminder
from bot.domain.rules.closing import celebration, closing, follow_up, rests_from
from bot.domain.rules.digest import digest
from bot.domain.rules.farewell import farewell
from bot.domain.rules.first_move import first_move
from bot.domain.rules.goals import goals
from bot.domain.rules.meet_there import meet_there
from bot.domain.rules.phase_prompt import Prompt, phase_prompt
from bot.domain.rules.training import training

__all__ = ["Prompt", "member_timetable", "pair_timetable"]

RULES_OF_A_PAIR = (
    first_move,
    checkin_reminder,
    appointment,
    agreement,
    goals,
    midpoint,
    meet_there,
    closing,
    celebration,
    follow_up,
)

# What urges a pair to go on, as ideas do (phase_prompt); the others speak of what is fixed, or round off.
URGING = frozenset({first_move, checkin_reminder, agreement, goals, midpoint})
A_DAY = timedelta(days=1)


def pair_timetable(pair: Pair) -> Iterator[Entry]:
    """Yield all that is to be said about this pair as things stand: nothing while one of the two takes a break.

    Nor while messages do not reach one of them: whoever looks after them knows, and the other is not to wait for more.
    A pair that ends, or has rounded off, is not urged to anything.
    What a break falls into comes in pieces, before and after it, and all of them are the same slot.
    """
    if pair.out_of_reach:
        return
    pauses = (*pair.mentor.pauses, *pair.mentee.pauses)
    rest = rests_from(pair)
    for rule in RULES_OF_A_PAIR:
        entries = rule(pair) if rest is None or rule not in URGING else _before(rest, rule(pair))
        for entry in entries:
            yield from _pieces(entry, pauses) if pauses else (entry,)


def _before(day: date, entries: Iterator[Entry]) -> Iterator[Entry]:
    """Yield what may be said before `day`, and for so long only."""
    yield from (replace(one, last=min(one.last, day - A_DAY)) for one in entries if one.first < day)


def _pieces(entry: Entry, pauses: tuple[Span, ...]) -> Iterator[Entry]:
    for days in without(Span(entry.first, entry.last), pauses):
        yield replace(entry, first=days.first, last=days.last)


def member_timetable(member: Member, prompts: tuple[Prompt, ...], today: date) -> Iterator[Entry]:
    """Yield what is to be said to this member from `today` on; of what comes again and again, up to the next one."""
    yield from up_to_the_next(phase_prompt(member, prompts, today), today)
    yield from up_to_the_next(training(member, today), today)
    yield from digest(member, today)
    yield from farewell(member)
