"""`/mentoring`: its help, and the status of each role."""

from datetime import UTC, date, datetime

import pytest

from bot.domain.goals import GoalDraft
from bot.domain.meetings import Means
from bot.usecases.log_meeting import MeetingDraft, log_meeting
from bot.usecases.set_goal import set_goal
from tests.stories.conftest import Stage, mrkdwn_in
from tests.stories.people import Desk

CANARY = "a worry that only the two know"
LONG_AFTER = datetime(2018, 5, 20, 15, tzinfo=UTC)


async def met(stage: Stage, day: date) -> None:
    pair = await stage.records.pair("tom-maya")
    draft = MeetingDraft(day, 45, Means.VIDEO, next_step=CANARY, notes=CANARY)
    await log_meeting(stage.tandem.world, pair, pair.mentee, draft)


async def test_help_lists_every_word_with_what_it_does(maya: Desk) -> None:
    await maya.types("/mentoring help")

    said = maya.reading

    assert "`/mentoring status` shows your pair, your goals and what comes next" in said
    assert "`/mentoring pause until DATE` begins a break" in said
    assert "`/mentoring resume` ends the break" in said
    assert "`/mentoring settings` lets you choose what you get" in said
    assert "`/mentoring why` shows the last messages you got" in said
    assert "`/checkin` logs a meeting" in said


async def test_who_looks_after_pairs_reads_of_every_word_once_and_others_not_of_those_duties(
    stage: Stage, ada: Desk, lena: Desk, maya: Desk
) -> None:
    usages = [f"`/mentoring {word.usage}` " for word in stage.tandem.doors.words.values()]
    for desk in (ada, lena, maya):
        await desk.types("/mentoring help")

    assert [usage for usage in usages if ada.reading.count(usage) != 1] == []
    assert [usage for usage in usages if lena.reading.count(usage) != 1] == []
    assert "*For those who look after pairs*" not in maya.reading
    assert "/mentoring handover" not in maya.reading


async def test_goals_and_meetings_are_found_by_a_word_as_by_their_own_commands(maya: Desk, charlie: Desk) -> None:
    for word, command, said in (
        ("goals", "/goal", "No goal yet for you and Tom."),
        ("meetings", "/checkin list", "No meeting is on record yet."),
    ):
        await maya.types(f"/mentoring {word}")
        assert said in maya.reading
        found = maya.reading
        await maya.types(command)
        assert maya.reading == found
        await charlie.types(f"/mentoring {word}")
        assert "You are in no pair" in charlie.reading


async def test_a_meeting_is_logged_by_a_word_as_by_its_own_command(maya: Desk) -> None:
    await maya.types("/mentoring log yesterday 45 zoom")
    assert "Thursday, June 15, 45 minutes by video" in maya.reading

    await maya.types("/mentoring log")
    assert maya.form is not None
    assert maya.form["callback_id"] == "log_meeting"


async def test_every_word_of_the_help_is_answered(stage: Stage, maya: Desk) -> None:
    for name in stage.tandem.doors.words:
        await maya.types(f"/mentoring {name}")

    assert "is not something Tandem knows" not in maya.sees()
    assert "went wrong on our side" not in maya.sees()


async def test_what_is_not_understood_is_said_before_the_help(maya: Desk) -> None:
    await maya.types("/mentoring dance with *me*")

    said = maya.reading

    assert said.startswith("“/mentoring dance with *me*” is not something Tandem knows.")
    assert "`/mentoring pause until DATE`" in said


async def test_what_is_not_understood_pings_nobody(maya: Desk) -> None:
    await maya.types("/mentoring <!channel> hello")

    assert "is not something Tandem knows" in maya.reading
    assert "<!" not in str(maya.messages[-1])
    assert all(text["verbatim"] for text in mrkdwn_in(maya.messages[-1]))


async def test_alone_it_shows_a_mentee_where_they_stand(stage: Stage, maya: Desk) -> None:
    await met(stage, date(2017, 6, 14))
    pair = await stage.records.pair("tom-maya")
    await set_goal(stage.tandem.world, pair, pair.mentee, GoalDraft("Learn to catalog maps", "Show me one"))

    await maya.types("/mentoring")

    said = maya.reading
    assert "*First Year*: planning, until Saturday, June 17" in said
    assert "The last day is Monday, April 30." in said
    assert "*You and Tom*, every two weeks" in said
    assert "Last meeting: June 14 (2 days ago)" in said
    assert "Next meeting expected by Wednesday, June 28" in said
    assert "• Learn to catalog maps (not started)" in said
    assert "Your liaison is Lena Brandt." in said
    assert maya.buttons() == [
        "Begin the agreement",
        "Log a meeting",
        "Plan the next one",
        "Goals",
        "Next steps",
        "Ideas",
        "All meetings",
        "Talk together",
        "A quiet word",
        "Take a break",
        "Settings",
        "Why these messages",
    ]


async def test_the_status_leads_to_the_form_of_that_pair(maya: Desk) -> None:
    await maya.types("/mentoring status")

    await maya.clicks("Log a meeting")

    assert (maya.form or {})["callback_id"] == "log_meeting"


async def test_who_is_in_two_pairs_sees_both(noor: Desk) -> None:
    await noor.types("/mentoring")

    said = noor.reading

    assert "*You and Ben*, every month" in said
    assert "*You and Inês*, every two weeks" in said
    assert "Next meeting expected by Saturday, July 1" in said  # a month from June 1


async def test_a_liaison_sees_counts_and_nothing_that_a_pair_wrote(stage: Stage, lena: Desk) -> None:
    await met(stage, date(2017, 6, 14))

    await lena.types("/mentoring status")

    assert "*Your caseload*: 3 pairs, of which 2 could use a look" in lena.reading
    assert CANARY not in lena.sees()
    assert "You and" not in lena.sees()
    await lena.clicks("See my pairs")
    assert lena.modals


async def test_a_coordinator_sees_the_program_in_short_and_can_announce(ada: Desk) -> None:
    await ada.types("/mentoring")

    assert "*The program*: 3 pairs under way, 0 on their own rhythm, 3 could use a look, 0 taking a break" in (
        ada.reading
    )
    assert "Announce something" in ada.buttons()


async def test_a_reader_sees_no_pair_and_no_figures_of_the_coordinator(stage: Stage, charlie: Desk) -> None:
    await met(stage, date(2017, 6, 14))

    await charlie.types("/mentoring")

    assert "*First Year*" in charlie.reading
    assert "Maya" not in charlie.sees()
    assert "The program*" not in charlie.sees()
    assert charlie.buttons() == ["Take a break", "Settings", "Why these messages"]


@pytest.mark.parametrize("word", ["", "status", "pause", "pause until tomorrow", "resume", "settings", "why"])
async def test_a_stranger_is_told_kindly_what_this_is(stranger: Desk, word: str) -> None:
    await stranger.types(f"/mentoring {word}".strip())

    assert "You are not on the list of a program here." in stranger.reading
    assert not stranger.modals


async def test_after_the_last_day_the_status_says_that_it_is_over(stage: Stage, maya: Desk) -> None:
    stage.playground.hooks = None
    await stage.goes_to(LONG_AFTER)

    await maya.types("/mentoring")

    assert "First Year ended on Monday, April 30, and Tandem is silent now." in maya.reading
    assert "Log a meeting" not in maya.buttons()


@pytest.mark.parametrize("word", ["pause", "pause until tomorrow", "settings"])
async def test_after_the_last_day_there_is_nothing_to_pause_or_set(stage: Stage, maya: Desk, word: str) -> None:
    stage.playground.hooks = None
    await stage.goes_to(LONG_AFTER)

    await maya.types(f"/mentoring {word}")

    assert "First Year ended on Monday, April 30: your year is over" in maya.reading
    assert not maya.modals


async def test_the_status_button_of_the_menu_shows_the_same(maya: Desk) -> None:
    await maya.says("hello")

    await maya.clicks("Status")

    assert "*You and Tom*, every two weeks" in maya.reading


@pytest.mark.parametrize("word", ["together", "resume", "next", "end"])
async def test_help_after_a_word_tells_what_it_does_and_does_nothing(maya: Desk, word: str) -> None:
    await maya.types(f"/mentoring {word} help")

    assert maya.reading.startswith(f"`/mentoring {word}")
    assert not maya.modals
    assert maya.buttons() == []
