"""Settings: the form, what is kept, and that it is obeyed at the very moment of sending."""

from datetime import UTC, datetime, time

import pytest

from bot.domain.choices import rules_of
from bot.domain.days import SpeakingHours
from bot.domain.meetings import Means
from bot.domain.people import Preferences
from bot.usecases.change_settings import change_settings
from bot.usecases.log_meeting import MeetingDraft, log_meeting
from tests.stories.conftest import Lookup, Stage
from tests.stories.people import Desk

NEXT_FRIDAY = datetime(2017, 6, 23, 21, tzinfo=UTC)
MONDAY_MORNING = datetime(2017, 6, 19, 18, tzinfo=UTC)
PAIR_KINDS = ["first_move", "checkin_reminder", "phase_prompt", "meeting_logged", "agreement", "pause", "closing"]
IDEAS = frozenset({"phase_prompt", "meet_there", "idea_sent"})
OWN = {"whose": "own", "start": time(13), "end": time(15, 30), "days": ["1", "3"]}


async def chosen(records: Lookup, key: str) -> Preferences:
    return (await records.person(key)).preferences


async def test_the_form_shows_what_there_is_to_choose(maya: Desk) -> None:
    await maya.types("/mentoring settings")

    assert maya.fields() == ["What you get", "When you hear", "Not before", "Not after", "On these days"]
    options = maya.field("kinds")["element"]["options"]
    assert [option["value"] for option in options] == PAIR_KINDS
    assert maya.field("kinds")["element"]["initial_options"] == options
    assert maya.field("start")["element"]["initial_time"] == "09:00"
    assert "In your own zone, America/Chicago." in maya.sees()


async def test_sending_it_as_it_is_changes_nothing(maya: Desk, records: Lookup) -> None:
    await maya.types("/mentoring settings")

    assert await maya.submits() == {}

    assert await chosen(records, "maya") == Preferences()
    assert "Saved. This holds from now on:" in maya.sees()


async def test_a_kind_that_is_not_wanted_is_kept_and_confirmed(maya: Desk, records: Lookup) -> None:
    await maya.types("/mentoring settings")

    assert await maya.submits(kinds=[kind for kind in PAIR_KINDS if kind != "phase_prompt"]) == {}

    assert (await chosen(records, "maya")).muted == IDEAS
    assert "*Switched off*: Ideas" in maya.sees()
    assert "*Your hours*: those of the program: Monday to Friday, 9:00 AM to 5:00 PM" in maya.sees()


async def test_no_kind_at_all_is_possible_too_and_can_be_taken_back(maya: Desk, records: Lookup) -> None:
    await maya.types("/mentoring settings")
    await maya.submits(kinds=[])
    assert (await chosen(records, "maya")).muted == rules_of(PAIR_KINDS)
    assert "*You get*: no automatic reminder" in maya.sees()
    await maya.closes()

    await maya.types("/mentoring settings")
    await maya.submits(kinds=PAIR_KINDS)

    assert (await chosen(records, "maya")).muted == frozenset()


async def test_hours_of_ones_own_are_kept_and_come_back_in_the_form(maya: Desk, records: Lookup) -> None:
    await maya.types("/mentoring settings")

    assert await maya.submits(OWN) == {}

    assert (await chosen(records, "maya")).hours == SpeakingHours(time(13), time(15, 30), frozenset({1, 3}))
    assert "*Your hours*: Tuesday and Thursday, 1:00 PM to 3:30 PM, in your own zone (America/Chicago)" in maya.sees()
    await maya.closes()
    await maya.types("/mentoring settings")
    assert maya.field("end")["element"]["initial_time"] == "15:30"
    assert maya.field("whose")["element"]["initial_option"]["value"] == "own"


async def test_the_programs_hours_can_be_had_again(maya: Desk, records: Lookup) -> None:
    await maya.types("/mentoring settings")
    await maya.submits(OWN)
    await maya.closes()

    await maya.types("/mentoring settings")
    await maya.submits(whose="program")

    assert (await chosen(records, "maya")).hours is None


@pytest.mark.parametrize(
    ("wrong", "field", "said"),
    [
        ({"start": time(15), "end": time(9)}, "end", "These hours would end before they begin."),
        ({"start": time(9), "end": time(9)}, "end", "These hours would end before they begin."),
        ({"days": []}, "days", "Choose at least one day."),
        ({"start": None}, "start", "Choose a time."),
        ({"end": None}, "end", "Choose a time."),
    ],
)
async def test_hours_that_cannot_be_are_an_error_at_the_field(
    maya: Desk, records: Lookup, wrong: dict[str, object], field: str, said: str
) -> None:
    await maya.types("/mentoring settings")

    errors = await maya.submits({**OWN, **wrong})

    assert list(errors) == [field]
    assert errors[field].startswith(said)
    assert await chosen(records, "maya") == Preferences()


async def test_hours_are_not_looked_at_where_the_programs_are_chosen(maya: Desk, records: Lookup) -> None:
    await maya.types("/mentoring settings")

    assert await maya.submits({**OWN, "whose": "program", "days": []}) == {}

    assert (await chosen(records, "maya")).hours is None


async def test_a_liaison_chooses_how_often_the_digest_comes(lena: Desk, records: Lookup) -> None:
    await lena.types("/mentoring settings")
    assert lena.field("digest")["element"]["initial_option"]["value"] == "always"

    assert await lena.submits(digest="needed") == {}

    assert (await chosen(records, "lena")).digest_only_when_needed
    assert "*Weekly digest*: only when a pair could use a look" in lena.sees()


async def test_a_mentee_is_not_asked_about_a_digest(maya: Desk) -> None:
    await maya.types("/mentoring settings")

    assert "Weekly digest of your pairs" not in maya.fields()


async def test_a_coordinator_without_a_pair_chooses_hours_only(ada: Desk, records: Lookup) -> None:
    await ada.types("/mentoring settings")
    assert ada.fields() == ["When you hear", "Not before", "Not after", "On these days"]

    assert await ada.submits(OWN) == {}

    assert (await chosen(records, "ada")).hours is not None


async def test_what_is_switched_off_does_not_come(stage: Stage, maya: Desk, tom: Desk) -> None:
    await maya.types("/mentoring settings")
    await maya.submits(kinds=[])
    await maya.closes()

    await stage.tick(NEXT_FRIDAY)

    assert maya.messages == []
    assert tom.messages != []


async def test_what_was_planned_is_held_against_the_settings_when_it_goes_out(
    stage: Stage, maya: Desk, tom: Desk, records: Lookup
) -> None:
    await tom.types("/checkin today 45 zoom")  # Maya is to be told at once
    person = await records.person("maya")
    await change_settings(stage.tandem.world, person, Preferences(muted=frozenset(PAIR_KINDS)))

    await stage.tick(NEXT_FRIDAY)

    assert maya.messages == []


async def test_the_same_without_the_switch_comes(stage: Stage, maya: Desk, tom: Desk) -> None:
    await tom.types("/checkin today 45 zoom")

    await stage.tick(NEXT_FRIDAY)

    assert "Tom logged your meeting" in maya.sees()


async def test_hours_of_ones_own_are_obeyed(stage: Stage, maya: Desk, tom: Desk) -> None:
    await maya.types("/mentoring settings")
    await maya.submits(OWN)  # Tuesdays and Thursdays from 1 PM; it is Friday
    await maya.closes()
    await tom.types("/checkin today 45 zoom")

    await stage.tick(datetime(2017, 6, 20, 17, 55, tzinfo=UTC))  # Tuesday, 12:55 PM in Chicago
    assert maya.messages == []

    await stage.tick(datetime(2017, 6, 20, 18, 5, tzinfo=UTC))
    assert "Tom logged your meeting" in maya.sees()


async def everybody_met_today(stage: Stage) -> None:
    for key in ("tom-maya", "noor-ben", "ines-noor"):
        pair = await stage.records.pair(key)
        draft = MeetingDraft(pair.mentor.today(stage.now), 45, Means.VIDEO)
        await log_meeting(stage.tandem.world, pair, pair.mentor, draft)


async def test_a_digest_only_when_needed_is_silent_when_all_is_well(stage: Stage, lena: Desk) -> None:
    await everybody_met_today(stage)
    await lena.types("/mentoring settings")
    await lena.submits(digest="needed")
    await lena.closes()

    await stage.tick(MONDAY_MORNING)

    assert lena.messages == []


async def test_a_digest_every_monday_says_so_when_all_is_well(stage: Stage, lena: Desk) -> None:
    await everybody_met_today(stage)

    await stage.tick(MONDAY_MORNING)

    assert "A good week: none of your pairs (3) needs a look." in lena.sees()


async def test_a_digest_only_when_needed_comes_when_a_pair_could_use_a_look(stage: Stage, lena: Desk) -> None:
    await lena.types("/mentoring settings")
    await lena.submits(digest="needed")
    await lena.closes()

    await stage.tick(MONDAY_MORNING)

    assert "of your 3 pairs could use a look this week" in lena.sees()


async def test_the_button_on_home_opens_the_same_form(maya: Desk) -> None:
    await maya.opens_home()

    await maya.clicks("Settings", where="home")

    assert (maya.form or {})["callback_id"] == "settings"
