"""Messages: how they are written down, counted as unread, and reported to the app that asked for such events."""

import secrets
from typing import Any

from bot.playground.block_kit.forms import with_action_ids
from bot.playground.wire import interactions
from bot.playground.workspace.channels import Channel, Message
from bot.playground.workspace.clock import moment_of
from bot.playground.workspace.installed_app import APP_ID, BOT_ID, BOT_USER, TEAM_ID
from bot.playground.workspace.slack import Slack
from bot.playground.workspace.state import Json, Person


def with_ids(blocks: list[Json]) -> list[Json]:
    """The blocks with ids: Slack makes them up for blocks and elements to which the app gave none."""
    named = [block if block.get("block_id") else {**block, "block_id": secrets.token_urlsafe(4)} for block in blocks]
    return with_action_ids(named, lambda: secrets.token_urlsafe(4))


def escaped(text: str) -> str:
    """Text as Slack keeps what people type."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def say_as_app(slack: Slack, channel: Channel, content: Json, only_for: str | None = None) -> Message:
    """Add a message of the app's. `content` holds text, blocks, attachments, metadata: what there is of them."""
    body: Json = {
        "user": BOT_USER,
        "type": "message",
        "ts": slack.clock.stamp(),
        "bot_id": BOT_ID,
        "app_id": APP_ID,
        "text": "",
        "team": TEAM_ID,
        "bot_profile": {"id": BOT_ID, "app_id": APP_ID, "name": slack.app.name, "deleted": False, "team_id": TEAM_ID},
    }
    message = _add(slack, channel, body | content, only_for)
    for user in channel.members if only_for is None else (only_for,):
        _count_unread(slack, user, channel)
    if only_for is None:
        report(slack, channel, message.body)
    return message


def say_as(slack: Slack, person: Person, channel: Channel, text: str) -> tuple[Message, Json]:
    """Add a message of a person's, and give it with the event that tells the app."""
    body: Json = {
        "client_msg_id": secrets.token_hex(16),
        "type": "message",
        "user": person.id,
        "text": text,
        "ts": slack.clock.stamp(),
        "team": TEAM_ID,
    }
    message = _add(slack, channel, body, None)
    return message, _event(slack, channel, message.body)


def report(slack: Slack, channel: Channel, body: Json) -> None:
    """Tell the app of its own message, as Slack does, if it asked for such events."""
    if wants_messages(slack, channel):
        slack.deliveries.mention(_event(slack, channel, body))


def wants_messages(slack: Slack, channel: Channel) -> bool:
    """Whether the app asked for the messages of such conversations, and may read them."""
    return f"message.{channel.kind}" in slack.app.events and f"{channel.kind}:history" in slack.app.scopes


def change(slack: Slack, channel: Channel, message: Message, content: Json) -> None:
    """Change a message of the app's in place."""
    before = message.body
    stamp = slack.clock.stamp()
    message.body = {**before, **content, "edited": {"user": BOT_USER, "ts": stamp}}
    if not message.body.get("metadata"):
        message.body.pop("metadata", None)
    slack.bell.ring()
    if message.only_for is None:
        event = {"subtype": "message_changed", "hidden": True, "message": message.body, "previous_message": before}
        report(slack, channel, {"type": "message", "ts": stamp, **event})


def remove(slack: Slack, channel: Channel, message: Message) -> None:
    """Take a message away."""
    del channel.messages[message.ts]
    slack.bell.ring()
    if message.only_for is None:
        event = {"subtype": "message_deleted", "hidden": True, "deleted_ts": message.ts}
        report(
            slack, channel, {"type": "message", "ts": slack.clock.stamp(), **event, "previous_message": message.body}
        )


def _add(slack: Slack, channel: Channel, body: dict[str, Any], only_for: str | None) -> Message:
    message = Message(channel.id, body["ts"], moment_of(body["ts"]), body, only_for)
    channel.messages[message.ts] = message
    slack.bell.ring()
    return message


def _count_unread(slack: Slack, user: str, channel: Channel) -> None:
    person = slack.workspace.people[user]
    person.unread_in[channel.id] = person.unread_in.get(channel.id, 0) + 1


def _event(slack: Slack, channel: Channel, body: Json) -> Json:
    return interactions.event(
        slack, {**body, "channel": channel.id, "channel_type": channel.kind, "event_ts": body["ts"]}
    )
