"""The playground is a Slack, not a helper: it knows nothing of the app that is pointed at it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import bot.playground

FILES = sorted(Path(bot.playground.__file__).parent.rglob("*.py"))


def imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "."


def test_it_imports_nothing_of_the_bot() -> None:
    names = {name for file in FILES for name in imported(file)}

    assert {name for name in names if name.split(".")[0] in ("bot", "scheduler")} == {
        name for name in names if name.startswith("bot.playground")
    }


def test_it_needs_nothing_but_aiohttp() -> None:
    roots = {name.split(".")[0] for file in FILES for name in imported(file)}

    assert roots.isdisjoint({"slack_sdk", "slack_bolt", "yaml", "pydantic", "sqlalchemy"})
    assert "aiohttp" in roots


def test_it_holds_no_token() -> None:
    for file in FILES:
        assert not re.search(r"xo[xa][a-z]?-\w", file.read_text(encoding="utf8"))
