"""Reactions to messages, and the events that tell of them."""

from bot.playground.wire import interactions
from bot.playground.workspace.channels import Channel, Message
from bot.playground.workspace.slack import Slack
from bot.playground.workspace.state import Json


def put_on(slack: Slack, channel: Channel, message: Message, user: str, name: str) -> Json | None:
    """Add somebody's reaction, once. Give the event for the app, if it wants it; None if nothing has changed."""
    rows = users_by_name(message)
    if user in rows.get(name, []):
        return None
    _keep(slack, message, {**rows, name: [*rows.get(name, []), user]})
    return _event(slack, channel, message, user, name, "reaction_added")


def take_off(slack: Slack, channel: Channel, message: Message, user: str, name: str) -> Json | None:
    """Take somebody's reaction off. Give the event for the app, if it wants it; None if nothing has changed."""
    rows = users_by_name(message)
    if user not in rows.get(name, []):
        return None
    _keep(slack, message, {**rows, name: [one for one in rows[name] if one != user]})
    return _event(slack, channel, message, user, name, "reaction_removed")


def users_by_name(message: Message) -> dict[str, list[str]]:
    """Who has put which reaction on a message, the first one first."""
    return {row["name"]: row["users"] for row in message.body.get("reactions", [])}


def _keep(slack: Slack, message: Message, rows: dict[str, list[str]]) -> None:
    bare = {name: value for name, value in message.body.items() if name != "reactions"}
    left = [{"name": name, "users": users, "count": len(users)} for name, users in rows.items() if users]
    message.body = bare | ({"reactions": left} if left else {})
    slack.bell.ring()


def _event(slack: Slack, channel: Channel, message: Message, user: str, name: str, kind: str) -> Json | None:
    """Slack tells of reactions where the app is, to an app that asked for them and may read them."""
    wanted = kind in slack.app.events and "reactions:read" in slack.app.scopes
    if not (wanted and channel.has_app and slack.app.installed):
        return None
    body = {
        "type": kind,
        "user": user,
        "reaction": name,
        "item": {"type": "message", "channel": channel.id, "ts": message.ts},
        "item_user": message.body.get("user", ""),
    }
    return interactions.event(slack, body)
