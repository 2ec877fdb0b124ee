"""Undo a meeting: who logged it takes it back."""

from datetime import datetime, timedelta

from bot.domain.meetings import Meeting
from bot.domain.people import Pair, Person
from bot.domain.remembering import partner_has_spoken, still_editable
from bot.usecases.keep_promises import forget_next_steps
from bot.usecases.log_meeting import ToBeCorrected
from bot.usecases.move_goals import forget_meeting
from bot.usecases.ports import Records
from bot.usecases.world import World

LONG_ENOUGH = timedelta(days=30)


async def undo_meeting(world: World, pair: Pair, by: Person, meeting_id: str) -> None:
    """Take a meeting back; safe to call twice. The partner is not told, unless they were already.

    Raises ToBeCorrected when the partner has logged it, stands by it or has written about it (nobody takes that away),
    and when it was logged too long ago.
    """
    async with world.store.begin() as records:
        await records.lock_pair(pair.id)
        meeting = await records.meeting(meeting_id)
        if meeting is None or meeting.pair_id != pair.id:
            return
        if meeting.logged_by != by.id or await _partner_has_part_in(records, meeting):
            raise ToBeCorrected(world.broken("not_yours_to_undo"), meeting.id)
        if not still_editable(meeting, pair, by, world.now()):
            raise ToBeCorrected(world.broken("too_late_to_undo", count=str(pair.program.pairs.editable)), meeting.id)
        await forget_meeting(records, pair, by, meeting_id, world.now())
        await records.remove_meeting(meeting_id)
        await forget_next_steps(records, pair, by, meeting_id)
        await _leave_unsaid(records, pair, pair.partner_of(by.id), meeting_id, world.now())
        await records.look_now(world.now(), pair_id=pair.id)


async def _partner_has_part_in(records: Records, meeting: Meeting) -> bool:
    history = (await records.corrections([meeting.id])).get(meeting.id, [])
    said = (await records.said_at_meetings([meeting.pair_id])).get(meeting.id, [])
    writers = {*(one.person_id for one in history), *(one.person_id for one in said)}
    return partner_has_spoken(meeting) or bool(writers - {meeting.logged_by})


async def _leave_unsaid(records: Records, pair: Pair, partner: Person, meeting_id: str, now: datetime) -> None:
    """Withdraw what the partner has not been told yet, so that logging that day anew tells them of the new meeting."""
    waiting = await records.open_nudges([(partner.id, pair.program.id)], now + LONG_ENOUGH)
    about_it = [nudge.id for nudge in waiting if nudge.facts.get("meeting") == meeting_id]
    if about_it:
        await records.close_nudges(about_it, "withdrawn")
