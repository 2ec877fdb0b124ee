"""News of an agreement: the partner is told once when it is their turn, and when it holds."""

from datetime import datetime, timedelta

from bot.domain.agreements import Agreement
from bot.domain.nudges import Nudge, Rule, Slot
from bot.domain.people import Pair, Person
from bot.usecases.world import told_once

# Who writes often signs in the same sitting: that is one message, not two.
A_SITTING = timedelta(hours=1)


def tell_written(pair: Pair, by: Person, agreement: Agreement, now: datetime, *, is_new: bool) -> list[Nudge]:
    """Tell the partner that somebody has begun, or changed what waits."""
    step = "changed" if not is_new else "begun" if agreement.version == 1 else "amended"
    return _told(pair, by, agreement, step, now, now + A_SITTING)


def tell_signed(pair: Pair, by: Person, agreement: Agreement, now: datetime) -> list[Nudge]:
    """Tell the partner that it is theirs to sign, or that both have."""
    return _told(pair, by, agreement, "in_force" if agreement.in_force else "sign", now, now)


def _told(pair: Pair, by: Person, agreement: Agreement, step: str, now: datetime, not_before: datetime) -> list[Nudge]:
    partner = pair.partner_of(by.id)
    occurrence = f"{agreement.version}/{step}/{by.today(now)}"
    slot = Slot(Rule.AGREEMENT_NEWS, pair.key, occurrence, partner.key)
    facts = {"version": str(agreement.version), "step": step}
    return told_once(slot, partner, pair, not_before, facts=facts)
