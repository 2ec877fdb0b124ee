"""[Why?] under a note: why this very one came, and less of its kind, with a way back."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.people import Preferences
from tests.stories.conftest import Lookup, Stage
from tests.stories.people import Desk

MEETINGS = frozenset({"meeting_logged", "meeting_answered", "appointment", "appointment_set", "next_step"})
LESS = ["Not this kind", "Not for two weeks"]
NOON = datetime(2017, 6, 16, 18, tzinfo=UTC)
THE_WEEK_AFTER = datetime(2017, 6, 23, 21, tzinfo=UTC)


@pytest.fixture
async def told(stage: Stage, maya: Desk, tom: Desk) -> Desk:
    """Maya, who has just been told of a meeting that Tom logged."""
    await tom.types("/checkin today 45 zoom")
    await stage.tick(NOON)
    assert "Tom logged your meeting" in maya.reading
    return maya


async def chosen(records: Lookup) -> Preferences:
    return (await records.person("maya")).preferences


async def test_why_answers_for_this_very_note(told: Desk) -> None:
    await told.clicks("Why?")

    assert "• Meetings that your partner logs (you and Tom): Your partner logged your meeting" in told.reading
    assert told.buttons() == [*LESS, "Settings"]


async def test_not_this_kind_switches_it_off_and_undo_on_again(
    stage: Stage, told: Desk, tom: Desk, records: Lookup
) -> None:
    await told.clicks("Why?")
    await told.clicks("Not this kind")
    assert "Fine: no more of this kind (Your meetings)." in told.reading
    assert (await chosen(records)).muted == MEETINGS

    await tom.types("/checkin yesterday 30 phone")
    await stage.tick(THE_WEEK_AFTER)
    assert sum("Tom logged your meeting" in message["text"] for message in told.messages) == 1

    await told.clicks("Undo")
    assert "this kind (Your meetings) comes as before" in told.sees()
    assert (await chosen(records)).muted == frozenset()


async def test_not_for_two_weeks_lets_it_sleep_and_it_comes_again_by_itself(
    stage: Stage, told: Desk, tom: Desk, records: Lookup
) -> None:
    await told.clicks("Why?")
    await told.clicks("Not for two weeks")
    assert "until Friday, June 30, that day included" in told.reading
    assert (await chosen(records)).wants("phase_prompt", date(2017, 6, 20))

    await tom.types("/checkin yesterday 30 phone")
    await stage.tick(THE_WEEK_AFTER)
    assert sum("Tom logged your meeting" in message["text"] for message in told.messages) == 1

    await stage.goes_to(datetime(2017, 7, 3, 15, tzinfo=UTC))
    await tom.types("/checkin today 30 phone")
    await stage.tick(stage.now + timedelta(days=2))
    assert sum("Tom logged your meeting" in message["text"] for message in told.messages) == 2


async def test_the_settings_show_what_sleeps_and_wake_it(told: Desk, records: Lookup) -> None:
    await told.clicks("Why?")
    await told.clicks("Not for two weeks")
    await told.types("/mentoring settings")
    assert "*Asleep until Friday, June 30, that day included*: Your meetings" in told.sees()

    await told.clicks("Wake them now")

    assert "Asleep" not in str((told.form or {})["blocks"])
    assert (await chosen(records)).snoozed == ()


async def test_the_list_of_notes_offers_less_of_each_kind(told: Desk, records: Lookup) -> None:
    await told.types("/mentoring why")

    await told.clicks("mute_kind", "meeting_logged")

    assert (await chosen(records)).muted == MEETINGS


async def test_what_must_reach_people_cannot_be_switched_off(stage: Stage, maya: Desk, tom: Desk) -> None:
    await tom.types("/mentoring end")
    await tom.submits()
    await tom.submits()
    await stage.tick(NOON)
    assert "comes to its end" in maya.reading

    await maya.clicks("Why?")

    assert "• A pair that ends early" in maya.reading
    rows = [block["block_id"] for block in maya.messages[-1]["blocks"] if block["type"] == "actions"]
    assert rows == ["why"]


async def test_beside_it_in_one_row_one_chooses_what_one_gets(told: Desk) -> None:
    *_, row = told.messages[-1]["blocks"]
    assert [element["text"]["text"] for element in row["elements"]] == ["Why?", "Choose what you get"]

    await told.clicks("Choose what you get")

    assert told.form is not None
    assert told.form["callback_id"] == "settings"


async def test_a_note_of_somebody_else_tells_nothing(stage: Stage, told: Desk, lena: Desk) -> None:
    note = told.messages[-1]["blocks"][-1]["elements"][0]
    blocks = [{"type": "actions", "block_id": "b", "elements": [note]}]
    await stage.tandem.client.chat_postMessage(channel=lena.id, text="[Why?]", blocks=blocks)

    await lena.clicks("Why?")

    assert "Meetings that your partner logs" not in lena.sees()
