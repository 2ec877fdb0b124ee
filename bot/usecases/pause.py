"""Pause until a day, and come back. All clocks stop; partners are told only the date."""

from datetime import date

from bot.domain.days import Span
from bot.domain.nudges import Rule, Slot
from bot.domain.people import Member, Person
from bot.domain.program import Program
from bot.usecases.phrasing import day_words
from bot.usecases.world import World, told_once


async def pause(world: World, members: tuple[Member, ...], person: Person, until: date) -> Span:
    """Say nothing to `person` from today until `until`, that day included; return the pause.

    A pause that runs already is changed. Raises RuleBroken for a day that is past, or after the last program's end.
    """
    now = world.now()
    today = person.today(now)
    _check(world, [member.program for member in members], today, until)
    span = Span(today, until)
    async with world.store.begin() as records:
        await records.end_pauses(person.id, today)
        await records.put_pause(person.id, span)
        for member in members:
            for pair in member.active_pairs(today):
                partner = pair.partner_of(person.id)
                slot = Slot(Rule.PAUSE, pair.key, f"{person.key}/{today}/{until}", partner.key)
                facts = {"until": until.isoformat()}
                await records.put_nudges(told_once(slot, partner, pair, now, facts=facts))
        await records.look_now(now, person_id=person.id)
    return span


async def resume(world: World, person: Person) -> bool:
    """End the pause of `person`; return whether there was one."""
    now = world.now()
    today = person.today(now)
    had = any(today <= span.last for span in person.pauses)
    async with world.store.begin() as records:
        await records.end_pauses(person.id, today)
        await records.look_now(now, person_id=person.id)
    return had


def _check(world: World, programs: list[Program], today: date, until: date) -> None:
    if until < today:
        raise world.broken("pause_past", "until")
    last = max((program.span.last for program in programs), default=until)
    if until > last:
        raise world.broken("date_after", "until", last_day=day_words(last))
