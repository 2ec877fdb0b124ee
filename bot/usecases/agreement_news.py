"""News of an agreement: the partner is told once when it is their turn, and when it holds."""

from datetime import datetime

from bot.domain.agreements import Agreement
from bot.domain.nudges import Rule, Slot
from bot.domain.people import Pair, Person
from bot.usecases.news import tell_news
from bot.usecases.ports import Records


async def tell_written(
    records: Records, pair: Pair, by: Person, agreement: Agreement, now: datetime, *, is_new: bool
) -> None:
    """Tell the partner that somebody has begun, or changed what waits."""
    step = "changed" if not is_new else "begun" if agreement.version == 1 else "amended"
    await _tell(records, pair, by, agreement, step, now)


async def tell_signed(records: Records, pair: Pair, by: Person, agreement: Agreement, now: datetime) -> None:
    """Tell the partner that it is theirs to sign, or that both have."""
    await _tell(records, pair, by, agreement, "in_force" if agreement.in_force else "sign", now)


async def _tell(records: Records, pair: Pair, by: Person, agreement: Agreement, step: str, now: datetime) -> None:
    partner = pair.partner_of(by.id)
    occurrence = f"{agreement.version}/{step}/{by.today(now)}"
    slot = Slot(Rule.AGREEMENT_NEWS, pair.key, occurrence, partner.key)
    facts = {"version": str(agreement.version), "step": step}
    await tell_news(records, slot, partner, pair, now, facts=facts)
