"""Answer the question of the midpoint: does the agreement still suit you?"""

from bot.domain.people import Pair, Person
from bot.domain.replies import Question, Reply
from bot.usecases.world import World

KEEP, CHANGE = "keep", "change"


async def answer_midpoint(world: World, pair: Pair, by: Person, choice: str) -> None:
    """Write what `by` said; a later answer takes the place of the first."""
    now = world.now()
    async with world.store.begin() as records:
        await records.put_reply(Reply(pair.id, by.id, Question.MIDPOINT, choice, now))
        await records.look_now(now, pair_id=pair.id)
