"""Accounts, as the page sends them: somebody who is new, and what changes about somebody."""

import secrets
from collections.abc import Iterable

from bot.playground.refusals import ActRefused
from bot.playground.workspace.accounts import member_from, mistakes_in_fields, mistakes_in_member
from bot.playground.workspace.slack import Slack
from bot.playground.workspace.state import Json, Member

CHANGEABLE = (
    "name",
    "real_name",
    "tz",
    "email",
    "title",
    "dnd",
    "deleted",
    "is_admin",
    "is_restricted",
    "is_ultra_restricted",
)


def changes_in(body: Json) -> Json:
    """What changes about somebody. Raise ActRefused if it is nothing, or nothing that can be."""
    changes = {name: body[name] for name in CHANGEABLE if name in body}
    if not changes:
        raise ActRefused("invalid_arguments", "Nothing to change was named.")
    _refuse(mistakes_in_fields(changes))
    return changes


def member_in(body: Json, slack: Slack) -> Member:
    """Somebody who is new here. An id that is not named is made up."""
    row = {"id": f"U0{secrets.token_hex(4).upper()}", **body}
    _refuse(mistakes_in_member(row))
    if slack.person(row["id"]) is not None:
        raise ActRefused("user_exists", "Somebody here has that id already.", 409)
    return member_from(row)


def _refuse(mistakes: Iterable[str]) -> None:
    sentences = [f"{mistake}." for mistake in mistakes]
    if sentences:
        raise ActRefused("invalid_arguments", " ".join(sentences))
