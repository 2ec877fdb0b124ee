"""Traps of Slack's that no single screen owns; tests/README.md lists all that we know of, each with its test."""

import json
from pathlib import Path

import pytest
from pydantic import SecretStr

import bot
from bot.settings import Settings
from bot.wiring import CALL_TIMEOUT, open_client
from tests.stories.conftest import Stage
from tests.stories.people import Desk

OURS = Path(bot.__file__).parent


async def test_the_sdk_never_tries_again_by_itself_and_no_call_hangs() -> None:
    """Its own retries post twice; and beside a shared session its own time-out is ignored."""
    settings = Settings(_env_file=None, slack_bot_token=SecretStr("xoxb-1"), slack_api_url="http://127.0.0.1:9/api/")

    async with open_client(settings) as client:
        assert client.retry_handlers == []
        assert client.session is not None
        assert client.session.timeout == CALL_TIMEOUT
    assert CALL_TIMEOUT.total == 15


@pytest.mark.parametrize("call", ["chat_scheduleMessage", "chat.scheduleMessage", "client_msg_id"])
def test_what_cannot_be_relied_upon_is_not_called(call: str) -> None:
    """A scheduled message with metadata never posts; whether an id of our own keeps a second one away, nobody says."""
    sources = [file for file in OURS.rglob("*.py") if "playground" not in file.parts]

    assert len(sources) > 80
    assert [file.name for file in sources if call in file.read_text(encoding="utf8")] == []


async def test_opening_the_messages_publishes_no_home(stage: Stage, maya: Desk) -> None:
    opened = {"type": "app_home_opened", "user": maya.id, "channel": "D1"}

    await stage.playground.tell({**opened, "tab": "messages"})
    await stage.settled()
    assert stage.calls("views.publish") == []
    await stage.playground.tell({**opened, "tab": "home"})
    await stage.settled()

    assert len(stage.calls("views.publish")) == 1


async def test_who_we_are_is_not_asked_with_every_command(stage: Stage, maya: Desk) -> None:
    await maya.types("/goal")
    before = len(stage.calls("auth.test"))
    for _ in range(20):
        await maya.types("/goal")

    assert before <= 2
    assert len(stage.calls("auth.test")) == before


async def test_every_message_has_words_of_its_own_for_who_does_not_see_its_blocks(stage: Stage, maya: Desk) -> None:
    await maya.says("Hello")
    await stage.tick()

    sent = [call.args for call in stage.calls("chat.postMessage")]
    assert len(sent) > 2
    for args in sent:
        blocks = json.loads(args["blocks"]) if isinstance(args["blocks"], str) else args["blocks"]
        labels = [
            one["text"]["text"] for block in blocks for one in block.get("elements", ()) if one["type"] == "button"
        ]
        assert all(label in args["text"] for label in labels)
        assert len(args["text"]) > 20
