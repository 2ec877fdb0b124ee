"""Block Kit, as far as we use it: small builders that escape what people typed and keep within Slack's limits.

Plain dicts rather than slack_sdk's classes: those check half of the limits (28 of 50 known-bad payloads) and know no
`verbatim`, without which a bare @here in somebody's words pings a channel.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, time
from typing import Any

from bot.domain.notes import Button

Block = dict[str, Any]
Element = dict[str, Any]
View = dict[str, Any]

_MARKUP = re.compile(r"<(?:[@#!][^|>]*\|([^>]*)|([^@#!|>][^|>]*)(?:\|[^>]*)?|[^>]*)>")
SECTION, HEADER, BUTTON, OPTION, PLACEHOLDER, TITLE = 3000, 150, 75, 75, 150, 24


def escape(text: str) -> str:
    """Make text safe in mrkdwn: `&`, `<` and `>` as Slack wants them."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """Return what was typed after a command: Slack sends it escaped, unlike what stands in forms."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def as_typed(text: str) -> str:
    """Return what was typed after a command without Slack's markup: the name for a mention, a link's address."""
    return unescape(_MARKUP.sub(lambda found: found[1] or found[2] or "", text)).strip()


def shorten(text: str, most: int) -> str:
    """Cut text that is longer than `most` characters, and show that it was cut."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def plain(text: str, most: int = 2000) -> Element:
    """Text without any markup."""
    return {"type": "plain_text", "text": shorten(text, most), "emoji": True}


def mrkdwn(text: str, most: int = SECTION) -> Element:
    """Text with *bold* and the like; whatever else it holds is shown and never acted on."""
    return {"type": "mrkdwn", "text": _escaped_within(text, most), "verbatim": True}


def _escaped_within(text: str, most: int) -> str:
    """Escape and shorten to `most` characters as Slack counts them, never through an entity."""
    escaped = escape(text)
    while len(escaped) > most:
        text = shorten(text, len(text) - (len(escaped) - most) // 5 - 1)
        escaped = escape(text)
    return escaped


def section(text: str, *, block_id: str | None = None, accessory: Element | None = None) -> Block:
    """A paragraph, perhaps with one element at its side."""
    return _without_none({"type": "section", "block_id": block_id, "text": mrkdwn(text), "accessory": accessory})


def sections(text: str) -> list[Block]:
    """As many paragraphs as a long text needs, divided at line ends where that is possible."""
    blocks: list[Block] = []
    rest = text
    while len(escape(rest)) > SECTION:
        fits = _fitting(rest)
        cut = rest.rfind("\n", 0, fits) + 1 or fits
        blocks += [section(rest[:cut].rstrip("\n"))] if rest[:cut].strip() else []
        rest = rest[cut:]
    return [*blocks, section(rest)] if rest.strip() else blocks


def _fitting(text: str) -> int:
    """Return how many characters of a long text surely fit into one paragraph once they are escaped."""
    fits = SECTION
    while len(escape(text[:fits])) > SECTION:
        fits = fits * 4 // 5
    return fits


def fields(pairs: Iterable[tuple[str, str] | Element]) -> Block:
    """Names and values side by side, at most ten."""
    shown = [mrkdwn(f"*{pair[0]}*\n{pair[1]}", 2000) if isinstance(pair, tuple) else pair for pair in pairs]
    return {"type": "section", "fields": shown[:10]}


def person_field(label: str, name: str, slack_id: str | None) -> Element:
    """A field with somebody's name, which guests may not see in a mention, and the mention, which leads to them."""
    shown = mrkdwn(f"*{label}*\n{name}", 2000)
    if slack_id is not None and re.fullmatch(r"[UW][A-Z0-9]+", slack_id):
        shown["text"] += f" · <@{slack_id}>"
    return shown


def header(text: str) -> Block:
    """A heading."""
    return {"type": "header", "text": plain(text, HEADER)}


def divider() -> Block:
    """A line across."""
    return {"type": "divider"}


def picture(file_id: str, alt: str) -> Block:
    """A picture that lies in Slack, with what it shows in words."""
    return {"type": "image", "slack_file": {"id": file_id}, "alt_text": shorten(alt, 2000)}


def context(text: str, *, block_id: str | None = None) -> Block:
    """Small print."""
    return _without_none({"type": "context", "block_id": block_id, "elements": [mrkdwn(text)]})


def actions(elements: Sequence[Element], block_id: str | None = None) -> Block:
    """A row of buttons and pickers."""
    return _without_none({"type": "actions", "block_id": block_id, "elements": list(elements)[:25]})


def button(
    action: str, label: str, value: str = "", *, url: str = "", style: str | None = None, confirm: Element | None = None
) -> Element:
    """A button; `style` is "primary", "danger" or None."""
    element: Element = {"type": "button", "action_id": action, "text": plain(label, BUTTON)}
    extra = {"value": value or None, "url": url or None, "style": style, "confirm": confirm}
    return element | _without_none(extra)


def confirm(question: str, yes: str, no: str = "Cancel", title: str = "Are you sure?") -> Element:
    """The question before a click counts."""
    return {
        "title": plain(title, 100),
        "text": plain(question, 300),
        "confirm": plain(yes, 30),
        "deny": plain(no, 30),
    }


def button_of(meant: Button) -> Element:
    """Show a note's button: as a button, or as a date picker where it asks for a day.

    A picker carries no value of its own, so what it is about travels in its action id, after a colon.
    """
    if meant.picks_day:
        return {
            "type": "datepicker",
            "action_id": f"{meant.action}:{meant.value}",
            "placeholder": plain(meant.label, PLACEHOLDER),
        }
    asked = confirm(meant.confirm, meant.label[:30]) if meant.confirm else None
    style = "primary" if meant.primary else None
    return button(meant.action, meant.label, meant.value, url=meant.url, style=style, confirm=asked)


def option(label: str, value: str, description: str = "") -> Element:
    """One choice."""
    shown: Element = {"text": plain(label, OPTION), "value": shorten(value, 150)}
    return shown | ({"description": plain(description, OPTION)} if description else {})


def select(action: str, options: Sequence[Element], *, initial: str | None = None, placeholder: str = "") -> Element:
    """A drop-down; `initial` is a value among the options."""
    shown = list(options)[:100]
    chosen = next((choice for choice in shown if choice["value"] == initial), None)
    element: Element = {"type": "static_select", "action_id": action, "options": shown}
    return element | _without_none(
        {"initial_option": chosen, "placeholder": plain(placeholder, PLACEHOLDER) if placeholder else None}
    )


def checkboxes(action: str, options: Sequence[Element], initial: Iterable[str] = ()) -> Element:
    """Boxes to tick, at most ten; `initial` are the values that are ticked."""
    wanted, shown = set(initial), list(options)[:10]
    ticked = [choice for choice in shown if choice["value"] in wanted]
    element: Element = {"type": "checkboxes", "action_id": action, "options": shown}
    return element | ({"initial_options": ticked} if ticked else {})


def radio(action: str, options: Sequence[Element], initial: str | None = None) -> Element:
    """One of a few, at most ten."""
    chosen = next((choice for choice in options if choice["value"] == initial), None)
    element: Element = {"type": "radio_buttons", "action_id": action, "options": list(options)[:10]}
    return element | _without_none({"initial_option": chosen})


def datepicker(action: str, initial: date | None = None) -> Element:
    """A day."""
    return {"type": "datepicker", "action_id": action} | ({"initial_date": initial.isoformat()} if initial else {})


def timepicker(action: str, initial: time | None = None) -> Element:
    """A time of day."""
    return {"type": "timepicker", "action_id": action} | ({"initial_time": f"{initial:%H:%M}"} if initial else {})


def text_input(
    action: str, *, initial: str = "", multiline: bool = False, most: int = 3000, placeholder: str = ""
) -> Element:
    """A line or a box to write in."""
    element: Element = {
        "type": "plain_text_input",
        "action_id": action,
        "multiline": multiline,
        "max_length": most,
    }
    return element | _without_none(
        {"initial_value": initial or None, "placeholder": plain(placeholder, PLACEHOLDER) if placeholder else None}
    )


def number_input(action: str, initial: int | None = None) -> Element:
    """A whole number. Its limits are ours to check, so that the error can be kind."""
    element: Element = {"type": "number_input", "action_id": action, "is_decimal_allowed": False}
    return element | ({"initial_value": str(initial)} if initial is not None else {})


def field(block_id: str, label: str, element: Element, *, hint: str = "", optional: bool = False) -> Block:
    """A labelled input; its block id is the name of the field, by which an error finds its place."""
    block: Block = {"type": "input", "block_id": block_id, "label": plain(label), "element": element}
    return block | _without_none({"hint": plain(hint) if hint else None, "optional": optional or None})


def heard(block: Block) -> Block:
    """A labelled input of which each change is told, letter by letter: for what must not be lost."""
    element = block["element"]
    if element["type"] in ("plain_text_input", "number_input"):
        element = element | {"dispatch_action_config": {"trigger_actions_on": ["on_character_entered"]}}
    return block | {"dispatch_action": True, "element": element}


def modal(
    callback: str,
    title: str,
    blocks: Sequence[Block],
    *,
    submit: str | None = None,
    close: str = "Cancel",
    memory: str = "",
) -> View:
    """A form; `memory` comes back when it is sent (ids only: people can tamper with it)."""
    view: View = {
        "type": "modal",
        "callback_id": callback,
        "title": plain(title, TITLE),
        "close": plain(close, TITLE),
        "blocks": list(blocks)[:100],
        "private_metadata": memory,
    }
    return view | ({"submit": plain(submit, TITLE)} if submit else {})


def home(blocks: Sequence[Block]) -> View:
    """An App Home."""
    return {"type": "home", "blocks": list(blocks)[:100]}


def spoken(blocks: Iterable[Block]) -> str:
    """Say blocks as text, for a screen reader and for notifications: already escaped, as `text` wants it."""
    lines: list[str] = []
    for block in blocks:
        texts = [block.get("text"), *block.get("fields", []), block.get("accessory"), *block.get("elements", [])]
        lines += [found for text in texts if (found := _text_in(text))]
    return "\n".join(lines)


def _text_in(thing: Element | None) -> str:
    """Return the text of a text object or of a button, in brackets; "" for anything else."""
    if thing is None:
        return ""
    if thing["type"] == "mrkdwn":
        return str(thing["text"])
    if thing["type"] == "plain_text":
        return escape(str(thing["text"]))
    label = thing.get("text") or thing.get("placeholder")
    return f"[{escape(label['text'])}]" if label else ""


def _without_none(raw: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in raw.items() if value is not None}
