"""Logging a meeting, changing it and taking it back, on real records."""

from datetime import date, timedelta

import pytest

from bot.domain.errors import RuleBroken
from bot.domain.goals import GoalDraft, GoalState
from bot.domain.meetings import Means, Meeting, Words
from bot.domain.people import Pair, Person
from bot.usecases.log_meeting import How, Logged, MeetingDraft, log_meeting
from bot.usecases.set_goal import set_goal
from bot.usecases.undo_meeting import undo_meeting
from tests.usecases.conftest import Setting

MONDAY, TUESDAY = date(2017, 6, 12), date(2017, 6, 13)
A_WEEKEND = timedelta(days=4)


def draft(day: date = MONDAY, minutes: int = 45, **more: object) -> MeetingDraft:
    return MeetingDraft(day, minutes, Means.VIDEO, **more)  # type: ignore[arg-type]


async def meetings(setting: Setting, pair: Pair) -> list[Meeting]:
    async with setting.world.store.begin() as records:
        return await records.meetings(pair.id, 10)


async def logs(setting: Setting, who: Person, **more: object) -> Logged:
    pair = await setting.pair("tom-maya")
    return await log_meeting(setting.world, pair, who, draft(**more))  # type: ignore[arg-type]


@pytest.fixture
async def pair(setting: Setting) -> Pair:
    return await setting.pair("tom-maya")


async def test_a_meeting_goes_on_record(setting: Setting, pair: Pair) -> None:
    logged = await logs(setting, pair.mentee, next_step="Read two essays", notes="Good talk")

    assert logged.how is How.NEW
    [meeting] = await meetings(setting, pair)
    assert (meeting.day, meeting.minutes, meeting.means) == (MONDAY, 45, Means.VIDEO)
    assert meeting.words == (Words(pair.mentee.id, "Read two essays", "Good talk"),)


async def test_logging_twice_is_one_meeting(setting: Setting, pair: Pair) -> None:
    await logs(setting, pair.mentee)

    again = await logs(setting, pair.mentee, minutes=50)

    assert again.how is How.CHANGED
    assert [meeting.minutes for meeting in await meetings(setting, pair)] == [50]


async def test_when_both_log_the_same_day_it_is_one_meeting_with_the_words_of_both(
    setting: Setting, pair: Pair
) -> None:
    await logs(setting, pair.mentor, notes="from Tom")

    second = await logs(setting, pair.mentee, minutes=10, notes="from Maya")

    assert second.how is How.MERGED
    [meeting] = await meetings(setting, pair)
    assert (meeting.minutes, meeting.logged_by) == (45, pair.mentor.id)
    assert meeting.words_of(pair.mentor.id).notes == "from Tom"
    assert meeting.words_of(pair.mentee.id).notes == "from Maya"


@pytest.mark.parametrize(
    ("day", "minutes", "field", "sentence"),
    [
        (date(2017, 6, 17), 45, "day", "This day is still to come. Choose today or an earlier day."),
        (
            date(2017, 5, 31),
            45,
            "day",
            "This is before your first day, Thursday, June 1. Choose that day or a later one.",
        ),
        (MONDAY, 0, "minutes", "A meeting lasts from 1 to 600 minutes. Choose a number in between."),
        (MONDAY, 10_000, "minutes", "A meeting lasts from 1 to 600 minutes. Choose a number in between."),
    ],
)
async def test_what_cannot_be_is_refused_at_its_field(
    setting: Setting, pair: Pair, day: date, minutes: int, field: str, sentence: str
) -> None:
    with pytest.raises(RuleBroken) as broken:
        await logs(setting, pair.mentee, day=day, minutes=minutes)

    assert (broken.value.field, str(broken.value)) == (field, sentence)
    assert await meetings(setting, pair) == []


async def test_today_is_the_day_on_the_calendar_of_who_logs(setting: Setting) -> None:
    pair = await setting.pair("noor-ben")  # it is Saturday in Guam already, and Friday in Denver
    saturday = draft(day=date(2017, 6, 17))

    with pytest.raises(RuleBroken, match="still to come"):
        await log_meeting(setting.world, pair, pair.mentor, saturday)
    logged = await log_meeting(setting.world, pair, pair.mentee, saturday)

    assert logged.how is How.NEW


async def test_a_day_after_the_last_one_is_refused(setting: Setting, pair: Pair) -> None:
    setting.now += timedelta(days=365)

    with pytest.raises(RuleBroken, match="This is after the last day, Monday, April 30"):
        await logs(setting, pair.mentee, day=date(2018, 5, 1))


async def test_who_logged_a_meeting_may_move_it_to_another_day(setting: Setting, pair: Pair) -> None:
    logged = await logs(setting, pair.mentee)

    await log_meeting(setting.world, pair, pair.mentee, draft(day=TUESDAY), meeting_id=logged.meeting.id)

    assert [meeting.day for meeting in await meetings(setting, pair)] == [TUESDAY]


async def test_a_meeting_moved_onto_another_one_becomes_one_with_it_and_no_words_are_lost(
    setting: Setting, pair: Pair
) -> None:
    moved = await logs(setting, pair.mentee, notes="from Maya")
    await log_meeting(setting.world, pair, pair.mentor, draft(notes="added by Tom"), meeting_id=moved.meeting.id)
    await logs(setting, pair.mentor, day=TUESDAY)

    await log_meeting(
        setting.world, pair, pair.mentee, draft(day=TUESDAY, notes="from Maya"), meeting_id=moved.meeting.id
    )

    [meeting] = await meetings(setting, pair)
    assert meeting.day == TUESDAY
    assert {words.notes for words in meeting.words} == {"from Maya", "added by Tom"}


async def test_the_partner_adds_words_but_does_not_change_the_facts(setting: Setting, pair: Pair) -> None:
    logged = await logs(setting, pair.mentee)
    await logs(setting, pair.mentee, day=TUESDAY)

    later = draft(day=TUESDAY, minutes=5, notes="from Tom")
    added = await log_meeting(setting.world, pair, pair.mentor, later, meeting_id=logged.meeting.id)

    assert (added.how, added.meeting.day, added.meeting.minutes) == (How.MERGED, MONDAY, 45)
    assert [meeting.day for meeting in await meetings(setting, pair)] == [TUESDAY, MONDAY]


async def test_words_are_cleared_where_the_form_that_showed_them_comes_back_empty(setting: Setting, pair: Pair) -> None:
    logged = await logs(setting, pair.mentee, notes="too much said")

    await log_meeting(setting.world, pair, pair.mentee, draft(), meeting_id=logged.meeting.id)

    assert (await meetings(setting, pair))[0].words == ()


async def test_words_stay_where_the_same_day_is_logged_once_more_without_any(setting: Setting, pair: Pair) -> None:
    await logs(setting, pair.mentee, notes="worth keeping")

    await logs(setting, pair.mentee, minutes=60)

    assert (await meetings(setting, pair))[0].words_of(pair.mentee.id).notes == "worth keeping"


async def test_a_form_with_the_id_of_another_pairs_meeting_does_not_reach_it(setting: Setting, pair: Pair) -> None:
    other = await setting.pair("ines-noor")
    theirs = await log_meeting(setting.world, other, other.mentor, draft(notes="between Inês and Noor"))

    await log_meeting(setting.world, pair, pair.mentee, draft(notes="from Maya"), meeting_id=theirs.meeting.id)

    assert await meetings(setting, other) == [theirs.meeting]
    assert [meeting.pair_id for meeting in await meetings(setting, pair)] == [pair.id]


async def test_goals_of_another_pair_do_not_move(setting: Setting, pair: Pair) -> None:
    own = (await set_goal(setting.world, pair, pair.mentee, GoalDraft("Speak at a conference", "Practice"))).goal
    others = await setting.pair("ines-noor")
    other = (await set_goal(setting.world, others, others.mentee, GoalDraft("Write", "Read drafts"))).goal

    logged = await logs(setting, pair.mentee, goals={own.id: GoalState.MOVING, other.id: GoalState.DONE})

    assert [(goal.id, state) for goal, state in logged.heard.said] == [(own.id, GoalState.MOVING)]
    async with setting.world.store.begin() as records:
        assert [goal.state for goal in await records.goals(others.id)] == [GoalState.NOT_STARTED]


async def test_the_partner_is_told_once_at_their_next_decent_hour(setting: Setting) -> None:
    pair = await setting.pair("noor-ben")
    await log_meeting(setting.world, pair, pair.mentor, draft(next_step="Call the library"))
    await log_meeting(setting.world, pair, pair.mentor, draft(minutes=50))

    assert await setting.told("ben") == []  # it is night in Guam, and then the weekend
    told = await setting.told("ben", within=A_WEEKEND)

    assert (
        len([text for text in told if "Noor logged your meeting on Monday, June 12: 50 minutes, by video." in text])
        == 1
    )
    assert sum(text.count("logged your meeting") for text in told) == 1
    assert "Next step, for you two only: Call the library" in "\n".join(told)


async def test_the_partner_is_not_told_of_a_meeting_that_was_taken_back(setting: Setting) -> None:
    pair = await setting.pair("noor-ben")
    logged = await log_meeting(setting.world, pair, pair.mentor, draft())

    await undo_meeting(setting.world, pair, pair.mentor, logged.meeting.id)

    assert "logged your meeting" not in "".join(await setting.told("ben", within=A_WEEKEND))


async def test_a_day_logged_anew_after_it_was_taken_back_is_told(setting: Setting) -> None:
    pair = await setting.pair("noor-ben")
    logged = await log_meeting(setting.world, pair, pair.mentor, draft())
    await undo_meeting(setting.world, pair, pair.mentor, logged.meeting.id)

    await log_meeting(setting.world, pair, pair.mentor, draft(minutes=30))

    told = "".join(await setting.told("ben", within=A_WEEKEND))
    assert told.count("logged your meeting on Monday, June 12: 30 minutes, by video.") == 1


async def test_undoing_twice_does_no_more_than_once(setting: Setting, pair: Pair) -> None:
    logged = await logs(setting, pair.mentee)

    await undo_meeting(setting.world, pair, pair.mentee, logged.meeting.id)
    await undo_meeting(setting.world, pair, pair.mentee, logged.meeting.id)

    assert await meetings(setting, pair) == []


async def test_nobody_takes_back_what_the_partner_logged(setting: Setting, pair: Pair) -> None:
    logged = await logs(setting, pair.mentor)

    with pytest.raises(RuleBroken, match="Your partner logged this meeting"):
        await undo_meeting(setting.world, pair, pair.mentee, logged.meeting.id)

    assert len(await meetings(setting, pair)) == 1


async def test_nobody_takes_back_a_meeting_to_which_the_partner_has_added_words(setting: Setting, pair: Pair) -> None:
    logged = await logs(setting, pair.mentee)
    await logs(setting, pair.mentor, notes="from Tom")

    with pytest.raises(RuleBroken, match="stays on record"):
        await undo_meeting(setting.world, pair, pair.mentee, logged.meeting.id)


async def test_a_meeting_of_another_pair_is_not_taken_back(setting: Setting, pair: Pair) -> None:
    other = await setting.pair("ines-noor")
    theirs = await log_meeting(setting.world, other, other.mentor, draft())

    await undo_meeting(setting.world, pair, pair.mentee, theirs.meeting.id)

    assert len(await meetings(setting, other)) == 1
