"""Answering a reminder, as people do it in Slack."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.usecases.change_settings import not_this_kind
from tests.stories.conftest import Lookup, Stage
from tests.stories.people import Desk

STALE = "This has moved on since the message was sent"
REMINDER = "your rhythm with Tom is every two weeks"
MONDAY = datetime(2017, 7, 3, 16, tzinfo=UTC)  # 11:00 in Chicago

ANSWERS = ["Log a meeting", "Not yet, ask me on…", "Plan the next meeting", "Something is in the way"]


@pytest.fixture
async def reminded(stage: Stage, maya: Desk, records: Lookup) -> Desk:
    """Maya, who met Tom on 16 June, has a reminder since the morning of 3 July, and wants no other kind beside it."""
    await not_this_kind(stage.tandem.world, await records.person("maya"), "agreement")
    await maya.types("/checkin today 45")
    await stage.tick(MONDAY)
    assert REMINDER in maya.reading
    return maya


async def test_a_reminder_has_four_answers(reminded: Desk) -> None:
    assert reminded.buttons() == ANSWERS


# -- log it -------------------------------------------------------------------------------------------------------


async def test_a_meeting_logged_from_a_reminder_settles_it_in_place(reminded: Desk, records: Lookup) -> None:
    before = len(reminded.messages)
    await reminded.clicks("Log a meeting", ts=reminded.messages[-1]["ts"])

    assert await reminded.submits(day=date(2017, 6, 30), minutes=45) == {}

    assert [meeting.day for meeting in await records.meetings("tom-maya")] == [date(2017, 6, 30), date(2017, 6, 16)]
    assert len(reminded.messages) == before
    assert REMINDER in reminded.reading
    assert "Logged: June 30. Thank you." in reminded.reading
    assert reminded.buttons() == ["Edit", "Undo", "Plan the next meeting", "Next steps", "How goals stand"]


async def test_what_was_logged_from_a_reminder_is_undone_and_logged_anew_in_place(
    reminded: Desk, records: Lookup
) -> None:
    before = len(reminded.messages)
    await reminded.clicks("Log a meeting", ts=reminded.messages[-1]["ts"])
    await reminded.submits(day=date(2017, 6, 30), minutes=45)

    await reminded.clicks("Undo")
    assert len(await records.meetings("tom-maya")) == 1
    assert "Taken back" in reminded.reading
    assert "Logged: June 30" not in reminded.reading

    await reminded.clicks("Log a meeting", ts=reminded.messages[-1]["ts"])
    assert await reminded.submits(day=date(2017, 7, 1), minutes=30) == {}
    assert "Logged: July 1. Thank you." in reminded.reading
    assert len(reminded.messages) == before


async def test_a_reminder_that_is_gone_when_the_form_is_sent_leaves_nobody_without_an_answer(
    stage: Stage, reminded: Desk, records: Lookup
) -> None:
    await reminded.clicks("Log a meeting", ts=reminded.messages[-1]["ts"])
    channel = stage.playground.slack.im_with(reminded.id)
    del channel.messages[reminded.messages[-1]["ts"]]

    assert await reminded.submits(day=date(2017, 6, 30), minutes=45) == {}

    assert len(await records.meetings("tom-maya")) == 2
    assert reminded.reading.startswith("Logged: June 30. Thank you.")


# -- not yet ------------------------------------------------------------------------------------------------------


async def test_not_yet_lets_the_reminder_rest_until_the_day_that_is_picked(
    stage: Stage, reminded: Desk, records: Lookup
) -> None:
    await reminded.clicks("not_yet", date(2017, 7, 10))

    assert "Fine: you will be asked again on Monday, July 10." in reminded.reading
    assert reminded.buttons() == ["Log a meeting"]
    answer = (await records.pair("tom-maya")).answer
    assert answer is not None
    assert answer.remind_on == date(2017, 7, 10)
    await stage.tick(MONDAY + timedelta(days=6))
    assert "You asked to be reminded today." not in reminded.sees()
    await stage.tick(MONDAY + timedelta(days=7))
    assert "You asked to be reminded today." in reminded.sees()


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2017, 7, 3), "Choose a day after today."),
        (date(2017, 6, 1), "Choose a day after today."),
        (date(2018, 5, 1), "This is after the last day, Monday, April 30."),
    ],
)
async def test_a_day_that_cannot_be_is_refused_kindly_and_the_buttons_stay(
    reminded: Desk, records: Lookup, day: date, said: str
) -> None:
    reminder = reminded.messages[-1]["ts"]

    await reminded.clicks("not_yet", day)

    assert said in reminded.reading
    shown = next(message for message in reminded.messages if message["ts"] == reminder)
    assert reminded.buttons(shown) == ANSWERS
    assert (await records.pair("tom-maya")).answer is None


# -- something is in the way --------------------------------------------------------------------------------------


async def test_something_in_the_way_is_told_to_the_liaison_and_nobody_else(
    stage: Stage, reminded: Desk, tom: Desk, lena: Desk, ada: Desk
) -> None:
    await reminded.clicks("Something is in the way")
    assert reminded.fields() == ["Who should hear of it?", "A few words, if you like"]

    assert await reminded.submits() == {}

    assert "Thank you for saying so. Lena will hear of it, and nobody else." in reminded.reading
    assert reminded.buttons() == []
    await stage.tick(MONDAY + timedelta(days=1))
    assert "*Maya Okafor* says that something is in the way with Tom." in lena.sees()
    assert "In their own words" not in lena.sees()
    assert "in the way with" not in tom.sees() + ada.sees()


async def test_a_few_words_reach_the_liaison_only(
    stage: Stage, reminded: Desk, tom: Desk, lena: Desk, ada: Desk, charlie: Desk
) -> None:
    await reminded.clicks("Something is in the way")
    assert reminded.field("words")["hint"]["text"] == (
        "Only who you choose sees this; Tom does not. Leave it empty if you would rather talk."
    )

    assert await reminded.submits(words="We keep missing <!here> each other") == {}

    assert "Lena will hear of it in your own words, and nobody else." in reminded.reading
    await stage.tick(MONDAY + timedelta(days=2))
    assert "We keep missing" in lena.sees()
    for other in (tom, ada, charlie):
        await other.opens_home()
        assert "We keep missing" not in other.sees()
    assert stage.pings_nobody()


async def test_sending_it_twice_tells_the_liaison_once(stage: Stage, reminded: Desk, lena: Desk) -> None:
    await reminded.clicks("Something is in the way")
    await reminded.submits()
    await reminded.types("/mentoring word")
    await reminded.submits()

    await stage.tick(MONDAY + timedelta(days=2))

    assert sum("says that something is in the way" in message["text"] for message in lena.messages) == 1


# -- who may not --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("action", ["in_the_way", "in_the_way_words"])
async def test_a_button_for_another_pair_does_nothing(stage: Stage, maya: Desk, records: Lookup, action: str) -> None:
    other = await records.pair("ines-noor")
    await _show(
        stage, maya, {"type": "button", "text": {"type": "plain_text", "text": "Press"}} | {"value": other.id}, action
    )

    await maya.clicks(action)

    assert STALE in maya.reading
    assert maya.modals == []
    assert (await records.pair("ines-noor")).answer is None


async def test_a_date_picker_for_another_pair_does_nothing(stage: Stage, maya: Desk, records: Lookup) -> None:
    other = await records.pair("ines-noor")
    await _show(stage, maya, {"type": "datepicker"}, f"not_yet:{other.id}")

    await maya.clicks("not_yet", date(2017, 7, 10))

    assert STALE in maya.reading
    assert (await records.pair("ines-noor")).answer is None


async def test_a_stranger_with_a_button_hears_whom_to_ask(stage: Stage, stranger: Desk, records: Lookup) -> None:
    pair = await records.pair("tom-maya")
    button = {"type": "button", "text": {"type": "plain_text", "text": "Press"}, "value": pair.id}
    await _show(stage, stranger, button, "in_the_way")

    await stranger.clicks("in_the_way")

    assert "You are not on the list of a program here." in stranger.reading
    assert (await records.pair("tom-maya")).answer is None


async def test_a_link_is_acknowledged_and_changes_nothing(stage: Stage, maya: Desk) -> None:
    link = {"type": "button", "text": {"type": "plain_text", "text": "Open"}, "url": "https://example.org"}
    await _show(stage, maya, link, "link_open")

    await maya.clicks("Open")

    assert len(maya.messages) == 1


async def _show(stage: Stage, who: Desk, element: Mapping[str, object], action: str) -> None:
    blocks = [{"type": "actions", "block_id": "b", "elements": [{**element, "action_id": action}]}]
    await stage.tandem.client.chat_postMessage(channel=who.id, text="[Press]", blocks=blocks)
