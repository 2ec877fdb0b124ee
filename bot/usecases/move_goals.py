"""Say where goals stand: from the list, in a word, or at a meeting. Each leaves a line in the goal's story."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.goals import Goal, GoalMove, GoalState, Story, Turn, at_meeting, story, turn
from bot.domain.people import Pair, Person
from bot.domain.privacy import of_the_two
from bot.usecases.ports import Records
from bot.usecases.set_goal import LONGEST_TEXT, check_room, goal_of_id
from bot.usecases.world import World

ALL_MEETINGS = 400


@dataclass(frozen=True, slots=True)
class Marked:
    """The goal as it stands now; `was_last`: it was the last open one, and no other is left."""

    goal: Goal
    was_last: bool = False


async def mark_goal(world: World, pair: Pair, by: Person, goal_id: str, state: GoalState, *, words: str = "") -> Marked:
    """Say where a goal stands. Raises RuleBroken for a goal of another pair, and for a fourth one opened again."""
    now = world.now()
    async with world.store.begin() as records:
        await records.lock_pair(pair.id)
        goals = await records.goals(pair.id)
        goal = goal_of_id(world, goals, goal_id)
        marked = replace(goal, state=state)
        if marked.is_open and not goal.is_open:
            check_room(world, goals)
        move = GoalMove(goal.id, by.id, now, state, words.strip()[:LONGEST_TEXT])
        await _take(records, turn(_of(await records.goal_moves(pair.id), goal), move))
        marked = await records.put_goal(marked, now)
        await records.look_now(now, pair_id=pair.id)
    others_open = any(one.is_open for one in goals if one.id != goal.id)
    return Marked(marked, was_last=goal.is_open and not marked.is_open and not others_open)


async def add_word(world: World, pair: Pair, by: Person, goal_id: str, words: str) -> Goal:
    """Let `by` say in a word how a goal goes: beside their own newest line, or in a line of its own.

    Raises RuleBroken for a goal of another pair.
    """
    now, words = world.now(), words.strip()[:LONGEST_TEXT]
    async with world.store.begin() as records:
        await records.lock_pair(pair.id)
        goal = goal_of_id(world, await records.goals(pair.id), goal_id)
        lines = _of(await records.goal_moves(pair.id), goal)
        last = lines[-1] if lines else None
        if last is not None and last.person_id == by.id and last.words != words:
            await records.remove_goal_move(last.id)
            await records.add_goal_move(replace(last, words=words, id=""))
        elif words and (last is None or last.person_id != by.id):
            await records.add_goal_move(GoalMove(goal.id, by.id, now, goal.state, words))
    return goal


async def move_goals(
    records: Records, pair: Pair, by: Person, states: Mapping[str, GoalState], now: datetime, meeting_id: str
) -> None:
    """Let a meeting say where goals stand, and nothing else than `states`, by the goals' ids: safe to call again.

    What it said before of other goals is taken back; {} takes back all, when a meeting is undone or denied. Goals of
    other pairs are let be. In the caller's transaction, which must have locked the pair before it touched the meeting.
    """
    moves = await records.goal_moves(pair.id)
    for goal in await records.goals(pair.id):
        state = states.get(goal.id)
        move = GoalMove(goal.id, by.id, now, state, meeting_id=meeting_id) if state else None
        turns = at_meeting(_of(moves, goal), goal, move, meeting_id)
        if turns:
            left = _after(_of(moves, goal), turns)
            await _take(records, *turns)
            await records.put_goal(replace(goal, state=left[-1].state if left else GoalState.NOT_STARTED), now)


async def tell_story(world: World, pair: Pair, reader: Person, goal_id: str) -> Story:
    """Return the story of a goal for one of the two; raises RuleBroken for everybody else, and for another's goal."""
    async with world.store.begin() as records:
        goals = of_the_two(await records.goals(pair.id), reader.id, pair)
        goal = goal_of_id(world, goals, goal_id)
        return story(goal, await records.goal_moves(pair.id), await records.meetings(pair.id, ALL_MEETINGS))


async def _take(records: Records, *turns: Turn) -> None:
    for one in turns:
        if one.gone is not None:
            await records.remove_goal_move(one.gone.id)
        if one.new is not None:
            await records.add_goal_move(one.new)


def _after(lines: Sequence[GoalMove], turns: Iterable[Turn]) -> list[GoalMove]:
    gone = {one.gone.id for one in turns if one.gone is not None}
    return [line for line in lines if line.id not in gone] + [one.new for one in turns if one.new is not None]


def _of(moves: Iterable[GoalMove], goal: Goal) -> list[GoalMove]:
    return [move for move in moves if move.goal_id == goal.id]
