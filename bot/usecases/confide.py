"""Confide: who hears what is not for the partner, and how they are told: once each, with ids only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.nudges import Lane, Nudge, Rule, Slot, mark_of
from bot.domain.people import Pair, Person
from bot.usecases.ports import Records
from bot.usecases.world import told_once

STAYS_WORTH_SAYING = 30  # days
FOR_THE_LIAISON = frozenset({Rule.IN_THE_WAY, Rule.ENDING, Rule.REMATCH})
LAST_NOTES = 30
ALL_THERE_IS = timedelta(days=500)


@dataclass(frozen=True, slots=True)
class Hearers:
    """Who is told: the liaison, or (`past_liaison`) those who coordinate, without the two and without the liaison."""

    people: tuple[Person, ...]
    past_liaison: bool

    async def tell(
        self,
        records: Records,
        pair: Pair,
        rule: Rule,
        occurrence: str,
        now: datetime,
        *,
        facts: Mapping[str, str],
        days: int = STAYS_WORTH_SAYING,
    ) -> None:
        """Let each of them hear; `facts` hold ids, and nothing that anybody wrote."""
        for person in self.people:
            await tell_of(records, pair, person, rule, occurrence, now, facts, follows=not self.past_liaison, days=days)


async def hearers_of(records: Records, pair: Pair, by: Person, *, past_liaison: bool = False) -> Hearers:
    """Return who hears what `by` says in confidence.

    Where nobody but the two follows the pair, or its liaison cannot be reached, it is those who coordinate in any case.
    """
    if pair.confidant is not None and not pair.confidant.unreachable and not past_liaison:
        return Hearers((pair.confidant,), past_liaison=False)
    return Hearers(await coordinators_beside(records, pair), past_liaison=True)


async def coordinators_beside(records: Records, pair: Pair) -> tuple[Person, ...]:
    """Return those who coordinate, and are neither of the pair nor its liaison."""
    theirs = {pair.mentor.id, pair.mentee.id, pair.liaison.id if pair.liaison else ""}
    return tuple(one for one in await records.coordinators(pair.program.id) if one.id not in theirs)


async def tell_of(
    records: Records,
    pair: Pair,
    to: Person,
    rule: Rule,
    occurrence: str,
    now: datetime,
    facts: Mapping[str, str],
    *,
    follows: bool,
    days: int = STAYS_WORTH_SAYING,
) -> None:
    """Let one person hear something about a pair; who does not follow it (any more) finds it by its id in the facts."""
    slot = Slot(rule, pair.key, occurrence, to.key)
    told = dict(facts) if follows else {**facts, "pair": pair.id}
    made = told_once(slot, to, pair, now, facts=told, days=days, lane=Lane.ESCALATION)
    await records.put_nudges(made if follows else [replace(nudge, pair_id=None) for nudge in made])


async def pass_on(records: Records, pair: Pair, former: Person | None, to: Person | None, now: datetime) -> None:
    """Let the new liaison of a pair hear what the former one was to be told and has not been told yet."""
    if former is None or to is None:
        return
    waiting = await records.open_nudges([(former.id, pair.program.id)], now + ALL_THERE_IS)
    theirs = [nudge for nudge in waiting if nudge.pair_id == pair.id and nudge.slot.rule in FOR_THE_LIAISON]
    if theirs:
        await records.close_nudges([nudge.id for nudge in theirs], "withdrawn")
    for nudge in theirs:
        rule, occurrence = Rule(nudge.slot.rule), nudge.slot.occurrence
        await tell_of(records, pair, to, rule, occurrence, now, nudge.facts, follows=True)


async def unsaid(
    records: Records, pair: Pair, people: Iterable[Person], rule: Rule, occurrence: str, now: datetime
) -> list[Nudge]:
    """Withdraw what these people were to be told and have not been told yet; return it."""
    members = [(person.id, pair.program.id) for person in people]
    waiting = await records.open_nudges(members, now + ALL_THERE_IS)
    it = (rule, pair.key, occurrence)
    about_it = [n for n in waiting if (n.slot.rule, n.slot.subject, n.slot.occurrence) == it]
    if about_it:
        await records.close_nudges([nudge.id for nudge in about_it], "withdrawn")
    return about_it


async def has_heard(records: Records, pair: Pair, person: Person, rule: Rule, occurrence: str) -> bool:
    """Tell whether a message that said so has reached the person, or may have: also before a backup was restored."""
    slot = Slot(rule, pair.key, occurrence, person.key)
    if mark_of(pair.program.id, slot) in await records.heard_marks([person.id]):
        return True
    notes = await records.sent_notes(person.id, LAST_NOTES)
    arrived = (note for note in notes if note.state != "refused")
    return any(slot[:3] == (rule, pair.key, occurrence) for note in arrived for slot in note.slots)
