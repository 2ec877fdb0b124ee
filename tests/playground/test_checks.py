"""The light checks of Block Kit: each wrong thing is found and pointed at, and the right one beside it is not."""

from typing import Any

import pytest

from bot.playground.block_kit.checks import blocks_of_message, view_problems
from tests.playground.parrot import (
    actions,
    button,
    home,
    input_block,
    modal,
    option,
    plain,
    section,
    words_input,
)

Json = dict[str, Any]


def select(**more: Any) -> Json:
    return {"type": "static_select", "action_id": "menu", "placeholder": plain("Pick"), "options": [option("a")]} | more


def boxes(*options: Json, **more: Any) -> Json:
    return {"type": "checkboxes", "action_id": "boxes", "options": list(options)} | more


GOOD = [
    section("a" * 3000),
    {"type": "section", "fields": [plain("f" * 2000)] * 10},
    {"type": "section", "text": plain("with"), "accessory": button("b", "b" * 75, value="v" * 2000)},
    {"type": "section", "text": {"type": "mrkdwn", "text": "@here", "verbatim": True}},
    {"type": "header", "text": plain("h" * 150)},
    {"type": "divider"},
    {"type": "context", "elements": [plain("c"), {"type": "mrkdwn", "text": "c"}] * 5},
    {"type": "context", "elements": [{"type": "image", "image_url": "https://example.org/i.png", "alt_text": "I"}]},
    actions(*[button(f"b{number}") for number in range(25)]),
    actions(select(), boxes(option("a")), {"type": "overflow", "action_id": "o", "options": [option("a")]}),
    actions(select(options=None, option_groups=[{"label": plain("G"), "options": [option("a")]}])),
    actions(select(initial_option=option("a"))),
    actions(
        button("b", confirm={"title": plain("Sure?"), "text": plain("?"), "confirm": plain("Y"), "deny": plain("N")})
    ),
    {"type": "image", "image_url": "https://example.org/i.png", "alt_text": "An image"},
    {"type": "markdown", "text": "**hello**"},
    {"type": "rich_text", "elements": []},
    words_input(),
]

BAD: list[tuple[Json, str]] = [
    ({"type": "hologram"}, "unsupported type: hologram [json-pointer:/blocks/0]"),
    ({"text": plain("x")}, "missing required field: type [json-pointer:/blocks/0]"),
    (section("a" * 3001), "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
    (section(""), "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
    ({"type": "section"}, "must have text or fields [json-pointer:/blocks/0]"),
    ({"type": "section", "fields": [plain("f")] * 11}, "no more than 10 items allowed [json-pointer:/blocks/0/fields]"),
    (
        {"type": "section", "fields": [plain("f" * 2001)]},
        "must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]",
    ),
    ({"type": "section", "text": "bare"}, "missing required field: type [json-pointer:/blocks/0/text]"),
    (section("x") | {"txt": 1}, "invalid additional property: txt [json-pointer:/blocks/0]"),
    (
        {"type": "section", "text": {"type": "mrkdwn", "text": "x", "emoji": True}},
        "invalid additional property: emoji [json-pointer:/blocks/0/text]",
    ),
    (
        {"type": "header", "text": plain("h" * 151)},
        "must be less than 151 characters [json-pointer:/blocks/0/text/text]",
    ),
    (
        {"type": "header", "text": {"type": "mrkdwn", "text": "h"}},
        "unsupported type: mrkdwn [json-pointer:/blocks/0/text]",
    ),
    (
        {"type": "context", "elements": [plain("c")] * 11},
        "no more than 10 items allowed [json-pointer:/blocks/0/elements]",
    ),
    ({"type": "context", "elements": []}, "must have at least 1 item [json-pointer:/blocks/0/elements]"),
    ({"type": "context", "elements": [button("b")]}, "unsupported type: button [json-pointer:/blocks/0/elements/0]"),
    (actions(*[button(f"b{n}") for n in range(26)]), "no more than 25 items allowed [json-pointer:/blocks/0/elements]"),
    (actions(button("same"), button("same")), "action_id same occurs twice in one block [json-pointer:/blocks/0]"),
    (actions(button("b", "x" * 76)), "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]"),
    (
        actions(button("b", value="v" * 2001)),
        "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]",
    ),
    (actions(button("a" * 256)), "must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]"),
    (actions(button("b", style="loud")), "must be one of primary, danger [json-pointer:/blocks/0/elements/0/style]"),
    (actions({"type": "button", "action_id": "b"}), "missing required field: text [json-pointer:/blocks/0/elements/0]"),
    (
        actions({"type": "plain_text_input", "action_id": "x"}),
        "unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0]",
    ),
    (
        actions(
            button(
                "b", confirm={"title": plain("t" * 101), "text": plain("?"), "confirm": plain("Y"), "deny": plain("N")}
            )
        ),
        "must be less than 101 characters [json-pointer:/blocks/0/elements/0/confirm/title/text]",
    ),
    (
        actions(button("b", confirm={"title": plain("t")})),
        "missing required field: text [json-pointer:/blocks/0/elements/0/confirm]",
    ),
    (actions(select(options=[])), "must have at least 1 item [json-pointer:/blocks/0/elements/0/options]"),
    (
        actions(select(options=[option(str(n)) for n in range(101)])),
        "no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    (
        actions(select(options=[option("a", "x" * 76)])),
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/text/text]",
    ),
    (
        actions(select(options=[option("v" * 151)])),
        "must be less than 151 characters [json-pointer:/blocks/0/elements/0/options/0/value]",
    ),
    (
        actions(select(options=[option("a"), option("a")])),
        "option value a occurs twice [json-pointer:/blocks/0/elements/0]",
    ),
    (
        actions(select(initial_option=option("b"))),
        "initial option must be one of the options [json-pointer:/blocks/0/elements/0]",
    ),
    (
        actions(select(option_groups=[{"label": plain("G"), "options": [option("a")]}])),
        "must have exactly one of options, option_groups [json-pointer:/blocks/0/elements/0]",
    ),
    (
        actions(boxes(*[option(str(n)) for n in range(11)])),
        "no more than 10 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    (
        actions({"type": "overflow", "action_id": "o", "options": [option(str(n)) for n in range(6)]}),
        "no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    (
        actions({"type": "datepicker", "action_id": "d", "initial_date": "12 June"}),
        "must be a date like 2017-06-12 [json-pointer:/blocks/0/elements/0/initial_date]",
    ),
    (
        actions({"type": "timepicker", "action_id": "t", "initial_time": "25:00"}),
        "must be a time like 09:30 [json-pointer:/blocks/0/elements/0/initial_time]",
    ),
    (
        {"type": "image", "image_url": "https://example.org/i.png"},
        "missing required field: alt_text [json-pointer:/blocks/0]",
    ),
    (
        {
            "type": "section",
            "text": plain("x"),
            "accessory": {"type": "image", "image_url": "https://example.org/i.png"},
        },
        "missing required field: alt_text [json-pointer:/blocks/0/accessory]",
    ),
    ({"type": "markdown", "text": "m" * 12_001}, "must be less than 12001 characters [json-pointer:/blocks/0/text]"),
    (input_block("i", button("b")), "unsupported type: button [json-pointer:/blocks/0/element]"),
    (
        input_block("i", {"type": "plain_text_input", "action_id": "t", "max_length": 3001}),
        "must be a number from 1 to 3000 [json-pointer:/blocks/0/element/max_length]",
    ),
    (
        {"type": "input", "element": {"type": "plain_text_input"}},
        "missing required field: label [json-pointer:/blocks/0]",
    ),
    (words_input(optional="yes"), "must be a boolean [json-pointer:/blocks/0/optional]"),
]


@pytest.mark.parametrize("block", GOOD, ids=lambda block: str(block["type"]))
def test_a_right_block_is_let_through(block: Json) -> None:
    assert blocks_of_message([block]) == []


@pytest.mark.parametrize(("block", "problem"), BAD, ids=[problem.split(" [")[0] for _, problem in BAD])
def test_a_wrong_block_is_pointed_at(block: Json, problem: str) -> None:
    assert f"[ERROR] {problem}" in blocks_of_message([block])


@pytest.mark.parametrize("nonsense", ["text", 7, None, [], {}, {"type": 3}, {"type": ["section"]}])
def test_nonsense_is_found_rather_than_stumbled_over(nonsense: Any) -> None:
    assert blocks_of_message([nonsense])
    assert blocks_of_message([{"type": "section", "text": nonsense}])
    assert blocks_of_message([{"type": "actions", "elements": nonsense}])
    assert view_problems({"type": "modal", "title": nonsense, "blocks": [nonsense]})


@pytest.mark.parametrize(("count", "taken"), [(50, True), (51, False)])
def test_a_message_holds_fifty_blocks(count: int, taken: bool) -> None:
    assert (blocks_of_message([{"type": "divider"}] * count) == []) is taken


@pytest.mark.parametrize(("count", "taken"), [(100, True), (101, False)])
def test_a_view_holds_a_hundred_blocks(count: int, taken: bool) -> None:
    assert (view_problems(home(*[{"type": "divider"}] * count)) == []) is taken


def test_block_ids_are_unique() -> None:
    assert "block_id row occurs twice" in blocks_of_message([actions(button("a")), actions(button("b"))])[0]


def test_the_same_action_id_may_stand_in_two_blocks() -> None:
    assert blocks_of_message([actions(button("a")), actions(button("a"), block_id="other")]) == []


def test_only_one_element_has_the_focus() -> None:
    focused = {"type": "plain_text_input", "action_id": "t", "focus_on_load": True}

    assert view_problems(modal(input_block("one", focused))) == []
    assert "focus_on_load" in view_problems(modal(input_block("one", focused), input_block("two", focused)))[0]


def test_a_form_with_inputs_needs_a_button_to_send_it() -> None:
    unsendable = modal()
    del unsendable["submit"]

    assert "missing required field: submit" in view_problems(unsendable)[0]
    assert view_problems(unsendable | {"blocks": [section("Only to read")]}) == []


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("title", plain("t" * 25)),
        ("submit", plain("s" * 25)),
        ("close", plain("c" * 25)),
        ("private_metadata", "m" * 3001),
        ("callback_id", "c" * 256),
        ("external_id", "e" * 256),
        ("notify_on_close", "yes"),
        ("footer", plain("no such thing")),
        ("title", None),
    ],
)
def test_the_parts_of_a_form_have_their_limits(part: str, value: Any) -> None:
    assert view_problems(modal(**{part: value})) != []


def test_a_block_may_be_wrong_for_its_surface() -> None:
    markdown = {"type": "markdown", "text": "hello"}

    assert blocks_of_message([markdown]) == []
    assert view_problems(modal(markdown)) == ["[ERROR] unsupported type: markdown [json-pointer:/view/blocks/0]"]
    assert view_problems(home(markdown)) != []


def test_a_home_tab_has_no_title() -> None:
    assert view_problems(home()) == []
    assert view_problems(home() | {"title": plain("Home")}) != []
