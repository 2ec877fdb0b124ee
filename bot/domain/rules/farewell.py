"""The farewell: on the last day on which the program speaks. After it, silence."""

from collections.abc import Iterator

from bot.domain.nudges import Entry, Lane, Rule, Slot
from bot.domain.people import Member
from bot.domain.program import Role


def farewell(member: Member) -> Iterator[Entry]:
    """Yield a word of thanks to everybody who has carried something until the end."""
    day = member.program.last_working_day()
    part = _part_of(member)
    if part is None:
        return
    slot = Slot(Rule.FAREWELL, member.program.key, part, member.person.key)
    yield Entry(slot, member.person, day, member.program.span.last, Lane.ESCALATION, facts=(("part", part),))


def _part_of(member: Member) -> str | None:
    """Say what the person was, the closest to the pairs first; None for who only reads along."""
    day = member.program.last_working_day()
    if member.active_pairs(day):
        return "pair"
    if Role.LIAISON in member.roles and member.caseload(day):
        return "liaison"
    return "coordinator" if Role.COORDINATOR in member.roles else None
