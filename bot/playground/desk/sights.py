"""What can be seen: the workspace as a whole, and one person's screen, as plain JSON."""

from collections.abc import Iterator
from typing import Any

from bot.playground.workspace.channels import Channel, Message
from bot.playground.workspace.clock import said_locally, zone_named
from bot.playground.workspace.installed_app import BOT_ID, BOT_USER, TEAM_ID
from bot.playground.workspace.quiet import is_quiet
from bot.playground.workspace.shapes import view_object
from bot.playground.workspace.slack import Slack
from bot.playground.workspace.state import Json, Member, Person
from bot.playground.workspace.zones import local_offset


def app_seen(slack: Slack) -> Json:
    """The app, its commands and its shortcuts, and what people can do with it."""
    app = slack.app
    return {
        "name": app.name,
        "user_id": BOT_USER,
        "bot_id": BOT_ID,
        "color": app.color,
        "description": app.description,
        "long_description": app.long_description,
        "installed": app.installed,
        "home_tab": app.home_tab,
        "messages_tab": app.messages_tab,
        "can_write": app.installed and app.messages_tab and not app.messages_read_only,
        "commands": [
            {"command": row.command, "description": row.description, "usage_hint": row.usage_hint}
            for row in app.commands
        ],
        "shortcuts": [
            {"name": row.name, "type": row.kind, "callback_id": row.callback_id, "description": row.description}
            for row in app.shortcuts
        ],
    }


def team_seen(slack: Slack) -> Json:
    """The workspace."""
    return {"id": TEAM_ID, "name": slack.team_name}


def person_seen(slack: Slack, person: Person) -> Json:
    """One person of the list, with the time on their own wall."""
    member, now = person.member, slack.clock.now()
    zone = zone_named(member.tz, slack.zone)
    return {
        "id": member.id,
        "name": member.name,
        "real_name": member.real_name,
        "title": member.title,
        "tz": zone.key,
        "tz_offset": local_offset(zone.key, now),
        "local": said_locally(now, zone),
        "deleted": member.deleted,
        "unread": person.unread,
        "badges": badges(member),
        "dnd": is_quiet(member, now, slack.zone),
        "email": member.email,
    }


def badges(member: Member) -> list[str]:
    """What stands beside a name: the kinds of account that others should know of."""
    kinds = {
        "Admin": member.is_admin,
        "Single-channel guest": member.is_ultra_restricted,
        "Guest": member.is_restricted and not member.is_ultra_restricted,
        "External": bool(member.team),
        "Bot": member.is_bot,
    }
    return [kind for kind, holds in kinds.items() if holds]


def room_seen(channel: Channel) -> Json:
    """One channel of the list."""
    return {
        "id": channel.id,
        "kind": channel.kind,
        "name": channel.title,
        "topic": channel.topic,
        "members": channel.members,
        "has_app": channel.has_app,
    }


def rooms_seen(slack: Slack) -> list[Json]:
    """The channels, public and private; no direct messages."""
    return [room_seen(channel) for channel in slack.workspace.channels.values() if not channel.is_direct]


def message_seen(message: Message) -> Json:
    """One message: Slack's own object, with the time in ISO, and where the page finds its files."""
    seen = {**message.body, "time": message.at.isoformat()}
    if "files" in seen:
        seen["files"] = [{**file, "local_url": f"/playground/files/{file['id']}"} for file in seen["files"]]
    return {**seen, "ephemeral": True} if message.only_for else seen


def screen(slack: Slack, person: Person) -> Json:
    """What that person sees: the conversation with the app first, then the others that they are in."""
    return {
        "person": person_seen(slack, person),
        "conversations": [_conversation(channel, person) for channel in slack.conversations_of(person.id)],
        "home": view_object(person.home) if person.home else None,
        "modals": [view_object(view) for view in person.modals],
    }


def words_of(thing: Any) -> Iterator[str]:
    """Every text in a message, a block or a view that a person reads, in order."""
    if isinstance(thing, list):
        for part in thing:
            yield from words_of(part)
    elif isinstance(thing, dict):
        for name, part in thing.items():
            if name in ("text", "alt_text", "initial_value") and isinstance(part, str):
                yield part
            elif isinstance(part, (dict, list)) and name not in ("metadata", "state", "bot_profile"):
                yield from words_of(part)


def _conversation(channel: Channel, person: Person) -> Json:
    return {
        "channel": channel.id,
        "kind": channel.kind,
        "name": channel.title,
        "topic": channel.topic,
        "members": channel.members,
        "has_app": channel.has_app,
        "unread": person.unread_in.get(channel.id, 0),
        "messages": [message_seen(message) for message in channel.seen_by(person.id)],
    }
