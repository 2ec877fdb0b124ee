"""Hello: who writes to Tandem gets a menu, from which everything can be reached."""

from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.playground.wire import interactions
from tests.stories.conftest import Stage
from tests.stories.people import Desk, elements_of

MENU = "Hello Maya. Tandem keeps nothing of what you write here; the buttons do it all."


def offered(desk: Desk) -> list[str]:
    return [element["action_id"] for _, element in elements_of(desk.messages[-1])]


async def slack_tells(stage: Stage, desk: Desk, *, times: int = 1, **message: Any) -> None:
    """Let Slack bring a message event, the same one `times` over."""
    channel = stage.playground.slack.im_with(desk.id).id
    body = {"type": "message", "channel_type": "im", "channel": channel, "ts": "1497625200.000100"}
    event = interactions.event(stage.playground.slack, body | message)
    for _ in range(times):
        assert await stage.playground.slack.deliveries.tell(event)
    await stage.settled()


async def test_whoever_writes_gets_a_menu_of_all_that_they_can_do(maya: Desk) -> None:
    await maya.says("hello?")

    assert MENU in maya.reading
    assert maya.buttons() == [
        "Log a meeting",
        "Plan the next one",
        "Goals",
        "Next steps",
        "Agreement",
        "Ideas",
        "All meetings",
        "Talk together",
        "A quiet word",
        "Status",
        "Take a break",
        "Settings",
        "Why these messages",
    ]


@pytest.mark.parametrize(
    "button", ["Log a meeting", "Plan the next one", "Agreement", "A quiet word", "Take a break", "Settings"]
)
async def test_a_button_of_the_menu_opens_its_form(maya: Desk, button: str) -> None:
    await maya.says("hi")

    await maya.clicks(button)

    assert maya.form is not None


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ("Goals", "No goal yet for you and Tom"),
        ("Status", "*You and Tom*, every two weeks"),
        ("Why these messages", "Tandem has sent you nothing on its own yet."),
    ],
)
async def test_a_button_of_the_menu_answers(maya: Desk, button: str, words: str) -> None:
    await maya.says("hi")
    before = len(maya.messages)

    await maya.clicks(button)

    assert len(maya.messages) == before + 1
    assert words in maya.reading


async def test_each_role_is_offered_its_own(ada: Desk, lena: Desk, charlie: Desk) -> None:
    own = ["open_status", "open_pause", "open_settings", "open_why"]

    for desk in (ada, lena, charlie):
        await desk.says("hello")

    assert offered(ada) == ["open_announce", "open_rematches", "open_handover", *own]
    assert offered(lena) == ["caseload", "move_phase", "open_handover", *own]
    assert offered(charlie) == own


async def test_the_liaison_reaches_the_caseload_from_the_menu(lena: Desk) -> None:
    await lena.says("hello")

    await lena.clicks("See my pairs")

    assert lena.form is not None
    assert "Tom Lindqvist and Maya Okafor" in lena.sees()


async def test_who_is_in_two_pairs_chooses_by_name(noor: Desk) -> None:
    await noor.says("hello")

    assert "*You and Ben Castillo*\n[Log a meeting]" in noor.reading
    assert "*You and Inês Duarte*\n[Log a meeting]" in noor.reading


async def test_a_stranger_is_told_what_this_is_and_whom_to_ask(stranger: Desk) -> None:
    await stranger.says("hello")

    assert "You are not on the list of a program here." in stranger.reading
    assert "Questions about First Year? Write to Ada Novak." in stranger.reading
    assert offered(stranger) == []


async def test_the_same_message_brought_three_times_is_answered_once(stage: Stage, maya: Desk) -> None:
    await slack_tells(stage, maya, user=maya.id, text="hello", times=3)

    assert [message["text"][: len(MENU)] for message in maya.messages] == [MENU]


@pytest.mark.parametrize(
    "message",
    [
        {"user": "U0MAYA", "bot_id": "B0OTHER", "text": "I am a bot"},
        {"subtype": "bot_message", "bot_id": "B0OTHER", "text": "I am one, too"},
        {"subtype": "message_changed", "message": {"user": "U0MAYA", "text": "better words", "ts": "1.2"}},
        {"subtype": "message_deleted", "deleted_ts": "1497625200.000100"},
        {"user": "U0MAYA", "text": "in a channel", "channel_type": "channel"},
    ],
)
async def test_bots_edits_and_other_places_get_no_answer(stage: Stage, maya: Desk, message: dict[str, Any]) -> None:
    await slack_tells(stage, maya, **message)

    assert maya.messages == []


async def test_tandem_does_not_answer_itself(stage: Stage, maya: Desk) -> None:
    await slack_tells(stage, maya, user=stage.playground.bot_user_id, text="I said so")

    assert maya.messages == []


async def test_what_is_written_goes_into_no_message_and_no_log(
    stage: Stage, maya: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    await maya.says("my mentor never writes, <!here>")

    assert "never writes" not in str([call.args for call in stage.calls()])
    assert "never writes" not in capsys.readouterr().out


async def test_a_bug_of_ours_is_owned_up_to_and_the_id_is_in_the_log(stage: Stage, maya: Desk) -> None:
    stage.playground.fail("chat.postMessage", how={"ok": False, "error": "invalid_blocks"})

    with capture_logs() as logs:
        await maya.says("hello")

    (bug,) = [entry for entry in logs if entry["event"] == "bug"]
    assert "Something went wrong on our side" in maya.reading
    assert bug["trouble_id"] in maya.reading
