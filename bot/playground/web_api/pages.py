"""Long lists in pages: a limit, and a cursor to go on from."""

import base64
import re
from collections.abc import Sequence
from typing import Any, TypeVar

from bot.playground.refusals import MethodRefused
from bot.playground.web_api.arguments import Arguments

MOST = 1000
OURS = re.compile(rb"from:([0-9]{1,9})")
T = TypeVar("T")


def page_of(
    items: Sequence[T], args: Arguments, *, otherwise: int, error: str = "invalid_limit"
) -> tuple[list[T], dict[str, Any]]:
    """The page that `limit` and `cursor` ask for, and what the answer says of the next one.

    `otherwise` is the size when none is named, `error` the answer to a bad one.
    """
    size, start = limit_of(args, otherwise, error), _start(args.text("cursor"))
    more = start + size < len(items)
    return list(items[start : start + size]), {
        "response_metadata": {"next_cursor": _cursor(start + size) if more else ""}
    }


def limit_of(args: Arguments, otherwise: int, error: str, most: int = MOST) -> int:
    """How many are asked for; 0 is as good as nothing, as many clients send it."""
    limit = args.number("limit", otherwise, error) or otherwise
    if not 0 < limit <= most:
        raise MethodRefused(error, [f"[ERROR] must be between 1 and {most}: limit"])
    return limit


def _cursor(start: int) -> str:
    return base64.b64encode(f"from:{start}".encode()).decode()


def _start(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        found = OURS.fullmatch(base64.b64decode(cursor, validate=True))
    except ValueError:
        found = None
    if found is None:
        raise MethodRefused("invalid_cursor")
    return int(found[1])
