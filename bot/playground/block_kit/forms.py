"""What the inputs of a form hold, and what Slack's own clients check before a form is sent."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from bot.playground.block_kit.checks import elements_of
from bot.playground.block_kit.rich_text import words_in
from bot.playground.refusals import ActRefused
from bot.playground.workspace.state import Json

State = dict[str, dict[str, Json]]

VALUE_OF = {
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "rich_text_input": "rich_text_value",
    "file_input": "files",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "checkboxes": "selected_options",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
    "multi_conversations_select": "selected_conversations",
    "channels_select": "selected_channel",
    "multi_channels_select": "selected_channels",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
}
LISTS = {"selected_options", "selected_users", "selected_conversations", "selected_channels", "files"}
TYPES = {  # of what is no text
    **dict.fromkeys(LISTS, (list,)),
    "selected_option": (dict,),
    "rich_text_value": (dict,),
    "selected_date_time": (int, str),
}
REQUIRED = "Please complete this required field."


def held(blocks: list[Json], given: Mapping[str, Any], before: Mapping[str, Any], here: str = "") -> State:
    """What every input holds: what the person gave, else what it held before, else what it began with.

    `here` is the conversation that the person looks at, with which some menus begin.
    """
    state: State = {}
    for block, element in inputs_of(blocks):
        block_id, action_id = block["block_id"], element["action_id"]
        value = given.get(block_id, {}).get(action_id) or before.get(block_id, {}).get(action_id) or {}
        state.setdefault(block_id, {})[action_id] = _state_of(element, value, here)
    return state


def inputs_of(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Each (block, element) that holds a value."""
    for block in blocks:
        for element in elements_of(block):
            if element["type"] in VALUE_OF:
                yield block, element


def unknown_inputs(blocks: list[Json], given: Mapping[str, Any]) -> list[str]:
    """What was filled in that the form does not have, or chosen that it does not offer; nothing if all is well."""
    known = {(block["block_id"], element["action_id"]): element for block, element in inputs_of(blocks)}
    wrong = []
    for block_id, actions in given.items():
        for action_id, value in actions.items():
            element = known.get((block_id, action_id))
            if element is None or not offers(element, value):
                wrong.append(f"{block_id}/{action_id}")
    return wrong


def complaints(blocks: list[Json], state: State) -> dict[str, str]:
    """What Slack's client says, by block_id, before it lets a form go. Empty if it goes."""
    found = {}
    for block, element in inputs_of(blocks):
        if block["type"] != "input":
            continue
        value = state[block["block_id"]][element["action_id"]][VALUE_OF[element["type"]]]
        complaint = _complaint(element, value, optional=bool(block.get("optional")))
        if complaint:
            found[block["block_id"]] = complaint
    return found


def options_of(element: Json) -> list[Json]:
    """What a menu offers, groups and all."""
    grouped = [option for group in element.get("option_groups") or [] for option in group["options"]]
    return [*(element.get("options") or []), *grouped]


def offers(element: Json, value: Json) -> bool:
    """Whether an element may hold that: of Slack's own type for it, and in a menu with options one of these."""
    if not _fits(element, value):
        return False
    offered = [option["value"] for option in options_of(element)]
    if not offered:
        return True
    several = value.get("selected_options")
    chosen = [value.get("selected_option"), *(several if isinstance(several, list) else [several])]
    return all(isinstance(option, dict) and option.get("value") in offered for option in chosen if option)


def _fits(element: Json, value: Json) -> bool:
    field = VALUE_OF.get(element["type"], "selected_option")
    return value.get(field) is None or type(value[field]) in TYPES.get(field, (str,))


def state_for(element: Json, value: Any) -> Json:
    """A plain value as Slack's state writes it for that kind of input."""
    field = VALUE_OF[element["type"]]
    if field == "selected_options":
        return {"type": element["type"], field: [option_called(element, one) for one in value or []]}
    if field == "selected_option":
        return {"type": element["type"], field: None if value is None else option_called(element, value)}
    if field == "value":
        return {"type": element["type"], field: None if value is None else str(value)}
    if field == "rich_text_value" and isinstance(value, str):
        return {"type": element["type"], field: _rich_text(value) if value else None}
    return {"type": element["type"], field: _as_text(value)}


def option_called(element: Json, wanted: Any) -> Json:
    """The option of a menu with that value, or these words. Raise ActRefused if there is none."""
    if isinstance(wanted, dict):
        return wanted
    for option in options_of(element):
        if str(wanted) in (option["value"], option["text"]["text"]):
            return option
    raise ActRefused("no_such_choice", f"{element['action_id']} does not offer {wanted!r}.")


def _rich_text(words: str) -> Json:
    """Plain words as the rich text that Slack's composer makes of them."""
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": words}]}
    return {"type": "rich_text", "elements": [section]}


def _as_text(value: Any) -> Any:
    """A moment, a day or a time as Slack writes it; anything else as it is."""
    if isinstance(value, datetime):
        return int(value.timestamp())
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return value.isoformat() if isinstance(value, date) else value


def _state_of(element: Json, value: Json, here: str) -> Json:
    name = VALUE_OF[element["type"]]
    held = value[name] if name in value else _begun(element, name, here)
    state = {"type": element["type"], name: [] if held is None and name in LISTS else held}
    return state | ({"timezone": element["timezone"]} if "timezone" in element else {})


def _begun(element: Json, name: str, here: str) -> Any:
    """What an input holds at first."""
    begun = element.get("initial_" + name.removeprefix("selected_").replace("rich_text_value", "value"))
    if begun is None and here and element.get("default_to_current_conversation"):
        return [here] if name in LISTS else here
    return begun


def _complaint(element: Json, value: Any, *, optional: bool) -> str:
    if value in (None, "", []) or (element["type"] == "rich_text_input" and not words_in(value)):
        return "" if optional else REQUIRED
    if isinstance(value, list):
        return _about_count(element, len(value))
    check = COMPLAINTS.get(element["type"])
    return check(element, value) if check else ""


def _about_count(element: Json, count: int) -> str:
    most = element.get("max_files", 10) if element["type"] == "file_input" else element.get("max_selected_items")
    return "" if most is None or count <= most else f"Please choose at most {most}."


def _about_length(element: Json, value: str) -> str:
    least, most = element.get("min_length") or 0, element.get("max_length") or 3000
    if len(value) < least:
        return f"Must be at least {least} characters."
    return f"Must be at most {most} characters." if len(value) > most else ""


def _about_number(element: Json, value: str) -> str:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return "Please enter a number."
    if not number.is_finite():
        return "Please enter a number."
    if not element.get("is_decimal_allowed") and number != number.to_integral_value():
        return "Please enter a whole number."
    least, most = element.get("min_value"), element.get("max_value")
    if least is not None and number < Decimal(least):
        return f"Please enter a number of at least {least}."
    return f"Please enter a number of at most {most}." if most is not None and number > Decimal(most) else ""


def _about_email(element: Json, value: str) -> str:
    return "" if re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value) else "Please enter a valid email address."


def _about_url(element: Json, value: str) -> str:
    return "" if re.match(r"https?://[^\s/]+", value) else "Please enter a valid URL."


COMPLAINTS: dict[str, Callable[[Json, str], str]] = {
    "plain_text_input": _about_length,
    "number_input": _about_number,
    "email_text_input": _about_email,
    "url_text_input": _about_url,
}
