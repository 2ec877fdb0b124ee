"""The form of a meeting, which is read as it was built."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.content.words import load_words
from bot.domain.errors import RuleBroken
from bot.domain.goals import GoalMove, GoalState
from bot.domain.meetings import Means, Meeting, Words
from bot.slack.meeting_form import MeetingForm, Typed, build, draft_of, on_record, read
from bot.slack.visit import Inputs, read_memory
from bot.usecases.log_meeting import MeetingDraft
from tests.golden import check, drawn
from tests.slack.people import GOALS, LENA, MAYA, MAYA_AND_TOM, MEETINGS, TOM, pair

SAID = {"g1": None, "g2": GoalState.STUCK}
TYPED = Typed(date(2017, 6, 12), "45", Means.IN_PERSON, SAID, "Read two essays", "Good talk", "Nervous")
NOON = datetime(2017, 6, 14, 17, tzinfo=UTC)
WITH_LENA = pair(2, mentor=LENA, mentee=MAYA)


class Sayer:
    """The part of a world that refusals need."""

    def broken(self, key: str, field: str | None = None, **facts: str) -> RuleBroken:
        return RuleBroken(load_words().say(f"check_errors.{key}", **facts), field)


def state_of(view: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return what Slack would send when the form goes out as it was opened."""
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    return {block["block_id"]: {block["element"]["action_id"]: _filled(block["element"])} for block in inputs}


def _filled(element: dict[str, Any]) -> dict[str, Any]:
    names = {"initial_value": "value", "initial_date": "selected_date"}
    names |= {"initial_option": "selected_option", "initial_options": "selected_options"}
    return {name: element[initial] for initial, name in names.items() if initial in element}


def draft(typed: Typed, meeting: Meeting | None = None) -> MeetingDraft:
    return draft_of(Sayer(), typed, meeting, MAYA)  # type: ignore[arg-type]


def test_a_form_is_read_as_it_was_built() -> None:
    view = build(load_words(), MeetingForm(MAYA_AND_TOM, MAYA, TYPED, GOALS[:2]))

    assert read(Inputs(state_of(view))) == TYPED


def test_a_form_remembers_where_it_was_opened_and_what_it_changes() -> None:
    place = {"channel": "D1", "ts": "1.2", "block": "part-0"}
    view = build(load_words(), MeetingForm(MAYA_AND_TOM, MAYA, TYPED, meeting=MEETINGS[0], place=place))

    assert read_memory(view["private_metadata"]) == {"pair": "pair1", "meeting": "m2", "facts": ""} | place


def test_the_form_of_a_new_meeting() -> None:
    view = build(load_words(), MeetingForm(MAYA_AND_TOM, MAYA, Typed(day=date(2017, 6, 14)), GOALS[:2]))

    check("meeting_form_new.txt", drawn(view["blocks"]))


def test_the_form_with_which_the_partner_adds_to_a_meeting() -> None:
    view = build(
        load_words(), MeetingForm(MAYA_AND_TOM, TOM, on_record(MEETINGS[0], TOM), GOALS[:2], meeting=MEETINGS[0])
    )

    check("meeting_form_partner.txt", drawn(view["blocks"]))


def test_who_is_in_one_pair_is_not_asked_with_whom() -> None:
    one = build(load_words(), MeetingForm(MAYA_AND_TOM, MAYA, TYPED, choices=(MAYA_AND_TOM,)))
    two = build(load_words(), MeetingForm(MAYA_AND_TOM, MAYA, TYPED, choices=(MAYA_AND_TOM, WITH_LENA)))

    assert one["blocks"][0]["label"]["text"] == "Day"
    assert [option["text"]["text"] for option in two["blocks"][0]["element"]["options"]] == [
        "Tom Baker, your mentor",
        "Lena Fischer, your mentor",
    ]


def test_a_choice_does_not_wander_to_the_goals_of_another_pair() -> None:
    theirs = [replace(goal, id=f"{goal.id}-lena") for goal in GOALS[:2]]

    view = build(load_words(), MeetingForm(WITH_LENA, MAYA, TYPED, theirs))

    assert read(Inputs(state_of(view))).goals == {"g1-lena": None, "g2-lena": None}


def test_each_sees_what_they_said_in_the_fields_and_reads_what_the_partner_said() -> None:
    said = [
        GoalMove("g1", MAYA.id, NOON, GoalState.STUCK, meeting_id="m2"),
        GoalMove("g1", TOM.id, NOON, GoalState.MOVING, meeting_id="m2"),
        GoalMove("g2", TOM.id, NOON, GoalState.DROPPED, meeting_id="m2"),
    ]
    typed = on_record(MEETINGS[0], MAYA, said)

    view = build(load_words(), MeetingForm(MAYA_AND_TOM, MAYA, typed, GOALS[:2], meeting=MEETINGS[0], said=said))

    assert read(Inputs(state_of(view))).goals == {"g1": GoalState.STUCK, "g2": None}
    shown = drawn(view["blocks"])
    assert "“Lead a meeting. Only Maya and Tom may read this”: moved" in shown
    assert "“Learn to catalog maps”: dropped" in shown
    assert "stuck" not in shown


def test_what_stays_within_slacks_limits_whatever_the_names_and_words() -> None:
    long = replace(TOM, name="Ottoline " + "von " * 60 + "Lindqvist")
    theirs = replace(MAYA_AND_TOM, mentor=long)
    words = (Words(TOM.id, "n" * 300, "<" * 3000),)
    meeting = replace(MEETINGS[0], words=words)
    choices = [replace(theirs, id=f"pair{number}") for number in range(120)]

    view = build(load_words(), MeetingForm(theirs, MAYA, TYPED, GOALS[:2], choices=choices, meeting=meeting))

    texts = [block["text"]["text"] for block in view["blocks"] if block["type"] == "section"]
    assert max(len(text) for text in texts) <= 3000
    assert sum(text.count("&lt;") for text in texts) == 3000
    options = view["blocks"][0]["element"]["options"]
    assert len(options) == 100
    assert max(len(option["text"]["text"]) for option in options) <= 75


def test_the_partner_cannot_change_the_facts_whatever_the_form_sends() -> None:
    theirs = replace(MEETINGS[0], logged_by=TOM.id)

    meant = draft(replace(TYPED, minutes="600", day=date(2017, 6, 1)), theirs)

    assert (meant.day, meant.minutes, meant.means) == (date(2017, 6, 12), 45, Means.VIDEO)
    assert (meant.next_step, meant.notes, meant.goals["g2"]) == ("Read two essays", "Good talk", GoalState.STUCK)


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"minutes": ""}, "minutes", "Write how many minutes it was, such as 45."),
        ({"minutes": "soon"}, "minutes", "“soon” cannot be read as minutes. Write a whole number, such as 45."),
        ({"minutes": "45.5"}, "minutes", "“45.5” cannot be read as minutes. Write a whole number, such as 45."),
        ({"day": None}, "day", "Choose the day on which you met."),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_field(change: dict[str, Any], field: str, sentence: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        draft(replace(TYPED, **change))

    assert (broken.value.field, str(broken.value)) == (field, sentence)


def test_minutes_beyond_all_numbers_are_left_to_the_rule_to_refuse() -> None:
    assert draft(replace(TYPED, minutes="9" * 5000)).minutes == 999_999_999
