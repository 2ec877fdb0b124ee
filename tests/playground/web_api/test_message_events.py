"""What the app hears of messages: by the kind of conversation, if it asked, may read them, and is in there."""

from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Delivery, Playground
from bot.playground.wire.messages import say_as, wants_messages
from bot.playground.workspace.channels import Channel
from tests.playground.conftest import Connect

PLACES = {"im": "DU0MAYA", "channel": "C0GENERAL", "group": "G0PAIRS"}


@pytest.mark.parametrize("kind", ["im", "channel", "group", "mpim"])
async def test_a_message_is_heard_with_the_kind_of_its_conversation(
    client: AsyncWebClient, playground: Playground, app: AsyncApp, connected: Connect, kind: str
) -> None:
    heard: list[dict[str, Any]] = []

    @app.message("Hello")
    async def hear(event: dict[str, Any]) -> None:
        heard.append(event)

    group = (await client.conversations_open(users="U0MAYA,U0TOM"))["channel"]["id"]
    channel = _channel(playground, PLACES.get(kind, group))
    maya = playground.slack.workspace.people["U0MAYA"]

    async with connected():
        _, event = say_as(playground.slack, maya, channel, "Hello")
        await playground.slack.deliveries.tell(event)

    assert [(one["channel"], one["channel_type"], one["user"]) for one in heard] == [(channel.id, kind, "U0MAYA")]


@pytest.mark.parametrize(
    ("event", "scope", "place"),
    [
        ("message.channels", "channels:history", "C0GENERAL"),
        ("message.groups", "groups:history", "G0PAIRS"),
        ("message.im", "im:history", "DU0MAYA"),
    ],
)
async def test_messages_are_heard_only_if_asked_for_and_allowed(
    playground: Playground, event: str, scope: str, place: str
) -> None:
    slack, channel = playground.slack, _channel(playground, place)
    assert wants_messages(slack, channel)

    playground.scopes.discard(scope)
    assert not wants_messages(slack, channel)

    playground.scopes.add(scope)
    slack.app.events -= {event}
    assert not wants_messages(slack, channel)


async def test_nothing_is_heard_from_where_the_app_is_not(playground: Playground) -> None:
    assert not wants_messages(playground.slack, _channel(playground, "C0RANDOM"))
    assert not wants_messages(playground.slack, _channel(playground, "G0BOARD"))


async def test_the_app_is_told_of_its_own_messages_as_they_come_change_and_go(
    client: AsyncWebClient, playground: Playground, app: AsyncApp, connected: Connect
) -> None:
    async with connected():
        posted = await client.chat_postMessage(channel="C0GENERAL", text="One")
        await client.chat_update(channel="C0GENERAL", ts=posted["ts"], text="Two")
        await client.chat_delete(channel="C0GENERAL", ts=posted["ts"])
        await playground.until(lambda: len(_told(playground)) == 3)

    came, changed, gone = _told(playground)
    assert (came["text"], came["bot_id"]) == ("One", posted["message"]["bot_id"])
    assert (changed["subtype"], changed["message"]["text"]) == ("message_changed", "Two")
    assert changed["previous_message"]["text"] == "One"
    assert (gone["subtype"], gone["deleted_ts"]) == ("message_deleted", posted["ts"])
    assert gone["previous_message"]["text"] == "Two"


async def test_a_reply_that_is_sent_there_too_brings_along_what_it_replies_to(
    client: AsyncWebClient, playground: Playground, app: AsyncApp, connected: Connect
) -> None:
    async with connected():
        root = await client.chat_postMessage(channel="C0GENERAL", text="Who comes?")
        await client.chat_postMessage(channel="C0GENERAL", text="Hm", thread_ts=root["ts"])
        await client.chat_postMessage(channel="C0GENERAL", text="I do", thread_ts=root["ts"], reply_broadcast=True)
        await playground.until(lambda: len(_told(playground)) == 3)

    _, reply, broadcast = _told(playground)
    assert "root" not in reply
    assert (broadcast["root"]["text"], broadcast["root"]["reply_count"]) == ("Who comes?", 2)


async def test_an_ephemeral_message_is_no_event(
    client: AsyncWebClient, playground: Playground, app: AsyncApp, connected: Connect
) -> None:
    async with connected():
        await client.chat_postEphemeral(channel="C0GENERAL", user="U0MAYA", text="Psst")
        await client.chat_postMessage(channel="C0GENERAL", text="Loud")
        await playground.until(lambda: _told(playground))

    assert [event["text"] for event in _told(playground)] == ["Loud"]


def _channel(playground: Playground, channel_id: str) -> Channel:
    channel = playground.slack.channel(channel_id)
    assert channel is not None
    return channel


def _told(playground: Playground) -> list[dict[str, Any]]:
    """The events that the app was sent, in the order in which they happened."""
    sent = [entry.payload["event"] for entry in playground.slack.journal.entries if isinstance(entry, Delivery)]
    return sorted(sent, key=lambda event: str(event["event_ts"]))
