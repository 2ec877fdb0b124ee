"""News of an agreement: the partner is told once when it is their turn, and when it holds."""

from datetime import datetime, timedelta

from bot.domain.agreements import Agreement
from bot.domain.days import running_day
from bot.domain.nudges import Nudge, Rule, Slot
from bot.domain.people import Pair, Person
from bot.usecases.news import tell_news
from bot.usecases.ports import Records

FIRST_OF_A_CHANGE, WITHDRAWN = "amended", "withdrawn"
A_DAY, LONG_ENOUGH = timedelta(days=1), timedelta(days=30)
WORTH_DAYS = 7


async def tell_written(
    records: Records, pair: Pair, by: Person, agreement: Agreement, now: datetime, *, is_new: bool
) -> None:
    """Tell the partner that somebody has begun, or changed what waits."""
    step = "changed" if not is_new else "begun" if agreement.version == 1 else "amended"
    await _tell(records, pair, by, agreement, step, now)


async def tell_signed(records: Records, pair: Pair, by: Person, agreement: Agreement, now: datetime) -> None:
    """Tell the partner that it is theirs to sign, or that both have."""
    await _tell(records, pair, by, agreement, "in_force" if agreement.in_force else "sign", now)


async def tell_withdrawn(records: Records, pair: Pair, by: Person, agreement: Agreement, now: datetime) -> None:
    """Tell the partner that a change was taken back; who has not heard of it yet hears nothing of either."""
    waiting = await _waiting(records, pair, by, agreement, now)
    await records.close_nudges([one.id for one in waiting], "withdrawn")
    has_signed = _signature(agreement, pair, pair.partner_of(by.id)) is not None
    if has_signed or not any(one.facts["step"] == FIRST_OF_A_CHANGE or "back" in one.facts for one in waiting):
        await _tell(records, pair, by, agreement, WITHDRAWN, now)


async def tell_back(records: Records, pair: Pair, by: Person, agreement: Agreement, now: datetime) -> None:
    """Tell the partner of a change that waits again; who has not heard that it was gone hears nothing."""
    waiting = await _waiting(records, pair, by, agreement, now)
    unheard = [one.id for one in waiting if one.facts["step"] == WITHDRAWN]
    await records.close_nudges(unheard, "withdrawn")
    if not unheard:
        step = FIRST_OF_A_CHANGE if _signature(agreement, pair, by) is None else "sign"
        await _tell(records, pair, by, agreement, step, now, back="yes")


def _signature(agreement: Agreement, pair: Pair, person: Person) -> datetime | None:
    return agreement.mentor_signed if person.id == pair.mentor.id else agreement.mentee_signed


async def _waiting(records: Records, pair: Pair, by: Person, agreement: Agreement, now: datetime) -> list[Nudge]:
    """Return what the partner is to hear of a version and has not heard yet."""
    known = (pair.partner_of(by.id).id, pair.program.id)
    return [
        one
        for one in await records.open_nudges([known], now + LONG_ENOUGH)
        if one.slot.rule == Rule.AGREEMENT_NEWS
        and one.pair_id == pair.id
        and one.facts["version"] == str(agreement.version)
    ]


async def _tell(
    records: Records, pair: Pair, by: Person, agreement: Agreement, step: str, now: datetime, **more: str
) -> None:
    partner = pair.partner_of(by.id)
    occurrence = f"{agreement.version}/{step}/{by.today(now)}"
    slot = Slot(Rule.AGREEMENT_NEWS, pair.key, occurrence, partner.key)
    facts = {"version": str(agreement.version), "step": step, **more}
    await tell_news(records, slot, partner, pair, now, facts=facts, days=_worth_saying(pair, partner, now))


def _worth_saying(pair: Pair, to: Person, now: datetime) -> int:
    """Return for how many days it is worth saying: a week, in which quiet days and a break of theirs do not count."""
    today = to.today(now)
    return (running_day((*pair.program.quiet, *to.pauses), today - A_DAY, WORTH_DAYS) - today).days
