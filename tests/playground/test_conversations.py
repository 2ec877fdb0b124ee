"""Conversations: opening them, and reading what was said."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import PersonDriver, Playground
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
    assert await error(users=",".join(["U0MAYA"] * 9)) == "too_many_users"
    assert await error(users="U0TOM", prevent_creation=True) == "channel_not_found"
    assert await error(channel="D0NOBODY") == "channel_not_found"
    playground.scopes.difference_update({"im:write", "mpim:write"})
    assert await error(users="U0MAYA") == "missing_scope"
    assert await error(users="U0MAYA,U0TOM") == "missing_scope"


async def test_writing_to_a_person_needs_no_right_to_open(client: AsyncWebClient, playground: Playground) -> None:
    playground.scopes.discard("im:write")

    assert (await client.chat_postMessage(channel="U0MAYA", text="Hello"))["ok"]


async def test_a_conversation_can_be_described(client: AsyncWebClient, playground: Playground) -> None:
    channel = (await client.conversations_open(users="U0MAYA"))["channel"]["id"]

    described = (await client.conversations_info(channel=channel, include_num_members=True))["channel"]
    members = (await client.conversations_members(channel=channel))["members"]

    assert (described["is_im"], described["user"], described["num_members"]) == (True, "U0MAYA", 2)
    assert members == ["U0MAYA", playground.bot_user_id]
    assert (await refusal(client.conversations_info(channel="D0NOBODY")))["error"] == "channel_not_found"
    playground.scopes.discard("im:read")
    assert (await refusal(client.conversations_info(channel=channel)))["needed"] == "im:read"


async def test_history_is_newest_first_and_comes_in_pages(client: AsyncWebClient, maya: PersonDriver) -> None:
    for number in range(5):
        channel = (await client.chat_postMessage(channel="U0MAYA", text=str(number)))["channel"]

    first = await client.conversations_history(channel=channel, limit=2)
    second = await client.conversations_history(channel=channel, limit=2, cursor=_cursor(first))
    last = await client.conversations_history(channel=channel, limit=2, cursor=_cursor(second))

    pages = [[message["text"] for message in page["messages"]] for page in (first, second, last)]
    assert pages == [["4", "3"], ["2", "1"], ["0"]]
    assert [page["has_more"] for page in (first, second, last)] == [True, True, False]


async def test_history_can_be_bounded(client: AsyncWebClient) -> None:
    posted = [await client.chat_postMessage(channel="U0MAYA", text=str(number)) for number in range(4)]
    channel, stamps = posted[0]["channel"], [one["ts"] for one in posted]

    async def texts(**bounds: object) -> list[str]:
        answer = await client.api_call("conversations.history", params={"channel": channel, **bounds})
        return [message["text"] for message in answer["messages"]]

    assert await texts(oldest=stamps[1]) == ["3", "2"]
    assert await texts(latest=stamps[2]) == ["1", "0"]
    assert await texts(oldest=stamps[1], latest=stamps[2], inclusive="true") == ["2", "1"]
    assert await texts(latest="1496325600") == []


async def test_history_refuses_bounds_that_are_no_moments(client: AsyncWebClient, playground: Playground) -> None:
    channel = (await client.chat_postMessage(channel="U0MAYA", text="x"))["channel"]

    async def error(**bounds: object) -> str:
        call = client.api_call("conversations.history", params={"channel": channel, **bounds})
        return str((await refusal(call))["error"])

    assert await error(oldest="yesterday") == "invalid_ts_oldest"
    assert await error(latest="tomorrow") == "invalid_ts_latest"
    assert await error(cursor="nonsense") == "invalid_cursor"
    assert await error(limit="many") == "invalid_arguments"
    playground.scopes.discard("im:history")
    assert await error() == "missing_scope"


async def test_metadata_is_told_only_on_request(client: AsyncWebClient) -> None:
    metadata = {"event_type": "note", "event_payload": {"id": "7"}}
    posted = await client.chat_postMessage(channel="U0MAYA", text="x", metadata=metadata)

    without = await client.conversations_history(channel=posted["channel"])
    with_it = await client.conversations_history(channel=posted["channel"], include_all_metadata=True)

    assert "metadata" not in without["messages"][0]
    assert with_it["messages"][0]["metadata"] == metadata


def _cursor(page: object) -> str:
    return str(page["response_metadata"]["next_cursor"])  # type: ignore[index]
