"""What people write as a rich text block: Slack keeps one beside the text of each of their messages."""

import re
import secrets
from html import unescape
from typing import Any

from bot.playground.workspace.state import Json

PIECE = re.compile(
    r"<(?P<reference>[^<>]+)>"
    r"|:(?P<emoji>[a-z0-9_+'-]+):"
    r"|(?<!\w)(?:`(?P<code>[^`\n]+)`|\*(?P<bold>[^*\s][^*\n]*)\*|_(?P<italic>[^_\s][^_\n]*)_|~(?P<strike>[^~\s][^~\n]*)~)(?!\w)"
)


def rich_text(text: str) -> Json:
    """The block of a message's text. Marks within marks, lists and quotations stay words, as they were typed."""
    section = {"type": "rich_text_section", "elements": _elements(text)}
    return {"type": "rich_text", "block_id": secrets.token_urlsafe(4), "elements": [section]}


def _elements(text: str) -> list[Json]:
    elements, at = [], 0
    for found in PIECE.finditer(text):
        elements += _words(text[at : found.start()])
        elements.append(_element(found))
        at = found.end()
    return elements + _words(text[at:])


def _words(text: str, **more: Any) -> list[Json]:
    return [{"type": "text", "text": unescape(text), **more}] if text else []


def _element(found: re.Match[str]) -> Json:
    kind, held = str(found.lastgroup), found[str(found.lastgroup)]
    if kind == "reference":
        return _reference(held)
    if kind == "emoji":
        return {"type": "emoji", "name": held}
    return {"type": "text", "text": unescape(held), "style": {kind: True}}


def _reference(held: str) -> Json:
    target, _, label = held.partition("|")
    if target[0] == "@":
        return {"type": "user", "user_id": target[1:]}
    if target[0] == "#":
        return {"type": "channel", "channel_id": target[1:]}
    if target[0] == "!":
        return {"type": "broadcast", "range": target[1:]}
    return {"type": "link", "url": unescape(target)} | ({"text": unescape(label)} if label else {})
