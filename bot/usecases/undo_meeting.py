"""Undo a meeting: who logged it takes it back."""

from datetime import datetime, timedelta

from bot.domain.errors import RuleBroken
from bot.domain.people import Pair, Person
from bot.usecases.keep_promises import keep_next_step
from bot.usecases.move_goals import move_goals
from bot.usecases.ports import Records
from bot.usecases.world import World

LONG_ENOUGH = timedelta(days=30)


async def undo_meeting(world: World, pair: Pair, by: Person, meeting_id: str) -> None:
    """Take a meeting back; safe to call twice. The partner is not told, unless they were already.

    Raises RuleBroken when the partner has logged it or has added words of their own: nobody takes those away.
    """
    async with world.store.begin() as records:
        await records.lock_pair(pair.id)
        meeting = await records.meeting(meeting_id)
        if meeting is None or meeting.pair_id != pair.id:
            return
        if meeting.logged_by != by.id or any(words.person_id != by.id for words in meeting.words):
            raise RuleBroken(world.words.say("check_errors.not_yours_to_undo"))
        await move_goals(records, pair, by, {}, world.now(), meeting_id)
        await records.remove_meeting(meeting_id)
        await keep_next_step(records, pair, by, meeting_id, "", world.now())
        await _leave_unsaid(records, pair, pair.partner_of(by.id), meeting_id, world.now())
        await records.look_now(world.now(), pair_id=pair.id)


async def _leave_unsaid(records: Records, pair: Pair, partner: Person, meeting_id: str, now: datetime) -> None:
    """Withdraw what the partner has not been told yet, so that logging that day anew tells them of the new meeting."""
    waiting = await records.open_nudges([(partner.id, pair.program.id)], now + LONG_ENOUGH)
    about_it = [nudge.id for nudge in waiting if nudge.facts.get("meeting") == meeting_id]
    if about_it:
        await records.close_nudges(about_it, "withdrawn")
