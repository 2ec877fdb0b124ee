"""Tell of somebody who cannot be reached: once for a spell, to the liaison of each of their active pairs.

The partner is told, too, neutrally and with what happens next; and once more when the person is back. Where nobody in
reach follows a pair, the coordinators hear of it; and where a liaison is the one, they stand in: what the liaison was
to be told goes to them. Both ways in come here: Slack says that an account was closed, or refuses a message to it.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.nudges import A_LIAISON, BACK, Lane, Nudge, Rule, Slot, mark_of
from bot.domain.people import Member, Pair, Person
from bot.usecases.confide import hearers_of, pass_back, pass_to_stand_ins
from bot.usecases.ports import Records
from bot.usecases.world import told_once

GONE = "deactivated"
SLACKS_NAMES_FOR_GONE = frozenset({GONE, "user_disabled", "is_inactive", "user_not_found"})
STAYS_WORTH_SAYING = 30  # days
LAST_NOTES = 30
A_YEAR = 366  # days


async def tell_unreachable(
    records: Records, workspace_id: str, person_id: str, reason: str, now: datetime, lost: Collection[Nudge] = ()
) -> None:
    """Note that Slack does not reach somebody, and why; where that is new, tell who looks after their pairs.

    Safe to call again: as long as they stay unreachable nobody is told a second time. `lost` is what the message held
    that was refused: what of it was for a liaison is told to those who stand in.
    """
    person = await records.person(person_id)
    if person is None:
        return
    await records.mark_unreachable(person.id, reason, now)
    if person.slack_id is None:
        return
    for member in await records.members_of_slack_user(workspace_id, person.slack_id):
        if not person.unreachable:
            await _tell_of(records, member, reason, now)
        if member.watched:
            await pass_to_stand_ins(records, member, lost, now)
    await records.look_now(now, person_id=person.id)


async def _tell_of(records: Records, member: Member, reason: str, now: datetime) -> None:
    person, today = member.person, member.person.today(now)
    for pair in member.active_pairs(today):
        hearers = await _who_looks_after(records, pair, person)
        await records.put_nudges(_nudges(pair, person, hearers, reason, now))
        await _tell_partner(records, pair, person, f"{person.key}/{today}", now)
    followed = [pair for pair in member.watched if today <= pair.span.last and pair.needs_cover]
    if followed:
        await records.put_nudges(_of_a_liaison(followed, person, reason, now))
        for stand_in in {one.id for pair in followed for one in pair.cover}:
            await records.look_now(now, person_id=stand_in)


async def tell_reachable(records: Records, workspace_id: str, person: Person, now: datetime) -> None:
    """Tell the partners who have heard that somebody could not be reached that messages arrive again: once.

    A liaison hears from now on what is meant for them, also what those who stood in have not been told yet.
    """
    if person.slack_id is None:
        return
    for member in await records.members_of_slack_user(workspace_id, person.slack_id):
        if member.watched:
            await pass_back(records, member, now)
        for pair in member.active_pairs(person.today(now)):
            partner = pair.partner_of(person.id)
            told = await _last_told(records, pair, person, partner, now)
            if told and not told.endswith(BACK):
                await _tell_partner(records, pair, person, told + BACK, now)


async def _last_told(records: Records, pair: Pair, person: Person, partner: Person, now: datetime) -> str:
    """Return the occurrence of what the partner has heard last of the person's being out of reach, or ""."""
    notes = await records.sent_notes(partner.id, LAST_NOTES)
    about = (
        occurrence
        for note in notes
        if note.state != "refused"
        for rule, subject, occurrence, _ in note.slots
        if (rule, subject) == (Rule.PARTNER_UNREACHABLE, pair.key) and occurrence.startswith(f"{person.key}/")
    )
    before = await _told_before_a_restore(records, pair, person, partner, now)
    return max(next(about, ""), before)  # their days are in their names: the later one is the last


async def _told_before_a_restore(records: Records, pair: Pair, person: Person, partner: Person, now: datetime) -> str:
    """Return the same of what stands in the conversation and not in the records. Only its mark is known."""
    heard = await records.heard_marks([partner.id])
    days = (person.today(now) - timedelta(days=ago) for ago in range(A_YEAR)) if heard else ()
    for day in days:
        for occurrence in (f"{person.key}/{day}{BACK}", f"{person.key}/{day}"):
            slot = Slot(Rule.PARTNER_UNREACHABLE, pair.key, occurrence, partner.key)
            if mark_of(pair.program.id, slot) in heard:
                return occurrence
    return ""


async def _tell_partner(records: Records, pair: Pair, person: Person, occurrence: str, now: datetime) -> None:
    partner = pair.partner_of(person.id)
    slot = Slot(Rule.PARTNER_UNREACHABLE, pair.key, occurrence, partner.key)
    facts = {"person": person.id}
    await records.put_nudges(told_once(slot, partner, pair, now, facts=facts, days=STAYS_WORTH_SAYING))


async def _who_looks_after(records: Records, pair: Pair, person: Person) -> list[tuple[Person, str | None]]:
    """Return who is to hear, each with the pair that they follow; it is the pair's own liaison or the coordinators."""
    hearers = await hearers_of(records, pair, person)
    return [(hearer, None if hearers.past_liaison else pair.id) for hearer in hearers.people]


def _nudges(
    pair: Pair, person: Person, hearers: Iterable[tuple[Person, str | None]], reason: str, now: datetime
) -> list[Nudge]:
    """Make the nudges: facts only, and nothing that anybody wrote."""
    facts = {"person": person.id, "name": person.name, "partner": pair.partner_of(person.id).name, "why": _why(reason)}
    slot = Slot(Rule.UNREACHABLE, pair.key, f"{person.key}/{person.today(now)}", "")
    return [one for hearer, pair_id in hearers for one in _told(slot, hearer, pair, pair_id, facts, now)]


def _of_a_liaison(followed: Sequence[Pair], person: Person, reason: str, now: datetime) -> list[Nudge]:
    """Make the nudges that tell those who stand in for a liaison that they do: one for all pairs."""
    facts = {"person": person.id, "name": person.name, "why": _why(reason), "count": str(len(followed))}
    slot = Slot(Rule.UNREACHABLE, followed[0].program.key, f"{person.key}/{person.today(now)}{A_LIAISON}", "")
    stand_ins = {one.id: one for pair in followed for one in pair.cover}
    return [one for hearer in stand_ins.values() for one in _told(slot, hearer, followed[0], None, facts, now)]


def _told(
    slot: Slot, hearer: Person, pair: Pair, pair_id: str | None, facts: dict[str, str], now: datetime
) -> list[Nudge]:
    made = told_once(
        replace(slot, person=hearer.key),
        hearer,
        pair,
        now,
        facts=facts,
        days=STAYS_WORTH_SAYING,
        lane=Lane.ESCALATION,
    )
    return [replace(nudge, pair_id=pair_id) for nudge in made]


def _why(reason: str) -> str:
    return "gone" if reason in SLACKS_NAMES_FOR_GONE else "closed"
