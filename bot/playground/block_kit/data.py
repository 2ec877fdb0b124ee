"""Block Kit as data: which fields a block and an element have, how long they may be, and where they may stand."""

from datetime import date, time
from typing import Any

from bot.playground.block_kit.checking import (
    Check,
    OneOf,
    Report,
    Shape,
    anything,
    boolean,
    in_turn,
    items,
    number,
    read_by,
    repeated,
    string,
    word,
)

NAME = string(255)  # action_id, block_id, callback_id


def plain(most: int) -> Check:
    """A plain_text object."""
    return OneOf({"plain_text": Shape({"type": anything, "text": string(most, 1), "emoji": boolean}, ("text",))})


def text(most: int) -> Check:
    """A plain_text or mrkdwn object."""
    mrkdwn = Shape({"type": anything, "text": string(most, 1), "verbatim": boolean}, ("text",))
    plain_text = Shape({"type": anything, "text": string(most, 1), "emoji": boolean}, ("text",))
    return OneOf({"plain_text": plain_text, "mrkdwn": mrkdwn})


CONFIRM = Shape(
    {
        "title": plain(100),
        "text": text(300),
        "confirm": plain(30),
        "deny": plain(30),
        "style": word("primary", "danger"),
    },
    ("title", "text", "confirm", "deny"),
)
OPTION = Shape({"text": plain(75), "value": string(150), "description": plain(75)}, ("text", "value"))
RICH_OPTION = Shape({"text": text(75), "value": string(150), "description": text(75)}, ("text", "value"))
OVERFLOW_OPTION = Shape(
    {"text": plain(75), "value": string(150), "description": plain(75), "url": string(3000)}, ("text", "value")
)
GROUP = Shape({"label": plain(75), "options": items(OPTION, 100)}, ("label", "options"))
FILTER = Shape({"include": anything, "exclude_external_shared_channels": boolean, "exclude_bot_users": boolean})
DISPATCH = Shape({"trigger_actions_on": anything})


def _one_choice(value: Any, at: str, report: Report) -> None:
    """Options or groups, and what is chosen at first is among them."""
    groups = value.get("option_groups")
    if bool(value.get("options")) == bool(groups):
        report(at, "must have exactly one of options, option_groups")
        return
    offered = value.get("options") or [option for group in groups for option in group.get("options", [])]
    chosen = value.get("initial_options") or [value.get("initial_option")]
    for option in chosen:
        if option is not None and option not in offered:
            report(at, "initial option must be one of the options")
    for again in repeated(str(option.get("value")) for option in offered if isinstance(option, dict)):
        report(at, f"option value {again} occurs twice")


def _element(required: tuple[str, ...] = (), /, **fields: Check) -> Shape:
    shared = {"type": anything, "action_id": NAME, "focus_on_load": boolean}
    return Shape(shared | fields, required)


def _menu(**fields: Check) -> Shape:
    return _element(placeholder=plain(150), confirm=CONFIRM, **fields)


def _many(**fields: Check) -> Shape:
    return _menu(max_selected_items=number(1, 100), **fields)


STATIC: dict[str, Check] = {"options": items(OPTION, 100), "option_groups": items(GROUP, 100)}
BOXES: dict[str, Check] = {"options": items(RICH_OPTION, 10)}
TYPED: dict[str, Check] = {"placeholder": plain(150), "dispatch_action_config": DISPATCH}
DAY = read_by(date.fromisoformat, "a date like 2017-06-12")
HOUR = in_turn(string(5, 5), read_by(time.fromisoformat, "a time like 09:30"))

ELEMENTS: dict[str, Check] = {
    "button": _element(
        ("text",),
        text=plain(75),
        value=string(2000),
        url=string(3000),
        style=word("primary", "danger"),
        confirm=CONFIRM,
        accessibility_label=string(75),
        visible_to_user_ids=anything,
    ),
    "image": Shape(
        {"type": anything, "image_url": string(3000), "slack_file": anything, "alt_text": string(2000)}, ("alt_text",)
    ),
    "overflow": _element(("options",), options=items(OVERFLOW_OPTION, 5), confirm=CONFIRM),
    "checkboxes": in_turn(
        _element(("options",), **BOXES, initial_options=items(RICH_OPTION, 10), confirm=CONFIRM), _one_choice
    ),
    "radio_buttons": in_turn(_element(("options",), **BOXES, initial_option=RICH_OPTION, confirm=CONFIRM), _one_choice),
    "static_select": in_turn(_menu(**STATIC, initial_option=OPTION), _one_choice),
    "multi_static_select": in_turn(_many(**STATIC, initial_options=items(OPTION, 100)), _one_choice),
    "external_select": _menu(initial_option=OPTION, min_query_length=number(0, 255)),
    "multi_external_select": _many(initial_options=items(OPTION, 100), min_query_length=number(0, 255)),
    "users_select": _menu(initial_user=NAME),
    "multi_users_select": _many(initial_users=items(NAME, 100)),
    "conversations_select": _menu(
        initial_conversation=NAME, default_to_current_conversation=boolean, response_url_enabled=boolean, filter=FILTER
    ),
    "multi_conversations_select": _many(
        initial_conversations=items(NAME, 100), default_to_current_conversation=boolean, filter=FILTER
    ),
    "channels_select": _menu(initial_channel=NAME, response_url_enabled=boolean),
    "multi_channels_select": _many(initial_channels=items(NAME, 100)),
    "datepicker": _menu(initial_date=DAY),
    "timepicker": _menu(initial_time=HOUR, timezone=NAME),
    "datetimepicker": _element(initial_date_time=number(10**9, 10**10 - 1), confirm=CONFIRM),
    "plain_text_input": _element(
        **TYPED,
        initial_value=string(3000),
        multiline=boolean,
        min_length=number(0, 3000),
        max_length=number(1, 3000),
    ),
    "email_text_input": _element(**TYPED, initial_value=string(3000)),
    "url_text_input": _element(**TYPED, initial_value=string(3000)),
    "number_input": _element(
        ("is_decimal_allowed",),
        **TYPED,
        is_decimal_allowed=boolean,
        initial_value=string(300),
        min_value=string(300),
        max_value=string(300),
    ),
    "rich_text_input": _element(**TYPED, initial_value=anything),
    "file_input": _element(filetypes=anything, max_files=number(1, 10)),
}

TYPED_ONLY = {kind for kind in ELEMENTS if kind.endswith("_input")}
IN_ACTIONS = set(ELEMENTS) - TYPED_ONLY - {"image"}
IN_SECTION = set(ELEMENTS) - TYPED_ONLY
IN_INPUT = set(ELEMENTS) - {"button", "image", "overflow"}
IN_CONTEXT: dict[str, Check] = {"image": ELEMENTS["image"], "plain_text": text(3000), "mrkdwn": text(3000)}


def _says_something(value: Any, at: str, report: Report) -> None:
    if value.get("text") is None and value.get("fields") is None:
        report(at, "must have text or fields")


def _distinct_actions(value: Any, at: str, report: Report) -> None:
    named = [element["action_id"] for element in value["elements"] if element.get("action_id")]
    for name in repeated(named):
        report(at, f"action_id {name} occurs twice in one block")


def _block(required: tuple[str, ...] = (), /, **fields: Check) -> Shape:
    return Shape({"type": anything, "block_id": NAME} | fields, required)


BLOCKS: dict[str, Check] = {
    "section": in_turn(
        _block(
            text=text(3000),
            fields=items(text(2000), 10),
            accessory=OneOf(ELEMENTS, IN_SECTION),
            expand=boolean,
        ),
        _says_something,
    ),
    "header": _block(("text",), text=plain(150), level=number(1, 4)),
    "divider": _block(),
    "context": _block(("elements",), elements=items(OneOf(IN_CONTEXT), 10)),
    "actions": in_turn(_block(("elements",), elements=items(OneOf(ELEMENTS, IN_ACTIONS), 25)), _distinct_actions),
    "input": _block(
        ("label", "element"),
        label=plain(2000),
        element=OneOf(ELEMENTS, IN_INPUT),
        hint=plain(2000),
        optional=boolean,
        dispatch_action=boolean,
    ),
    "image": _block(
        ("alt_text",),
        image_url=string(3000),
        slack_file=anything,
        alt_text=string(2000),
        title=plain(2000),
    ),
    "rich_text": _block(("elements",), elements=anything),
    "markdown": _block(("text",), text=string(12_000)),
    "table": _block(("rows",), rows=items(items(anything, 20), 100), column_settings=anything),
}
# Blocks that Slack knows and whose inside is not checked here.
UNCHECKED = {
    "alert",
    "card",
    "carousel",
    "container",
    "context_actions",
    "data_table",
    "file",
    "plan",
    "task_card",
    "video",
}
EVERYWHERE = {"section", "header", "divider", "context", "actions", "input", "image", "rich_text", "video"}
SURFACES = {
    "message": EVERYWHERE | UNCHECKED | {"markdown", "table"},
    "modal": EVERYWHERE | {"alert", "card", "container"},
    "home": EVERYWHERE | {"card", "carousel", "container"},
}
ALL_BLOCKS: dict[str, Check] = BLOCKS | dict.fromkeys(UNCHECKED, anything)
