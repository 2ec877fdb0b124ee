"""What is wrong with what the app wants to show. Each problem says where it is, by a JSON pointer.

The rules are those of Slack's documentation. Where it is silent nothing is refused.
"""

import json
from collections.abc import Iterator
from typing import Any

from bot.playground.block_kit.blocks import HOME, MESSAGE, MODAL, blocks_on
from bot.playground.block_kit.checking import (
    OneOf,
    Problem,
    Problems,
    Report,
    Shape,
    anything,
    boolean,
    in_turn,
    items,
    string,
)
from bot.playground.block_kit.composition import NAME, plain
from bot.playground.block_kit.together import seen_together, walk
from bot.playground.workspace.state import Json

LARGEST_VIEW = 250_000
BLOCKS = {
    surface: in_turn(items(blocks_on(surface), most, least=0), seen_together(surface))
    for surface, most in ((MESSAGE, 50), (MODAL, 100), (HOME, 100))
}
SHARED = {"type": anything, "private_metadata": string(3000), "callback_id": NAME, "external_id": NAME}
FORM = {
    "title": plain(24),
    "submit": plain(24),
    "close": plain(24),
    "clear_on_close": boolean,
    "notify_on_close": boolean,
    "submit_disabled": boolean,
}


def _sendable(view: Any, at: str, report: Report) -> None:
    """A form with inputs has a button to send it. Slack points into the block, at its type."""
    for where, block in walk(view["blocks"], f"{at}/blocks"):
        if block["type"] == "input" and "submit" not in view:
            report(f"{where}/input", "must define `submit` to use an `input` block in modals")


VIEW = OneOf(
    {
        MODAL: in_turn(Shape({**SHARED, **FORM, "blocks": BLOCKS[MODAL]}, ("title", "blocks")), _sendable),
        HOME: Shape({**SHARED, "blocks": BLOCKS[HOME]}, ("blocks",)),
    }
)


def blocks_of_message(blocks: Any) -> list[str]:
    """What is wrong with the blocks of a message; nothing if they are well."""
    return [problem.sentence for problem in found_in_blocks(blocks, "/blocks")]


def blocks_of_attachments(attachments: list[Any]) -> list[str]:
    """What is wrong with the attachments of a message; what they hold beside blocks is not checked."""
    return [problem.sentence for problem in found_in_attachments(attachments, "/attachments")]


def view_problems(view: Json) -> list[str]:
    """What is wrong with a modal or a home tab; nothing if it is well."""
    return [problem.sentence for problem in found_in_view(view, "/view")]


def found_in_blocks(blocks: Any, at: str = "") -> list[Problem]:
    """The problems of the blocks of a message."""
    problems = Problems()
    BLOCKS[MESSAGE](blocks, at, problems)
    return problems.found


def found_in_attachments(attachments: list[Any], at: str = "") -> list[Problem]:
    """The problems of the attachments of a message: those that are none, and those in the blocks of others."""
    problems = Problems()
    for index, attachment in enumerate(attachments):
        if not isinstance(attachment, dict):
            problems(f"{at}/{index}", "must provide an object", expected=("type", "object"))
        elif "blocks" in attachment:
            BLOCKS[MESSAGE](attachment["blocks"], f"{at}/{index}/blocks", problems)
    return problems.found


def found_in_view(view: Any, at: str = "") -> list[Problem]:
    """The problems of a modal or a home tab."""
    problems = Problems()
    VIEW(view, at, problems)
    return problems.found


def found_in_message(message: Any) -> list[Problem]:
    """The problems of the text, the blocks and the attachments of a message; what else it holds is not checked."""
    problems = Problems()
    parts = {"text": string(), "blocks": BLOCKS[MESSAGE], "attachments": items(anything, 100, least=0)}
    others = dict.fromkeys(message, anything) if isinstance(message, dict) else {}
    Shape({**others, **parts})(message, "", problems)
    return problems.found or found_in_attachments(message.get("attachments", []), "/attachments")


def too_large(view: Json) -> bool:
    """Whether a view weighs more than Slack takes."""
    # Half an emoji, as a cut in JavaScript leaves it, weighs something too.
    return len(json.dumps(view, ensure_ascii=False).encode(errors="surrogatepass")) > LARGEST_VIEW


def elements_of(block: Json) -> Iterator[Json]:
    """The elements of a block that somebody can use."""
    several = block.get("elements")
    for part in (block.get("element"), block.get("accessory"), *(several if isinstance(several, list) else ())):
        if isinstance(part, dict) and "action_id" in part and "type" in part:
            yield part
