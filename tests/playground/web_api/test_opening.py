"""Opening conversations with one person or several."""

from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Playground
from tests.playground.conftest import refusal
from tests.playground.parrot import MANIFEST, MEMBERS, MORNING


async def test_opening_twice_gives_the_same_conversation(client: AsyncWebClient) -> None:
    first = await client.conversations_open(users="U0MAYA")
    again = await client.conversations_open(users="U0MAYA", return_im=True)

    assert again["channel"]["id"] == first["channel"]["id"]
    assert again["channel"]["user"] == "U0MAYA"
    assert (first.get("already_open"), again["already_open"]) == (None, True)


async def test_a_conversation_keeps_its_id_in_the_next_playground(client: AsyncWebClient) -> None:
    channel = (await client.conversations_open(users="U0MAYA"))["channel"]["id"]

    async with Playground(MANIFEST, MEMBERS, now=MORNING) as next_one:
        remembered = AsyncWebClient(next_one.bot_token, base_url=next_one.api_url)
        assert (await remembered.chat_postMessage(channel=channel, text="Me again"))["ok"]
        assert next_one.person("U0MAYA").last_message is not None


async def test_the_same_people_have_one_group_whatever_their_order(client: AsyncWebClient) -> None:
    one = await client.conversations_open(users="U0MAYA,U0TOM")
    other = await client.conversations_open(users="U0TOM,U0MAYA")

    assert one["channel"]["id"] == other["channel"]["id"]


async def test_somebody_who_is_named_twice_is_one_person(client: AsyncWebClient) -> None:
    once = await client.conversations_open(users="U0MAYA")
    twice = await client.conversations_open(users="U0MAYA,U0MAYA")

    assert twice["channel"]["id"] == once["channel"]["id"]


async def test_a_group_message_reaches_all_of_its_people(client: AsyncWebClient, playground: Playground) -> None:
    channel = (await client.conversations_open(users="U0MAYA,U0TOM"))["channel"]["id"]

    await client.chat_postMessage(channel=channel, text="You two")

    assert [playground.person(user).unread for user in ("U0MAYA", "U0TOM", "U0LENA")] == [1, 1, 0]


async def test_what_cannot_be_opened_is_refused(client: AsyncWebClient, playground: Playground) -> None:
    async def error(**asked: object) -> str:
        return str((await refusal(client.api_call("conversations.open", json=asked)))["error"])

    assert await error() == "users_list_not_supplied"
    assert await error(users="U0NOBODY") == "user_not_found"
    assert await error(users="U0GONE") == "user_disabled"
    assert await error(users="U0MAYA,U0GONE") == "user_disabled"
    assert await error(users="U0ROBOT") == "cannot_dm_bot"
    assert await error(users=",".join(f"U{number}" for number in range(9))) == "too_many_users"
    assert await error(users="U0TOM", prevent_creation=True) == "channel_not_found"
    assert await error(users="U0PLAYGROUND") == "not_enough_users"
    assert await error(channel="D0NOBODY") == "channel_not_found"
    assert await error(channel="C0GENERAL") == "method_not_supported_for_channel_type"
    playground.scopes.difference_update({"im:write", "mpim:write"})
    assert await error(users="U0MAYA") == "missing_scope"
    assert await error(users="U0MAYA,U0TOM") == "missing_scope"


async def test_writing_to_a_person_needs_no_right_to_open(client: AsyncWebClient, playground: Playground) -> None:
    playground.scopes.discard("im:write")

    assert (await client.chat_postMessage(channel="U0MAYA", text="Hello"))["ok"]


async def test_a_conversation_is_opened_again_by_its_own_id(client: AsyncWebClient) -> None:
    opened = await client.conversations_open(users=["U0MAYA", "U0TOM"])

    again = await client.conversations_open(channel=opened["channel"]["id"], return_im=True)

    assert again["already_open"] is True
    assert (again["channel"]["is_mpim"], again["channel"]["name"]) == (True, "mpdm-maya--tom.b--polly_parrot-1")
    assert again["channel"]["purpose"]["value"] == "Group messaging with: @maya @tom.b @polly_parrot"


async def test_a_look_whether_a_conversation_is_there_opens_none(
    client: AsyncWebClient, playground: Playground
) -> None:
    look: dict[str, Any] = {"users": "U0MAYA", "prevent_creation": True}

    assert (await refusal(client.conversations_open(**look)))["error"] == "channel_not_found"
    opened = await client.conversations_open(users="U0MAYA")
    assert (await client.conversations_open(**look))["channel"]["id"] == opened["channel"]["id"]


async def test_the_app_itself_need_not_be_named(client: AsyncWebClient, playground: Playground) -> None:
    alone = await client.conversations_open(users="U0MAYA")
    named = await client.conversations_open(users=f"U0MAYA,{playground.bot_user_id}")

    assert named["channel"]["id"] == alone["channel"]["id"]


async def test_visitors_are_reached_only_through_channels(client: AsyncWebClient) -> None:
    async def error(users: str) -> str:
        return str((await refusal(client.conversations_open(users=users)))["error"])

    assert (await client.conversations_open(users="U0OLGA"))["ok"]
    assert (await client.conversations_open(users="U0MAYA,U0OLGA"))["ok"]
    assert await error("U0STAN") == "user_not_visible"
    assert await error("U0MAYA,U0STAN") == "user_not_visible"
    assert await error("U0OLGA,U0OTTO") == "invalid_user_combination"  # each in a channel, but in none together
