"""Say where goals stand: in the list, in a word, at a meeting; each leaves a line in the story, and no other."""

from datetime import date, timedelta

import pytest

from bot.domain.errors import RuleBroken
from bot.domain.goals import Goal, GoalDraft, GoalState, Side
from bot.domain.meetings import Means
from bot.domain.people import Pair, Person
from bot.usecases.answer_meeting import Says, answer_meeting
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
    """Let Maya log that these moved; from a form with all of them where she changes a meeting."""
    async with setting.world.store.begin() as records:
        shown = {goal.id: None for goal in await records.goals(pair.id)} if meeting_id else {}
    moved = {goal.id: GoalState.MOVING for goal in goals}
    draft = MeetingDraft(date(2017, 6, day), 45, Means.VIDEO, {**shown, **moved})
    return await log_meeting(setting.world, pair, pair.mentee, draft, meeting_id=meeting_id)


async def says(setting: Setting, pair: Pair, by: Person, day: int, goal: Goal, state: GoalState) -> Logged:
    """Let somebody log a meeting anew, with how a goal stands."""
    draft = MeetingDraft(date(2017, 6, day), 45, Means.VIDEO, {goal.id: state})
    return await log_meeting(setting.world, pair, by, draft)


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


async def test_both_say_how_a_goal_stands_after_one_meeting_and_the_later_word_holds(
    setting: Setting, pair: Pair, goal: Goal
) -> None:
    await says(setting, pair, pair.mentee, 12, goal, GoalState.STUCK)
    await says(setting, pair, pair.mentor, 12, goal, GoalState.MOVING)
    await says(setting, pair, pair.mentor, 12, goal, GoalState.MOVING)
    assert await told(setting, pair, goal) == [SET, ("maya", GoalState.STUCK, ""), ("tom", GoalState.MOVING, "")]

    setting.now += AN_HOUR
    await says(setting, pair, pair.mentee, 12, goal, GoalState.STUCK)
    assert await told(setting, pair, goal) == [SET, ("tom", GoalState.MOVING, ""), ("maya", GoalState.STUCK, "")]


async def test_what_was_said_at_a_denied_meeting_comes_back_as_it_was_when_it_counts_again(
    setting: Setting, pair: Pair, goal: Goal
) -> None:
    logged = await says(setting, pair, pair.mentee, 12, goal, GoalState.DONE)
    await answer_meeting(setting.world, pair, pair.mentor, logged.meeting.id, Says.DID_NOT_MEET)
    assert await told(setting, pair, goal) == [SET]
    setting.now += AN_HOUR
    await mark_goal(setting.world, pair, pair.mentor, goal.id, GoalState.STUCK)

    await answer_meeting(setting.world, pair, pair.mentee, logged.meeting.id, Says.MET)

    assert await told(setting, pair, goal) == [SET, ("maya", GoalState.DONE, ""), ("tom", GoalState.STUCK, "")]


async def test_what_is_said_at_a_denied_meeting_waits_until_it_counts(setting: Setting, pair: Pair, goal: Goal) -> None:
    logged = await meets(setting, pair, 12)
    await answer_meeting(setting.world, pair, pair.mentor, logged.meeting.id, Says.DID_NOT_MEET)
    await meets(setting, pair, 12, goal, meeting_id=logged.meeting.id)
    assert await told(setting, pair, goal) == [SET]

    await answer_meeting(setting.world, pair, pair.mentor, logged.meeting.id, Says.MET)

    assert await told(setting, pair, goal) == [SET, ("maya", GoalState.MOVING, "")]


async def test_a_meeting_that_becomes_one_with_another_takes_along_the_words_of_both(
    setting: Setting, pair: Pair, goal: Goal
) -> None:
    first = await says(setting, pair, pair.mentee, 12, goal, GoalState.STUCK)
    for day, state in ((12, GoalState.MOVING), (13, GoalState.DROPPED)):
        setting.now += AN_HOUR
        await says(setting, pair, pair.mentor, day, goal, state)

    moved = MeetingDraft(date(2017, 6, 13), 45, Means.VIDEO, {goal.id: GoalState.STUCK})
    await log_meeting(setting.world, pair, pair.mentee, moved, meeting_id=first.meeting.id)

    assert await told(setting, pair, goal) == [SET, ("maya", GoalState.STUCK, ""), ("tom", GoalState.DROPPED, "")]


async def test_a_goal_for_which_there_is_no_room_any_more_stays_closed_when_its_meeting_is_undone(
    setting: Setting, pair: Pair, goal: Goal
) -> None:
    logged = await says(setting, pair, pair.mentee, 12, goal, GoalState.DONE)
    for what in ("Write", "Speak", "Read"):
        await set_goal(setting.world, pair, pair.mentee, GoalDraft(what))

    await undo_meeting(setting.world, pair, pair.mentee, logged.meeting.id)

    assert await told(setting, pair, goal) == [SET, ("maya", GoalState.DONE, "")]


async def test_a_meeting_cannot_open_a_fourth_goal_again(setting: Setting, pair: Pair, goal: Goal) -> None:
    logged = await says(setting, pair, pair.mentee, 12, goal, GoalState.DONE)
    for what in ("Write", "Speak", "Read"):
        await set_goal(setting.world, pair, pair.mentee, GoalDraft(what))

    for state in (GoalState.MOVING, None):
        draft = MeetingDraft(date(2017, 6, 12), 45, Means.VIDEO, {goal.id: state})
        with pytest.raises(RuleBroken, match="3 goals are open") as refused:
            await log_meeting(setting.world, pair, pair.mentee, draft, meeting_id=logged.meeting.id)
        assert refused.value.field == f"goal-{goal.id}"


async def test_a_goal_from_before_there_were_stories_stands_as_it_did_where_nothing_is_said_of_it(
    setting: Setting, pair: Pair
) -> None:
    async with setting.world.store.begin() as records:
        old = await records.put_goal(Goal(pair.id, "Maps", "", GoalState.STUCK), setting.now)
    logged = await meets(setting, pair, 12)

    await meets(setting, pair, 12, meeting_id=logged.meeting.id)

    async with setting.world.store.begin() as records:
        assert [(goal.id, goal.state) for goal in await records.goals(pair.id)] == [(old.id, GoalState.STUCK)]


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
