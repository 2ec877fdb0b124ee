"""What the inputs of a form hold, and what Slack's own client says of it before the app hears of it."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from bot.playground.block_kit import forms
from tests.playground.block_kit.cases import Json
from tests.playground.parrot import input_block, option

TEA, MILK, SUGAR = option("tea"), option("milk"), option("sugar")
ALL = [TEA, MILK, SUGAR]
RICH: Json = {
    "type": "rich_text",
    "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "Hello"}]}],
}
SILENT: Json = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": []}]}


def asking(kind: str, **more: Any) -> list[Json]:
    """A form that asks for one thing."""
    return [input_block("b", {"type": kind, "action_id": "a", **more})]


def held(blocks: list[Json], value: Any = None, here: str = "") -> Json:
    given = {} if value is None else {"b": {"a": forms.state_for(blocks[0]["element"], value)}}
    return forms.held(blocks, given, {}, here)["b"]["a"]


def complaint(blocks: list[Json], value: Any) -> str:
    state = {"b": {"a": forms.state_for(blocks[0]["element"], value)}}
    return forms.complaints(blocks, forms.held(blocks, state, {})).get("b", "")


@pytest.mark.parametrize(
    ("kind", "initial", "field"),
    [
        ("plain_text_input", {"initial_value": "Hello"}, "value"),
        ("number_input", {"initial_value": "7"}, "value"),
        ("rich_text_input", {"initial_value": RICH}, "rich_text_value"),
        ("static_select", {"options": ALL, "initial_option": MILK}, "selected_option"),
        ("radio_buttons", {"options": ALL, "initial_option": MILK}, "selected_option"),
        ("checkboxes", {"options": ALL, "initial_options": [TEA, MILK]}, "selected_options"),
        ("multi_static_select", {"options": ALL, "initial_options": [TEA]}, "selected_options"),
        ("multi_external_select", {"initial_options": [TEA]}, "selected_options"),
        ("users_select", {"initial_user": "U0MAYA"}, "selected_user"),
        ("multi_users_select", {"initial_users": ["U0MAYA"]}, "selected_users"),
        ("conversations_select", {"initial_conversation": "C0HELLO"}, "selected_conversation"),
        ("multi_conversations_select", {"initial_conversations": ["C0HELLO"]}, "selected_conversations"),
        ("channels_select", {"initial_channel": "C0HELLO"}, "selected_channel"),
        ("multi_channels_select", {"initial_channels": ["C0HELLO"]}, "selected_channels"),
        ("datepicker", {"initial_date": "2017-06-12"}, "selected_date"),
        ("timepicker", {"initial_time": "09:30"}, "selected_time"),
        ("datetimepicker", {"initial_date_time": 1497276000}, "selected_date_time"),
    ],
)
def test_an_input_begins_with_what_the_app_put_in(kind: str, initial: Json, field: str) -> None:
    [begun] = [value for name, value in initial.items() if name.startswith("initial_")]

    assert held(asking(kind, **initial)) == {"type": kind, field: begun}


@pytest.mark.parametrize("kind", ["checkboxes", "multi_users_select", "multi_channels_select", "file_input"])
def test_what_holds_many_holds_an_empty_list_at_first(kind: str) -> None:
    assert [] in held(asking(kind)).values()


@pytest.mark.parametrize("kind", ["plain_text_input", "users_select", "datetimepicker", "rich_text_input"])
def test_what_holds_one_holds_nothing_at_first(kind: str) -> None:
    assert None in held(asking(kind)).values()


def test_a_menu_of_conversations_may_begin_with_the_current_one() -> None:
    one, many = asking("conversations_select"), asking("multi_conversations_select")
    here: Json = {"default_to_current_conversation": True}

    assert held(asking("conversations_select", **here), here="D0MAYA")["selected_conversation"] == "D0MAYA"
    assert held(asking("multi_conversations_select", **here), here="D0MAYA")["selected_conversations"] == ["D0MAYA"]
    assert held(one, here="D0MAYA")["selected_conversation"] is None
    assert held(many, here="D0MAYA")["selected_conversations"] == []


def test_what_the_app_put_in_comes_before_the_current_conversation() -> None:
    menu = asking("conversations_select", default_to_current_conversation=True, initial_conversation="C0HELLO")

    assert held(menu, here="D0MAYA")["selected_conversation"] == "C0HELLO"


def test_a_time_picker_tells_its_zone() -> None:
    zone = "America/Chicago"

    assert held(asking("timepicker", timezone=zone)) == {"type": "timepicker", "selected_time": None, "timezone": zone}


@pytest.mark.parametrize(
    ("kind", "value", "field", "written"),
    [
        ("datepicker", date(2017, 6, 12), "selected_date", "2017-06-12"),
        ("timepicker", time(9, 30), "selected_time", "09:30"),
        ("datetimepicker", datetime(2017, 6, 12, 14, 0, tzinfo=UTC), "selected_date_time", 1497276000),
        ("rich_text_input", "Hello", "rich_text_value", RICH),
        ("number_input", 7, "value", "7"),
    ],
)
def test_a_plain_value_is_written_as_slack_does(kind: str, value: Any, field: str, written: Any) -> None:
    assert held(asking(kind), value)[field] == written


@pytest.mark.parametrize(
    ("kind", "limits", "right", "wrong"),
    [
        ("multi_static_select", {"options": ALL, "max_selected_items": 2}, ["tea", "milk"], ["tea", "milk", "sugar"]),
        ("multi_users_select", {"max_selected_items": 1}, ["U0MAYA"], ["U0MAYA", "U0TOM"]),
        ("file_input", {"max_files": 1}, [{"id": "F0CAT"}], [{"id": "F0CAT"}, {"id": "F0DOG"}]),
        ("number_input", {"is_decimal_allowed": True, "min_value": "0.5"}, "0.5", "0.4"),
        ("number_input", {"is_decimal_allowed": False, "max_value": "9"}, "9", "10"),
        ("number_input", {"is_decimal_allowed": False}, "-3", "1.5"),
        ("number_input", {"is_decimal_allowed": True}, "1.5", "NaN"),
        ("number_input", {"is_decimal_allowed": True}, "1e3", "Infinity"),
        ("plain_text_input", {"max_length": 3}, "abc", "abcd"),
        ("plain_text_input", {}, "a" * 3000, "a" * 3001),
        ("rich_text_input", {}, RICH, SILENT),
        ("checkboxes", {"options": ALL}, ["tea"], []),
    ],
)
def test_the_limits_of_an_input_are_held(kind: str, limits: Json, right: Any, wrong: Any) -> None:
    assert complaint(asking(kind, **limits), right) == ""
    assert complaint(asking(kind, **limits), wrong) != ""


def test_what_is_optional_may_be_empty() -> None:
    [needed] = asking("rich_text_input")

    assert complaint([needed], SILENT) == "Please complete this required field."
    assert complaint([{**needed, "optional": True}], SILENT) == ""


@pytest.mark.parametrize("chosen", [5, "a", ["a"], {"text": "A"}, {"value": ["a"]}, {"value": "b"}])
def test_a_menu_offers_nothing_but_its_own_options(chosen: Any) -> None:
    menu = {"type": "static_select", "action_id": "menu", "options": [option("a")]}

    assert forms.offers(menu, {"selected_option": option("a")})
    assert not forms.offers(menu, {"selected_option": chosen})
    assert not forms.offers(menu, {"selected_options": [option("a"), chosen]})


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        ("plain_text_input", {"value": "Hi"}, {"value": 5}),
        ("number_input", {"value": None}, {"value": {"a": 1}}),
        ("rich_text_input", {"rich_text_value": {}}, {"rich_text_value": "Hi"}),
        ("datetimepicker", {"selected_date_time": 1496325600}, {"selected_date_time": [1]}),
        ("multi_users_select", {"selected_users": ["U0TOM"]}, {"selected_users": "U0TOM"}),
    ],
)
def test_an_input_holds_only_what_is_of_its_type(kind: str, right: Json, wrong: Json) -> None:
    element = {"type": kind, "action_id": "a"}

    assert forms.offers(element, right)
    assert not forms.offers(element, wrong)
