"""Who calls, and whether this call has come before: what can be told from a payload alone."""

from dataclasses import replace
from typing import Any

from bot.domain.people import Member
from bot.domain.program import Role

OF_PAIRS = frozenset({Role.MENTOR, Role.MENTEE})


def act_key(body: dict[str, Any]) -> str:
    """Return what is the same when Slack brings a command, click, shortcut or form once more, and never else; or ""."""
    return str(body.get("trigger_id") or "")


def event_key(body: dict[str, Any]) -> str:
    """Return what is the same when Slack brings an event once more; or "" where nothing tells.

    A message without an id of its event is told by its place and moment, which no other message has.
    """
    if event_id := body.get("event_id"):
        return str(event_id)
    event = body.get("event") or {}
    place = (body.get("team_id") or event.get("team"), event.get("channel"), event.get("ts"))
    if event.get("type") != "message" or event.get("subtype") or not all(place):
        return ""
    return ":".join(map(str, place))


def is_foreign(body: dict[str, Any], team_id: str, enterprise_id: str | None) -> bool:
    """Tell whether somebody of another organization calls (Slack Connect): a foreign team, and not of our grid."""
    user, grid = body.get("user"), body.get("enterprise")
    told = (user.get("team_id") if isinstance(user, dict) else None) or body.get("team_id")
    their_grid = (grid.get("id") if isinstance(grid, dict) else None) or body.get("enterprise_id")
    same_grid = bool(enterprise_id) and their_grid == enterprise_id
    return "event" not in body and bool(told) and str(told) != team_id and not same_grid


def as_guest(member: Member) -> Member:
    """Return what somebody of another organization may be here: one of a pair, who follows and coordinates nothing.

    A user's id is only sure together with their team's, so nobody from elsewhere gets what others must not see.
    """
    return replace(member, roles=member.roles & OF_PAIRS, watched=())
