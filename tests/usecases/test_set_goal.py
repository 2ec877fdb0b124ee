"""Set a goal; mark where it stands."""

import pytest

from bot.domain.errors import RuleBroken
from bot.domain.goals import Goal, GoalDraft, GoalState
from bot.domain.people import Pair
from bot.usecases.move_goals import mark_goal
from bot.usecases.set_goal import LONGEST_TEXT, room_for_goal
from bot.usecases.set_goal import set_goal as set_goal_of
from bot.usecases.world import World
from tests.usecases.conftest import Setting

FULL = "3 goals are open, and that is as many as there can be. Mark one as done, changed or dropped, and there is room."


@pytest.fixture
def world(setting: Setting) -> World:
    return setting.world


@pytest.fixture
async def pairs(setting: Setting) -> tuple[Pair, Pair]:
    """Two pairs: Maya and Tom; Noor and Ben."""
    return await setting.pair("tom-maya"), await setting.pair("noor-ben")


async def set_goal(world: World, pair: Pair, what: str, how: str, *, goal_id: str | None = None) -> Goal:
    """Let the mentee set a goal with all that it says."""
    return (await set_goal_of(world, pair, pair.mentee, GoalDraft(what, how), goal_id=goal_id)).goal


async def mark(world: World, pair: Pair, goal_id: str, state: GoalState) -> Goal:
    """Let the mentee say where a goal stands."""
    return (await mark_goal(world, pair, pair.mentee, goal_id, state)).goal


async def goals_of(world: World, pair: Pair) -> list[Goal]:
    async with world.store.begin() as records:
        return await records.goals(pair.id)


async def test_a_goal_is_set_with_how_the_mentor_helps(world: World, pairs: tuple[Pair, Pair]) -> None:
    await set_goal(world, pairs[0], "  Catalog maps ", " Show me one ")

    (goal,) = await goals_of(world, pairs[0])
    assert (goal.what, goal.help, goal.state) == ("Catalog maps", "Show me one", GoalState.NOT_STARTED)
    assert await goals_of(world, pairs[1]) == []


async def test_the_same_words_twice_are_one_goal(world: World, pairs: tuple[Pair, Pair]) -> None:
    first = await set_goal(world, pairs[0], "Catalog maps", "")
    again = await set_goal(world, pairs[0], "Catalog maps", "Now with help")

    assert first.id == again.id
    assert [goal.help for goal in await goals_of(world, pairs[0])] == ["Now with help"]


async def test_a_goal_without_words_is_kindly_refused_at_its_field(world: World, pairs: tuple[Pair, Pair]) -> None:
    with pytest.raises(RuleBroken, match="Write the goal in a few words") as refused:
        await set_goal(world, pairs[0], "   ", "Help")

    assert refused.value.field == "what"
    assert await goals_of(world, pairs[0]) == []


async def test_what_is_too_long_is_cut(world: World, pairs: tuple[Pair, Pair]) -> None:
    goal = await set_goal(world, pairs[0], "x" * 400, "y" * 400)

    assert (len(goal.what), len(goal.help)) == (LONGEST_TEXT, LONGEST_TEXT)


async def test_a_fourth_open_goal_is_refused_until_one_is_closed(world: World, pairs: tuple[Pair, Pair]) -> None:
    first, *_ = [await set_goal(world, pairs[0], f"Goal {n}", "") for n in range(3)]
    with pytest.raises(RuleBroken, match=FULL) as refused:
        await set_goal(world, pairs[0], "Goal 3", "")
    with pytest.raises(RuleBroken, match=FULL):
        await room_for_goal(world, pairs[0])

    await mark(world, pairs[0], first.id, GoalState.DROPPED)
    await room_for_goal(world, pairs[0])
    await set_goal(world, pairs[0], "Goal 3", "")

    assert refused.value.field == "what"
    assert len(await goals_of(world, pairs[0])) == 4


async def test_a_closed_goal_is_not_opened_again_as_a_fourth(world: World, pairs: tuple[Pair, Pair]) -> None:
    first = await set_goal(world, pairs[0], "Goal 0", "")
    await mark(world, pairs[0], first.id, GoalState.DONE)
    for n in range(1, 4):
        await set_goal(world, pairs[0], f"Goal {n}", "")

    with pytest.raises(RuleBroken, match=FULL):
        await mark(world, pairs[0], first.id, GoalState.MOVING)
    changed = await mark(world, pairs[0], first.id, GoalState.CHANGED)

    assert changed.state is GoalState.CHANGED


async def test_words_change_and_where_the_goal_stands_remains(world: World, pairs: tuple[Pair, Pair]) -> None:
    goal = await set_goal(world, pairs[0], "Catalog maps", "")
    await mark(world, pairs[0], goal.id, GoalState.MOVING)

    changed = await set_goal(world, pairs[0], "Catalog old maps", "", goal_id=goal.id)

    assert (changed.id, changed.what, changed.state) == (goal.id, "Catalog old maps", GoalState.MOVING)


async def test_the_goal_that_was_meant_is_changed_though_another_has_the_same_words(
    world: World, pairs: tuple[Pair, Pair]
) -> None:
    one = await set_goal(world, pairs[0], "One", "first")
    two = await set_goal(world, pairs[0], "Two", "second")

    await set_goal(world, pairs[0], "One", "third", goal_id=two.id)

    assert {goal.id: goal.help for goal in await goals_of(world, pairs[0])} == {one.id: "first", two.id: "third"}


async def test_a_goal_of_another_pair_is_out_of_reach(world: World, pairs: tuple[Pair, Pair]) -> None:
    theirs = await set_goal(world, pairs[1], "Theirs", "")

    with pytest.raises(RuleBroken, match="no longer there"):
        await mark(world, pairs[0], theirs.id, GoalState.DONE)
    with pytest.raises(RuleBroken, match="no longer there"):
        await set_goal(world, pairs[0], "Mine now", "", goal_id=theirs.id)

    assert [goal.what for goal in await goals_of(world, pairs[1])] == ["Theirs"]
    assert await goals_of(world, pairs[0]) == []
