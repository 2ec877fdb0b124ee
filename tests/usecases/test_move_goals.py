"""Say where goals stand: in the list, in a word, at a meeting; each leaves a line in the story, and no other."""

from datetime import date, timedelta

import pytest

from bot.domain.errors import RuleBroken
from bot.domain.goals import Goal, GoalDraft, GoalState, Side
from bot.domain.meetings import Means
from bot.domain.people import Pair
from bot.usecases.log_meeting import Logged, MeetingDraft, log_meeting
from bot.usecases.move_goals import add_word, mark_goal, tell_story
from bot.usecases.set_goal import set_goal
from bot.usecases.undo_meeting import undo_meeting
from tests.usecases.conftest import Setting

AN_HOUR = timedelta(hours=1)


@pytest.fixture
async def pair(setting: Setting) -> Pair:
    """Maya and Tom."""
    return await setting.pair("tom-maya")


@pytest.fixture
async def goal(setting: Setting, pair: Pair) -> Goal:
    """Their goal, drafted by Tom an hour ago."""
    set_one = await set_goal(setting.world, pair, pair.mentor, GoalDraft("Catalog maps", "Show one"))
    setting.now += AN_HOUR
    return set_one.goal


async def told(setting: Setting, pair: Pair, goal: Goal) -> list[tuple[str, GoalState, str]]:
    """Return the story, and hold where the goal stands against its end."""
    found = await tell_story(setting.world, pair, pair.mentee, goal.id)
    people = {pair.mentor.id: "tom", pair.mentee.id: "maya"}
    assert found.goal.state is found.steps[-1].state
    return [(people[step.person_id], step.state, step.words) for step in found.steps]


async def meets(setting: Setting, pair: Pair, day: int, *goals: Goal, meeting_id: str | None = None) -> Logged:
    draft = MeetingDraft(date(2017, 6, day), 45, Means.VIDEO, moved=tuple(goal.id for goal in goals))
    return await log_meeting(setting.world, pair, pair.mentee, draft, meeting_id=meeting_id)


SET = ("tom", GoalState.NOT_STARTED, "")


async def test_the_draft_is_the_drafter_s_until_the_other_has_written(setting: Setting, pair: Pair, goal: Goal) -> None:
    mended = await set_goal(
        setting.world, pair, pair.mentor, GoalDraft("Catalog old maps", "Show two"), goal_id=goal.id
    )
    owned = await set_goal(setting.world, pair, pair.mentee, GoalDraft("Catalog all maps"), goal_id=goal.id)
    late = await set_goal(setting.world, pair, pair.mentor, GoalDraft("Catalog no maps", "Show three"), goal_id=goal.id)

    assert (mended.goal.what, mended.kept) == ("Catalog old maps", frozenset())
    assert (owned.goal.what, owned.goal.help, owned.kept) == ("Catalog all maps", "Show two", frozenset())
    assert (late.goal.what, late.goal.help) == ("Catalog all maps", "Show three")
    assert late.kept == {Side.WORDS}


async def test_a_target_lies_within_the_pair_s_days(setting: Setting, pair: Pair, goal: Goal) -> None:
    for day, said in ((date(2017, 5, 31), "before your first day, June 1"), (date(2018, 5, 1), "last day, April 30")):
        with pytest.raises(RuleBroken, match=said) as refused:
            await set_goal(setting.world, pair, pair.mentor, GoalDraft("Maps", target=day), goal_id=goal.id)
        assert refused.value.field == "target"

    last = await set_goal(
        setting.world, pair, pair.mentor, GoalDraft("Maps", target=date(2018, 4, 30)), goal_id=goal.id
    )
    assert last.goal.target == date(2018, 4, 30)


async def test_a_mistake_leaves_nothing_in_the_story(setting: Setting, pair: Pair, goal: Goal) -> None:
    await mark_goal(setting.world, pair, pair.mentee, goal.id, GoalState.DONE)
    setting.now += timedelta(minutes=2)
    await mark_goal(setting.world, pair, pair.mentee, goal.id, GoalState.MOVING)
    setting.now += AN_HOUR
    await mark_goal(setting.world, pair, pair.mentor, goal.id, GoalState.STUCK, words=" No room ")

    assert await told(setting, pair, goal) == [
        SET,
        ("maya", GoalState.MOVING, ""),
        ("tom", GoalState.STUCK, "No room"),
    ]


async def test_a_word_stands_beside_one_s_own_line_or_in_a_line_of_its_own(
    setting: Setting, pair: Pair, goal: Goal
) -> None:
    await mark_goal(setting.world, pair, pair.mentee, goal.id, GoalState.MOVING)
    await add_word(setting.world, pair, pair.mentee, goal.id, "Half of them")
    await add_word(setting.world, pair, pair.mentor, goal.id, "Well done")
    await add_word(setting.world, pair, pair.mentee, goal.id, "  ")

    assert await told(setting, pair, goal) == [
        SET,
        ("maya", GoalState.MOVING, "Half of them"),
        ("tom", GoalState.MOVING, "Well done"),
    ]


async def test_the_last_one_that_is_closed_is_known_as_such(setting: Setting, pair: Pair, goal: Goal) -> None:
    other = (await set_goal(setting.world, pair, pair.mentee, GoalDraft("Write"))).goal

    first = await mark_goal(setting.world, pair, pair.mentee, goal.id, GoalState.DONE)
    second = await mark_goal(setting.world, pair, pair.mentee, other.id, GoalState.DROPPED)
    again = await mark_goal(setting.world, pair, pair.mentee, other.id, GoalState.DONE)

    assert [one.was_last for one in (first, second, again)] == [False, True, False]


async def test_a_meeting_moves_what_was_ticked_and_saving_it_again_says_nothing_new(
    setting: Setting, pair: Pair, goal: Goal
) -> None:
    logged = await meets(setting, pair, 12, goal)
    await meets(setting, pair, 12, goal, meeting_id=logged.meeting.id)

    assert await told(setting, pair, goal) == [SET, ("maya", GoalState.MOVING, "")]


async def test_what_is_no_longer_ticked_or_undone_is_taken_back(setting: Setting, pair: Pair, goal: Goal) -> None:
    logged = await meets(setting, pair, 12, goal)
    await meets(setting, pair, 12, meeting_id=logged.meeting.id)
    assert await told(setting, pair, goal) == [SET]

    again = await meets(setting, pair, 14, goal)
    await undo_meeting(setting.world, pair, pair.mentee, again.meeting.id)
    assert await told(setting, pair, goal) == [SET]


async def test_two_meetings_that_become_one_move_a_goal_once(setting: Setting, pair: Pair, goal: Goal) -> None:
    await meets(setting, pair, 12, goal)
    second = await meets(setting, pair, 13, goal)

    await meets(setting, pair, 12, goal, meeting_id=second.meeting.id)

    assert await told(setting, pair, goal) == [SET, ("maya", GoalState.MOVING, "")]


async def test_a_meeting_that_is_undone_leaves_what_was_said_since(setting: Setting, pair: Pair, goal: Goal) -> None:
    logged = await meets(setting, pair, 12, goal)
    await mark_goal(setting.world, pair, pair.mentor, goal.id, GoalState.DONE)

    await undo_meeting(setting.world, pair, pair.mentee, logged.meeting.id)

    assert await told(setting, pair, goal) == [SET, ("tom", GoalState.DONE, "")]


async def test_the_story_is_for_the_two_only(setting: Setting, pair: Pair, goal: Goal) -> None:
    assert pair.liaison is not None
    noor = await setting.pair("noor-ben")

    for reader, of in ((pair.liaison, pair), (noor.mentee, pair), (noor.mentee, noor)):
        with pytest.raises(RuleBroken, match="no longer there"):
            await tell_story(setting.world, of, reader, goal.id)


async def test_the_first_goal_ends_the_asking(setting: Setting, pair: Pair) -> None:
    setting.now += timedelta(days=10)  # Monday, 26 June: the pair is asked from the 24th on
    assert any("no goal on record yet" in text for text in await setting.told("maya"))

    await set_goal(setting.world, pair, pair.mentee, GoalDraft("Catalog maps"))

    assert not any("no goal on record yet" in text for text in await setting.told("tom", within=timedelta(days=14)))


async def test_the_mentor_is_asked_on_the_day_while_there_is_none(setting: Setting) -> None:
    heard = await setting.told("tom", within=timedelta(days=21))

    assert sum("draft it together" in text for text in heard) == 1
