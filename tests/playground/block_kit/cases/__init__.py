"""The cases, read from their files. What the shorthands mean stands in the README beside this file."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

Json = dict[str, Any]

HERE = Path(__file__).parent
TITLE, SUBMIT = {"type": "plain_text", "text": "Words"}, {"type": "plain_text", "text": "Send"}


@dataclass(frozen=True, slots=True)
class Case:
    """A payload, the surface it is meant for, and what Slack says to it: nothing, if `error` is empty."""

    name: str
    surface: str  # message, modal or home
    payload: Json  # the arguments of a message, or a view
    error: str
    at: str
    says: str
    source: str

    def __str__(self) -> str:
        return self.name.replace(" ", "-")


def cases(kind: str) -> list[Case]:
    """The `bad` cases or the `good` ones."""
    paths = sorted(HERE.glob(f"{kind}_*.yaml"))
    return [_case(raw, kind) for path in paths for raw in yaml.load(path.read_text(), _Loader)]


def _case(raw: Json, kind: str) -> Case:
    surface, payload = _payload(raw)
    usual = "invalid_blocks" if surface == "message" else "invalid_arguments"
    error = raw.get("error", usual) if kind == "bad" else ""
    return Case(raw["name"], surface, payload, error, raw.get("at", ""), raw.get("says", ""), raw["source"])


def _payload(raw: Json) -> tuple[str, Json]:
    if "post" in raw:
        return "message", raw["post"]
    if "message" in raw:
        return "message", {"text": "Words", "blocks": raw["message"]}
    if "view" in raw:
        return ("home" if raw["view"]["type"] == "home" else "modal"), raw["view"]
    if "home" in raw:
        return "home", {"type": "home", "blocks": raw["home"]}
    return "modal", {"type": "modal", "title": TITLE, "submit": SUBMIT, "blocks": raw["modal"]}


class _Loader(yaml.SafeLoader):
    """YAML with the shorthands."""


def _words(loader: _Loader, node: yaml.Node) -> str:
    """A text as it stands, or a text of so many characters."""
    if isinstance(node, yaml.ScalarNode):
        return str(loader.construct_scalar(node))
    length, text = loader.construct_sequence(node)  # type: ignore[arg-type]
    return str(text * length)[:length]


def _text(kind: str) -> Callable[[_Loader, yaml.Node], Json]:
    return lambda loader, node: {"type": kind, "text": _words(loader, node)}


def _many(loader: _Loader, node: yaml.Node) -> list[Any]:
    count, thing = loader.construct_sequence(node, deep=True)  # type: ignore[arg-type]
    return [_numbered(thing, str(number)) for number in range(count)]


def _numbered(thing: Any, number: str) -> Any:
    if isinstance(thing, dict):
        return {name: _numbered(part, number) for name, part in thing.items()}
    if isinstance(thing, list):
        return [_numbered(part, number) for part in thing]
    return thing.replace("#", number) if isinstance(thing, str) else thing


def _option(loader: _Loader, node: yaml.Node) -> Json:
    value = _words(loader, node)
    return {"text": {"type": "plain_text", "text": value}, "value": value}


_Loader.add_constructor("!plain", _text("plain_text"))
_Loader.add_constructor("!mrkdwn", _text("mrkdwn"))
_Loader.add_constructor("!times", _words)
_Loader.add_constructor("!many", _many)
_Loader.add_constructor("!option", _option)
