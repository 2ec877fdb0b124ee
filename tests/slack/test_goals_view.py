"""Goals: what is typed, the list, and the form, which is read as it was built."""

from dataclasses import replace
from typing import Any

import pytest

from bot.content.words import load_words
from bot.domain.goals import Goal, GoalState
from bot.playground.block_kit.checks import blocks_of_message
from bot.slack.screens.goals import STATES, Asked, Meant, Shelf, build_form, build_list, read_command, read_form
from bot.slack.visit import Inputs, read_memory
from tests.golden import check, drawn
from tests.slack.people import GOALS, LENA, MAYA, MAYA_AND_TOM, pair

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
    return {"type": element["type"], "value": element.get("initial_value")}


def test_a_form_is_read_as_it_was_built() -> None:
    view = build_form(MAYA.id, (MAYA_AND_TOM,), goal=GOALS[0])

    meant = read_form(Inputs(state_of(view)), read_memory(view["private_metadata"]))

    assert meant == Meant("pair1", "g1", GOALS[0].what, "Rehearse it with me")


def test_who_is_in_two_pairs_chooses_and_the_first_words_are_kept() -> None:
    view = build_form(MAYA.id, (MAYA_AND_TOM, WITH_LENA), what="Catalog maps")

    meant = read_form(Inputs(state_of(view)), read_memory(view["private_metadata"]))

    assert meant == Meant("pair1", None, "Catalog maps", "")
    assert [option["text"]["text"] for option in view["blocks"][0]["element"]["options"]] == [
        "Tom Baker",
        "Lena Fischer",
    ]


def test_each_field_says_who_sees_it() -> None:
    one, two = build_form(MAYA.id, (MAYA_AND_TOM,)), build_form(MAYA.id, (MAYA_AND_TOM, WITH_LENA))

    assert [block["hint"]["text"] for block in one["blocks"]] == ["Seen by you and Tom only."] * 2
    assert [block["hint"]["text"] for block in two["blocks"][1:]] == ["Seen by the two of you only."] * 2


def test_the_list_is_one_that_a_person_has_read() -> None:
    check("goals_list.txt", drawn(build_list(WORDS, MAYA.id, [Shelf(MAYA_AND_TOM, GOALS)], "Said on top.")))
    shelves = [Shelf(MAYA_AND_TOM, GOALS), Shelf(WITH_LENA, (), 4)]
    check("goals_list_of_two_pairs.txt", drawn(build_list(WORDS, MAYA.id, shelves)))


def test_many_pairs_with_many_goals_keep_within_a_message() -> None:
    long = replace(GOALS[0], what="x" * 300, help="y" * 300)
    shelves = [
        Shelf(pair(n, mentee=MAYA), tuple(replace(long, id=f"g{n}-{m}", state=state) for m, state in enumerate(STATES)))
        for n in range(7)
    ]

    blocks = build_list(WORDS, MAYA.id, shelves)

    assert blocks_of_message(blocks) == []
    values = [
        o["value"] for block in blocks if block["type"] == "actions" for o in block["elements"][0].get("options", [])
    ]
    assert values
    assert max(map(len, values)) <= 150


def test_a_state_that_changes_changes_the_name_of_its_row_so_that_slack_shows_the_new_one() -> None:
    before = Goal("pair1", "Maps", "", GoalState.MOVING, id="g1")
    rows = [
        build_list(WORDS, MAYA.id, [Shelf(MAYA_AND_TOM, (replace(before, state=state),))])[1] for state in GoalState
    ]

    assert len({row["block_id"] for row in rows}) == 6
