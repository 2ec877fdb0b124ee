"""Cards, alerts, plans: the blocks that came late."""

from bot.playground.block_kit.checking import (
    Check,
    OneOf,
    Shape,
    anything,
    at_most_one_of,
    boolean,
    in_turn,
    items,
    some_of,
    string,
    word,
)
from bot.playground.block_kit.composition import ADDRESS, IMAGE, NAME, plain, text
from bot.playground.block_kit.elements import elements_in
from bot.playground.block_kit.rich_text import RICH_TEXT

_PICTURE = OneOf({"image": IMAGE})
_ICON = OneOf({"icon": Shape({"type": anything, "name": string()}, ("name",))})
_SOURCE = OneOf({"url": Shape({"type": anything, "url": ADDRESS, "text": string()}, ("url", "text"))})

ALERT = Shape(
    {
        "type": anything,
        "block_id": NAME,
        "text": text(200),
        "level": word("default", "info", "warning", "error", "success"),
    },
    ("text",),
)

TASK = Shape(
    {
        "type": word("task_card"),
        "block_id": NAME,
        "task_id": string(),
        "title": string(),
        # Slack's page names all four; some report that "pending" stands only within a plan.
        "status": word("pending", "in_progress", "complete", "error"),
        "details": RICH_TEXT,
        "output": RICH_TEXT,
        "sources": items(_SOURCE, least=0),
    },
    ("task_id", "title"),
)
PLAN = Shape(
    {"type": anything, "block_id": NAME, "title": string(), "tasks": items(TASK, least=0), "status": string()},
    ("title",),
)


def card(surface: str) -> Check:
    """A card with up to three buttons."""
    fields: dict[str, Check] = {
        "type": anything,
        "block_id": NAME,
        "hero_image": _PICTURE,
        "icon": _PICTURE,
        "slack_icon": _ICON,
        "title": text(150),
        "subtitle": text(150),
        "body": text(200),
        "subtext": text(200),
        "actions": items(elements_in("card", surface), 3),
    }
    return in_turn(
        Shape(fields), some_of("hero_image", "title", "actions", "body"), at_most_one_of("icon", "slack_icon")
    )


def container(children: OneOf) -> Check:
    """A frame around up to ten other blocks."""
    fields: dict[str, Check] = {
        "type": anything,
        "block_id": NAME,
        "title": plain(150),
        "rich_text_title": RICH_TEXT,
        "subtitle": text(150),
        "child_blocks": items(children, 10),
        "width": word("narrow", "standard", "wide", "full"),
        "icon": _PICTURE,
        "is_collapsible": boolean,
        "default_collapsed": boolean,
        "has_header_divider": boolean,
    }
    return in_turn(Shape(fields, ("child_blocks",)), some_of("title", "rich_text_title"))
