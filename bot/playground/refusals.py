"""How this Slack says no: to the app (an error code), and to a person at the playground (a code and a sentence)."""

from collections.abc import Sequence
from typing import Any


class MethodRefused(Exception):
    """A Web API method answers `ok: false`. `messages` point at what is wrong; `details` go beside the code."""

    def __init__(self, error: str, messages: Sequence[str] = (), **details: Any):
        super().__init__(error)
        self.error = error
        self.messages = tuple(messages)
        self.details = details


class ActRefused(Exception):
    """A person cannot do that here, or the app did not play its part. `sentence` says so to whoever tried."""

    def __init__(self, code: str, sentence: str, status: int = 400):
        super().__init__(f"{code}: {sentence}")
        self.code = code
        self.sentence = sentence
        self.status = status


def missing(field: str) -> MethodRefused:
    """The answer to a call without an argument that it needs."""
    return MethodRefused("invalid_arguments", [f"[ERROR] missing required field: {field}"])


def out_of_scope(needed: str, provided: str) -> MethodRefused:
    """The answer to a call that the app was never granted."""
    return MethodRefused("missing_scope", needed=needed, provided=provided)
