"""What can only be seen of all the blocks of a message or a view at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.playground.block_kit.checking import Check, Report, repeats
from bot.playground.block_kit.rich_text import words_in
from bot.playground.workspace.state import Json


@dataclass(frozen=True, slots=True)
class Total:
    """The blocks of one kind hold, in one of their fields, no more characters than that in all."""

    kind: str
    field: str
    most: int


TOTALS = (Total("markdown", "text", 12_000), Total("table", "rows", 10_000), Total("data_table", "rows", 20_000))
Placed = list[tuple[str, Json]]  # (JSON pointer, block) pairs


def seen_together(surface: str) -> Check:
    """The check of all the blocks on a surface, each of which is well in itself."""
    rules = [_distinct_ids, _one_focus, _totals, _few_charts, *([_one_table] if surface == "message" else [])]

    def check(blocks: Any, at: str, report: Report) -> None:
        placed = [*walk(blocks, at)]
        for rule in rules:
            rule(placed, report)

    return check


def walk(blocks: list[Any], at: str) -> Iterator[tuple[str, Json]]:
    """Every block with its JSON pointer, those within others included."""
    for index, block in enumerate(blocks):
        where = f"{at}/{index}"
        yield where, block
        yield from walk(block.get("child_blocks", []), f"{where}/child_blocks")
        if block["type"] == "carousel":
            yield from walk(block["elements"], f"{where}/elements")


def placed_elements(block: Json, at: str) -> Iterator[tuple[str, Json]]:
    """The elements of a block with their JSON pointers."""
    for name in ("element", "accessory"):
        if isinstance(block.get(name), dict):
            yield f"{at}/{name}", block[name]
    if block["type"] in ("actions", "context_actions"):
        yield from ((f"{at}/elements/{index}", element) for index, element in enumerate(block["elements"]))


def _distinct_ids(placed: Placed, report: Report) -> None:
    named = [(f"{at}/block_id", block["block_id"]) for at, block in placed if block.get("block_id")]
    for where, name in repeats(named):
        report(where, f"block_id {name} occurs twice")


def _one_focus(placed: Placed, report: Report) -> None:
    elements = [each for at, block in placed for each in placed_elements(block, at)]
    focused = [at for at, element in elements if element.get("focus_on_load")]
    for at in focused[1:]:
        report(f"{at}/focus_on_load", "only one element may have focus_on_load")


def _one_table(placed: Placed, report: Report) -> None:
    for at in [at for at, block in placed if block["type"] == "table"][1:]:
        report(at, "only one table is allowed")


def _few_charts(placed: Placed, report: Report) -> None:
    for at in [at for at, block in placed if block["type"] == "data_visualization"][2:]:
        report(at, "no more than 2 charts are allowed")


def _totals(placed: Placed, report: Report) -> None:
    for total in TOTALS:
        count = 0
        for at, block in placed:
            count += words_in(block.get(total.field)) if block["type"] == total.kind else 0
            if block["type"] == total.kind and count > total.most:
                what = f"no more than {total.most} characters are allowed in the {total.kind} blocks together"
                report(f"{at}/{total.field}", what, expected=("max_length", total.most))
