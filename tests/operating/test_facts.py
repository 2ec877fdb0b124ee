"""What the records tell who runs Tandem."""

from datetime import timedelta

from bot.domain.pace import LIMITS, POSTS, Pace
from bot.operating.facts import read_facts
from bot.operating.figures import PaceSeen
from bot.rehearsal.memory import MemoryStore
from tests.usecases.stage import TEAM, Stage, at

NOON = at(6, 1, 12)


async def test_a_pace_is_told_in_calls_a_minute_with_the_rest_that_slack_wants() -> None:
    store = MemoryStore()
    await Stage(store).load()
    async with store.begin() as records:
        workspace = await records.workspace(TEAM)
        fresh = Pace.fresh(workspace.id, POSTS, NOON, LIMITS[POSTS])  # four a second to begin with
        await records.put_paces([fresh.limited(NOON + timedelta(seconds=40), NOON)])  # a fifth less after a 429

    facts = await read_facts(store, lambda: NOON + timedelta(seconds=10))

    assert facts.paces == [PaceSeen(workspace.id, POSTS, 192.0, 30.0)]
