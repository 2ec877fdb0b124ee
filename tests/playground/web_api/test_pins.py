"""Pins and bookmarks: what is kept at the head of a channel."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Playground
from tests.playground.conftest import refusal

LINK = {"channel_id": "C0GENERAL", "title": "Handbook", "type": "link", "link": "https://example.org"}


async def test_a_message_is_pinned_once(client: AsyncWebClient) -> None:
    ts = (await client.chat_postMessage(channel="C0GENERAL", text="Read this"))["ts"]

    await client.pins_add(channel="C0GENERAL", timestamp=ts)

    history = await client.conversations_history(channel="C0GENERAL")
    assert (history["pin_count"], history["messages"][0]["pinned_to"]) == (1, ["C0GENERAL"])
    assert (await refusal(client.pins_add(channel="C0GENERAL", timestamp=ts)))["error"] == "already_pinned"


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"timestamp": "1496325600.999999", "channel": "C0GENERAL"}, "message_not_found"),
        ({"timestamp": "yesterday", "channel": "C0GENERAL"}, "bad_timestamp"),
        ({"channel": "C0GENERAL"}, "no_item_specified"),
        ({"channel": "C0RANDOM"}, "not_in_channel"),
        ({"channel": "G0BOARD"}, "channel_not_found"),
        ({}, "channel_not_found"),
    ],
)
async def test_nothing_cannot_be_pinned(client: AsyncWebClient, asked: dict[str, str], error: str) -> None:
    assert (await refusal(client.api_call("pins.add", params=asked)))["error"] == error


async def test_a_link_is_kept_as_a_bookmark(client: AsyncWebClient, playground: Playground) -> None:
    kept = (await client.api_call("bookmarks.add", params=LINK | {"emoji": ":book:"}))["bookmark"]

    assert (kept["title"], kept["link"], kept["emoji"]) == ("Handbook", "https://example.org", ":book:")
    general = playground.slack.channel("C0GENERAL")
    assert general is not None
    assert general.bookmarks == [kept]


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"link": "javascript:alert(1)"}, "invalid_link"),
        ({"link": ""}, "invalid_link"),
        ({"type": "folder"}, "invalid_bookmark_type"),
        ({"emoji": "a book"}, "invalid_emoji"),
        ({"title": ""}, "invalid_arguments"),
        ({"channel_id": "C0RANDOM"}, "permission_denied"),
        ({"channel_id": "G0BOARD"}, "channel_not_found"),
    ],
)
async def test_a_bookmark_that_leads_nowhere_is_refused(
    client: AsyncWebClient, change: dict[str, str], error: str
) -> None:
    assert (await refusal(client.api_call("bookmarks.add", params=LINK | change)))["error"] == error


async def test_a_channel_has_room_for_a_hundred_of_either(client: AsyncWebClient, playground: Playground) -> None:
    ts = (await client.chat_postMessage(channel="C0GENERAL", text="Read this"))["ts"]
    general = playground.slack.channel("C0GENERAL")
    assert general is not None
    general.bookmarks.extend({} for _ in range(100))
    general.pins.extend(str(number) for number in range(100))

    assert (await refusal(client.api_call("bookmarks.add", params=LINK)))["error"] == "too_many_bookmarks"
    assert (await refusal(client.pins_add(channel="C0GENERAL", timestamp=ts)))["error"] == "too_many_pins"
