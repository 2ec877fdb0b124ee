"""What people type, as Slack writes it down: names of people and of channels become references."""

import re

from bot.playground.wire.messages import escaped
from bot.playground.workspace.slack import Slack

MENTION = re.compile(r"(?<![\w<|@])@([a-z0-9][\w.-]*\w|[a-z0-9])", re.IGNORECASE)
CHANNEL = re.compile(r"(?<![\w<|#&])#([a-z0-9][\w-]*)", re.IGNORECASE)


def in_message(slack: Slack, text: str) -> str:
    """Text of a message."""
    return _with_channels(slack, _with_people(slack, escaped(text), with_name=False))


def in_command(slack: Slack, text: str, *, should_escape: bool) -> str:
    """Text behind a command: references only where the manifest asks for them."""
    text = escaped(text)
    return _with_channels(slack, _with_people(slack, text, with_name=True)) if should_escape else text


def _with_people(slack: Slack, text: str, *, with_name: bool) -> str:
    def mention(found: re.Match[str]) -> str:
        person = slack.workspace.named(found[1])
        if person is None:
            return found[0]
        return f"<@{person.id}|{person.member.name}>" if with_name else f"<@{person.id}>"

    return MENTION.sub(mention, text)


def _with_channels(slack: Slack, text: str) -> str:
    """A private channel is not looked up: Slack leaves its name as it stands."""
    rooms = {room.title: room for room in slack.workspace.channels.values() if room.kind == "channel"}

    def reference(found: re.Match[str]) -> str:
        room = rooms.get(found[1])
        return f"<#{room.id}|{room.title}>" if room else found[0]

    return CHANNEL.sub(reference, text)
