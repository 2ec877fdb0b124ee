"""A playground on paper: its clock and its conversations, so that another one can go on from there.

Open forms and Homes are not kept: a form belongs to a running app, and a Home is published again when it is opened.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.playground.workspace.channels import Channel, Message
from bot.playground.workspace.clock import microseconds_of
from bot.playground.workspace.slack import Slack
from bot.playground.workspace.state import Json, Person


def save(slack: Slack) -> Json:
    """Return what JSON can hold of the workspace."""
    return {
        "now": slack.clock.now().isoformat(),
        "stamp": slack.clock.stamp(),
        "people": {person.id: _person(person) for person in slack.workspace.people.values()},
        "channels": [_channel(channel) for channel in slack.workspace.channels.values()],
    }


def restore(slack: Slack, saved: Mapping[str, Any]) -> None:
    """Put the workspace where `save` found it; people who are not here any more are left out.

    Raises ValueError where the clock stands later already.
    """
    slack.clock.set(datetime.fromisoformat(saved["now"]))
    slack.clock.go_on_from(microseconds_of(saved["stamp"]))
    for user, kept in saved["people"].items():
        if person := slack.person(user):
            person.unread_in = dict(kept["unread"])
            person.member = replace(person.member, deleted=kept["deleted"], real_name=kept["real_name"])
    for kept in saved["channels"]:
        if all(slack.person(user) for user in kept["members"]):
            slack.workspace.channels[kept["id"]] = _read_channel(kept)


def _person(person: Person) -> Json:
    member = person.member
    return {"unread": person.unread_in, "deleted": member.deleted, "real_name": member.real_name}


def _channel(channel: Channel) -> Json:
    return {
        "id": channel.id,
        "kind": channel.kind,
        "members": list(channel.members),
        "created": channel.created,
        "title": channel.title,
        "topic": channel.topic,
        "has_app": channel.has_app,
        "messages": [
            {"ts": message.ts, "at": message.at.isoformat(), "body": message.body, "only_for": message.only_for}
            for message in channel.messages.values()
        ],
    }


def _read_channel(kept: Mapping[str, Any]) -> Channel:
    channel = Channel(
        kept["id"],
        kept["kind"],
        list(kept["members"]),
        kept["created"],
        kept["title"],
        kept["topic"],
        kept["has_app"],
    )
    for one in kept["messages"]:
        at = datetime.fromisoformat(one["at"])
        channel.messages[one["ts"]] = Message(channel.id, one["ts"], at, one["body"], one["only_for"])
    return channel
