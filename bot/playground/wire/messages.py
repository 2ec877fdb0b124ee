"""Messages: how they are written down, threaded, counted as unread, and reported to the app that asked for events."""

import uuid
from typing import Any

from bot.playground.wire import interactions
from bot.playground.wire.rich_words import rich_text
from bot.playground.workspace.channels import Channel, Message
from bot.playground.workspace.clock import moment_of
from bot.playground.workspace.installed_app import APP_ID, BOT_ID, BOT_USER, TEAM_ID
from bot.playground.workspace.shapes import bot_profile
from bot.playground.workspace.slack import Slack
from bot.playground.workspace.state import Json, Person
from bot.playground.workspace.threads import COUNTED, recount

EMPTIED = ("blocks", "attachments", "metadata")  # what is gone from a message once nothing is left in it

STONE: Json = {
    "type": "message",
    "subtype": "tombstone",
    "text": "This message was deleted.",
    "user": "USLACKBOT",
    "hidden": True,
}


def escaped(text: str) -> str:
    """Text as Slack keeps what people type."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def say_as_app(slack: Slack, channel: Channel, content: Json, only_for: str | None = None) -> Message:
    """Add a message of the app's. `content` holds text, blocks, attachments, metadata: what there is of them.

    With `thread_ts` it is a reply; with the subtype `thread_broadcast` it stands in the conversation as well.
    """
    body: Json = {
        "user": BOT_USER,
        "type": "message",
        "ts": slack.clock.stamp(),
        "bot_id": BOT_ID,
        "app_id": APP_ID,
        "text": "",
        "team": TEAM_ID,
        "bot_profile": bot_profile(slack.app, slack.address, slack.workspace.begun) | {"team_id": TEAM_ID},
    }
    message = _add(slack, channel, body | content, only_for)
    if only_for is None:
        report(slack, channel, message.body)
    return message


def say_as(
    slack: Slack, person: Person, channel: Channel, text: str, thread_ts: str | None = None
) -> tuple[Message, Json]:
    """Add a message of a person's, a reply with `thread_ts`, and give it with the event that tells the app."""
    body: Json = {
        "client_msg_id": str(uuid.uuid4()),
        "type": "message",
        "user": person.id,
        "text": text,
        "ts": slack.clock.stamp(),
        "team": person.member.team or TEAM_ID,
        "blocks": [rich_text(text)],
    }
    reply: Json = {"thread_ts": thread_ts} if thread_ts else {}
    message = _add(slack, channel, body | reply, None)
    return message, _event(slack, channel, message.body)


def mentions_app(slack: Slack, channel: Channel, message: Message) -> Json | None:
    """The event of a message that names the app's own user, for an app that wants it; None if there is none of it.

    In a direct message with the app there is nobody else to be meant.
    """
    wanted = "app_mention" in slack.app.events and "app_mentions:read" in slack.app.scopes
    if not wanted or channel.kind == "im" or not channel.has_app or f"<@{BOT_USER}>" not in message.body["text"]:
        return None
    event = {**message.body, "type": "app_mention", "channel": channel.id, "event_ts": message.ts}
    return interactions.event(slack, event)


def note(slack: Slack, channel: Channel, user: str, subtype: str, text: str) -> None:
    """Add what Slack itself writes into a channel about somebody. It is news for nobody."""
    body: Json = {"type": "message", "subtype": subtype, "user": user, "text": text, "ts": slack.clock.stamp()}
    message = Message(channel.id, body["ts"], moment_of(body["ts"]), body)
    channel.messages[message.ts] = message
    report(slack, channel, body)


def report(slack: Slack, channel: Channel, body: Json) -> None:
    """Tell the app of its own message, as Slack does, if it asked for such events."""
    if wants_messages(slack, channel):
        slack.deliveries.mention(_event(slack, channel, body))


def wants_messages(slack: Slack, channel: Channel) -> bool:
    """Whether the app is in there, asked for the messages of such conversations, and may read them."""
    asked = f"message.{channel.family}" in slack.app.events and f"{channel.family}:history" in slack.app.scopes
    return asked and channel.has_app


def change(slack: Slack, channel: Channel, message: Message, content: Json) -> None:
    """Change a message of the app's in place. Slack marks it as edited only if its words were, not its blocks."""
    before = message.body
    stamp = slack.clock.stamp()
    mark: Json = {} if content.get("blocks") or "text" not in content else {"edited": {"user": BOT_USER, "ts": stamp}}
    after = {**before, **content, **mark}
    message.body = {name: value for name, value in after.items() if value or name not in EMPTIED}
    slack.bell.ring()
    if message.only_for is None:
        event = {"subtype": "message_changed", "hidden": True, "message": message.body, "previous_message": before}
        report(slack, channel, {"type": "message", "ts": stamp, **event})


def remove(slack: Slack, channel: Channel, message: Message) -> None:
    """Take a message away. One that has replies leaves a stone with its thread on it."""
    before = message.body
    if "reply_count" in before:
        threaded = {name: before[name] for name in COUNTED if name in before}
        message.body = STONE | threaded | {"ts": message.ts}
    else:
        del channel.messages[message.ts]
    if message.thread:
        recount(channel, message.thread)
    slack.bell.ring()
    if message.only_for is None:
        event = {"subtype": "message_deleted", "hidden": True, "deleted_ts": message.ts, "previous_message": before}
        report(slack, channel, {"type": "message", "ts": slack.clock.stamp(), **event})


def _add(slack: Slack, channel: Channel, body: dict[str, Any], only_for: str | None) -> Message:
    message = Message(channel.id, body["ts"], moment_of(body["ts"]), body, only_for)
    parent = channel.messages.get(message.thread or "")
    if parent is not None:
        body["parent_user_id"] = parent.body.get("user", "")
    channel.messages[message.ts] = message
    if parent is not None and only_for is None:
        recount(channel, parent.ts)
    for user in channel.audience(message):
        if person := slack.person(user):
            person.unread_in[channel.id] = person.unread_in.get(channel.id, 0) + 1
    slack.bell.ring()
    return message


def _event(slack: Slack, channel: Channel, body: Json) -> Json:
    """The event of a message. A reply that was sent to the conversation as well has what it replies to with it."""
    root = channel.messages.get(body.get("thread_ts", "")) if body.get("subtype") == "thread_broadcast" else None
    body = body | ({"root": root.body} if root else {})
    return interactions.event(
        slack, {**body, "channel": channel.id, "channel_type": channel.kind, "event_ts": body["ts"]}
    )
