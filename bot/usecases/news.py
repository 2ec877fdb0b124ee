"""News: one of a pair hears, at a decent hour, what the other has just done; what was done in one sitting is one note.

Who logs a meeting often plans the next one a minute later. So news waits a sitting, and what follows joins what waits.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.nudges import Nudge, Slot
from bot.domain.people import Pair, Person
from bot.usecases.ports import Records
from bot.usecases.world import told_once

A_SITTING = timedelta(hours=1)
"""Long enough to log, plan and sign in one go; short enough that nobody is kept waiting."""


async def end_of_sitting(records: Records, to: Person, pair: Pair, now: datetime) -> datetime:
    """Return when (UTC) news may go to `to`: with what is to go to them within a sitting anyway, or after one."""
    waiting = await records.open_nudges([(to.id, pair.program.id)], now + A_SITTING)
    return min((nudge.not_before for nudge in waiting if nudge.not_before > now), default=now + A_SITTING)


async def tell_news(
    records: Records,
    slot: Slot,
    to: Person,
    pair: Pair,
    now: datetime,
    *,
    facts: dict[str, str],
    days: int = 6,
    useless_from: datetime | None = None,
    sitting_ends: datetime | None = None,
) -> bool:
    """Let `to` hear it once, at their first decent hour after the sitting; not later than `days` days from now.

    Return whether there is such an hour.

    `useless_from` (UTC) is when the news is worth nothing any more. What would come too late after the sitting, such
    as a meeting in half an hour or the program's last afternoon, is told at once.
    """
    ends = sitting_ends or await end_of_sitting(records, to, pair, now)
    for moment in (ends, now):
        told = told_once(slot, to, pair, moment, facts=facts, days=days)
        if in_time := [_until(nudge, useless_from) for nudge in told if _is_in_time(nudge, useless_from)]:
            await records.put_nudges(in_time)
            return True
    return False


def _is_in_time(nudge: Nudge, useless_from: datetime | None) -> bool:
    return useless_from is None or nudge.not_before < useless_from


def _until(nudge: Nudge, useless_from: datetime | None) -> Nudge:
    return nudge if useless_from is None else replace(nudge, too_late=min(nudge.too_late, useless_from))
