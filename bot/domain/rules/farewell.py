"""The farewell: on the last day on which the program speaks. After it, silence."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from bot.domain.days import SpeakingHours
from bot.domain.nudges import Entry, Lane, Rule, Slot
from bot.domain.people import Member
from bot.domain.program import Program, Role

A_WEEK = 7


def farewell(member: Member) -> Iterator[Entry]:
    """Yield a word of thanks to everybody who has carried something until the end."""
    day = _last_day(member.program, member.person.hours_in(member.program))
    part = _part_of(member, day)
    if part is None:
        return
    slot = Slot(Rule.FAREWELL, member.program.key, part, member.person.key)
    yield Entry(slot, member.person, day, member.program.span.last, Lane.ESCALATION, facts=(("part", part),))


@lru_cache(maxsize=1024)
def _last_day(program: Program, hours: SpeakingHours) -> date:
    """Return the program's last working day, or the last one of these hours in the week before where it has none.

    Who listens on Mondays only is thanked on the last Monday.
    """
    last = program.last_working_day()
    days = (last - timedelta(days=n) for n in range(A_WEEK))
    heard = (day for day in days if program.speaks_on(day, hours) and day in program.span)
    return next(heard, last)


def _part_of(member: Member, day: date) -> str | None:
    """Say what the person was, the closest to the pairs first; None for who only reads along."""
    if member.active_pairs(day):
        return "pair"
    if Role.LIAISON in member.roles and member.caseload(day):
        return "liaison"
    return "coordinator" if Role.COORDINATOR in member.roles else None
