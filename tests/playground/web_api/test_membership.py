"""Joining, inviting, leaving, and the events that tell of it."""

from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Playground
from bot.playground.wire import membership
from tests.playground.conftest import Connect, refusal
from tests.playground.listening import hears_events


async def test_the_app_joins_a_public_channel(client: AsyncWebClient) -> None:
    joined = await client.conversations_join(channel="C0RANDOM")
    again = await client.conversations_join(channel="C0RANDOM")

    assert joined["channel"]["is_member"] is True
    assert (joined.get("warning"), again["warning"]) == (None, "already_in_channel")
    assert again["response_metadata"]["warnings"] == ["already_in_channel"]
    assert (await client.chat_postMessage(channel="C0RANDOM", text="Here I am"))["ok"]


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        ("C0OLD", "is_archived"),
        ("G0PAIRS", "method_not_supported_for_channel_type"),
        ("DU0MAYA", "method_not_supported_for_channel_type"),
        ("G0BOARD", "channel_not_found"),
        ("C0NOWHERE", "channel_not_found"),
    ],
)
async def test_other_places_cannot_be_joined(client: AsyncWebClient, channel: str, error: str) -> None:
    assert (await refusal(client.conversations_join(channel=channel)))["error"] == error


async def test_joining_needs_its_scope(client: AsyncWebClient, playground: Playground) -> None:
    playground.scopes.discard("channels:join")

    assert (await refusal(client.conversations_join(channel="C0RANDOM")))["needed"] == "channels:join"


async def test_people_are_invited(client: AsyncWebClient) -> None:
    await client.conversations_invite(channel="G0PAIRS", users="U0TOM,U0LENA")

    members = (await client.conversations_members(channel="G0PAIRS"))["members"]
    assert members == ["U0MAYA", "U0OTTO", "U0TOM", "U0LENA", "U0PLAYGROUND"]


async def test_who_cannot_be_invited_is_named(client: AsyncWebClient, playground: Playground) -> None:
    async def error(channel: str = "G0PAIRS", users: str = "U0TOM") -> str:
        return str((await refusal(client.conversations_invite(channel=channel, users=users)))["error"])

    assert await error(users="U0MAYA") == "already_in_channel"
    assert await error(users="U0NOBODY") == "user_not_found"
    assert await error(users="U0PLAYGROUND") == "cant_invite_self"
    assert await error(users="U0GONE") == "cant_invite"
    assert await error(users="U0GUS") == "ura_max_channels"
    assert await error(users=",") == "no_user"
    assert await error(channel="C0RANDOM") == "not_in_channel"
    assert await error(channel="G0BOARD") == "channel_not_found"
    assert await error(channel="C0OLD") == "is_archived"
    assert await error(channel="DU0MAYA") == "method_not_supported_for_channel_type"
    playground.scopes.discard("groups:write")
    assert await error() == "missing_scope"


async def test_one_wrong_name_stops_the_others_unless_forced(client: AsyncWebClient) -> None:
    users = "U0TOM,U0NOBODY"

    stopped = await refusal(client.conversations_invite(channel="G0PAIRS", users=users))
    forced = await client.conversations_invite(channel="G0PAIRS", users=users, force=True)

    assert stopped["errors"] == [{"user": "U0NOBODY", "ok": False, "error": "user_not_found"}]
    assert forced["errors"] == stopped["errors"]
    assert "U0TOM" in (await client.conversations_members(channel="G0PAIRS"))["members"]


async def test_the_app_leaves_a_channel(client: AsyncWebClient) -> None:
    left = await client.conversations_leave(channel="C0GENERAL")
    again = await client.conversations_leave(channel="C0GENERAL")

    assert (left.get("not_in_channel"), again["not_in_channel"]) == (None, True)
    assert (await refusal(client.chat_postMessage(channel="C0GENERAL", text="?")))["error"] == "not_in_channel"
    assert (await refusal(client.conversations_leave(channel="DU0MAYA")))[
        "error"
    ] == "method_not_supported_for_channel_type"


async def test_the_app_hears_who_joins_and_leaves(playground: Playground, app: AsyncApp, connected: Connect) -> None:
    heard = hears_events(app, "member_joined_channel", "member_left_channel")
    general = _channel(playground, "C0GENERAL")

    async with connected():
        membership.join(playground.slack, general, "U0LENA", inviter="U0MAYA")
        membership.leave(playground.slack, general, "U0LENA")
        await playground.until(lambda: len(heard) == 2)

    by_kind = {event["type"]: event for event in heard}
    assert by_kind["member_joined_channel"]["inviter"] == "U0MAYA"
    assert by_kind["member_left_channel"]["user"] == "U0LENA"
    assert {(event["channel"], event["channel_type"]) for event in heard} == {("C0GENERAL", "C")}


async def test_the_app_hears_of_its_own_joining_but_not_of_places_where_it_is_not(
    client: AsyncWebClient, playground: Playground, app: AsyncApp, connected: Connect
) -> None:
    heard = hears_events(app, "member_joined_channel")

    async with connected():
        membership.join(playground.slack, _channel(playground, "G0BOARD"), "U0MAYA")
        await client.conversations_join(channel="C0RANDOM")
        await playground.until(lambda: heard)

    assert [(event["user"], event["channel"]) for event in heard] == [("U0PLAYGROUND", "C0RANDOM")]


async def test_who_joins_is_noted_in_the_channel(client: AsyncWebClient, playground: Playground) -> None:
    membership.join(playground.slack, _channel(playground, "C0GENERAL"), "U0LENA")

    [note] = (await client.conversations_history(channel="C0GENERAL"))["messages"]

    assert (note["subtype"], note["user"]) == ("channel_join", "U0LENA")
    assert playground.person("U0MAYA").unread == 0


def _channel(playground: Playground, channel_id: str) -> Any:
    return playground.slack.channel(channel_id)
