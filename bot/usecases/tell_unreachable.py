"""Tell of somebody who cannot be reached: once for a spell, to the liaison of each of their active pairs.

The partner is told, too, neutrally and with what happens next; and once more when the person is back. Where
nobody follows a pair, or its liaison is the one, the coordinators hear of it. Both ways in come here: Slack says that
an account was closed, or refuses a message to it.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.nudges import Lane, Nudge, Rule, Slot, mark_of
from bot.domain.people import Pair, Person
from bot.usecases.ports import Records
from bot.usecases.world import told_once

GONE = "deactivated"
SLACKS_NAMES_FOR_GONE = frozenset({GONE, "user_disabled", "is_inactive", "user_not_found"})
STAYS_WORTH_SAYING = 30  # days
LAST_NOTES = 30
BACK = "/back"
A_YEAR = 366  # days


async def tell_unreachable(records: Records, workspace_id: str, person_id: str, reason: str, now: datetime) -> None:
    """Note that Slack does not reach somebody, and why; where that is new, tell who looks after their pairs.

    Safe to call again: as long as they stay unreachable nobody is told a second time.
    """
    person = await records.person(person_id)
    if person is None:
        return
    await records.mark_unreachable(person.id, reason, now)
    if person.unreachable or person.slack_id is None:
        return
    for member in await records.members_of_slack_user(workspace_id, person.slack_id):
        for pair in member.active_pairs(person.today(now)):
            hearers = await _who_looks_after(records, pair, person)
            await records.put_nudges(_nudges(pair, person, hearers, reason, now))
            await _tell_partner(records, pair, person, f"{person.key}/{person.today(now)}", now)


async def tell_reachable(records: Records, workspace_id: str, person: Person, now: datetime) -> None:
    """Tell the partners who have heard that somebody could not be reached that messages arrive again: once."""
    if person.slack_id is None:
        return
    for member in await records.members_of_slack_user(workspace_id, person.slack_id):
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
    if pair.liaison is not None and pair.liaison.id != person.id and not pair.liaison.unreachable:
        return [(pair.liaison, pair.id)]
    coordinators = await records.coordinators(pair.program.id)
    return [(coordinator, None) for coordinator in coordinators if coordinator.id != person.id]


def _nudges(
    pair: Pair, person: Person, hearers: Iterable[tuple[Person, str | None]], reason: str, now: datetime
) -> list[Nudge]:
    """Make the nudges: facts only, and nothing that anybody wrote."""
    why = "gone" if reason in SLACKS_NAMES_FOR_GONE else "closed"
    facts = {"person": person.id, "name": person.name, "partner": pair.partner_of(person.id).name, "why": why}
    occurrence = f"{person.key}/{person.today(now)}"
    return [
        replace(nudge, pair_id=pair_id)
        for hearer, pair_id in hearers
        for nudge in told_once(
            Slot(Rule.UNREACHABLE, pair.key, occurrence, hearer.key),
            hearer,
            pair,
            now,
            facts=facts,
            days=STAYS_WORTH_SAYING,
            lane=Lane.ESCALATION,
        )
    ]
