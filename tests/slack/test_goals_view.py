"""Goals: what is typed, the list, and the form, which is read as it was built."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.content.words import load_words
from bot.domain.goals import Goal, GoalDraft, GoalMove, GoalState, story
from bot.domain.meetings import Means, Meeting
from bot.domain.people import Person
from bot.playground.block_kit.checks import blocks_of_message
from bot.slack.goals_view import GoalForm, Meant, Shelf, build_form, build_list, build_story, draft_of, read_form
from bot.slack.screens.goals import Asked, read_command, read_goal
from bot.slack.visit import Inputs, read_memory
from tests.golden import check, drawn
from tests.slack.people import GOALS, LENA, MAYA, MAYA_AND_TOM, NOON, TOM, pair

WORDS = load_words()
WITH_LENA = pair(2, mentor=LENA, mentee=MAYA)


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("", Asked("list")),
        ("list", Asked("list")),
        ("Help", Asked("help")),
        ("set", Asked("set")),
        ("set  Catalog Maps, at last", Asked("set", "Catalog Maps, at last")),
        ("done 2", Asked("mark", number=2, state=GoalState.DONE)),
        ("2  Moving", Asked("mark", number=2, state=GoalState.MOVING)),
        ("not started 1", Asked("mark", number=1, state=GoalState.NOT_STARTED)),
        ("2 done, at last", Asked("mark", "at last", 2, GoalState.DONE)),
        ("stuck 1 Waiting for Room 2", Asked("mark", "Waiting for Room 2", 1, GoalState.STUCK)),
        ("Story 3", Asked("story", number=3)),
        ("3 story", Asked("story", number=3)),
        ("story 3 please", Asked("unknown", "story 3 please")),
        ("done 2nd", Asked("unknown", "done 2nd")),
        ("done", Asked("unknown", "done")),
        ("done ²", Asked("unknown", "done ²")),
        ("list everything", Asked("unknown", "list everything")),
    ],
)
def test_what_is_typed_is_understood_or_said_to_be_unknown(typed: str, asked: Asked) -> None:
    assert read_command(typed) == asked


def state_of(view: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return what Slack would send when the form goes out as it was opened."""
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    return {block["block_id"]: {block["element"]["action_id"]: _filled(block["element"])} for block in inputs}


def _filled(element: dict[str, Any]) -> dict[str, Any]:
    if element["type"] == "static_select":
        return {"type": element["type"], "selected_option": element.get("initial_option")}
    if element["type"] == "datepicker":
        return {"type": element["type"], "selected_date": element.get("initial_date")}
    return {"type": element["type"], "value": element.get("initial_value")}


@pytest.mark.parametrize(
    ("typed", "draft"),
    [
        ("Learn maps by 15 October", GoalDraft("Learn maps", target=date(2017, 10, 15))),
        ("Stand by me by next friday", GoalDraft("Stand by me", target=date(2017, 6, 16))),
        ("Learn maps by heart", GoalDraft("Learn maps by heart")),
        ("by Friday", GoalDraft("by Friday")),
        ("", GoalDraft()),
    ],
)
def test_a_day_at_the_end_is_the_day_by_which_where_it_can_be_read(typed: str, draft: GoalDraft) -> None:
    assert read_goal(typed, date(2017, 6, 14)) == draft


WHOLE = Goal(
    "pair1",
    "Lead a meeting",
    "Rehearse it with me",
    GoalState.MOVING,
    NOON,
    "To be heard",
    "I have led one",
    date(2017, 10, 15),
    "maya",
    "g1",
)


def form_for(person: Person, goal: Goal) -> dict[str, Any]:
    return build_form(WORDS, GoalForm(person, (MAYA_AND_TOM,), draft_of(goal), goal))


def test_a_form_is_read_as_it_was_built() -> None:
    view = form_for(MAYA, WHOLE)

    meant = read_form(Inputs(state_of(view)), read_memory(view["private_metadata"]))

    said = GoalDraft("Lead a meeting", "Rehearse it with me", "To be heard", "I have led one", date(2017, 10, 15))
    assert meant == Meant("pair1", "g1", said)


def test_the_form_is_one_that_a_person_has_read() -> None:
    check("goal_form_new.txt", drawn(build_form(WORDS, GoalForm(TOM, (MAYA_AND_TOM,)))["blocks"]))
    check("goal_form_mentee.txt", drawn(form_for(MAYA, replace(WHOLE, set_by=""))["blocks"]))
    check("goal_form_mentor.txt", drawn(form_for(TOM, WHOLE)["blocks"]))


@pytest.mark.parametrize(
    ("person", "drafted_by", "asked"),
    [
        (MAYA, "maya", ["what", "why", "measure", "target", "help"]),
        (MAYA, "tom", ["what", "why", "measure", "target"]),
        (MAYA, "", ["what", "why", "measure", "target"]),
        (TOM, "maya", ["help"]),
        (TOM, "tom", ["what", "why", "measure", "target", "help"]),
        (TOM, "", ["help"]),
    ],
)
def test_each_is_asked_for_what_is_theirs_to_write(person: Person, drafted_by: str, asked: list[str]) -> None:
    view = form_for(person, replace(WHOLE, set_by=drafted_by))

    assert list(state_of(view)) == asked


def test_who_is_in_two_pairs_chooses_and_the_first_words_are_kept() -> None:
    view = build_form(WORDS, GoalForm(MAYA, (MAYA_AND_TOM, WITH_LENA), GoalDraft("Catalog maps")))

    meant = read_form(Inputs(state_of(view)), read_memory(view["private_metadata"]))

    assert meant == Meant("pair1", None, GoalDraft("Catalog maps"))
    assert [option["text"]["text"] for option in view["blocks"][0]["element"]["options"]] == [
        "Tom Baker",
        "Lena Fischer",
    ]


def test_the_form_says_who_sees_it() -> None:
    one = build_form(WORDS, GoalForm(MAYA, (MAYA_AND_TOM,)))
    two = build_form(WORDS, GoalForm(MAYA, (MAYA_AND_TOM, WITH_LENA)))

    assert one["blocks"][-1]["elements"][0]["text"] == "Only you and Tom see this."
    assert two["blocks"][-1]["elements"][0]["text"] == "Only the two of you see this."


def test_a_story_is_one_that_a_person_has_read() -> None:
    moves = [
        GoalMove("g1", "maya", NOON, GoalState.NOT_STARTED, id="1"),
        GoalMove("g1", "maya", NOON + timedelta(days=9), GoalState.MOVING, meeting_id="m1", id="2"),
        GoalMove("g1", "tom", NOON + timedelta(days=10), GoalState.MOVING, id="3"),
        GoalMove("g1", "tom", NOON + timedelta(days=20), GoalState.STUCK, "Waiting for\nthe room", id="4"),
        GoalMove("g1", "maya", NOON + timedelta(days=40), GoalState.DONE, id="5"),
        GoalMove("g2", "maya", NOON, GoalState.DROPPED, "another goal", id="6"),
    ]
    meeting = Meeting("pair1", date(2017, 6, 22), 45, Means.VIDEO, "maya", NOON, id="m1")
    told = story(replace(WHOLE, state=GoalState.DONE), moves, [meeting])

    check("goal_story.txt", drawn(build_story(WORDS, MAYA, MAYA_AND_TOM, told)))


def test_the_list_is_one_that_a_person_has_read() -> None:
    check("goals_list.txt", drawn(build_list(WORDS, MAYA, [Shelf(MAYA_AND_TOM, GOALS)], "Said on top.")))
    shelves = [Shelf(MAYA_AND_TOM, GOALS), Shelf(WITH_LENA, (), 4)]
    check("goals_list_of_two_pairs.txt", drawn(build_list(WORDS, MAYA, shelves)))


def test_many_pairs_with_many_goals_keep_within_a_message() -> None:
    long = replace(GOALS[0], what="x" * 300, help="y" * 300)
    shelves = [
        Shelf(
            pair(n, mentee=MAYA), tuple(replace(long, id=f"g{n}-{m}", state=state) for m, state in enumerate(GoalState))
        )
        for n in range(7)
    ]

    blocks = build_list(WORDS, MAYA, shelves)

    assert blocks_of_message(blocks) == []
    values = [
        o["value"] for block in blocks if block["type"] == "actions" for o in block["elements"][0].get("options", [])
    ]
    assert values
    assert max(map(len, values)) <= 150


def test_a_state_that_changes_changes_the_name_of_its_row_so_that_slack_shows_the_new_one() -> None:
    before = Goal("pair1", "Maps", "", GoalState.MOVING, id="g1")
    rows = [build_list(WORDS, MAYA, [Shelf(MAYA_AND_TOM, (replace(before, state=state),))])[1] for state in GoalState]

    assert len({row["block_id"] for row in rows}) == 6
