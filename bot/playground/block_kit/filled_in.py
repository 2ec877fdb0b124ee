"""Blocks as Slack gives them back: with what the app left open filled in."""

from typing import Any

from bot.playground.workspace.state import Json

TEXTS: dict[str, Json] = {"plain_text": {"emoji": True}, "mrkdwn": {"verbatim": False}}
INPUT: Json = {"optional": False, "dispatch_action": False}


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
