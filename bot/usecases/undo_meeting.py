"""Undo a meeting: who logged it takes it back."""

from bot.domain.errors import RuleBroken
from bot.domain.people import Pair, Person
from bot.usecases.world import World


async def undo_meeting(world: World, pair: Pair, by: Person, meeting_id: str) -> None:
    """Take a meeting back; safe to call twice. The partner is not told, unless they were already.

    Raises RuleBroken when the partner has logged it or has added words of their own: nobody takes those away.
    """
    async with world.store.begin() as records:
        meeting = await records.meeting(meeting_id)
        if meeting is None or meeting.pair_id != pair.id:
            return
        if meeting.logged_by != by.id or any(words.person_id != by.id for words in meeting.words):
            raise RuleBroken(world.words.say("check_errors.not_yours_to_undo"))
        await records.remove_meeting(meeting_id)
        await records.look_now(world.now(), pair_id=pair.id)
