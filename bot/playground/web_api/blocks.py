"""blocks.validate: what is wrong with blocks, a message or a view, without sending them. It asks for no token."""

from collections.abc import Callable
from typing import Any

from bot.playground.block_kit.checking import Problem
from bot.playground.block_kit.checks import found_in_blocks, found_in_message, found_in_view
from bot.playground.refusals import MethodRefused
from bot.playground.web_api.arguments import Arguments
from bot.playground.web_api.method import Method
from bot.playground.workspace.slack import Slack
from bot.playground.workspace.state import Json

KINDS: dict[str, Callable[[Any], list[Problem]]] = {
    "blocks": found_in_blocks,
    "view": found_in_view,
    "message": found_in_message,
}


def validate(_: Slack, args: Arguments) -> Json:
    """blocks.validate: each problem with a JSON pointer into what was given."""
    given = [kind for kind in KINDS if args.has(kind)]
    if len(given) != 1:
        raise MethodRefused("invalid_arguments", ["must provide exactly one of `blocks`, `view`, or `message`"])
    [kind] = given
    problems = KINDS[kind](args.structure(kind, "invalid_arguments"))
    if problems:
        raise MethodRefused(f"invalid_{kind}", errors=[_told(problem) for problem in problems])
    return {}


def _told(problem: Problem) -> Json:
    """A problem as this method tells it. Slack documents the two codes, and of the constraints only `enum`."""
    told: Json = {"code": "failed_constraint", "message": problem.what, "pointer": problem.at}
    if problem.field:
        told |= {"code": "missing_field", "field": problem.field}
    if problem.expected:
        kind, value = problem.expected
        told["constraint"] = {"type": kind, "expected": value}
    return told


METHODS = {"blocks.validate": Method(validate, token="none")}
