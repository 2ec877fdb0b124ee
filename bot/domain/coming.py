"""When something may come next: what the timetables hold for the days after today."""

from collections.abc import Iterable
from datetime import date

from bot.domain.nudges import Entry, Rule

WHEN_IT_HAPPENS = frozenset(
    {
        Rule.MEETING_LOGGED,
        Rule.MEETING_ANSWERED,
        Rule.APPOINTMENT_SET,
        Rule.NEXT_STEP,
        Rule.AGREEMENT_NEWS,
        Rule.IDEA_SENT,
        Rule.IN_THE_WAY,
        Rule.PAUSE,
        Rule.UNREACHABLE,
        Rule.PARTNER_UNREACHABLE,
        Rule.ENDING,
        Rule.REMATCH,
        Rule.HANDOVER,
        Rule.ANNOUNCEMENT,
    }
)


def next_day(
    entries: Iterable[Entry], rule: str, person_id: str, today: date, *, pair_id: str | None = None
) -> date | None:
    """Return the first day after `today` on which `rule` may speak to the person, about that pair if one is named.

    None: as things stand, never.
    """
    days = (
        entry.first
        for entry in entries
        if (entry.slot.rule, entry.person.id) == (rule, person_id) and pair_id in (None, entry.pair_id)
    )
    return min((day for day in days if day > today), default=None)
