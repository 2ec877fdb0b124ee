"""Conversations: finding and describing them, and who is in there."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Playground
from tests.playground.conftest import refusal


async def test_a_conversation_can_be_described(client: AsyncWebClient, playground: Playground) -> None:
    channel = (await client.conversations_open(users="U0MAYA"))["channel"]["id"]

    described = (await client.conversations_info(channel=channel, include_num_members=True))["channel"]
    members = (await client.conversations_members(channel=channel))["members"]

    assert (described["is_im"], described["user"], described["num_members"]) == (True, "U0MAYA", 2)
    assert members == ["U0MAYA", playground.bot_user_id]
    assert (await refusal(client.conversations_info(channel="D0NOBODY")))["error"] == "channel_not_found"
    playground.scopes.discard("im:read")
    assert (await refusal(client.conversations_info(channel=channel)))["needed"] == "im:read"


async def test_a_channel_is_described(client: AsyncWebClient) -> None:
    general = (await client.conversations_info(channel="C0GENERAL"))["channel"]
    random = (await client.conversations_info(channel="C0RANDOM"))["channel"]
    pairs = (await client.conversations_info(channel="G0PAIRS"))["channel"]

    assert (general["name"], general["topic"]["value"], general["is_general"]) == ("general", "All of us", True)
    assert [room["is_member"] for room in (general, random, pairs)] == [True, False, True]
    assert [room["is_private"] for room in (general, random, pairs)] == [False, False, True]
    assert [room["is_channel"] for room in (general, random, pairs)] == [True, True, False]
    assert (await refusal(client.conversations_info(channel="G0BOARD")))["error"] == "channel_not_found"


async def test_a_channel_shared_with_another_organization_says_so(
    client: AsyncWebClient, playground: Playground
) -> None:
    shared = (await client.conversations_info(channel="C0GENERAL"))["channel"]
    own = (await client.conversations_info(channel="C0OLD"))["channel"]

    assert [room["is_ext_shared"] for room in (shared, own)] == [True, False]
    assert shared["shared_team_ids"] == [playground.team_id, "T0OTHER"]


async def test_a_direct_message_with_somebody_who_left_says_so(client: AsyncWebClient) -> None:
    asked = await client.conversations_list(types="im")
    described = (await client.conversations_info(channel="DU0GONE"))["channel"]

    assert asked["channels"] == []
    assert described["is_user_deleted"] is True


async def test_the_list_shows_what_is_public_and_what_the_app_is_in(client: AsyncWebClient) -> None:
    await client.conversations_open(users="U0MAYA")
    await client.conversations_open(users="U0MAYA,U0TOM")

    async def names(**asked: object) -> list[str]:
        listed = await client.api_call("conversations.list", params=asked)
        return [room.get("name") or room["user"] for room in listed["channels"]]

    assert await names() == ["general", "random", "old"]
    assert await names(exclude_archived="true") == ["general", "random"]
    assert await names(types="private_channel") == ["pairs"]
    assert await names(types="im, mpim") == ["U0MAYA", "mpdm-maya--tom.b--polly_parrot-1"]


async def test_the_list_comes_in_pages(client: AsyncWebClient) -> None:
    first = await client.conversations_list(limit=2)
    last = await client.conversations_list(limit=2, cursor=first["response_metadata"]["next_cursor"])

    assert [room["name"] for room in [*first["channels"], *last["channels"]]] == ["general", "random", "old"]
    assert last["response_metadata"]["next_cursor"] == ""
    assert [room["num_members"] for room in first["channels"]] == [5, 2]


async def test_a_list_that_makes_no_sense_is_refused(client: AsyncWebClient, playground: Playground) -> None:
    async def error(**asked: object) -> str:
        return str((await refusal(client.api_call("conversations.list", params=asked)))["error"])

    assert await error(types="public_channel,secret_channel") == "invalid_types"
    assert await error(limit="many") == "invalid_limit"
    assert await error(limit="1001") == "invalid_limit"
    assert await error(cursor="nonsense") == "invalid_cursor"
    playground.scopes.discard("groups:read")
    assert await error(types="public_channel,private_channel") == "missing_scope"


async def test_the_conversations_of_the_app_and_of_a_person_are_told(client: AsyncWebClient) -> None:
    types = "public_channel,private_channel"

    own = await client.users_conversations(types=types)
    toms = await client.users_conversations(types=types, user="U0TOM")
    mayas = await client.users_conversations(types=types, user="U0MAYA", exclude_archived=True)

    assert [room["name"] for room in own["channels"]] == ["general", "old", "pairs"]
    assert [room["name"] for room in toms["channels"]] == ["general"]  # the board is none of the app's business
    assert [room["name"] for room in mayas["channels"]] == ["general", "random", "pairs"]
    assert (await refusal(client.users_conversations(types="secret_channel")))["error"] == "invalid_types"


async def test_members_come_in_pages(client: AsyncWebClient, playground: Playground) -> None:
    first = await client.conversations_members(channel="C0GENERAL", limit=3)
    last = await client.conversations_members(
        channel="C0GENERAL", limit=3, cursor=first["response_metadata"]["next_cursor"]
    )

    assert first["members"] == ["U0MAYA", "U0TOM", "U0OLGA"]
    assert last["members"] == ["U0GUS", playground.bot_user_id]
    assert (await refusal(client.conversations_members(channel="C0GENERAL", limit=-1)))["error"] == "invalid_limit"
    assert (await refusal(client.conversations_members(channel="G0BOARD")))["error"] == "channel_not_found"
