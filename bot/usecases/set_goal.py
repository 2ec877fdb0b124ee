"""Set a goal, with how the mentor helps; mark where it stands."""

from dataclasses import replace

from bot.domain.goals import MOST_GOALS, Goal, GoalState
from bot.domain.people import Pair
from bot.usecases.world import World

LONGEST_TEXT = 300


async def set_goal(world: World, pair: Pair, what: str, how: str, *, goal_id: str | None = None) -> Goal:
    """Write a goal of `pair`; `goal_id` changes the words of that one, where it stands remains.

    Setting the same words twice is one goal. Raises RuleBroken for empty words, for a fourth open goal, and for a
    goal that the pair does not have.
    """
    what, how = what.strip()[:LONGEST_TEXT], how.strip()[:LONGEST_TEXT]
    if not what:
        raise world.broken("goal_empty", "what")
    async with world.store.begin() as records:
        await records.lock_pair(pair.id)
        goals = await records.goals(pair.id)
        known = _of_id(world, goals, goal_id) if goal_id else _of_words(goals, what)
        if known is None:
            _check_room(world, goals, "what")
        return await records.put_goal(replace(known or Goal(pair.id, what, how), what=what, help=how), world.now())


async def room_for_goal(world: World, pair: Pair) -> None:
    """Raise RuleBroken when the pair has as many open goals as there can be."""
    async with world.store.begin() as records:
        _check_room(world, await records.goals(pair.id))


async def mark_goal(world: World, pair: Pair, goal_id: str, state: GoalState) -> Goal:
    """Say where a goal stands. Raises RuleBroken for a goal of another pair, and for a fourth one opened again."""
    async with world.store.begin() as records:
        await records.lock_pair(pair.id)
        goals = await records.goals(pair.id)
        goal = _of_id(world, goals, goal_id)
        marked = replace(goal, state=state)
        if marked.is_open and not goal.is_open:
            _check_room(world, goals)
        return await records.put_goal(marked, world.now())


def _of_id(world: World, goals: list[Goal], goal_id: str) -> Goal:
    for goal in goals:
        if goal.id == goal_id:
            return goal
    raise world.broken("goal_gone")


def _of_words(goals: list[Goal], what: str) -> Goal | None:
    return next((goal for goal in goals if goal.is_open and goal.what == what), None)


def _check_room(world: World, goals: list[Goal], field: str | None = None) -> None:
    if sum(goal.is_open for goal in goals) >= MOST_GOALS:
        raise world.broken("goals_full", field, count=str(MOST_GOALS))
