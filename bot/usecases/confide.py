"""Confide: who hears what is not for the partner, and how they are told: once each, with ids only."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.nudges import AT_ONCE, PASSED_ON, Lane, Nudge, Rule, Slot, mark_of
from bot.domain.people import Member, Pair, Person
from bot.usecases.ports import Records
from bot.usecases.world import told_once

STAYS_WORTH_SAYING = 30  # days
FOR_THE_LIAISON = frozenset({Rule.IN_THE_WAY, Rule.ENDING, Rule.REMATCH, Rule.UNREACHABLE})
LAST_NOTES = 30
ALL_THERE_IS = timedelta(days=500)


@dataclass(frozen=True, slots=True)
class Hearers:
    """Who is told: the liaison, or (`past_liaison`) those who coordinate, without the two and without the liaison.

    `instead_of` is the liaison whom messages do not reach, where those who coordinate are told for that reason only.
    """

    people: tuple[Person, ...]
    past_liaison: bool
    instead_of: Person | None = None

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
        told = {**facts, "instead": AT_ONCE} if self.instead_of else facts
        for person in self.people:
            await tell_of(records, pair, person, rule, occurrence, now, told, follows=not self.past_liaison, days=days)


async def hearers_of(records: Records, pair: Pair, by: Person, *, past_liaison: bool = False) -> Hearers:
    """Return who hears what `by` says in confidence.

    Where nobody but the two follows the pair, or its liaison cannot be reached, it is those who coordinate in any case.
    """
    if pair.confidant is not None and not past_liaison:
        return Hearers((pair.confidant,), past_liaison=False)
    instead_of = pair.liaison_beside if not past_liaison else None
    return Hearers(await coordinators_beside(records, pair), past_liaison=True, instead_of=instead_of)


async def coordinators_beside(records: Records, pair: Pair) -> tuple[Person, ...]:
    """Return those who coordinate and can be reached, and are neither of the pair nor its liaison."""
    theirs = {pair.mentor.id, pair.mentee.id, pair.liaison.id if pair.liaison else ""}
    found = await records.coordinators(pair.program.id)
    return tuple(one for one in found if one.can_be_reached and one.id not in theirs)


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
    """Let the new liaison of a pair hear what the former one was to be told and has not been told yet.

    Also what waits for those who stood in. The pair is the new one's already, on record.
    """
    if former is None or to is None:
        return
    waiting = await records.open_nudges([(former.id, pair.program.id)], now + ALL_THERE_IS)
    theirs = [nudge for nudge in waiting if nudge.pair_id == pair.id and nudge.slot.rule in FOR_THE_LIAISON]
    if theirs:
        await records.close_nudges([nudge.id for nudge in theirs], "withdrawn")
    for nudge in theirs:
        rule, occurrence = Rule(nudge.slot.rule), nudge.slot.occurrence
        await tell_of(records, pair, to, rule, occurrence, now, nudge.facts, follows=True)
    for member in (await records.members_by_id({(to.id, pair.program.id)})).values():
        await pass_back(records, member, now)


async def pass_to_stand_ins(records: Records, liaison: Member, lost: Collection[Nudge], now: datetime) -> None:
    """Let those who coordinate hear what a liaison was to be told, and is not, since messages do not reach them.

    `lost` was on its way, and was refused; what waits is taken back from the liaison.
    """
    waiting = await records.open_nudges([(liaison.person.id, liaison.program.id)], now + ALL_THERE_IS)
    pairs = {pair.id: pair for pair in liaison.watched if not pair.has(liaison.person.id)}
    for nudge in (*waiting, *lost):
        pair = pairs.get(nudge.pair_id or "")
        if pair is None or nudge.slot.rule not in FOR_THE_LIAISON:
            continue
        if nudge in waiting:
            await records.close_nudges([nudge.id], "withdrawn")
        rule, occurrence = Rule(nudge.slot.rule), nudge.slot.occurrence
        facts = {**nudge.facts, "instead": PASSED_ON}
        for person in await coordinators_beside(records, pair):
            await tell_of(records, pair, person, rule, occurrence, now, facts, follows=False)


async def pass_back(records: Records, liaison: Member, now: datetime) -> None:
    """Let a liaison whom messages reach again hear what waits for those who stood in, and was meant for the liaison."""
    coordinators = [(one.id, liaison.program.id) for one in await records.coordinators(liaison.program.id)]
    pairs = {pair.id: pair for pair in liaison.watched}
    for nudge in await records.open_nudges(coordinators, now + ALL_THERE_IS):
        pair = pairs.get(nudge.facts.get("pair", ""))
        if pair is None or nudge.facts.get("instead") != PASSED_ON:
            continue
        facts = {name: fact for name, fact in nudge.facts.items() if name not in ("pair", "instead")}
        slot = Slot(nudge.slot.rule, pair.key, nudge.slot.occurrence, liaison.person.key)
        if await records.put_nudges(
            told_once(slot, liaison.person, pair, now, facts=facts, days=STAYS_WORTH_SAYING, lane=Lane.ESCALATION)
        ):
            await records.close_nudges([nudge.id], "withdrawn")


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
