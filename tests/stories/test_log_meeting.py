"""Logging a meeting, as people do it in Slack."""

from datetime import date, timedelta

import pytest

from bot.domain.goals import GoalDraft, GoalState
from bot.domain.meetings import Means
from bot.usecases.set_goal import set_goal
from tests.stories.conftest import Lookup, Stage
from tests.stories.people import Desk

FORM = {"day": date(2017, 6, 12), "minutes": 45, "means": "Phone"}


# -- the form -----------------------------------------------------------------------------------------------------


async def test_a_meeting_is_logged_with_the_form(maya: Desk, records: Lookup) -> None:
    await maya.types("/checkin")
    assert maya.fields() == [
        "Day",
        "Minutes",
        "How you met",
        "What next?",
        "Notes, for you two",
        "Private notes, only you",
    ]

    assert await maya.submits(**FORM, next_step="Read two essays", notes="Good talk") == {}

    [meeting] = await records.meetings("tom-maya")
    assert (meeting.day, meeting.minutes, meeting.means) == (date(2017, 6, 12), 45, Means.PHONE)
    assert (meeting.words[0].next_step, meeting.words[0].notes) == ("Read two essays", "Good talk")
    assert maya.reading == (
        "Logged: Monday, June 12, 45 minutes by phone with Tom. Tom will be told once.\n[Edit]\n[Undo]\n"
        "[Plan the next meeting]\n[Next steps]\n[How goals stand]"
    )
    assert maya.modals == []


async def test_the_form_says_once_who_will_see_what(maya: Desk) -> None:
    await maya.types("/checkin")

    said = "Your liaison sees the date only; the rest is for you and Tom."
    assert maya.field("day")["hint"]["text"] == said
    assert maya.field("private")["hint"]["text"] == "Only you see this."


async def test_a_form_that_is_sent_twice_is_one_meeting(maya: Desk, records: Lookup) -> None:
    await maya.types("/checkin")

    assert await maya.submits(**FORM) == {}
    assert await maya.submits_again() == {}

    assert len(await records.meetings("tom-maya")) == 1


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"day": date(2017, 6, 17)}, "day", "This day is still to come. Choose today or an earlier day."),
        ({"day": date(2017, 5, 31)}, "day", "This is before your first day, Thursday, June 1."),
        ({"minutes": 0}, "minutes", "A meeting lasts from 1 to 600 minutes."),
        ({"minutes": 10_000}, "minutes", "A meeting lasts from 1 to 600 minutes."),
        ({"minutes": "soon"}, "minutes", ""),
        ({"minutes": None}, "minutes", ""),
    ],
)
async def test_what_cannot_be_is_said_at_the_field_and_nothing_typed_is_lost(
    maya: Desk, records: Lookup, change: dict[str, object], field: str, sentence: str
) -> None:
    await maya.types("/checkin")

    errors = await maya.submits(**FORM | {"notes": "Long notes"} | change)

    assert list(errors) == [field]
    assert sentence in errors[field]
    assert await records.meetings("tom-maya") == []
    assert await maya.submits(**FORM) == {}
    assert (await records.meetings("tom-maya"))[0].words[0].notes == "Long notes"


async def test_a_day_after_the_programs_end_is_refused_kindly(stage: Stage, maya: Desk, records: Lookup) -> None:
    stage.playground.clock.set(stage.now + timedelta(days=318))  # 30 April 2018, 10:00
    await maya.types("/checkin")
    stage.playground.clock.set(stage.now + timedelta(days=1))

    errors = await maya.submits(day=date(2018, 5, 1), minutes=30)

    assert "First Year ended on Monday, April 30" in next(iter(errors.values()))
    assert await records.meetings("tom-maya") == []


async def test_who_is_in_two_pairs_chooses_and_keeps_what_was_typed(stage: Stage, noor: Desk, records: Lookup) -> None:
    world = stage.tandem.world
    for pair_key, what in (("ines-noor", "Write an article"), ("noor-ben", "Learn cataloging")):
        pair = await records.pair(pair_key)
        await set_goal(world, pair, pair.mentee, GoalDraft(what))
    await noor.types("/checkin")
    assert "With whom" in noor.fields()
    await noor.fills(minutes=25, notes="As I typed it")

    await noor.clicks("choose_pair", "Ben Castillo, your mentee")

    assert "Learn cataloging" in noor.sees()
    assert "Write an article" not in noor.sees()
    assert await noor.submits(goal="Moved") == {}
    [meeting] = await records.meetings("noor-ben")
    assert (meeting.minutes, meeting.words[0].notes) == (25, "As I typed it")
    assert [goal.state for goal in await records.goals("noor-ben")] == [GoalState.MOVING]
    assert [goal.state for goal in await records.goals("ines-noor")] == [GoalState.NOT_STARTED]
    assert await records.meetings("ines-noor") == []


# -- in a few words -----------------------------------------------------------------------------------------------


async def test_a_few_words_log_at_once(maya: Desk, records: Lookup) -> None:
    await maya.types("/checkin yesterday 45 zoom")

    [meeting] = await records.meetings("tom-maya")
    assert (meeting.day, meeting.minutes, meeting.means) == (date(2017, 6, 15), 45, Means.VIDEO)
    assert maya.reading.startswith("Logged: Thursday, June 15, 45 minutes by video with Tom.")
    assert maya.buttons() == ["Edit", "Undo", "Plan the next meeting", "Next steps", "How goals stand"]
    assert maya.modals == []


async def test_what_was_logged_in_a_few_words_can_be_edited_in_place(maya: Desk, records: Lookup) -> None:
    await maya.types("/checkin yesterday 45 zoom")

    await maya.clicks("Edit")
    assert maya.field("minutes")["element"]["initial_value"] == "45"
    assert await maya.submits(minutes=60, day=date(2017, 6, 14)) == {}

    assert maya.reading == (
        "On record now: Wednesday, June 14, 60 minutes by video with Tom.\n"
        "[Edit]\n[Take the meeting back]\n[Plan the next meeting]\n[Next steps]\n[How goals stand]"
    )
    assert len(maya.messages) == 1


async def test_what_was_logged_in_a_few_words_can_be_undone_in_place(maya: Desk, records: Lookup) -> None:
    await maya.types("/checkin yesterday 45 zoom")

    await maya.clicks("Undo")

    assert await records.meetings("tom-maya") == []
    assert maya.reading == "Taken back: nothing is on record for that meeting any more.\n[Log a meeting]"
    assert len(maya.messages) == 1


@pytest.mark.parametrize("text", ["help", "HELP", "?"])
async def test_help_says_how(maya: Desk, records: Lookup, text: str) -> None:
    await maya.types(f"/checkin {text}")

    assert "`/checkin yesterday 45 zoom` logs at once" in maya.reading
    assert await records.meetings("tom-maya") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("yesterday 45 mintues", "“mintues” is not clear here, so nothing was logged."),
        ("yesterday zoom", "How long was it? Add the minutes"),
        ("6/12 45", "“6/12” cannot be read as a day."),
        ("45 60", "“60” cannot be read as minutes."),
        ("tomorrow 45", "is still to come, so there is nothing to log yet."),
        ("May 31 45", "This is before your first day"),
        ("10000", "A meeting lasts from 1 to 600 minutes."),
        ("0", "A meeting lasts from 1 to 600 minutes."),
        ("45 with @lena", "The person you named is not in a pair with you"),
    ],
)
async def test_what_is_not_understood_or_cannot_be_is_said_and_nothing_opens(
    maya: Desk, records: Lookup, text: str, said: str
) -> None:
    await maya.types(f"/checkin {text}")

    assert said in maya.reading
    assert maya.modals == []
    assert await records.meetings("tom-maya") == []


async def test_who_is_in_two_pairs_is_asked_with_whom_it_was(noor: Desk, records: Lookup) -> None:
    await noor.types("/checkin yesterday 45 zoom")
    assert noor.reading == (
        "Thursday, June 15, 45 minutes by video: with whom did you meet?\n[Inês Duarte]\n[Ben Castillo]"
    )
    assert await records.meetings("ines-noor") == []

    await noor.clicks("Inês Duarte")

    assert len(await records.meetings("ines-noor")) == 1
    assert await records.meetings("noor-ben") == []
    assert noor.reading.startswith("Logged: Thursday, June 15, 45 minutes by video with Inês.")
    assert noor.buttons() == ["Edit", "Undo", "Plan the next meeting", "Next steps", "How goals stand"]
    assert len(noor.messages) == 1


async def test_who_names_the_partner_is_not_asked(noor: Desk, records: Lookup) -> None:
    await noor.types("/checkin 45 with @ben")

    assert len(await records.meetings("noor-ben")) == 1
    assert noor.reading.startswith("Logged: Friday, June 16, 45 minutes by video with Ben.")


async def test_logging_the_same_day_again_changes_it_and_can_be_undone(maya: Desk, records: Lookup) -> None:
    await maya.types("/checkin yesterday 45 zoom")

    await maya.types("/checkin yesterday 50")

    assert [meeting.minutes for meeting in await records.meetings("tom-maya")] == [50]
    assert maya.reading.startswith("You had logged Thursday, June 15 already, so it stays one meeting.")
    assert maya.buttons() == ["Edit", "Undo", "Plan the next meeting", "Next steps", "How goals stand"]


# -- the two of a pair --------------------------------------------------------------------------------------------


async def test_when_both_log_the_same_day_it_is_one_meeting_and_the_second_hears_so(
    tom: Desk, maya: Desk, records: Lookup
) -> None:
    await tom.types("/checkin yesterday 45 zoom")

    await maya.types("/checkin yesterday 30")

    assert [meeting.minutes for meeting in await records.meetings("tom-maya")] == [45]
    assert maya.reading.startswith(
        "Tom had logged Thursday, June 15 already (45 minutes by video), so it stays one meeting."
    )
    assert maya.buttons() == ["Add to it", "Undo", "Plan the next meeting", "Next steps", "How goals stand"]


async def test_the_partner_is_told_once_and_adds_words_in_place(
    stage: Stage, tom: Desk, maya: Desk, records: Lookup
) -> None:
    await maya.types("/checkin")
    await maya.submits(**FORM, next_step="Call <!here> tomorrow", notes="Only for the two")
    await stage.after_the_sitting()
    await stage.tick()
    assert [m["text"] for m in tom.messages if "logged your meeting" in m["text"]] == [tom.reading]
    assert "Maya logged your meeting on Monday, June 12: 45 minutes, by phone." in tom.reading

    await tom.clicks("Yes")
    await tom.clicks("Add to it")
    assert "Maya logged this meeting:* Monday, June 12, 45 minutes by phone." in tom.sees()
    assert "Only for the two" in tom.sees()
    assert tom.fields() == ["What next?", "Notes, for you two", "Private notes, only you"]
    assert await tom.submits(notes="Tom was glad") == {}

    [meeting] = await records.meetings("tom-maya")
    assert {words.notes for words in meeting.words} == {"Only for the two", "Tom was glad"}
    assert "Added to the meeting on Monday, June 12. Only you and Maya see it." in tom.reading


async def test_the_partner_is_told_at_a_decent_hour_of_theirs(stage: Stage, noor: Desk, ben: Desk) -> None:
    await noor.types("/checkin today 45 with @ben")  # Friday at 9 in Denver: one in the night of Saturday in Guam
    await stage.tick()
    assert "logged your meeting" not in ben.sees()

    await stage.tick(stage.now + timedelta(days=3))

    [told] = [message for message in ben.messages if "logged your meeting" in message["text"]]
    assert told["time"].startswith("2017-06-18T23:00")  # Monday at 9 in Guam


async def test_the_partner_does_not_hear_of_what_was_undone_before(stage: Stage, noor: Desk, ben: Desk) -> None:
    await noor.types("/checkin today 45 with @ben")
    await noor.clicks("Undo")

    await stage.tick(stage.now + timedelta(days=4))

    assert "logged your meeting" not in ben.sees()


async def test_what_the_partner_has_added_to_cannot_be_undone(
    stage: Stage, tom: Desk, maya: Desk, records: Lookup
) -> None:
    await maya.types("/checkin yesterday 45 zoom")
    await stage.after_the_sitting()
    await tom.clicks("Yes")
    await tom.clicks("Add to it")
    await tom.submits(notes="Tom was glad")

    await maya.clicks("Undo")

    assert "Your partner logged this meeting, answered to it or wrote about it, so it stays on record." in maya.sees()
    assert len(await records.meetings("tom-maya")) == 1


async def test_nobody_else_ever_reads_what_a_pair_wrote(
    stage: Stage, maya: Desk, lena: Desk, ada: Desk, charlie: Desk, noor: Desk
) -> None:
    await maya.types("/checkin")
    await maya.submits(**FORM, next_step="SECRET-PLAN", notes="SECRET-NOTES")

    await stage.tick(stage.now + timedelta(days=14))

    for other in (lena, ada, charlie, noor):
        await other.opens_home()
        assert "SECRET" not in other.sees()
