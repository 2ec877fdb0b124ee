"""Blocks as Slack keeps them and gives them back: with ids and defaults where the app left them open."""

import secrets
from typing import Any

from bot.playground.block_kit.forms import VALUE_OF
from bot.playground.workspace.state import Json

TEXTS: dict[str, Json] = {"plain_text": {"emoji": True}, "mrkdwn": {"verbatim": False}}
INPUT: Json = {"optional": False, "dispatch_action": False}
NAMED = {*VALUE_OF, "button", "overflow", "workflow_button", "icon_button", "feedback_buttons"}  # by an action_id


def with_ids(blocks: list[Json]) -> list[Json]:
    """The blocks with ids, made up where the app gave none, and with what else it left open."""
    return [_with_action_ids(_with_block_id(block)) for block in filled_in(blocks)]


def filled_in(thing: Any) -> Any:
    """A block, an element, a text, or a list of them, with Slack's defaults: `emoji`, `verbatim`, `optional`."""
    if isinstance(thing, list):
        return [filled_in(part) for part in thing]
    if not isinstance(thing, dict) or thing.get("type") == "rich_text":
        return thing
    inner = {name: filled_in(part) for name, part in thing.items()}
    if isinstance(inner.get("text"), str):
        return inner | _left_open(inner, TEXTS.get(str(inner.get("type")), {}))
    return inner | (_left_open(inner, INPUT) if inner.get("type") == "input" else {})


def _left_open(given: Json, defaults: Json) -> Json:
    return {name: value for name, value in defaults.items() if name not in given}


def _with_block_id(block: Json) -> Json:
    return block if block.get("block_id") else {**block, "block_id": _fresh_id()}


def _with_action_ids(block: Json) -> Json:
    changed = dict(block)
    for place in ("element", "accessory"):
        if isinstance(block.get(place), dict):
            changed[place] = _with_action_id(block[place])
    if block.get("type") in ("actions", "context_actions"):
        changed["elements"] = [_with_action_id(element) for element in block["elements"]]
    return changed


def _with_action_id(element: Json) -> Json:
    known = element.get("action_id") or element["type"] not in NAMED
    return element if known else {**element, "action_id": _fresh_id()}


def _fresh_id() -> str:
    return secrets.token_urlsafe(4)
