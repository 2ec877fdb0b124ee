"""Say where goals stand: from the list, in a word, or at a meeting. Each leaves a line in the goal's story."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.goals import (
    MOST_GOALS,
    OPEN_STATES,
    Goal,
    GoalMove,
    GoalState,
    Said,
    Story,
    Turn,
    at_meeting,
    carried,
    said_by,
    stands,
    story,
    turn,
)
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


# -- at a meeting: in the caller's transaction, which has locked the pair ----------------------------------------------


async def say_at_meeting(
    world: World,
    records: Records,
    pair: Pair,
    by: Person,
    states: Mapping[str, GoalState | None],
    meeting_id: str,
    *,
    anew: bool = True,
) -> None:
    """Let `by` say at a meeting where goals stand, by the goals' ids; of others, and of other pairs', nothing.

    None is nothing, or nothing any more unless it is said `anew`. What the other one said there stays in the story; the
    later word holds. Safe to call again. Raises RuleBroken, at the goal's field, where it would open a fourth one.
    """
    goals, moves = await records.goals(pair.id), await _with_meeting(records, pair, meeting_id)
    touched = set()
    for goal in (goal for goal in goals if goal.id in states):
        said = Said(goal.id, by.id, world.now(), states[goal.id], meeting_id, anew=anew)
        if turns := at_meeting(_of(moves, goal), goal, said):
            await _take(records, *turns)
            touched.add(goal.id)
    stand, opened = await _as_they_stand(records, pair, touched)
    if opened and sum(goal.is_open for goal in stand) > MOST_GOALS:
        raise world.broken("goals_full", goal_field(opened[0].id), count=str(MOST_GOALS))
    await _put(records, goals, stand, world.now())


def goal_field(goal_id: str) -> str:
    """Return the name of the field in which one says where a goal stands."""
    return f"goal-{goal_id}"


@dataclass(frozen=True, slots=True)
class Heard:
    """What one of the two has said of goals at a meeting, as it stands now, each goal with the state they gave it.

    `kept` are goals of which they said that they move or are stuck, and which had been closed elsewhere and stay so;
    `none_open`: what they said closed a goal, and no other is open.
    """

    said: tuple[tuple[Goal, GoalState], ...] = ()
    kept: tuple[Goal, ...] = ()
    none_open: bool = False


async def heard_at_meeting(
    records: Records, pair: Pair, by: Person, states: Mapping[str, GoalState | None], meeting_id: str
) -> Heard:
    """Return what `by` has said of goals at a meeting, now that they have said `states` there."""
    lines = (await records.said_at_meetings([pair.id])).get(meeting_id, [])
    own, goals = said_by(lines, by.id), await records.goals(pair.id)
    said = tuple((goal, own[goal.id]) for goal in goals if goal.id in own)
    kept = tuple(goal for goal in goals if states.get(goal.id) is not None and goal.id not in own)
    none_open = any(state not in OPEN_STATES for _, state in said) and not any(goal.is_open for goal in goals)
    return Heard(said, kept, none_open)


async def hear_meeting(records: Records, pair: Pair, by: Person, meeting_id: str, now: datetime) -> None:
    """Let the goals stand as they do after a meeting was denied, or counts again; safe to call again."""
    lines = (await records.said_at_meetings([pair.id])).get(meeting_id, [])
    await _stand(records, pair, by, {line.goal_id for line in lines}, now)


async def forget_meeting(
    records: Records, pair: Pair, by: Person, meeting_id: str, now: datetime, *, own_only: bool = False
) -> None:
    """Take back all that was said of goals at a meeting, or what `by` said of them there; safe to call again."""
    said = (await records.said_at_meetings([pair.id])).get(meeting_id, [])
    lines = [line for line in said if not own_only or line.person_id == by.id]
    await _take(records, *(Turn(gone=line) for line in lines))
    await _stand(records, pair, by, {line.goal_id for line in lines}, now)


async def carry_over(records: Records, pair: Pair, by: Person, gone_id: str, to: str, now: datetime) -> None:
    """Let what was said of goals at one meeting be said at another one, which it has become one with."""
    said = await records.said_at_meetings([pair.id])
    lines = sorted((*said.get(gone_id, []), *said.get(to, [])), key=lambda line: (line.at, line.id))
    await _take(records, *carried(lines, to))
    await _stand(records, pair, by, {line.goal_id for line in lines}, now)


async def _stand(records: Records, pair: Pair, by: Person, goal_ids: Collection[str], now: datetime) -> None:
    """Let goals stand as their stories say. A fourth one is not opened: it stays closed, in a line of its own."""
    goals = await records.goals(pair.id)
    stand, opened = await _as_they_stand(records, pair, goal_ids)
    too_many = max(sum(goal.is_open for goal in stand) - MOST_GOALS, 0)
    closed = {goal.id for goal in opened[:too_many]}
    for goal in goals:
        if goal.id in closed:
            await records.add_goal_move(GoalMove(goal.id, by.id, now, goal.state))
    await _put(records, goals, [one for one in stand if one.id not in closed], now)


async def _as_they_stand(records: Records, pair: Pair, goal_ids: Collection[str]) -> tuple[list[Goal], list[Goal]]:
    """Return the pair's goals, those with `goal_ids` as their stories say; and which of them are open again by it."""
    moves, goals = await records.goal_moves(pair.id), await records.goals(pair.id)
    stand = [stands(goal, moves) if goal.id in goal_ids else goal for goal in goals]
    opened = [now for now, before in zip(stand, goals, strict=True) if now.is_open and not before.is_open]
    return stand, opened


async def _put(records: Records, before: Iterable[Goal], stand: Iterable[Goal], now: datetime) -> None:
    known = set(before)
    for goal in stand:
        if goal not in known:
            await records.put_goal(goal, now)


async def _with_meeting(records: Records, pair: Pair, meeting_id: str) -> list[GoalMove]:
    """Return the stories of a pair's goals with what was said at a meeting, even if it does not count."""
    counted = [move for move in await records.goal_moves(pair.id) if move.meeting_id != meeting_id]
    here = (await records.said_at_meetings([pair.id])).get(meeting_id, [])
    return sorted((*counted, *here), key=lambda line: (line.at, line.id))


# -- told -------------------------------------------------------------------------------------------------------------


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


def _of(moves: Iterable[GoalMove], goal: Goal) -> list[GoalMove]:
    return [move for move in moves if move.goal_id == goal.id]
