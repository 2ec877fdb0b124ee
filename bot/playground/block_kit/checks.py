"""Light checks of what the app wants to show, in the spirit of Slack's: each problem says where it is.

They catch what Slack's documentation and the notes of the project name; what passes here may still be refused there.
"""

import json
from collections.abc import Iterator
from typing import Any

from bot.playground.block_kit.checking import OneOf, Report, Shape, anything, boolean, in_turn, items, repeated, string
from bot.playground.block_kit.data import ALL_BLOCKS, NAME, SURFACES, plain
from bot.playground.workspace.state import Json

MOST_IN_MESSAGE, MOST_IN_VIEW = 50, 100
LARGEST_VIEW = 250_000
SHARED = {
    "type": anything,
    "blocks": anything,
    "private_metadata": string(3000),
    "callback_id": NAME,
    "external_id": NAME,
}
HOME = Shape(SHARED, ("blocks",))
MODAL = Shape(
    SHARED
    | {
        "title": plain(24),
        "submit": plain(24),
        "close": plain(24),
        "clear_on_close": boolean,
        "notify_on_close": boolean,
        "submit_disabled": boolean,
    },
    ("title", "blocks"),
)


class Problems:
    """What was found, in Slack's way of saying it."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def __call__(self, at: str, what: str) -> None:
        """Note a problem at a JSON pointer."""
        self.found.append(f"[ERROR] {what} [json-pointer:{at}]")


def blocks_of_message(blocks: list[Any]) -> list[str]:
    """What is wrong with the blocks of a message; nothing if they are well."""
    problems = Problems()
    _check_blocks(blocks, "message", "/blocks", problems)
    return problems.found


def view_problems(view: Json) -> list[str]:
    """What is wrong with a modal or a home tab; nothing if it is well."""
    problems = Problems()
    surface = view["type"]
    (HOME if surface == "home" else MODAL)(view, "/view", problems)
    blocks = view.get("blocks")
    if isinstance(blocks, list):
        _check_blocks(blocks, surface, "/view/blocks", problems)
        if surface == "modal" and not view.get("submit") and any(_is_input(block) for block in blocks):
            problems("/view", "missing required field: submit, since the view has inputs")
    return problems.found


def too_large(view: Json) -> bool:
    """Whether a view weighs more than Slack takes."""
    return len(json.dumps(view, ensure_ascii=False).encode()) > LARGEST_VIEW


def elements_of(block: Json) -> Iterator[Json]:
    """The elements of a block that somebody can use."""
    several = block.get("elements")
    for part in (block.get("element"), block.get("accessory"), *(several if isinstance(several, list) else ())):
        if isinstance(part, dict) and "action_id" in part and "type" in part:
            yield part


def _check_blocks(blocks: list[Any], surface: str, at: str, problems: Problems) -> None:
    most = MOST_IN_MESSAGE if surface == "message" else MOST_IN_VIEW
    in_turn(items(OneOf(ALL_BLOCKS, SURFACES[surface]), most, least=0), _check_together)(blocks, at, problems)


def _check_together(blocks: list[Json], at: str, report: Report) -> None:
    """What can only be seen of all the blocks at once."""
    for name in repeated(block["block_id"] for block in blocks if block.get("block_id")):
        report(at, f"block_id {name} occurs twice")
    if sum(bool(element.get("focus_on_load")) for block in blocks for element in elements_of(block)) > 1:
        report(at, "only one element may have focus_on_load")
    if sum(block["type"] == "table" for block in blocks) > 1:
        report(at, "only one table is allowed")


def _is_input(block: Any) -> bool:
    return isinstance(block, dict) and block.get("type") == "input"
