"""A meeting that was logged long ago is corrected; the list of meetings; private notes; a pair that is over."""

from datetime import date, timedelta

from bot.domain.meetings import Confirmed
from tests.stories.conftest import Lookup, Stage
from tests.stories.people import Desk

CANARY = "canary4712"


async def long_ago(stage: Stage, maya: Desk) -> None:
    """Maya logged 45 minutes for June 15, and two weeks and a day have passed."""
    await maya.types("/checkin yesterday 45 zoom")
    await stage.goes_to(stage.now + timedelta(days=15))


# -- in time, and after -------------------------------------------------------------------------------------------


async def test_on_the_last_day_the_facts_can_still_be_changed(stage: Stage, maya: Desk, records: Lookup) -> None:
    await maya.types("/checkin yesterday 45 zoom")
    await stage.goes_to(stage.now + timedelta(days=14))

    await maya.types("/checkin June 15 50")

    assert [meeting.minutes for meeting in await records.meetings("tom-maya")] == [50]


async def test_after_that_a_correction_is_offered_and_keeps_what_stood_there(
    stage: Stage, maya: Desk, tom: Desk, records: Lookup
) -> None:
    await long_ago(stage, maya)
    await maya.types("/checkin June 15 50")
    assert "You logged Thursday, June 15 more than 14 days ago" in maya.reading
    assert [meeting.minutes for meeting in await records.meetings("tom-maya")] == [45]

    await maya.clicks("Correct it")
    assert await maya.submits(minutes=50, words="I misread my calendar") == {}

    [meeting] = await records.meetings("tom-maya")
    assert meeting.minutes == 50
    assert "On record now: Thursday, June 15, 50 minutes by video with Tom." in maya.reading
    await tom.types("/checkin list")
    await tom.clicks("Open")
    assert "Maya put this right on July 1: it was Thursday, June 15, 45 minutes by video." in tom.sees()
    assert "“I misread my calendar”" in tom.sees()


async def test_what_is_too_old_to_be_undone_can_be_said_not_to_have_taken_place(
    stage: Stage, maya: Desk, records: Lookup
) -> None:
    await long_ago(stage, maya)
    await maya.clicks("Undo")
    assert "A correction can say that it did not take place." in maya.reading

    await maya.clicks("Correct it")
    assert await maya.submits(not_at_all=["We did not meet"]) == {}

    [meeting] = await records.meetings("tom-maya")
    assert meeting.confirmed is Confirmed.DENIED
    assert (await records.pair("tom-maya")).meetings == 0
    assert "On record now: you two did not meet on Thursday, June 15." in maya.reading


async def test_the_form_of_an_old_meeting_shows_its_facts_and_takes_words(
    stage: Stage, maya: Desk, records: Lookup
) -> None:
    await long_ago(stage, maya)
    await maya.types("/checkin list")
    await maya.clicks("Open")
    assert maya.fields() == ["What next?", "Notes, for you two", "Private notes, only you"]

    assert await maya.submits(notes="Found in my notebook") == {}

    [meeting] = await records.meetings("tom-maya")
    assert (meeting.minutes, meeting.words[0].notes) == (45, "Found in my notebook")


async def test_a_form_that_was_open_too_long_is_refused_at_the_day_and_keeps_what_was_typed(
    stage: Stage, maya: Desk, records: Lookup
) -> None:
    await maya.types("/checkin yesterday 45 zoom")
    await maya.clicks("Edit")
    stage.playground.clock.set(stage.now + timedelta(days=15))

    errors = await maya.submits(minutes=60)

    assert "its facts are put right with a correction" in errors["day"]
    assert [meeting.minutes for meeting in await records.meetings("tom-maya")] == [45]


async def test_a_late_correction_by_who_logged_it_is_told_to_the_partner_once(
    stage: Stage, maya: Desk, tom: Desk, records: Lookup
) -> None:
    await long_ago(stage, maya)
    await maya.types("/checkin list")
    await maya.clicks("Open")
    await maya.clicks("Correct it")
    assert await maya.submits(minutes=50, words=CANARY) == {}
    await maya.closes(whole_stack=True)
    assert "Tom is told once; what stood there before is kept with it." in maya.sees()
    await maya.types("/mentoring next wednesday 3pm")
    await stage.tick(stage.now + timedelta(days=4))

    [told] = [m for m in tom.messages if "put one of your meetings right" in m["text"]]
    assert "On record now: Thursday, June 15, 50 minutes by video." in told["text"]
    assert "Maya suggests when you meet next" in told["text"]  # one note for both
    assert CANARY not in told["text"]
    await tom.clicks("That is right")
    assert (await records.meetings("tom-maya"))[0].confirmed is Confirmed.YES


async def test_a_late_correction_that_is_taken_back_in_time_is_not_told(
    stage: Stage, maya: Desk, tom: Desk, records: Lookup
) -> None:
    await long_ago(stage, maya)
    await maya.clicks("Undo")  # too late for that
    await maya.clicks("Correct it")
    await maya.submits(minutes=50)
    await maya.clicks("meeting_unanswer")
    await stage.tick(stage.now + timedelta(days=4))

    assert [meeting.minutes for meeting in await records.meetings("tom-maya")] == [45]
    assert not any("put one of your meetings right" in message["text"] for message in tom.messages)


async def test_a_late_word_that_it_did_not_take_place_is_told_to_the_partner_who_may_say_otherwise(
    stage: Stage, maya: Desk, tom: Desk, records: Lookup
) -> None:
    await long_ago(stage, maya)
    await maya.types("/checkin June 15 50")
    await maya.clicks("Correct it")
    await maya.submits(not_at_all=["We did not meet"])
    await stage.tick(stage.now + timedelta(days=4))

    assert any("the one on Thursday, June 15 did not take place" in message["text"] for message in tom.messages)
    await tom.clicks("We did meet")
    assert (await records.pair("tom-maya")).meetings == 1


# -- private ------------------------------------------------------------------------------------------------------


async def test_private_notes_are_read_by_who_wrote_them_and_by_nobody_else(
    stage: Stage, maya: Desk, tom: Desk, lena: Desk, ada: Desk, charlie: Desk, records: Lookup
) -> None:
    await maya.types("/checkin")
    assert await maya.submits(day=date(2017, 6, 15), minutes=45, notes="For both", private=CANARY) == {}
    await stage.after_the_sitting()
    await tom.clicks("Different")
    await tom.submits(minutes=50)
    await tom.types("/checkin list")
    await tom.clicks("Open")
    assert "For both" in tom.sees()
    await tom.submits(notes="From Tom", private=f"{CANARY} of Tom")
    await tom.types("/checkin list")
    await stage.tick(stage.now + timedelta(days=14))
    for other in (tom, lena, ada, charlie):
        await other.opens_home()
        await other.types("/mentoring status")

    assert CANARY not in tom.sees().replace(f"{CANARY} of Tom", "")
    for other in (lena, ada, charlie):
        assert CANARY not in other.sees()
    await maya.types("/checkin list")
    await maya.clicks("Open")
    assert maya.field("private")["element"]["initial_value"] == CANARY
    assert "From Tom" in maya.sees()
    assert "of Tom" not in maya.sees()
    assert (await records.meetings("tom-maya"))[0].words_of((await records.person("tom")).id).private


# -- your meetings ------------------------------------------------------------------------------------------------


async def test_the_newest_meetings_are_listed_and_older_ones_by_the_page(
    stage: Stage, maya: Desk, records: Lookup
) -> None:
    for day in range(1, 9):
        await maya.types(f"/checkin June {day} 30")

    await maya.types("/checkin list")
    assert maya.buttons() == [*["Open"] * 6, "Older"]
    assert "Thursday, June 8, 30 minutes by video" in maya.reading
    assert "June 2," not in maya.reading

    await maya.clicks("Older")
    assert maya.buttons() == [*["Open"] * 2, "Newer"]
    assert "Friday, June 2, 30 minutes by video" in maya.reading

    await maya.clicks("Newer")
    assert maya.buttons() == [*["Open"] * 6, "Older"]


async def test_who_has_no_meeting_yet_is_offered_to_log_one(maya: Desk) -> None:
    await maya.types("/checkin list")

    assert "No meeting is on record yet." in maya.reading
    await maya.clicks("Log a meeting")
    assert maya.fields()[0] == "Day"


async def test_the_list_is_reached_from_the_form_and_from_help(maya: Desk, records: Lookup) -> None:
    await maya.types("/checkin yesterday 45 zoom")
    await maya.types("/checkin help")
    await maya.clicks("Your meetings")
    assert "Thursday, June 15, 45 minutes by video" in maya.reading

    await maya.types("/checkin")
    await maya.clicks("Your meetings")
    await maya.clicks("Open")
    assert await maya.submits(minutes=50) == {}
    assert (await records.meetings("tom-maya"))[0].minutes == 50


async def test_who_is_in_two_pairs_sees_the_meetings_of_both_and_only_their_own_words(
    noor: Desk, ben: Desk, ines: Desk
) -> None:
    await ines.types("/checkin")
    await ines.submits(day=date(2017, 6, 12), minutes=20, notes="SECRET-INES")
    await ben.types("/checkin June 13 30")

    await noor.types("/checkin list")

    assert "with Ben" in noor.reading
    assert "with Inês" in noor.reading
    assert "SECRET-INES" not in noor.reading
    await ben.types("/checkin list")
    assert "Inês" not in ben.sees()


# -- a pair that is over ------------------------------------------------------------------------------------------


async def test_a_pair_that_ended_early_logs_a_day_that_it_had_and_none_after(
    stage: Stage, maya: Desk, records: Lookup
) -> None:
    pair = await records.pair("tom-maya")
    async with stage.tandem.store.begin() as changing:
        await changing.end_pair(pair.id, date(2017, 6, 14), stage.now)

    await maya.types("/checkin")
    assert maya.field("day")["element"]["initial_date"] == "2017-06-14"
    errors = await maya.submits(minutes=30, day=date(2017, 6, 15))
    assert "This is after the last day, Wednesday, June 14" in errors["day"]
    assert await maya.submits(day=date(2017, 6, 13)) == {}

    assert [meeting.day for meeting in await records.meetings("tom-maya")] == [date(2017, 6, 13)]
    await maya.clicks("Edit")
    assert await maya.submits(minutes=35) == {}
    await maya.types("/checkin June 12 30")
    assert len(await records.meetings("tom-maya")) == 2
