"""Accounts, as the page sends them: somebody who is new, and what changes about somebody."""

import re
import secrets
from typing import Any
from zoneinfo import ZoneInfo

from bot.playground.local_api.requests import text_in
from bot.playground.refusals import ActRefused
from bot.playground.workspace.slack import Slack
from bot.playground.workspace.state import Json, Member

TEXTS = ("name", "real_name", "tz", "email", "title", "dnd")
SWITCHES = ("deleted", "is_admin", "is_restricted", "is_ultra_restricted")
AT_BIRTH = ("locale", "team")
SPAN = re.compile(r"(([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d)?")


def changes_in(body: Json) -> Json:
    """What changes about somebody. Raise ActRefused if it is nothing, or nothing that can be."""
    changes = _fields_in(body, TEXTS, SWITCHES)
    if not changes:
        raise ActRefused("invalid_arguments", "Nothing to change was named.")
    return changes


def member_in(body: Json, slack: Slack) -> Member:
    """Somebody who is new here. An id that is not named is made up."""
    fields = _fields_in(body, (*TEXTS, *AT_BIRTH), (*SWITCHES, "is_bot"))
    name, real_name = text_in(body, "name"), text_in(body, "real_name")
    user = text_in(body, "id") if "id" in body else f"U0{secrets.token_hex(4).upper()}"
    if slack.person(user) is not None:
        raise ActRefused("user_exists", "Somebody here has that id already.", 409)
    return Member(**{**fields, "id": user, "name": name, "real_name": real_name})


def _fields_in(body: Json, texts: tuple[str, ...], switches: tuple[str, ...]) -> Json:
    fields = {name: body[name] for name in (*texts, *switches) if name in body}
    for name, value in fields.items():
        if not isinstance(value, str if name in texts else bool):
            raise ActRefused("invalid_arguments", f"`{name}` has the wrong type.")
    if "tz" in fields:
        _refuse_unknown_zone(fields["tz"])
    if not SPAN.fullmatch(fields.get("dnd", "")):
        raise ActRefused("invalid_arguments", "`dnd` is a span like 22:00-07:00, or nothing.")
    return fields


def _refuse_unknown_zone(name: Any) -> None:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ActRefused("invalid_arguments", "There is no such time zone.") from None
