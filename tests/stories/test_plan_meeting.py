"""Planning when to meet next: by words, by a form, from a reminder; moved, called off, kept in one's calendar."""

import asyncio
from datetime import UTC, date, datetime, time

import pytest
from icalendar import Calendar

from bot.domain.appointments import Appointment, Planned
from tests.stories.conftest import Lookup, Stage
from tests.stories.people import Desk

FORM = {"day": date(2017, 6, 21), "at": time(15), "minutes": 45, "place": "https://meet.example/tom"}
CANARY = "the blue sofa"


def utc(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2017, month, day, hour, minute, tzinfo=UTC)


async def planned(records: Lookup, key: str = "tom-maya") -> list[Appointment]:
    pair = await records.pair(key)
    async with records.tandem.store.begin() as all_records:
        return await all_records.appointments(pair.id)


# -- words and form ---------------------------------------------------------------------------------------------------


async def test_the_next_meeting_is_planned_in_a_few_words_on_one_s_own_clock(maya: Desk, records: Lookup) -> None:
    await maya.types("/mentoring next wednesday 3pm 45m")

    [one] = await planned(records)
    assert (one.starts, one.minutes, one.sequence) == (utc(6, 21, 20), 45, 0)  # 3 pm in Chicago
    assert maya.reading == (
        "Planned: Wednesday, June 21, 3:00 PM your time, for 45 minutes. Tom will be told once.\n"
        "For Tom it is Wednesday, June 21, 4:00 PM then.\n"
        "[Add to calendar]\n[Another time]\n[Call it off]"
    )


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("6/21 3pm", "“6/21” cannot be read as a day."),
        ("wednesday 10", "“10” has no hour in it"),
        ("wednesday 3pm EST", "“EST” is not clear here, so nothing was planned."),
        ("yesterday 3pm", "This day is past. Choose today or a later one."),
        ("today 9am", "This hour is past."),
        ("5 May 3pm", "This is after the last day, Monday, April 30."),
    ],
)
async def test_what_is_not_clear_or_cannot_be_is_said_and_nothing_is_planned(
    maya: Desk, records: Lookup, typed: str, said: str
) -> None:
    await maya.types(f"/mentoring next {typed}")

    assert said in maya.reading
    assert f"You wrote: `/mentoring next {typed}`" in maya.reading
    assert await planned(records) == []


async def test_without_an_hour_the_form_opens_with_what_was_understood(maya: Desk, records: Lookup) -> None:
    await maya.types("/mentoring next friday for an hour")
    assert maya.fields() == ["Day", "Time", "Minutes", "Place or link"]
    assert maya.field("place")["hint"]["text"] == "Only you and Tom see this."
    assert maya.field("at")["hint"]["text"] == "On your own clock (America/Chicago)."

    assert await maya.submits(at=time(9, 30)) == {}

    [one] = await planned(records)
    assert (one.starts, one.minutes) == (utc(6, 23, 14, 30), 60)


async def test_what_cannot_be_is_said_at_the_field(maya: Desk, records: Lookup) -> None:
    await maya.types("/mentoring next")

    assert list(await maya.submits({**FORM, "day": date(2017, 6, 15)})) == ["day"]
    assert list(await maya.submits({**FORM, "day": date(2017, 6, 16), "at": time(8)})) == ["at"]
    assert list(await maya.submits({**FORM, "minutes": 2})) == ["minutes"]
    assert await maya.submits(FORM) == {}
    assert await maya.submits_again() == {}

    assert len(await planned(records)) == 1


async def test_it_is_asked_for_after_a_check_in_and_settled_there(maya: Desk, records: Lookup) -> None:
    await maya.types("/checkin today 45 zoom")
    await maya.clicks("Plan the next meeting")

    assert await maya.submits(FORM) == {}

    assert len(maya.messages) == 1
    assert "Planned: Wednesday, June 21" in maya.reading
    assert len(await planned(records)) == 1


async def test_who_is_in_two_pairs_says_with_whom(noor: Desk, records: Lookup) -> None:
    await noor.types("/mentoring next wednesday 3pm")
    assert noor.reading.startswith("Wednesday, June 21, 3:00 PM your time: with whom do you meet?")

    await noor.clicks("Ben Castillo")

    assert await planned(records, "ines-noor") == []
    assert [one.starts for one in await planned(records, "noor-ben")] == [utc(6, 21, 21)]  # Denver


# -- what is not said -------------------------------------------------------------------------------------------------


async def test_another_day_in_a_few_words_keeps_the_link_and_the_length(maya: Desk, records: Lookup) -> None:
    await maya.types("/mentoring next")
    await maya.submits({**FORM, "minutes": 60})

    await maya.types("/mentoring next friday 4pm")

    [one] = await planned(records)
    assert (one.starts, one.minutes, one.place) == (utc(6, 23, 21), 60, FORM["place"])
    assert (
        "Moved: you meet on Friday, June 23, 4:00 PM your time, for 60 minutes. Tom will be told once.\n"
        "For Tom it is Friday, June 23, 5:00 PM then.\nWhere: https://meet.example/tom" in maya.reading
    )


async def test_what_nobody_said_is_shown_nowhere(stage: Stage, maya: Desk, tom: Desk, records: Lookup) -> None:
    await maya.types("/mentoring next")
    assert "initial_value" not in maya.field("minutes")["element"]
    assert await maya.submits(day=date(2017, 6, 21), at=time(15)) == {}

    [one] = await planned(records)
    assert (one.minutes, one.place) == (0, "")
    assert maya.reading.startswith("Planned: Wednesday, June 21, 3:00 PM your time. Tom will be told once.\nFor Tom")
    await stage.goes_to(utc(6, 21, 0))
    assert (
        "Maya suggests when you meet next: Wednesday, June 21, 4:00 PM your time.\nOnly you and Maya see this.\n[Fine]"
        in tom.sees()
    )
    assert "Tomorrow at 4:00 PM your time you and Maya meet.\n" in tom.sees()
    await maya.clicks("Add to calendar")
    [file] = [file for message in maya.messages for file in message.get("files", [])]
    stored = stage.playground.slack.files.seen(file["id"])
    assert stored is not None
    [event] = Calendar.from_ical(stored.content or b"").walk("VEVENT")
    assert event.decoded("dtend") == utc(6, 21, 20, 45)  # a calendar wants an end
    assert "location" not in event
    await stage.goes_to(utc(6, 22, 15))
    await maya.types("/checkin")
    assert maya.field("day")["element"]["initial_date"] == "2017-06-21"
    assert "initial_value" not in maya.field("minutes")["element"]


async def test_a_length_and_a_place_can_be_left_open_again(maya: Desk, records: Lookup) -> None:
    await maya.types("/mentoring next")
    await maya.submits(FORM)
    await maya.clicks("Another time")

    assert await maya.submits(minutes="", place="") == {}

    [one] = await planned(records)
    assert (one.minutes, one.place, one.sequence) == (0, "", 1)


async def test_a_form_without_a_partner_clears_nothing_of_what_the_two_had_planned(noor: Desk, records: Lookup) -> None:
    await noor.types("/mentoring next wednesday 3pm 50m https://meet.example/ben")
    await noor.clicks("Ben Castillo")
    await noor.types("/mentoring next")
    assert await noor.submits(pair="Ben Castillo", day=date(2017, 6, 22), at=time(15)) == {}

    [one] = await planned(records, "noor-ben")
    assert (one.minutes, one.place, one.sequence) == (50, "https://meet.example/ben", 1)


async def test_the_form_of_a_planned_meeting_calls_it_off_too(
    stage: Stage, maya: Desk, tom: Desk, records: Lookup
) -> None:
    await maya.types("/mentoring next")
    await maya.submits(FORM)
    await stage.after_the_sitting()
    assert tom.buttons() == ["Fine", "Add to calendar", "Another time", "Call it off"]
    await tom.types("/mentoring next")

    await tom.clicks("call_off", where="form")

    assert (await records.pair("tom-maya")).appointment is None
    assert "Called off." in tom.sees()
    await tom.clicks("undo_plan", where="form")
    assert (await records.pair("tom-maya")).appointment is not None
    assert "As before: you meet on Wednesday, June 21" in str(tom.form)
    await tom.clicks("call_off", where="form")
    await stage.goes_to(utc(6, 20, 21))
    assert "Tom called off your meeting on Wednesday, June 21, 3:00 PM your time." in maya.sees()


# -- the partner ------------------------------------------------------------------------------------------------------


async def test_the_partner_is_told_once_on_their_own_clock(stage: Stage, maya: Desk, tom: Desk) -> None:
    await maya.types("/mentoring next")
    await maya.submits(FORM)

    await stage.tick()
    await stage.goes_to(utc(6, 19, 21))

    [told] = [message["text"] for message in tom.messages if "suggests" in message["text"]]
    assert told.startswith(
        "Maya suggests when you meet next: Wednesday, June 21, 4:00 PM your time, for 45 minutes.\n"
        "Where: https://meet.example/tom\nOnly you and Maya see this.\n[Fine] [Add to calendar] [Another time]"
    )
    await tom.clicks("Fine")
    assert any("Good: Wednesday, June 21, 4:00 PM your time." in message["text"] for message in tom.messages)


async def test_what_changed_before_the_partner_heard_is_one_message(
    stage: Stage, noor: Desk, ben: Desk, records: Lookup
) -> None:
    await noor.types("/mentoring next wednesday 3pm")  # on Saturday night in Guam
    await noor.clicks("Ben Castillo")
    await noor.clicks("Another time")
    await noor.submits(day=date(2017, 6, 22))

    await stage.goes_to(utc(6, 19, 12))

    [one] = await planned(records, "noor-ben")
    assert (one.starts, one.sequence) == (utc(6, 22, 21), 1)
    told = [message["text"] for message in ben.messages if "Noor" in message["text"] and "your time" in message["text"]]
    assert len(told) == 1
    assert "Noor suggests when you meet next: Friday, June 23, 7:00 AM your time" in told[0]


async def test_what_was_called_off_before_the_partner_heard_is_not_told(
    stage: Stage, noor: Desk, ben: Desk, records: Lookup
) -> None:
    await noor.types("/mentoring next wednesday 3pm")
    await noor.clicks("Ben Castillo")
    await noor.clicks("Call it off")

    await stage.goes_to(utc(6, 20, 12))

    assert [one.state for one in await planned(records, "noor-ben")] == [Planned.CANCELLED]
    assert not any("your time" in message["text"] for message in ben.messages)


async def test_a_meeting_is_called_off_and_put_back_as_it_was(
    stage: Stage, maya: Desk, tom: Desk, records: Lookup
) -> None:
    await maya.types("/mentoring next")
    await maya.submits(FORM)
    await stage.after_the_sitting()  # Tom hears
    await tom.clicks("Call it off")
    assert "Called off." in tom.reading
    assert (await records.pair("tom-maya")).appointment is None

    await tom.clicks("Undo")

    [one] = await planned(records)
    assert (one.state, one.starts, one.place, one.sequence) == (Planned.AHEAD, utc(6, 21, 20), FORM["place"], 2)
    await stage.goes_to(utc(6, 19, 21))
    assert not any("called off your" in message["text"] for message in maya.messages)


async def test_a_move_is_told_with_what_it_was_and_can_be_undone(
    stage: Stage, maya: Desk, tom: Desk, records: Lookup
) -> None:
    await maya.types("/mentoring next")
    await maya.submits(FORM)
    await stage.after_the_sitting()
    await tom.clicks("Another time")
    assert (tom.form or {})["title"]["text"] == "Move the meeting"
    await tom.submits(day=date(2017, 6, 23))
    [moved] = await planned(records)
    assert (moved.starts, moved.sequence) == (utc(6, 23, 20), 1)
    await stage.goes_to(utc(6, 19, 21))
    assert (
        "Tom moved your next meeting to Friday, June 23, 3:00 PM your time, for 45 minutes. "
        "It was to be on Wednesday, June 21, 3:00 PM your time."
    ) in maya.sees()

    await tom.clicks("undo_plan")

    assert (await planned(records))[0].starts == utc(6, 21, 20)


async def test_an_undo_that_comes_after_another_change_does_nothing(stage: Stage, maya: Desk, records: Lookup) -> None:
    await maya.types("/mentoring next wednesday 3pm")
    await maya.clicks("Call it off")
    await maya.types("/mentoring next friday 3pm")

    await maya.clicks("undo_plan")

    assert [one.starts for one in await planned(records) if one.state is Planned.AHEAD] == [utc(6, 23, 20)]


async def test_both_plan_at_once_and_one_meeting_is_ahead(stage: Stage, maya: Desk, tom: Desk, records: Lookup) -> None:
    await maya.types("/mentoring next")
    await tom.types("/mentoring next")

    await asyncio.gather(maya.submits(FORM), tom.submits({**FORM, "day": date(2017, 6, 22)}))

    [one] = await planned(records)
    assert one.sequence == 1
    await stage.goes_to(utc(6, 19, 21))
    told = [m["text"] for desk in (maya, tom) for m in desk.messages if "your next meeting" in m["text"]]
    assert len(told) == 1  # whoever was first hears that it moved; the other knows


# -- the day before ---------------------------------------------------------------------------------------------------


async def test_both_are_reminded_the_day_before_in_their_own_zones(stage: Stage, noor: Desk, ben: Desk) -> None:
    await noor.types("/mentoring next thursday 5pm")  # in Denver; Friday, 9 am in Guam
    await noor.clicks("Ben Castillo")

    await stage.goes_to(utc(6, 22, 0))

    reminded = [m["text"] for m in noor.messages if m["text"].startswith("Tomorrow")]
    assert len(reminded) == 1
    assert reminded[0].startswith(
        "Tomorrow at 5:00 PM your time you and Ben meet.\nOnly you and Ben see this.\n[Add to calendar] [Another time]"
    )
    assert [m["text"][:49] for m in ben.messages if "Tomorrow" in m["text"]] == [
        "Tomorrow at 9:00 AM your time you and Noor meet.\n"
    ]


async def test_the_hour_is_the_one_on_the_wall_when_the_clocks_have_changed(
    stage: Stage, maya: Desk, tom: Desk, records: Lookup
) -> None:
    await stage.goes_to(utc(11, 3, 15))  # Friday; the clocks go back on Sunday
    await maya.types("/mentoring next wednesday 3pm")

    assert [one.starts for one in await planned(records)] == [utc(11, 8, 21)]
    await stage.goes_to(utc(11, 7, 23))
    assert any("Tomorrow at 4:00 PM your time you and Maya meet" in m["text"] for m in tom.messages)


async def test_what_both_promised_is_brought_up_and_only_to_them(
    stage: Stage, maya: Desk, tom: Desk, lena: Desk, ada: Desk, charlie: Desk, records: Lookup
) -> None:
    await maya.types("/checkin")
    await maya.submits(day=date(2017, 6, 16), minutes=45, next_step=f"Look at {CANARY}")
    await maya.types("/mentoring next")
    await maya.submits(FORM | {"place": CANARY})

    await stage.goes_to(utc(6, 21, 0))

    reminded = next(m["text"] for m in tom.messages if "Tomorrow" in m["text"])
    assert f"What you meant to have done by then:\n• Maya: Look at {CANARY}" in reminded
    assert any(f"• You: Look at {CANARY}" in m["text"] for m in maya.messages)
    assert not any(CANARY in str(desk.messages) for desk in (lena, ada, charlie))


async def test_nothing_is_asked_while_a_meeting_is_planned_and_after_it_the_form_begins_with_its_day(
    stage: Stage, maya: Desk
) -> None:
    await maya.types("/mentoring next 5 July 3pm")
    await stage.goes_to(utc(7, 6, 15))
    assert not any("rhythm" in m["text"] for m in maya.messages)

    await maya.types("/checkin")

    assert maya.field("day")["element"]["initial_date"] == "2017-07-05"
    await maya.closes()
    await stage.goes_to(utc(7, 21, 15))
    assert any("had planned to meet on Wednesday, July 5" in m["text"] for m in maya.messages)


# -- the calendar -----------------------------------------------------------------------------------------------------


async def test_a_meeting_comes_as_a_file_and_as_links(stage: Stage, maya: Desk, records: Lookup) -> None:
    await maya.types("/mentoring next")
    await maya.submits(FORM)
    await maya.clicks("Add to calendar")

    [file] = [file for message in maya.messages for file in message.get("files", [])]
    stored = stage.playground.slack.files.seen(file["id"])
    assert stored is not None
    assert stored.content is not None
    [event] = Calendar.from_ical(stored.content).walk("VEVENT")
    [one] = await planned(records)
    assert (str(event["uid"]), event["sequence"], event.decoded("dtstart")) == (f"{one.id}@tandem", 0, utc(6, 21, 20))
    links = [
        element["url"]
        for message in maya.messages
        for block in message.get("blocks", [])
        if block["type"] == "actions"
        for element in block["elements"]
        if "url" in element
    ]
    assert any("dates=20170621T200000Z%2F20170621T204500Z" in link for link in links)
    assert any("startdt=2017-06-21T20%3A00%3A00Z" in link for link in links)


async def test_where_files_are_not_allowed_the_links_do(stage: Stage, maya: Desk) -> None:
    stage.playground.slack.app.scopes -= {"files:write"}
    await maya.types("/mentoring next wednesday 3pm")
    await maya.clicks("Add to calendar")

    assert "No file can be sent here; the two links do the same." in maya.reading
    assert not any(message.get("files") for message in maya.messages)


async def test_in_a_form_it_is_said_where_the_calendar_entry_is(maya: Desk) -> None:
    await maya.types("/mentoring next")
    await maya.submits(FORM)
    await maya.types("/mentoring next")

    await maya.clicks("add_to_calendar", where="form")

    assert "is in your conversation with Tandem." in maya.sees()
    assert any(message.get("files") for message in maya.messages)
