"""A line is cut at the worst moment: through real Bolt, store and SDK everybody hears once, and only once."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.playground.workspace.faults import How
from tests.stories.conftest import Lookup, Stage
from tests.stories.people import Desk

MONDAY = datetime(2017, 7, 3, 16, tzinfo=UTC)  # 11:00 in Chicago
LATER = datetime(2017, 7, 6, 16, tzinfo=UTC)
REMINDER = "your rhythm with Tom is every two weeks"


def to_maya(args: Mapping[str, Any]) -> bool:
    return args.get("channel") == "U0MAYA" and REMINDER in str(args.get("text"))


def reminders(maya: Desk) -> list[str]:
    return [str(message["text"]) for message in maya.messages if REMINDER in str(message["text"])]


@pytest.mark.parametrize(
    "how",
    [
        *("drop_before", "drop_after", "500", "500_after", "503_after", "html", "not_json", "truncated", "429"),
        {"error": "fatal_error"},
        {"error": "fatal_error", "after": True},
    ],
)
async def test_whatever_happens_to_the_call_the_reminder_arrives_once(stage: Stage, maya: Desk, how: How) -> None:
    await maya.types("/checkin today 45")
    stage.playground.fail("chat.postMessage", how=how, when=to_maya)

    await stage.tick(MONDAY)
    await stage.tick(LATER)

    assert stage.playground.faults == []
    assert len(reminders(maya)) == 1


@pytest.mark.parametrize("how", ["drop_before", "drop_after"])
async def test_where_the_conversation_cannot_be_read_it_is_at_most_once_and_a_person_may_decide(
    stage: Stage, maya: Desk, records: Lookup, how: How
) -> None:
    await maya.types("/checkin today 45")
    stage.playground.fail("chat.postMessage", how=how, when=to_maya)
    stage.playground.fail("conversations.history", how={"error": "missing_scope"}, times=None)

    await stage.tick(MONDAY)
    await stage.tick(LATER)

    assert len(reminders(maya)) == (how == "drop_after")
    program = await records.program()
    async with stage.tandem.store.begin() as opened:
        (unclear,) = await opened.unknown_notes(program.id)
    assert (unclear.person.key, unclear.rules) == ("maya", ("agreement", "checkin_reminder"))


async def test_as_long_as_slack_cannot_be_asked_it_waits_and_then_it_knows(stage: Stage, maya: Desk) -> None:
    await maya.types("/checkin today 45")
    stage.playground.fail("chat.postMessage", how="500_after", when=to_maya)
    stage.playground.fail("conversations.history", how="503", times=20)

    await stage.tick(MONDAY)
    await stage.tick(LATER)

    assert stage.playground.faults == []
    assert len(reminders(maya)) == 1
