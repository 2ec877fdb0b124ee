"""The conversation of the two of a pair: opened once, for what concerns both, seen by both and by nobody else."""

from datetime import UTC, datetime

from tests.stories.conftest import Lookup, Stage
from tests.stories.people import Desk
from tests.stories.test_agreement import signed_by_both

MARCH = datetime(2018, 3, 5, 16, tzinfo=UTC)


def said_there(stage: Stage, channel: str) -> list[str]:
    """What was said in a conversation."""
    there = stage.playground.slack.workspace.channels[channel]
    return [message.body["text"] for message in there.messages.values()]


async def test_it_is_opened_once_whoever_asks(stage: Stage, maya: Desk, tom: Desk, records: Lookup) -> None:
    await maya.types("/mentoring together")
    assert "Your conversation with Tom is open: you find it" in maya.reading
    await tom.types("/mentoring together")
    assert "Your conversation with Maya is open already" in tom.reading

    channel = (await records.pair("tom-maya")).channel
    there = stage.playground.slack.workspace.channels[channel]
    assert set(there.members) >= {"U0MAYA", "U0TOM"}
    assert not {"U0LENA", "U0ADA", "U0CHARLIE"} & set(there.members)
    (welcome,) = said_there(stage, channel)
    assert welcome.startswith("Here you are, Maya and Tom.")
    assert "You both see this conversation, and nobody else does." in welcome


async def test_where_slack_does_not_allow_it_a_kind_sentence_says_what_to_do(
    stage: Stage, maya: Desk, records: Lookup
) -> None:
    stage.playground.scopes.discard("mpim:write")
    await maya.types("/mentoring together")

    assert "You can do it yourselves: begin a direct message with Tom" in maya.reading
    assert (await records.pair("tom-maya")).channel == ""


async def test_who_is_in_two_pairs_has_two_conversations(noor: Desk, records: Lookup) -> None:
    await noor.types("/mentoring together")

    channels = {(await records.pair(key)).channel for key in ("noor-ben", "ines-noor")}
    assert len(channels) == 2
    assert "" not in channels


async def test_a_stranger_and_a_coordinator_open_none(stranger: Desk, ada: Desk) -> None:
    await stranger.types("/mentoring together")
    await ada.types("/mentoring together")

    assert "is open" not in stranger.sees()
    assert "You are in no pair that is under way" in ada.reading


async def test_that_both_have_rounded_off_is_said_there_without_their_words(
    stage: Stage, maya: Desk, tom: Desk, records: Lookup
) -> None:
    await maya.types("/mentoring together")
    await stage.goes_to(MARCH)
    for desk in (maya, tom):
        await desk.types("/mentoring closing")
        await desk.submits(thanks="a-canary", what_next="finish")

    said = said_there(stage, (await records.pair("tom-maya")).channel)
    assert said[1:] == ["Both of you have rounded off. A look back at your year comes to each of you alone."]


async def test_a_signed_agreement_and_a_planned_meeting_are_said_there_on_both_clocks(
    stage: Stage, maya: Desk, tom: Desk, records: Lookup
) -> None:
    await maya.types("/mentoring together")
    await signed_by_both(maya, tom)
    await maya.types("/mentoring next wednesday 3pm 45m")

    said = said_there(stage, (await records.pair("tom-maya")).channel)
    assert said[1:] == [
        "You have both signed your agreement. It holds from now on, and so does its rhythm.",
        "You meet on Wednesday, June 21, 3:00 PM (Maya) · Wednesday, June 21, 4:00 PM (Tom).",
    ]


async def test_without_such_a_conversation_nothing_is_said_to_both(stage: Stage, maya: Desk, tom: Desk) -> None:
    await signed_by_both(maya, tom)
    await maya.types("/mentoring next wednesday 3pm 45m")

    assert not [call for call in stage.calls("chat.postMessage") if str(call.args["channel"]).startswith(("G", "C"))]
