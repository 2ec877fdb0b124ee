"""Block Kit's elements: which fields each has, how long they may be, and in which blocks and surfaces it may stand."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from bot.playground.block_kit.checking import (
    Check,
    OneOf,
    Report,
    Shape,
    anything,
    boolean,
    exactly_one_of,
    in_turn,
    is_number,
    items,
    like,
    not_more,
    number,
    read_by,
    repeats,
    string,
    word,
)
from bot.playground.block_kit.composition import (
    ADDRESS,
    CONFIRM,
    DISPATCH,
    FILTER,
    GROUP,
    IMAGE,
    LINK_OPTION,
    NAME,
    OPTION,
    RICH_OPTION,
    STYLE,
    WORKFLOW,
    plain,
)
from bot.playground.block_kit.rich_text import RICH_TEXT


def _element(required: tuple[str, ...] = (), /, **fields: Check) -> Shape:
    return Shape({"type": anything, "action_id": NAME} | fields, required)


def _input(required: tuple[str, ...] = (), /, **fields: Check) -> Shape:
    return _element(required, focus_on_load=boolean, **fields)


def _menu(**fields: Check) -> Shape:
    return _input(placeholder=plain(150), confirm=CONFIRM, **fields)


def _menu_of_many(**fields: Check) -> Shape:
    return _menu(max_selected_items=number(1), **fields)


def _typed(required: tuple[str, ...] = (), /, **fields: Check) -> Shape:
    return _input(required, placeholder=plain(150), dispatch_action_config=DISPATCH, **fields)


def _known_choice(value: Any, at: str, report: Report) -> None:
    """The values of options differ, and what is chosen at first is one of them."""
    offered = [*_options(value, at)]
    for where, name in repeats((f"{where}/value", option["value"]) for where, option in offered):
        report(where, f"option value {name} occurs twice")
    for where, option in _chosen(value, at):
        if option not in [one for _, one in offered]:
            report(where, "must be one of the options")


def _options(value: Any, at: str) -> list[tuple[str, Any]]:
    grouped = [
        (f"{at}/option_groups/{nth}/options/{index}", option)
        for nth, group in enumerate(value.get("option_groups", []))
        for index, option in enumerate(group["options"])
    ]
    return [(f"{at}/options/{index}", option) for index, option in enumerate(value.get("options", []))] + grouped


def _chosen(value: Any, at: str) -> list[tuple[str, Any]]:
    one = [(f"{at}/initial_option", value["initial_option"])] if "initial_option" in value else []
    return one + [(f"{at}/initial_options/{n}", option) for n, option in enumerate(value.get("initial_options", []))]


def _ten_digits(value: Any, at: str, report: Report) -> None:
    if not is_number(value) or not 10**9 <= value < 10**10:
        report(at, "must be a number of 10 digits, in seconds")


OFFERED: dict[str, Check] = {"options": items(OPTION, 100), "option_groups": items(GROUP, 100)}
ONE_OFFER = exactly_one_of(*OFFERED)
TEN = items(RICH_OPTION, 10)
PEOPLE = items(string(), least=0)
A_DAY = "a date like 2017-06-12"
DAY = in_turn(like(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", A_DAY), read_by(date.fromisoformat, A_DAY))
HOUR = like(r"([01][0-9]|2[0-3]):[0-5][0-9]", "a time like 09:30")
ZONE = read_by(ZoneInfo, "a time zone like Europe/Berlin")
NUMERAL = like(r"-?[0-9]*\.?[0-9]+", "a number")
RATED = Shape({"text": plain(75), "value": string(2000), "accessibility_label": string(75)}, ("text", "value"))

ELEMENTS: dict[str, Check] = {
    "button": _element(
        ("text",),
        text=plain(75),
        value=string(2000),
        url=ADDRESS,
        style=STYLE,
        confirm=CONFIRM,
        accessibility_label=string(75),
        visible_to_user_ids=items(string(), least=0),
        agent_prompt=string(4000),
        agent_prompt_display=string(),
    ),
    "workflow_button": _element(
        ("text", "workflow", "action_id"),
        text=plain(75),
        workflow=WORKFLOW,
        style=STYLE,
        accessibility_label=string(75),
    ),
    "icon_button": _element(
        ("icon", "text"),
        icon=word("trash"),
        text=plain(75),
        value=string(2000),
        confirm=CONFIRM,
        accessibility_label=string(75),
        visible_to_user_ids=items(string(), least=0),
    ),
    "feedback_buttons": _element(("positive_button", "negative_button"), positive_button=RATED, negative_button=RATED),
    "image": IMAGE,
    "overflow": in_turn(_element(("options",), options=items(LINK_OPTION, 5), confirm=CONFIRM), _known_choice),
    "checkboxes": in_turn(_input(("options",), options=TEN, initial_options=TEN, confirm=CONFIRM), _known_choice),
    "radio_buttons": in_turn(
        _input(("options",), options=TEN, initial_option=RICH_OPTION, confirm=CONFIRM), _known_choice
    ),
    "static_select": in_turn(_menu(**OFFERED, initial_option=OPTION), ONE_OFFER, _known_choice),
    "multi_static_select": in_turn(
        _menu_of_many(**OFFERED, initial_options=items(OPTION, 100)), ONE_OFFER, _known_choice
    ),
    "external_select": _menu(initial_option=OPTION, min_query_length=number(0)),
    "multi_external_select": _menu_of_many(initial_options=items(OPTION, 100), min_query_length=number(0)),
    "users_select": _menu(initial_user=string()),
    "multi_users_select": _menu_of_many(initial_users=PEOPLE),
    "conversations_select": _menu(
        initial_conversation=string(),
        default_to_current_conversation=boolean,
        response_url_enabled=boolean,
        filter=FILTER,
    ),
    "multi_conversations_select": _menu_of_many(
        initial_conversations=PEOPLE, default_to_current_conversation=boolean, filter=FILTER
    ),
    "channels_select": _menu(initial_channel=string(), response_url_enabled=boolean),
    "multi_channels_select": _menu_of_many(initial_channels=PEOPLE),
    "datepicker": _menu(initial_date=DAY),
    "timepicker": _menu(initial_time=HOUR, timezone=ZONE),
    "datetimepicker": _input(initial_date_time=_ten_digits, confirm=CONFIRM),
    "plain_text_input": in_turn(
        _typed(initial_value=string(3000), multiline=boolean, min_length=number(0, 3000), max_length=number(1, 3000)),
        not_more("min_length", "max_length"),
    ),
    "email_text_input": _typed(initial_value=string(3000)),
    "url_text_input": _typed(initial_value=string(3000)),
    "number_input": in_turn(
        _typed(
            ("is_decimal_allowed",),
            is_decimal_allowed=boolean,
            initial_value=NUMERAL,
            min_value=NUMERAL,
            max_value=NUMERAL,
        ),
        not_more("min_value", "max_value", Decimal),
    ),
    "rich_text_input": in_turn(
        _typed(("action_id",), initial_value=RICH_TEXT, min_lines=number(1, 100), max_lines=number(1, 100)),
        not_more("min_lines", "max_lines"),
    ),
    "file_input": _element(filetypes=items(string()), max_files=number(1, 10)),
}

_TYPED_INTO = {kind for kind in ELEMENTS if kind.endswith("_input")}
_CONTEXTUAL = {"icon_button", "feedback_buttons"}
PLACES: dict[str, set[str]] = {
    "section": set(ELEMENTS) - _TYPED_INTO - _CONTEXTUAL - {"datetimepicker"},
    "actions": set(ELEMENTS) - _TYPED_INTO - _CONTEXTUAL - {"image"},
    "input": set(ELEMENTS) - _CONTEXTUAL - {"button", "workflow_button", "image", "overflow"},
    "context_actions": _CONTEXTUAL,
    "card": {"button"},
}
# Elements that stand on some surfaces only, as their pages say.
ONLY_ON: dict[str, Collection[str]] = {
    "workflow_button": ("message",),
    "datetimepicker": ("message", "modal"),
    "rich_text_input": ("modal", "home"),
    "email_text_input": ("modal",),
    "url_text_input": ("modal",),
    "number_input": ("modal",),
    "file_input": ("modal",),
}


def elements_in(place: str, surface: str) -> OneOf:
    """The elements that may stand in a kind of block on a surface."""
    fit = {kind for kind in PLACES[place] if surface in ONLY_ON.get(kind, (surface,))}
    if (place, surface) == ("input", "modal"):
        return OneOf({kind: check for kind, check in ELEMENTS.items() if kind in fit})
    return OneOf({kind: in_turn(check, _no_response_url) for kind, check in ELEMENTS.items() if kind in fit})


def _no_response_url(value: Any, at: str, report: Report) -> None:
    if value.get("response_url_enabled"):
        report(f"{at}/response_url_enabled", "works only in an input block of a modal")
