"""App Home: for each role its own, brought up to date after a person's own changes, and nothing private in it."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.domain.goals import GoalDraft
from bot.domain.meetings import Means
from bot.playground.wire import interactions
from bot.slack import blocks as b
from bot.usecases.log_meeting import MeetingDraft, log_meeting
from bot.usecases.set_goal import set_goal
from tests.stories.conftest import Stage
from tests.stories.people import Desk, elements_of

CANARY = "Only Maya and Tom may read this"


def home_words(desk: Desk) -> str:
    assert desk.home is not None, f"{desk.id} sees no home"
    return b.spoken(desk.home["blocks"])


def pressable(desk: Desk) -> set[str]:
    return {element["action_id"] for _, element in elements_of(desk.home or {})}


async def keeps_something_private(stage: Stage) -> None:
    """Maya writes down, in every place there is, what only Tom may read."""
    world, pair = stage.tandem.world, await stage.records.pair("tom-maya")
    await set_goal(world, pair, pair.mentee, GoalDraft(f"Goal: {CANARY}", f"Help: {CANARY}"))
    draft = MeetingDraft(date(2017, 6, 15), 45, Means.VIDEO, next_step=f"Next: {CANARY}", notes=f"Notes: {CANARY}")
    await log_meeting(world, pair, pair.mentee, draft)


async def test_a_mentee_finds_the_next_action_first_and_the_mentor_by_a_mention(maya: Desk) -> None:
    await maya.opens_home()

    words = home_words(maya)
    assert words.index("Your first talk is still to come: write to Tom") < words.index("<@U0TOM>")
    assert "First Year · Planning, until June 17" in words
    assert {"log_meeting", "open_goals", "open_pause", "open_settings", "open_why"} <= pressable(maya)


async def test_home_follows_what_the_person_does(maya: Desk) -> None:
    await maya.opens_home()

    await maya.types("/checkin yesterday 45 zoom")

    assert "• Yesterday: 45 minutes, video" in home_words(maya)
    assert "Your first talk is still to come" not in home_words(maya)


async def test_home_follows_a_form_and_a_button(maya: Desk) -> None:
    await maya.opens_home()
    await maya.clicks("Take a break", where="home")

    assert await maya.submits(until=date(2017, 6, 30)) == {}
    assert "You are taking a break until Friday, June 30, that day included." in home_words(maya)

    await maya.clicks("resume", where="home")
    assert "You are taking a break" not in home_words(maya)


async def test_who_never_opened_home_is_not_published_for(stage: Stage, maya: Desk) -> None:
    await maya.types("/checkin yesterday 45 zoom")
    await maya.opens_messages()

    assert stage.calls("views.publish") == []


async def test_only_what_is_the_persons_own_is_published_again(stage: Stage, maya: Desk, tom: Desk) -> None:
    await maya.opens_home()

    await tom.types("/goal set Lead a meeting")
    await tom.submits()

    assert len(stage.calls("views.publish")) == 1


@pytest.mark.parametrize(("how", "logged"), [("429", "slack_is_busy"), ("500", "bug")])
async def test_a_home_that_cannot_be_published_keeps_nobody_from_an_answer(
    stage: Stage, maya: Desk, how: Any, logged: str
) -> None:
    await maya.opens_home()
    stage.playground.fail("views.publish", how=how)

    with capture_logs() as logs:
        await maya.types("/goal help")

    assert "`/goal done 2` marks the second goal" in maya.reading
    assert "went wrong" not in maya.sees()
    assert [entry["event"] for entry in logs if entry["log_level"] in ("error", "warning")] == [logged]


async def test_the_liaison_sees_the_caseload_worst_first(stage: Stage, lena: Desk, maya: Desk) -> None:
    await maya.types("/checkin yesterday 45 zoom")

    await lena.opens_home()

    words = home_words(lena)
    assert "2 of your 3 pairs could use a look this week:" in words
    assert words.index("15 days since the start, no first meeting") < words.index("*Tom Lindqvist and Maya Okafor*")
    assert "log_meeting" not in pressable(lena)


async def test_the_button_of_the_digest_shows_the_whole_caseload(stage: Stage, lena: Desk, charlie: Desk) -> None:
    program = await stage.records.program()
    row = b.actions([b.button("caseload", "See my pairs", program.id)])
    for desk in (lena, charlie):
        await stage.tandem.client.chat_postMessage(channel=desk.id, text="Digest", blocks=[row])
        await desk.clicks("See my pairs")

    assert lena.form is not None
    assert "Noor Haddad and Ben Castillo" in lena.sees()
    assert "You follow no pair at the moment." in charlie.sees()
    assert "Ben Castillo" not in charlie.sees()


@pytest.mark.parametrize("who", ["U0LENA", "U0STRANGER"])
async def test_the_button_of_another_program_shows_nothing(stage: Stage, who: str) -> None:
    desk = stage.desk(who)
    row = b.actions([b.button("caseload", "See my pairs", "another-program")])
    await stage.tandem.client.chat_postMessage(channel=desk.id, text="Digest", blocks=[row])

    await desk.clicks("See my pairs")

    assert desk.modals == []
    assert len(desk.messages) == 2


async def test_the_coordinator_sees_the_program_at_a_glance(ada: Desk) -> None:
    await ada.opens_home()

    assert "3 pairs under way: 0 on their own rhythm, 3 could use a look, 0 taking a break." in home_words(ada)
    assert "open_announce" in pressable(ada)


async def test_a_reader_of_few_pairs_sees_no_figures_and_can_announce_nothing(charlie: Desk) -> None:
    await charlie.opens_home()

    assert "3 pairs under way. With so few, figures would point at people" in home_words(charlie)
    assert "open_announce" not in pressable(charlie)


async def test_who_is_mentor_and_mentee_sees_both_pairs(noor: Desk) -> None:
    await noor.opens_home()

    assert "*Your mentee*\nBen Castillo · <@U0BEN>" in home_words(noor)
    assert "*Your mentor*\nInês Duarte · <@U0INES>" in home_words(noor)


async def test_a_stranger_is_told_what_this_is_and_whom_to_ask(stranger: Desk) -> None:
    await stranger.opens_home()

    assert "You are not on the list of a program here." in home_words(stranger)
    assert "Questions about First Year? Write to Ada Novak." in home_words(stranger)
    assert pressable(stranger) == set()


async def test_the_two_read_what_they_wrote(stage: Stage, maya: Desk, tom: Desk) -> None:
    await keeps_something_private(stage)

    for desk in (maya, tom):
        await desk.opens_home()

    assert f"Goal: {CANARY}" in home_words(maya)
    assert f"How you help: Help: {CANARY}" in home_words(tom)


@pytest.mark.parametrize("who", ["U0LENA", "U0ADA", "U0CHARLIE", "U0BEN", "U0NOOR", "U0STRANGER"])
async def test_nobody_else_reads_it_in_home_caseload_or_menu(stage: Stage, who: str) -> None:
    await keeps_something_private(stage)
    desk = stage.desk(who)

    await desk.opens_home()
    await desk.says("hello")
    for button in {"Status", "See my pairs"} & set(desk.buttons()):
        await desk.clicks(button, where="messages")

    assert home_words(desk)
    assert CANARY not in desk.sees()
    assert CANARY not in str([call.args for call in stage.calls()])


async def test_after_the_last_day_home_menu_and_goals_say_goodbye(stage: Stage, maya: Desk) -> None:
    stage.playground.hooks = None  # nothing is to happen on the way
    await stage.goes_to(datetime(2018, 5, 2, 15, tzinfo=UTC))

    await maya.opens_home()
    await maya.says("hello")
    menu = maya.reading
    await maya.types("/goal set")

    assert "First Year ended on Monday, April 30, and Tandem is silent now." in home_words(maya)
    assert "First Year ended on Monday, April 30" in menu
    assert "First Year ended on Monday, April 30: your year is over" in maya.reading
    assert maya.modals == []
    assert pressable(maya) == {"look_back", "open_why"}


async def test_before_the_first_day_home_says_when_it_begins(stage: Stage, maya: Desk) -> None:
    program = await stage.records.program()
    async with stage.tandem.store.begin() as records:
        workspace = await records.workspace(stage.playground.team_id)
        span = replace(program.span, first=date(2017, 7, 3))
        await records.put_program(workspace.id, replace(program, span=span))

    await maya.opens_home()

    assert "First Year begins on Monday, July 3." in home_words(maya)
    assert "log_meeting" not in pressable(maya)


async def test_homes_that_are_published_at_once_end_with_what_holds(stage: Stage, maya: Desk) -> None:
    await maya.opens_home()
    opened = interactions.event(
        stage.playground.slack, {"type": "app_home_opened", "user": maya.id, "channel": "D1", "tab": "home"}
    )

    brought = (stage.playground.slack.deliveries.tell(opened) for _ in range(4))
    await asyncio.gather(*brought, maya.types("/checkin yesterday 45 zoom"))
    await stage.settled()

    assert "• Yesterday: 45 minutes, video" in home_words(maya)


async def test_a_home_that_slack_says_was_published_meanwhile_is_looked_at_and_published_anew(
    stage: Stage, maya: Desk
) -> None:
    stage.playground.fail("views.publish", how={"error": "hash_conflict"})

    await maya.opens_home()

    assert "First Year · Planning, until June 17" in home_words(maya)
    assert len(stage.calls("views.publish")) == 2


@pytest.mark.parametrize("who", ["maya", "tom", "lena", "ada", "noor"])
async def test_whatever_is_pressed_on_a_home_answers(stage: Stage, who: str) -> None:
    desk = stage.desk(f"U0{who.upper()}")
    await desk.opens_home()
    assert desk.home is not None
    pressed = [(block["block_id"], e) for block, e in elements_of(desk.home) if "url" not in e]
    assert len(pressed) >= 5

    for block_id, element in pressed:
        with capture_logs() as logs:
            await desk.clicks(element["action_id"], block_id=block_id)

        assert not [entry for entry in logs if entry["log_level"] == "error"], element
        assert "has moved on" not in desk.sees(), element
        assert desk.form is not None or desk.messages, element
        while desk.modals:
            await desk.closes(whole_stack=True)
