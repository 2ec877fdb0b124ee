"""The arguments of one Web API call, whether they came as JSON, as a form or in the address."""

import json
from collections.abc import Mapping
from typing import Any

from bot.playground.refusals import MethodRefused, missing


class Arguments:
    """Arguments by name. Structures may come as JSON text, and truth as `true` or `1`. `token` is the caller's."""

    def __init__(self, given: Mapping[str, Any], token: str = ""):
        self.given = given
        self.token = token

    def has(self, name: str) -> bool:
        """Whether the argument was given at all."""
        return self.given.get(name) is not None

    def text(self, name: str) -> str:
        """A text, or nothing."""
        value = self.given.get(name)
        if isinstance(value, list):
            raise MethodRefused("invalid_array_arg", [f"[ERROR] must be a text: {name}"])
        if isinstance(value, dict):
            raise MethodRefused("invalid_arguments", [f"[ERROR] must be a text: {name}"])
        return "" if value is None else str(value)

    def needed(self, name: str) -> str:
        """A text that must be there."""
        if not self.text(name):
            raise missing(name)
        return self.text(name)

    def flag(self, name: str) -> bool:
        """Yes or no; no if it was not given."""
        return self.text(name).lower() in ("true", "1")

    def names(self, name: str) -> list[str]:
        """Names with commas between them; JSON may hold a list of them."""
        value = self.given.get(name)
        parts = [str(part) for part in value] if isinstance(value, list) else self.text(name).split(",")
        return [part.strip() for part in parts if part.strip()]

    def number(self, name: str, otherwise: int, error: str = "invalid_arguments") -> int:
        """A whole number. `error` is the answer to what is none."""
        try:
            return int(self.text(name) or otherwise)
        except ValueError:
            raise MethodRefused(error, [f"[ERROR] must be a number: {name}"]) from None

    def structure(self, name: str, error: str) -> Any:
        """A list or an object; None if it was not given. `error` is the answer to text that is no JSON."""
        value = self.given.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise MethodRefused(error) from None
