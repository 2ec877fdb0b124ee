"""Tell that one of a pair is a guest in Slack: once, to the other and to who looks after the pair, and what that means.

A guest gets Tandem's messages as everybody does, and can do all from their buttons; but guests see only those people
with whom they share a channel.
"""

from dataclasses import replace
from datetime import datetime

from bot.domain.nudges import GUEST, Lane, Rule, Slot
from bot.domain.people import Pair, Person
from bot.usecases.confide import hearers_of
from bot.usecases.ports import Records
from bot.usecases.world import told_once

STAYS_WORTH_SAYING = 14  # days


async def tell_guest(records: Records, workspace_id: str, person: Person, now: datetime) -> None:
    """Let those concerned hear that `person` is a guest; safe to call often, since it is said once of each pair."""
    if person.slack_id is None:
        return
    for member in await records.members_of_slack_user(workspace_id, person.slack_id):
        for pair in member.active_pairs(person.today(now)):
            await _tell(records, pair, person, now)


async def _tell(records: Records, pair: Pair, person: Person, now: datetime) -> None:
    partner = pair.partner_of(person.id)
    facts = {"person": person.id, "name": person.name, "partner": partner.name, GUEST: "yes"}
    slot = Slot(Rule.PARTNER_UNREACHABLE, pair.key, f"{GUEST}/{person.key}", partner.key)
    await records.put_nudges(told_once(slot, partner, pair, now, facts=facts, days=STAYS_WORTH_SAYING))
    hearers = await hearers_of(records, pair, person)
    for hearer in hearers.people:
        slot = Slot(Rule.UNREACHABLE, pair.key, f"{GUEST}/{person.key}", hearer.key)
        made = told_once(slot, hearer, pair, now, facts=facts, days=STAYS_WORTH_SAYING, lane=Lane.REMINDER)
        pair_id = None if hearers.past_liaison else pair.id
        await records.put_nudges([replace(nudge, pair_id=pair_id) for nudge in made])
