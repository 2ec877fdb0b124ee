"""Logging a meeting: who may not, what is stale or tampered with, and what people type."""

from datetime import date

import pytest

from tests.stories.conftest import Lookup, Stage
from tests.stories.people import Desk

STALE = "This has moved on since the message was sent"
FORM = {"day": date(2017, 6, 12), "minutes": 45, "means": "Phone"}


# -- who may not, and what is stale ---------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["/checkin", "/checkin 45", "/checkin nonsense"])
async def test_a_stranger_hears_kindly_whom_to_ask(stranger: Desk, text: str) -> None:
    await stranger.types(text)

    assert "You are not on the list of a program here." in stranger.reading
    assert stranger.modals == []


@pytest.mark.parametrize("text", ["/checkin", "/checkin 45"])
async def test_who_is_in_no_pair_hears_that_there_is_nothing_to_log(charlie: Desk, ada: Desk, text: str) -> None:
    for person in (charlie, ada):
        await person.types(text)

        assert "You are in no pair that is under way at the moment" in person.reading
        assert person.modals == []


async def test_the_button_of_a_meeting_that_was_taken_back_says_so_in_place(
    stage: Stage, tom: Desk, maya: Desk
) -> None:
    await maya.types("/checkin yesterday 45 zoom")
    await stage.after_the_sitting()
    await maya.clicks("Undo")

    await tom.clicks("Yes")

    assert "This meeting was taken back in the meantime. You can log it anew." in tom.sees()
    assert tom.modals == []


async def test_a_form_of_a_meeting_that_was_taken_back_meanwhile_says_so_and_stays_open(
    stage: Stage, tom: Desk, maya: Desk, records: Lookup
) -> None:
    await maya.types("/checkin yesterday 45 zoom")
    await stage.tick()
    await tom.types("/checkin list")
    await tom.clicks("Open")
    await maya.clicks("Undo")

    errors = await tom.submits(notes="Tom was glad")

    assert errors == {"next_step": "This meeting was taken back in the meantime. You can log it anew."}
    assert await records.meetings("tom-maya") == []


async def test_pressing_undo_twice_is_undoing_once(stage: Stage, maya: Desk, records: Lookup) -> None:
    await maya.types("/checkin yesterday 45 zoom")
    block = maya.messages[-1]["blocks"][-1]
    undo = next(element for element in block["elements"] if element["action_id"] == "undo_meeting")
    await maya.clicks("Undo")
    await stage.tandem.client.chat_update(  # the old buttons, as somebody sees them whose line is slow
        channel=stage.playground.slack.im_with(maya.id).id,
        ts=maya.messages[-1]["ts"],
        text="old",
        blocks=[{"type": "actions", "block_id": "meeting", "elements": [undo]}],
    )

    await maya.clicks("Undo")

    assert maya.reading == "Taken back: nothing is on record for that meeting any more."
    assert await records.meetings("tom-maya") == []


@pytest.mark.parametrize("action", ["edit_meeting", "undo_meeting"])
async def test_a_button_for_another_pairs_meeting_reveals_and_changes_nothing(
    stage: Stage, maya: Desk, ines: Desk, records: Lookup, action: str
) -> None:
    await ines.types("/checkin yesterday 45 zoom")
    [theirs] = await records.meetings("ines-noor")
    await _show_button(stage, maya, action, theirs.id)

    await maya.clicks(action)

    assert STALE in maya.reading
    assert maya.modals == []
    assert await records.meetings("ines-noor") == [theirs]


async def test_a_button_for_another_pair_opens_no_form(stage: Stage, maya: Desk, records: Lookup) -> None:
    await _show_button(stage, maya, "log_meeting", (await records.pair("ines-noor")).id)

    await maya.clicks("log_meeting")

    assert STALE in maya.reading
    assert maya.modals == []


@pytest.mark.parametrize("value", ["", "nonsense", '{"pair":"x","day":"2017-06-15","minutes":"45","means":"video"}'])
async def test_a_tampered_answer_to_the_question_with_whom_logs_nothing(stage: Stage, noor: Desk, value: str) -> None:
    await _show_button(stage, noor, "quick_pair:0", value)

    await noor.clicks("quick_pair:0")

    assert STALE in noor.reading


async def _show_button(stage: Stage, who: Desk, action: str, value: str) -> None:
    button = {"type": "button", "action_id": action, "text": {"type": "plain_text", "text": "Press"}}
    blocks = [{"type": "actions", "block_id": "b", "elements": [button | ({"value": value} if value else {})]}]
    await stage.tandem.client.chat_postMessage(channel=who.id, text="[Press]", blocks=blocks)


# -- what is typed pings nobody -------------------------------------------------------------------------------------

PINGS = "<!here> @channel <@U0LENA> <#C1> & <https://evil.example|click>"


async def test_what_people_type_pings_nobody(stage: Stage, maya: Desk, tom: Desk) -> None:
    await maya.types("/checkin")
    assert await maya.submits(**FORM, next_step=PINGS, notes=PINGS) == {}
    await stage.after_the_sitting()
    await tom.clicks("Yes")
    await tom.clicks("Add to it")
    await tom.submits(notes=PINGS)
    await maya.clicks("Edit")
    await maya.types("/checkin 45 <!here>")
    await maya.types("/checkin 45 @channel")

    assert "&lt;!here&gt; @channel &lt;@U0LENA&gt;" in "".join(message["text"] for message in tom.messages)
    assert stage.pings_nobody()
