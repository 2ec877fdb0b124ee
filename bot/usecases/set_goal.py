"""Set a goal, with how the mentor helps; mark where it stands."""

from dataclasses import replace

from bot.domain.meetings import MOST_GOALS, Goal, GoalState
from bot.domain.people import Pair
from bot.usecases.world import World

LONGEST_TEXT = 300


async def set_goal(world: World, pair: Pair, what: str, how: str, *, goal_id: str | None = None) -> Goal:
    """Write a goal of `pair`, new or changed in its words.

    Setting the same words twice is one goal. Raises RuleBroken for empty words, and for a fourth open goal.
    """
    what, how = what.strip()[:LONGEST_TEXT], how.strip()[:LONGEST_TEXT]
    if not what:
        raise world.broken("goal_empty", "what")
    async with world.store.begin() as records:
        goals = await records.goals(pair.id)
        known = next((goal for goal in goals if goal.id == goal_id or (goal.what == what and goal.is_open)), None)
        if known is not None:
            return await records.put_goal(replace(known, what=what, help=how), world.now())
        if sum(goal.is_open for goal in goals) >= MOST_GOALS:
            raise world.broken("goals_full", "what", count=str(MOST_GOALS))
        return await records.put_goal(Goal(pair.id, what, how), world.now())


async def mark_goal(world: World, pair: Pair, goal_id: str, state: GoalState) -> Goal:
    """Say where a goal stands. Raises RuleBroken for a goal of another pair, and for a fourth one opened again."""
    async with world.store.begin() as records:
        goals = await records.goals(pair.id)
        goal = next((goal for goal in goals if goal.id == goal_id), None)
        if goal is None:
            raise world.broken("goal_gone")
        marked = replace(goal, state=state)
        if marked.is_open and not goal.is_open and sum(g.is_open for g in goals) >= MOST_GOALS:
            raise world.broken("goals_full", count=str(MOST_GOALS))
        return await records.put_goal(marked, world.now())
