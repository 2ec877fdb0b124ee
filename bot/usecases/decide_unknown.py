"""Decide: a coordinator says what is to become of a message that may not have arrived."""

from collections.abc import Iterable

from bot.domain.people import Member
from bot.usecases.announce import announcers
from bot.usecases.world import World


async def decide_unknown(world: World, members: Iterable[Member], note_id: str, *, say_again: bool) -> bool:
    """Send a doubtful message again, or let it be; return False if that was decided already.

    Safe to call twice, also by two coordinators: the first one's word counts. What is sent again waits for the
    person's next decent hour, and says that it may have come before. Raises RuleBroken for who coordinates none of the
    programs, or none that has not ended.
    """
    programs = [member.program.id for member in announcers(world, members)]
    async with world.store.begin() as records:
        for program_id in programs:
            if any(unclear.note_id == note_id for unclear in await records.unknown_notes(program_id)):
                return await records.decide_unknown(note_id, say_again=say_again, now=world.now())
    return False
