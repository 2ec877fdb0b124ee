"""Inputs: how a plain value becomes Slack's state, and what an input holds when nobody has touched it."""

from datetime import date, time
from typing import Any

import pytest

from bot.playground import ActRefused
from bot.playground.forms import held, state_for
from tests.playground.parrot import input_block, option

Json = dict[str, Any]

A, B = option("a", "Apple"), option("b", "Pear")


@pytest.mark.parametrize(
    ("kind", "value", "state"),
    [
        ("plain_text_input", "Hello", {"value": "Hello"}),
        ("plain_text_input", None, {"value": None}),
        ("number_input", 45, {"value": "45"}),
        ("datepicker", date(2017, 6, 12), {"selected_date": "2017-06-12"}),
        ("datepicker", "2017-06-12", {"selected_date": "2017-06-12"}),
        ("timepicker", time(9, 5), {"selected_time": "09:05"}),
        ("datetimepicker", 1496325600, {"selected_date_time": 1496325600}),
        ("static_select", "b", {"selected_option": B}),
        ("radio_buttons", "Apple", {"selected_option": A}),
        ("static_select", None, {"selected_option": None}),
        ("checkboxes", ["a", "Pear"], {"selected_options": [A, B]}),
        ("checkboxes", None, {"selected_options": []}),
        ("multi_users_select", ["U1"], {"selected_users": ["U1"]}),
        ("users_select", "U1", {"selected_user": "U1"}),
    ],
)
def test_a_plain_value_becomes_slacks_state(kind: str, value: Any, state: Json) -> None:
    assert state_for({"type": kind, "action_id": "x", "options": [A, B]}, value) == {"type": kind} | state


def test_what_a_menu_does_not_offer_cannot_be_chosen() -> None:
    grouped = {"type": "static_select", "action_id": "x", "option_groups": [{"label": "Fruit", "options": [A]}]}

    assert state_for(grouped, "a")["selected_option"] == A
    with pytest.raises(ActRefused, match="no_such_choice"):
        state_for(grouped, "b")


@pytest.mark.parametrize(
    ("element", "held_at_first"),
    [
        ({"type": "plain_text_input", "initial_value": "x"}, {"value": "x"}),
        (
            {"type": "rich_text_input", "initial_value": {"type": "rich_text"}},
            {"rich_text_value": {"type": "rich_text"}},
        ),
        ({"type": "static_select", "initial_option": A}, {"selected_option": A}),
        ({"type": "checkboxes", "initial_options": [A]}, {"selected_options": [A]}),
        ({"type": "users_select", "initial_user": "U1"}, {"selected_user": "U1"}),
        ({"type": "multi_users_select", "initial_users": ["U1"]}, {"selected_users": ["U1"]}),
        ({"type": "timepicker", "initial_time": "09:30"}, {"selected_time": "09:30"}),
        ({"type": "datetimepicker", "initial_date_time": 1496325600}, {"selected_date_time": 1496325600}),
        ({"type": "datepicker"}, {"selected_date": None}),
        ({"type": "multi_static_select"}, {"selected_options": []}),
        ({"type": "file_input"}, {"files": []}),
    ],
)
def test_an_input_begins_with_what_the_app_put_there(element: Json, held_at_first: Json) -> None:
    blocks = [input_block("b", element | {"action_id": "x"})]

    assert held(blocks, {}, {}) == {"b": {"x": {"type": element["type"]} | held_at_first}}


def test_what_was_cleared_stays_cleared() -> None:
    blocks = [input_block("b", {"type": "plain_text_input", "action_id": "x", "initial_value": "at first"})]
    before = {"b": {"x": {"type": "plain_text_input", "value": "typed"}}}

    assert held(blocks, {"b": {"x": {"value": None}}}, before)["b"]["x"]["value"] is None
    assert held(blocks, {}, before)["b"]["x"]["value"] == "typed"
