"""What Slack would frown at without refusing it: a sentence for each, to read beside the call or the delivery.

Refusals need no sentence here: their error code says it.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from bot.playground.workspace.state import Json

Arguments = Mapping[str, Any]

LATE_MS = 1000
LONG_TEXT = 4000
MOST_AT_A_TIME = 200
SAYING = ("chat.postMessage", "chat.postEphemeral", "chat.update", "chat.scheduleMessage")
LISTING = re.compile(r"users\.list|conversations\.(list|members|history|replies)")
RETIRED = re.compile(r"(channels|groups|im|mpim|rtm|dialog)\.|files\.(upload$|comments\.)|oauth\.access$")
OLD_ARGUMENTS = {"as_user": "it was made for classic apps"}
ANSWERED = ("view_submission", "block_suggestion")  # the interactive payloads whose acknowledgement may say something


def of_call(method: str, args: Arguments) -> tuple[str, ...]:
    """What is wrong with a call, whatever its answer was."""
    return tuple(sentence for rule in CALL_RULES if (sentence := rule(method, args)))


def of_delivery(kind: str, payload: Json, reply: Json | None, ms: float) -> tuple[str, ...]:
    """What is wrong with how the app took what was brought to it; `reply` is None if it did not."""
    return tuple(sentence for rule in DELIVERY_RULES if (sentence := rule(kind, payload, reply, ms)))


def may_be_answered(kind: str, payload: Json) -> bool:
    """Whether Slack takes notice of what the acknowledgement of this holds."""
    return kind == "slash_commands" or payload.get("type") in ANSWERED


def during_pause(seconds: int) -> str:
    """The app calls again before the Retry-After is over."""
    return f"Called again although a Retry-After has {seconds} s to go: Slack may switch off an app that goes on."


def used_up(uses: int) -> str:
    """A response URL was used too often."""
    return f"A response_url works {uses} times: use chat.update or a new message for what comes later."


def _no_text(method: str, args: Arguments) -> str | None:
    if method in SAYING and args.get("blocks") and not args.get("text"):
        return "No top-level `text` beside the blocks: notifications and screen readers say that, and not the blocks."
    return None


def _long_text(method: str, args: Arguments) -> str | None:
    if method in SAYING and len(str(args.get("text") or "")) > LONG_TEXT:
        return f"The text is longer than the {LONG_TEXT:,} characters that Slack recommends."
    return None


def _empty_hash(method: str, args: Arguments) -> str | None:
    if method.startswith("views.") and args.get("hash") == "":
        return "`hash` is empty, and so guards against nothing: send the hash of the view that you know, or none."
    return None


def _retired_method(method: str, args: Arguments) -> str | None:
    return f"Slack has retired {method}, or is about to." if RETIRED.match(method) else None


def _old_argument(method: str, args: Arguments) -> str | None:
    found = [f"`{name}` is no longer meant to be used: {why}." for name, why in OLD_ARGUMENTS.items() if name in args]
    return " ".join(found) or None


def _lost_metadata(method: str, args: Arguments) -> str | None:
    if method == "chat.scheduleMessage" and args.get("metadata"):
        return "A scheduled message with metadata is never posted: a bug that Slack documents."
    return None


def _greedy(method: str, args: Arguments) -> str | None:
    limit = str(args.get("limit") or "")
    if LISTING.fullmatch(method) and limit.isdigit() and int(limit) > MOST_AT_A_TIME:
        return f"Slack recommends to ask for no more than {MOST_AT_A_TIME} at a time."
    return None


def _not_acknowledged(kind: str, payload: Json, reply: Json | None, ms: float) -> str | None:
    if reply is not None:
        return None
    if kind == "events_api":
        return "No acknowledgement, so Slack sends it again: does anything in the app listen for this event?"
    return "No acknowledgement within three seconds: in Slack the person sees that the app failed."


def _late(kind: str, payload: Json, reply: Json | None, ms: float) -> str | None:
    if reply is not None and ms > LATE_MS:
        return f"The acknowledgement took {ms / 1000:.1f} s, of three at most: acknowledge first, and work afterwards."
    return None


def _answer_for_nobody(kind: str, payload: Json, reply: Json | None, ms: float) -> str | None:
    if reply and not may_be_answered(kind, payload):
        return "The acknowledgement holds something, and Slack takes no notice of it here."
    return None


CALL_RULES: tuple[Callable[[str, Arguments], str | None], ...] = (
    _no_text,
    _long_text,
    _empty_hash,
    _retired_method,
    _old_argument,
    _lost_metadata,
    _greedy,
)
DELIVERY_RULES: tuple[Callable[[str, Json, Json | None, float], str | None], ...] = (
    _not_acknowledged,
    _late,
    _answer_for_nobody,
)
