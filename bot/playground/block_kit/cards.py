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
from bot.playground.block_kit.composition import ADDRESS, IMAGE, block, plain, text
from bot.playground.block_kit.elements import elements_in
from bot.playground.block_kit.rich_text import RICH_TEXT

_PICTURE = OneOf({"image": IMAGE})
_ICON = OneOf({"icon": Shape({"type": anything, "name": string()}, ("name",))})
_SOURCE = OneOf({"url": Shape({"type": anything, "url": ADDRESS, "text": string()}, ("url", "text"))})

ALERT = block(("text",), text=text(200), level=word("default", "info", "warning", "error", "success"))

TASK = block(
    ("task_id", "title"),
    type=word("task_card"),
    task_id=string(),
    title=string(),
    # Slack's page names all four; some report that "pending" stands only within a plan.
    status=word("pending", "in_progress", "complete", "error"),
    details=RICH_TEXT,
    output=RICH_TEXT,
    sources=items(_SOURCE, least=0),
)
PLAN = block(("title",), title=string(), tasks=items(TASK, least=0), status=string())


def card(surface: str) -> Check:
    """A card with up to three buttons."""
    shape = block(
        hero_image=_PICTURE,
        icon=_PICTURE,
        slack_icon=_ICON,
        title=text(150),
        subtitle=text(150),
        body=text(200),
        subtext=text(200),
        actions=items(elements_in("card", surface), 3),
    )
    return in_turn(shape, some_of("hero_image", "title", "actions", "body"), at_most_one_of("icon", "slack_icon"))


def container(children: OneOf) -> Check:
    """A frame around up to ten other blocks."""
    shape = block(
        ("child_blocks",),
        title=plain(150),
        rich_text_title=RICH_TEXT,
        subtitle=text(150),
        child_blocks=items(children, 10),
        width=word("narrow", "standard", "wide", "full"),
        icon=_PICTURE,
        is_collapsible=boolean,
        default_collapsed=boolean,
        has_header_divider=boolean,
    )
    return in_turn(shape, some_of("title", "rich_text_title"))
