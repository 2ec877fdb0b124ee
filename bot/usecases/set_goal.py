"""Set a goal, or change what it says: each of the two writes the own side, and nothing of the other's is lost."""

from dataclasses import dataclass

from bot.domain.goals import (
    BOTH,
    MOST_GOALS,
    Goal,
    GoalDraft,
    GoalMove,
    GoalState,
    Side,
    differs,
    sides_of,
    written,
)
from bot.domain.people import Pair, Person
from bot.usecases.phrasing import short_day
from bot.usecases.world import World

FORM = "set_goal"  # under which what is typed is kept
LONGEST_TEXT = 300


@dataclass(frozen=True, slots=True)
class SetGoal:
    """The goal as it is on record now. `kept` are sides of the other's that say something else than the draft."""

    goal: Goal
    kept: frozenset[Side] = frozenset()


async def set_goal(
    world: World, pair: Pair, by: Person, draft: GoalDraft, *, goal_id: str | None = None, form: str | None = None
) -> SetGoal:
    """Write a goal of `pair`, or, with `goal_id`, what `by` may write of that one; where it stands remains.

    Setting the same words twice is one goal. `form` is the subject of the half-filled form that is done with. Raises
    RuleBroken, with the field, for empty words, a day outside of the pair's time, and a fourth open goal; and for
    a goal that the pair does not have.
    """
    draft = _tidied(draft)
    now = world.now()
    async with world.store.begin() as records:
        await records.lock_pair(pair.id)
        goals = await records.goals(pair.id)
        known = goal_of_id(world, goals, goal_id) if goal_id else _of_words(goals, draft.what)
        if known is not None and not goal_id:
            draft = _filled(draft, known)
        sides = sides_of(known, pair, by.id)
        if Side.WORDS in sides:
            _check(world, pair, known, draft)
        if known is None:
            check_room(world, goals, "what")
        fresh = known or Goal(pair.id, "", "", set_by=by.id)
        goal = await records.put_goal(written(fresh, draft, sides, by.id), now)
        if known is None:
            await records.add_goal_move(GoalMove(goal.id, by.id, now, GoalState.NOT_STARTED))
        if form is not None:
            await records.drop_draft(by.id, FORM, form)
        await records.look_now(now, pair_id=pair.id)
    return SetGoal(goal, frozenset(side for side in BOTH - sides if differs(goal, draft, side)))


async def room_for_goal(world: World, pair: Pair) -> None:
    """Raise RuleBroken when the pair has as many open goals as there can be."""
    async with world.store.begin() as records:
        check_room(world, await records.goals(pair.id))


def goal_of_id(world: World, goals: list[Goal], goal_id: str) -> Goal:
    """Return the goal with this id; raises RuleBroken where there is none."""
    for goal in goals:
        if goal.id == goal_id:
            return goal
    raise world.broken("goal_gone")


def check_room(world: World, goals: list[Goal], field: str | None = None) -> None:
    """Raise RuleBroken when there is no room for one more open goal."""
    if sum(goal.is_open for goal in goals) >= MOST_GOALS:
        raise world.broken("goals_full", field, count=str(MOST_GOALS))


def _check(world: World, pair: Pair, known: Goal | None, draft: GoalDraft) -> None:
    """Hold the words against what can be; a day that was all right when it was written stays so."""
    if not draft.what:
        raise world.broken("goal_empty", "what")
    target, first, last = draft.target, pair.span.first, pair.span.last
    if target is None or (known is not None and target == known.target):
        return
    if target < first:
        raise world.broken("goal_target_before", "target", first_day=short_day(first))
    if target > last:
        raise world.broken("goal_target_after", "target", last_day=short_day(last))


def _tidied(draft: GoalDraft) -> GoalDraft:
    def short(text: str) -> str:
        return text.strip()[:LONGEST_TEXT]

    return GoalDraft(short(draft.what), short(draft.help), short(draft.why), short(draft.measure), draft.target)


def _filled(draft: GoalDraft, known: Goal) -> GoalDraft:
    """Return the draft with what it leaves open as it is on record: who sets the same goal again erases nothing."""
    return GoalDraft(
        draft.what,
        draft.help or known.help,
        draft.why or known.why,
        draft.measure or known.measure,
        draft.target or known.target,
    )


def _of_words(goals: list[Goal], what: str) -> Goal | None:
    return next((goal for goal in goals if goal.is_open and goal.what == what), None)
