"""Forms that are closed half-way: nothing typed is lost, for goals, meetings, the closing form and an ending."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.usecases.keep_form import keep_form
from tests.stories.conftest import Lookup, Stage, staged
from tests.stories.people import Desk
from tests.stories.test_agreement import view_of, writes

MARCH = datetime(2018, 3, 5, 16, tzinfo=UTC)  # in the last phase
NOTES = "We talked about the plover count. " * 60
CANARY = "plover-for-my-eyes"
KEPT = "is kept"


def value_in(desk: Desk, name: str) -> str:
    element = desk.field(name)["element"]
    chosen = element.get("initial_option") or {}
    return str(element.get("initial_value") or element.get("initial_date") or chosen.get("value") or "")


def says_it_goes_on(desk: Desk) -> bool:
    return "This is what you typed before and did not send." in str((desk.form or {}).get("blocks"))


async def types_into(desk: Desk, form: str, **values: str) -> None:
    """Fill fields so that each change is told, as Slack does it."""
    for name, value in values.items():
        await desk.clicks(f"{form}_typed:{name}", value)


# -- a meeting --------------------------------------------------------------------------------------------------------


async def test_the_notes_of_a_meeting_closed_half_way_are_gone_on_with_and_logged(
    stage: Stage, maya: Desk, tom: Desk, lena: Desk, records: Lookup
) -> None:
    await maya.types("/checkin")
    await types_into(maya, "log_meeting", minutes="45", notes=NOTES, private=CANARY)
    await maya.closes()
    assert "What you typed about a meeting with Tom is kept, and only you see it." in maya.reading

    await maya.clicks("Go on where you were")
    assert says_it_goes_on(maya)
    assert (value_in(maya, "notes"), value_in(maya, "private")) == (NOTES.strip(), CANARY)
    assert await maya.submits(means="phone") == {}
    await stage.tick()

    (meeting,) = await records.meetings("tom-maya")
    assert (meeting.minutes, meeting.words_of((await records.person("maya")).id).notes) == (45, NOTES.strip())
    assert KEPT not in maya.sees()
    assert "Logged" in maya.reading
    await maya.types("/checkin")
    assert value_in(maya, "notes") == ""
    assert not says_it_goes_on(maya)
    for desk in (tom, lena):
        await desk.opens_home()
        assert CANARY not in desk.sees()


async def test_a_form_closed_untouched_offers_nothing_and_opens_empty(maya: Desk) -> None:
    await maya.types("/checkin")
    await maya.closes()
    await maya.types("/checkin")

    assert maya.messages == []
    assert not says_it_goes_on(maya)


async def test_closed_twice_is_one_offer(maya: Desk) -> None:
    for text in ("One", "One and two"):
        await maya.types("/checkin")
        await types_into(maya, "log_meeting", notes=text)
        await maya.closes()

    assert len(maya.messages) == 1
    await maya.types("/checkin")
    assert value_in(maya, "notes") == "One and two"


async def test_what_was_typed_can_be_thrown_away(maya: Desk) -> None:
    await maya.types("/checkin")
    await types_into(maya, "log_meeting", notes=CANARY)
    await maya.closes()

    await maya.clicks("Throw it away")

    assert "Thrown away: nothing of what you typed is kept." in maya.reading
    assert maya.buttons() == []
    await maya.types("/checkin")
    assert value_in(maya, "notes") == ""


async def test_begin_anew_shows_what_the_form_showed_at_first(maya: Desk, records: Lookup) -> None:
    await maya.types("/checkin")
    await types_into(maya, "log_meeting", notes=CANARY, minutes="45")
    await maya.closes()
    await maya.types("/checkin")

    await maya.clicks("Begin anew")

    assert (value_in(maya, "notes"), value_in(maya, "minutes"), value_in(maya, "day")) == ("", "", "2017-06-16")
    assert not says_it_goes_on(maya)
    assert KEPT not in maya.sees()
    await types_into(maya, "log_meeting", notes="Another one")
    await maya.closes()
    await maya.clicks("Go on where you were")
    assert await maya.submits(minutes="30") == {}
    (meeting,) = await records.meetings("tom-maya")
    assert meeting.words_of((await records.person("maya")).id).notes == "Another one"


async def test_a_form_that_is_refused_and_closed_is_kept_too(maya: Desk) -> None:
    await maya.types("/checkin")
    errors = await maya.submits(day="2017-12-24", minutes="45", notes=NOTES)
    assert set(errors) == {"day"}

    await maya.closes()
    await maya.clicks("Go on where you were")

    assert (value_in(maya, "notes"), value_in(maya, "day")) == (NOTES.strip(), "2017-12-24")


async def test_a_change_to_a_meeting_is_kept_apart_from_a_new_one(maya: Desk, records: Lookup) -> None:
    await maya.types("/checkin today 45 phone")
    await maya.clicks("Edit")
    await types_into(maya, "log_meeting", notes="As it was")
    await maya.closes()
    await maya.types("/checkin")
    assert value_in(maya, "notes") == ""
    await maya.closes()

    await maya.clicks("Go on where you were")
    assert await maya.submits() == {}

    (meeting,) = await records.meetings("tom-maya")
    assert meeting.words_of((await records.person("maya")).id).notes == "As it was"


async def test_in_two_pairs_the_pair_that_was_chosen_stands_there_again(noor: Desk, records: Lookup) -> None:
    await noor.types("/checkin")
    other = value_in(noor, "pair")
    options = noor.field("pair")["element"]["options"]
    chosen = next(option["value"] for option in options if option["value"] != other)
    await types_into(noor, "log_meeting", notes=CANARY)
    await noor.clicks("choose_pair", chosen)
    assert not says_it_goes_on(noor)
    await noor.closes()

    await noor.clicks("Go on where you were")

    assert (value_in(noor, "pair"), value_in(noor, "notes")) == (chosen, CANARY)
    assert await noor.submits(minutes="45") == {}
    assert KEPT not in noor.sees()
    await noor.types("/checkin")
    assert value_in(noor, "notes") == ""


async def test_after_a_restart_what_was_typed_is_there(template: Path, tmp_path: Path) -> None:
    database = f"sqlite:///{shutil.copy(template, tmp_path)}"
    async with staged(database) as stage:
        maya = await _desk(stage, "maya")
        await maya.types("/checkin")
        await types_into(maya, "log_meeting", notes=NOTES)

    async with staged(database) as stage:
        maya = await _desk(stage, "maya")
        await maya.types("/checkin")
        assert value_in(maya, "notes") == NOTES.strip()
        assert says_it_goes_on(maya)


async def _desk(stage: Stage, key: str) -> Desk:
    return stage.desk(str((await stage.records.person(key)).slack_id))


async def test_the_reminder_that_opened_the_form_is_settled_though_it_was_closed_in_between(
    stage: Stage, maya: Desk
) -> None:
    await stage.tick(datetime(2017, 7, 10, 17, tzinfo=UTC))
    asked = next(message for message in maya.messages if "Log a meeting" in maya.buttons(message))
    await maya.clicks("Log a meeting", ts=asked["ts"])
    await types_into(maya, "log_meeting", notes=CANARY)
    await maya.closes()

    await maya.clicks("Go on where you were")
    assert await maya.submits(minutes="45") == {}

    settled = next(message for message in maya.messages if message["ts"] == asked["ts"])
    assert "Log a meeting" not in maya.buttons(settled)
    assert "Undo" in maya.buttons(settled)
    assert KEPT not in maya.sees()


# -- a goal -----------------------------------------------------------------------------------------------------------


async def test_a_goal_closed_half_way_is_gone_on_with_and_set(maya: Desk, tom: Desk, records: Lookup) -> None:
    await maya.types("/goal set")
    await types_into(maya, "set_goal", what=CANARY, why="Because")
    await maya.closes()
    assert "What you typed into a goal with Tom is kept, and only you see it." in maya.reading
    await tom.types("/goal set")
    assert value_in(tom, "what") == ""
    await tom.types("/goal")
    assert CANARY not in tom.sees()

    await maya.clicks("Go on where you were")
    assert await maya.submits(measure="One talk") == {}

    (goal,) = await records.goals("tom-maya")
    assert (goal.what, goal.why, goal.measure) == (CANARY, "Because", "One talk")
    assert KEPT not in maya.sees()


async def test_what_one_did_not_touch_of_a_goal_follows_what_the_other_wrote(maya: Desk, tom: Desk) -> None:
    await maya.types("/goal set Learn to lead")
    assert await maya.submits() == {}
    await maya.clicks("change_goal")
    await types_into(maya, "set_goal", why="For the team")
    await maya.closes(whole_stack=True)
    assert KEPT in maya.reading

    await tom.types("/goal")
    await tom.clicks("change_goal")
    assert await tom.submits(help="A book a month") == {}
    await maya.clicks("Go on where you were")

    assert "A book a month" in str(maya.form)
    assert value_in(maya, "why") == "For the team"


async def test_in_two_pairs_a_half_filled_goal_keeps_its_pair(noor: Desk) -> None:
    await noor.types("/goal set")
    chosen = noor.field("pair")["element"]["options"][-1]["value"]
    await types_into(noor, "set_goal", pair=chosen, what="Learn to rest")
    await noor.closes()

    await noor.clicks("Go on where you were")

    assert (value_in(noor, "pair"), value_in(noor, "what")) == (chosen, "Learn to rest")
    assert await noor.submits() == {}
    assert KEPT not in noor.sees()


# -- the closing form, an ending, a quiet word ------------------------------------------------------------------------


async def test_the_closing_form_closed_half_way_is_gone_on_with_and_sent(stage: Stage, maya: Desk) -> None:
    await maya.types("/checkin today 45 phone")
    await stage.goes_to(MARCH)
    await maya.types("/mentoring closing")
    await types_into(maya, "closing", thanks=CANARY)
    await maya.closes()
    assert "What you typed into the closing form with Tom is kept, and only you see it." in maya.reading

    await maya.clicks("Go on where you were")
    assert value_in(maya, "thanks") == CANARY
    assert await maya.submits(what_next="finish") == {}

    assert KEPT not in maya.reading
    assert "Thank you: your closing words are kept." in maya.sees()


async def test_an_ending_closed_at_its_preview_has_ended_nothing_and_keeps_the_reason(
    maya: Desk, tom: Desk, records: Lookup
) -> None:
    await maya.types("/mentoring end")
    assert await maya.submits(reason=CANARY, last_day="2017-07-14") == {}
    await maya.closes()
    assert "Only you see it, and nothing has ended." in maya.reading
    assert (await records.pair("tom-maya")).ending is None

    await maya.clicks("Go on where you were")
    assert (value_in(maya, "reason"), value_in(maya, "last_day")) == (CANARY, "2017-07-14")
    assert await maya.submits() == {}
    await maya.clicks("Change")
    assert value_in(maya, "reason") == CANARY
    assert await maya.submits(reason=f"{CANARY} indeed") == {}
    assert await maya.submits() == {}

    ending = (await records.pair("tom-maya")).ending
    assert ending is not None
    assert (ending.reason, ending.last_day.isoformat()) == (f"{CANARY} indeed", "2017-07-14")
    assert "nothing has ended" not in maya.sees()
    assert CANARY not in tom.sees()


async def test_a_quiet_word_closed_half_way_was_told_to_nobody(stage: Stage, maya: Desk, lena: Desk, ada: Desk) -> None:
    await maya.types(f"/mentoring word {CANARY}")
    await maya.closes()
    assert "Only you see it, and nobody was told." in maya.reading
    await stage.tick(datetime(2017, 6, 19, 17, tzinfo=UTC))
    for desk in (lena, ada):
        assert CANARY not in desk.sees()

    await maya.clicks("Go on where you were")
    assert await maya.submits() == {}
    await stage.tick(datetime(2017, 6, 20, 17, tzinfo=UTC))

    assert CANARY in lena.sees()
    assert "nobody was told" not in maya.sees()


async def test_how_a_meeting_was_closed_half_way_changes_nothing_before_it_is_sent(
    stage: Stage, maya: Desk, tom: Desk, records: Lookup
) -> None:
    await maya.types("/checkin today 45 phone")
    await stage.tick(datetime(2017, 6, 17, 16, tzinfo=UTC))
    await stage.tick(datetime(2017, 6, 19, 16, tzinfo=UTC))
    await tom.clicks("meeting_different")
    await types_into(tom, "correct_meeting", minutes="90", words="We went on over lunch")
    await tom.closes()
    assert "Only you see it, and the record is as it was." in tom.reading
    assert [meeting.minutes for meeting in await records.meetings("tom-maya")] == [45]

    await tom.clicks("Go on where you were")
    assert (value_in(tom, "minutes"), value_in(tom, "words")) == ("90", "We went on over lunch")
    assert await tom.submits() == {}

    assert [meeting.minutes for meeting in await records.meetings("tom-maya")] == [90]
    assert "the record is as it was" not in tom.sees()


async def test_a_wish_for_a_new_partner_closed_half_way_asks_nobody(maya: Desk, ada: Desk) -> None:
    await maya.types("/mentoring end")
    assert await maya.submits() == {}
    assert await maya.submits() == {}
    await maya.types("/mentoring rematch")
    await types_into(maya, "rematch", words=CANARY)
    await maya.closes()
    assert "Only you see it, and nobody was asked." in maya.reading
    await ada.types("/mentoring rematches")
    assert "Nobody looks for a new partner" in ada.reading

    await maya.clicks("Go on where you were")
    assert await maya.submits() == {}

    await ada.types("/mentoring rematches")
    assert CANARY in ada.sees()
    assert "nobody was asked" not in maya.sees()


@pytest.mark.parametrize("late", ["typed", "thrown away"])
async def test_what_slack_brings_after_a_form_was_sent_or_thrown_away_brings_nothing_back(
    stage: Stage, maya: Desk, late: str
) -> None:
    pair, person = await stage.records.pair("tom-maya"), await stage.records.person("maya")
    await maya.types("/goal set")
    await types_into(maya, "set_goal", what="Learn to rest")
    if late == "typed":
        assert await maya.submits() == {}
    else:
        await maya.closes()
        await maya.clicks("Throw it away")

    await keep_form(stage.tandem.world, person, "set_goal", pair.id, {"what": "Learn to res"}, "1.0")

    await maya.types("/goal set")
    assert value_in(maya, "what") == ""


async def test_who_began_it_is_not_told_that_the_other_did(maya: Desk, tom: Desk) -> None:
    await maya.types("/agreement")
    await writes(maya, {"hours_a_month": "1"}, {})
    await maya.closes()
    await tom.types("/agreement change")
    await writes(tom, {"rhythm": "every month"}, {})

    await maya.types("/agreement")

    assert "Tom has filled in a part, and it is yours to complete" in view_of(maya)
    assert "begun" not in view_of(maya)
    assert "1 hour a month" in view_of(maya)
