"""Block Kit's blocks: which fields each has, how long they may be, and on which surfaces it may stand."""

from collections.abc import Collection
from typing import Any

from bot.playground.block_kit import cards, tables
from bot.playground.block_kit.checking import (
    Check,
    OneOf,
    Report,
    anything,
    boolean,
    in_turn,
    items,
    number,
    or_null,
    repeats,
    string,
    word,
)
from bot.playground.block_kit.composition import (
    ONE_PICTURE,
    PICTURE,
    SAFE_ADDRESS,
    WEB_ADDRESS,
    block,
    plain,
    text,
    texts,
)
from bot.playground.block_kit.elements import ELEMENTS, elements_in
from bot.playground.block_kit.rich_text import RICH_TEXT_BLOCK

MESSAGE, MODAL, HOME = "message", "modal", "home"
# Blocks that stand on some surfaces only, as their pages say.
ONLY_ON: dict[str, Collection[str]] = {
    "alert": (MODAL,),
    "carousel": (MESSAGE, HOME),
    "container": (MESSAGE, HOME),
    "context_actions": (MESSAGE,),
    "data_table": (MESSAGE, HOME),
    "data_visualization": (MESSAGE,),
    "file": (MESSAGE,),
    "markdown": (MESSAGE,),
    "plan": (MESSAGE,),
    "table": (MESSAGE, HOME),
    "task_card": (MESSAGE,),
    "call": (MESSAGE,),
}
IN_CONTAINER = {
    "actions",
    "context",
    "divider",
    "file",
    "header",
    "image",
    "input",
    "rich_text",
    "section",
    "table",
    "video",
}


def _says_something(value: Any, at: str, report: Report) -> None:
    if "text" not in value and "fields" not in value:
        report(f"{at}/type", "must define either `text` or `fields`")


def _distinct_actions(value: Any, at: str, report: Report) -> None:
    elements = enumerate(value["elements"])
    named = [(f"{at}/elements/{n}/action_id", each["action_id"]) for n, each in elements if "action_id" in each]
    for where, name in repeats(named):
        report(where, f"action_id {name} occurs twice in one block")


def _quiet_files(value: Any, at: str, report: Report) -> None:
    """A file input dispatches nothing: Slack calls it an unsupported type there."""
    if value.get("dispatch_action") and value["element"]["type"] == "file_input":
        report(f"{at}/element/type", "unsupported type: file_input")


HEADER = block(("text",), text=plain(150), level=number(1, 4))
CONTEXT = block(("elements",), elements=items(OneOf(texts(3000) | {"image": ELEMENTS["image"]}), 10))
PICTURE_BLOCK = in_turn(block(("alt_text",), **PICTURE, title=plain(2000)), ONE_PICTURE)
# Slack's page: what a video does not need may also be null.
VIDEO = block(
    ("title", "video_url", "thumbnail_url", "alt_text"),
    title=plain(200),
    title_url=or_null(SAFE_ADDRESS),
    description=or_null(plain(200)),
    video_url=SAFE_ADDRESS,
    thumbnail_url=WEB_ADDRESS,
    alt_text=string(),
    author_name=or_null(string(50)),
    provider_name=or_null(string()),
    provider_icon_url=or_null(WEB_ADDRESS),
)


def _section(surface: str) -> Check:
    fields = {"text": text(3000), "fields": items(text(2000), 10), "expand": boolean}
    return in_turn(block(**fields, accessory=elements_in("section", surface)), _says_something)


def _input(surface: str) -> Check:
    shape = block(
        ("label", "element"),
        label=plain(2000),
        element=elements_in("input", surface),
        hint=plain(2000),
        optional=boolean,
        dispatch_action=boolean,
    )
    return in_turn(shape, _quiet_files)


def _row(kind: str, surface: str, most: int) -> Check:
    return in_turn(block(("elements",), elements=items(elements_in(kind, surface), most)), _distinct_actions)


def blocks_on(surface: str) -> OneOf:
    """The blocks that may stand on a surface."""
    card = cards.card(surface)
    every: dict[str, Check] = {
        "section": _section(surface),
        "header": HEADER,
        "divider": block(),
        "context": CONTEXT,
        "actions": _row("actions", surface, 25),
        "input": _input(surface),
        "image": PICTURE_BLOCK,
        "rich_text": RICH_TEXT_BLOCK,
        "video": VIDEO,
        "markdown": block(("text",), text=string(12_000)),
        "table": tables.TABLE,
        "data_table": tables.DATA_TABLE,
        "data_visualization": tables.CHART,
        "file": block(("external_id", "source"), external_id=string(), source=word("remote")),
        "context_actions": _row("context_actions", surface, 5),
        "alert": cards.ALERT,
        "card": card,
        "carousel": block(("elements",), elements=items(OneOf({"card": card}), 10)),
        "plan": cards.PLAN,
        "task_card": cards.TASK,
        # Blocks that Slack knows and whose inside is not checked here.
        "call": anything,
        "auth_provider": anything,
    }
    fit = {kind: check for kind, check in every.items() if surface in ONLY_ON.get(kind, (surface,))}
    framed = cards.container(OneOf({kind: check for kind, check in fit.items() if kind in IN_CONTAINER}))
    return OneOf(fit | ({"container": framed} if surface in ONLY_ON["container"] else {}))
