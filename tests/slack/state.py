"""What Slack sends when a form goes out as it was opened: the inverse of building it."""

from typing import Any

KEPT = {
    "plain_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "static_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "checkboxes": ("selected_options", "initial_options"),
}


def state_of(view: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return `state.values` of a form that nobody has touched."""
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    return {block["block_id"]: {block["element"]["action_id"]: _held(block["element"])} for block in inputs}


def _held(element: dict[str, Any]) -> dict[str, Any]:
    name, initial = KEPT[element["type"]]
    return {"type": element["type"], name: element.get(initial)}
