"""What the app says: to whom, how, and what Slack makes of it."""

import json
from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import PersonDriver, Playground
from tests.playground.conftest import refusal
from tests.playground.parrot import MANIFEST, MEMBERS, MORNING, actions, button, section


async def test_a_message_to_a_person_opens_the_conversation_with_them(
    client: AsyncWebClient, maya: PersonDriver
) -> None:
    answer = await client.chat_postMessage(channel="U0MAYA", text="Good morning")
    again = await client.chat_postMessage(channel=answer["channel"], text="Anybody there?")

    assert answer["channel"].startswith("D")
    assert again["channel"] == answer["channel"]
    assert [message["text"] for message in maya.messages] == ["Good morning", "Anybody there?"]
    assert maya.unread == 2


async def test_a_message_is_marked_as_the_apps_own(
    client: AsyncWebClient, maya: PersonDriver, playground: Playground
) -> None:
    answer = await client.chat_postMessage(
        channel="U0MAYA", text="Hello", blocks=[section("Hello"), actions(button("b"))]
    )

    message = answer["message"]
    assert message["type"] == "message"
    assert message["user"] == playground.bot_user_id
    assert message["bot_id"]
    assert message["app_id"]
    assert message["ts"] == answer["ts"]
    assert message["blocks"][0]["block_id"]
    assert message["blocks"][1]["block_id"] == "row"
    assert maya.messages[0]["time"] == "2017-06-01T14:00:00+00:00"


async def test_stamps_follow_the_clock_and_never_repeat(client: AsyncWebClient, playground: Playground) -> None:
    first, second = [(await client.chat_postMessage(channel="U0MAYA", text="hi"))["ts"] for _ in range(2)]
    await playground.move_clock(MORNING + timedelta(days=1))
    third = (await client.chat_postMessage(channel="U0MAYA", text="hi"))["ts"]

    assert (first, second, third) == ("1496325600.000000", "1496325600.000001", "1496412000.000000")


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        ("U0NOBODY", "channel_not_found"),
        ("D0NOBODY", "channel_not_found"),
        ("C0NOWHERE", "channel_not_found"),
        ("#nowhere", "channel_not_found"),
        ("G0BOARD", "channel_not_found"),
        ("#board", "channel_not_found"),
        ("C0RANDOM", "not_in_channel"),
        ("C0OLD", "is_archived"),
        ("U0STAN", "channel_not_found"),
        ("U0GONE", "user_disabled"),
        ("DU0GONE", "user_disabled"),
        ("U0ROBOT", "cannot_dm_bot"),
        ("DU0ROBOT", "cannot_dm_bot"),
        ("U0PLAYGROUND", "cannot_dm_bot"),
        ("USLACKBOT", "cannot_dm_bot"),
    ],
)
async def test_nobody_can_be_written_to_who_is_not_there(client: AsyncWebClient, channel: str, error: str) -> None:
    assert (await refusal(client.chat_postMessage(channel=channel, text="Hello?")))["error"] == error


@pytest.mark.parametrize("tab", [False, None])
async def test_without_a_messages_tab_no_message_arrives(tab: bool | None) -> None:
    features = MANIFEST["features"] | {"app_home": {"home_tab_enabled": True, "messages_tab_enabled": tab}}

    async with Playground(MANIFEST | {"features": features}, MEMBERS) as playground:
        client = AsyncWebClient(playground.bot_token, base_url=playground.api_url, retry_handlers=[])
        answer = await refusal(client.chat_postMessage(channel="U0MAYA", text="Hello?"))

    assert answer["error"] == "messages_tab_disabled"


@pytest.mark.parametrize(
    "content",
    [
        {"blocks": [section("Only blocks")]},
        {"blocks": json.dumps([section("Blocks as text")])},
        {"attachments": [{"text": "Only an attachment"}]},
        {"markdown_text": "**Only** markdown"},
    ],
)
async def test_a_message_may_say_it_in_more_than_one_way(
    client: AsyncWebClient, maya: PersonDriver, content: dict[str, Any]
) -> None:
    await client.api_call("chat.postMessage", json={"channel": "U0MAYA", **content})

    assert len(maya.messages) == 1


async def test_a_text_longer_than_slack_keeps_is_cut(client: AsyncWebClient, maya: PersonDriver) -> None:
    await client.chat_postMessage(channel="U0MAYA", text="x" * 40_001)

    assert len(maya.messages[0]["text"]) == 40_000


async def test_wrong_blocks_are_pointed_at(client: AsyncWebClient) -> None:
    answer = await refusal(client.chat_postMessage(channel="U0MAYA", text="x", blocks=[section("a" * 3001)]))

    assert answer["response_metadata"]["messages"] == [
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    ]


async def test_empty_metadata_takes_it_away(client: AsyncWebClient, maya: PersonDriver) -> None:
    posted = await client.chat_postMessage(
        channel="U0MAYA", text="Words", metadata={"event_type": "n", "event_payload": {}}
    )

    await client.chat_update(channel=posted["channel"], ts=posted["ts"], text="Words", metadata={})

    assert "metadata" not in maya.messages[0]


async def test_an_ephemeral_message_is_for_one_person_and_in_no_history(
    client: AsyncWebClient, maya: PersonDriver
) -> None:
    channel = (await client.conversations_open(users="U0MAYA"))["channel"]["id"]
    posted = await client.chat_postEphemeral(channel=channel, user="U0MAYA", text="Psst")

    assert maya.messages[0]["ephemeral"] is True
    assert (await client.conversations_history(channel=channel))["messages"] == []
    update = client.chat_update(channel=channel, ts=posted["message_ts"], text="Louder")
    assert (await refusal(update))["error"] == "message_not_found"


async def test_an_ephemeral_message_in_a_group_is_seen_by_one(client: AsyncWebClient, playground: Playground) -> None:
    channel = (await client.conversations_open(users="U0MAYA,U0TOM"))["channel"]["id"]

    await client.chat_postEphemeral(channel=channel, user="U0MAYA", text="Psst")

    assert (playground.person("U0MAYA").unread, playground.person("U0TOM").unread) == (1, 0)
    stranger = client.chat_postEphemeral(channel=channel, user="U0LENA", text="Psst")
    assert (await refusal(stranger))["error"] == "user_not_in_channel"


async def test_a_channel_can_be_named(client: AsyncWebClient, maya: PersonDriver) -> None:
    answers = [await client.chat_postMessage(channel=name, text="Hi") for name in ("C0GENERAL", "#general", "general")]

    assert [answer["channel"] for answer in answers] == ["C0GENERAL"] * 3
    assert maya.unread == 3


async def test_a_public_channel_is_open_to_an_app_that_may_write_everywhere(
    client: AsyncWebClient, playground: Playground
) -> None:
    playground.scopes.add("chat:write.public")

    assert (await client.chat_postMessage(channel="C0RANDOM", text="Hello from outside"))["ok"]
    assert (await refusal(client.chat_postMessage(channel="G0BOARD", text="And in here?")))[
        "error"
    ] == "channel_not_found"


async def test_a_visitor_is_reached_through_a_channel_of_both(client: AsyncWebClient, playground: Playground) -> None:
    await client.chat_postMessage(channel="U0OLGA", text="Welcome")

    assert playground.person("U0OLGA").sees() == "Welcome"


async def test_another_name_needs_its_own_scope(
    client: AsyncWebClient, playground: Playground, maya: PersonDriver
) -> None:
    worn: dict[str, Any] = {"channel": "U0MAYA", "text": "Ahoy", "username": "Captain", "icon_emoji": ":parrot:"}

    await client.chat_postMessage(**worn)
    playground.scopes.discard("chat:write.customize")
    refused = await refusal(client.chat_postMessage(**worn))

    [message] = maya.messages
    assert (message["subtype"], message["username"], message["icons"]) == (
        "bot_message",
        "Captain",
        {"emoji": ":parrot:"},
    )
    assert (refused["error"], refused["needed"]) == ("missing_scope", "chat:write.customize")


async def test_what_changes_only_the_look_of_links_is_taken(client: AsyncWebClient) -> None:
    looks: dict[str, Any] = {
        "mrkdwn": True,
        "parse": "none",
        "link_names": True,
        "unfurl_links": False,
        "unfurl_media": False,
    }

    assert (await client.chat_postMessage(channel="U0MAYA", text="See http://example.org", **looks))["ok"]


async def test_a_message_has_an_address(client: AsyncWebClient, playground: Playground) -> None:
    posted = await client.chat_postMessage(channel="C0GENERAL", text="Look here")
    reply = await client.chat_postMessage(channel="C0GENERAL", text="Here", thread_ts=posted["ts"])

    address = (await client.chat_getPermalink(channel="C0GENERAL", message_ts=posted["ts"]))["permalink"]
    in_thread = (await client.chat_getPermalink(channel="C0GENERAL", message_ts=reply["ts"]))["permalink"]

    assert address == f"{playground.url}/archives/C0GENERAL/p1496325600000000"
    assert in_thread == f"{playground.url}/archives/C0GENERAL/p1496325600000001?thread_ts={posted['ts']}&cid=C0GENERAL"


async def test_what_is_not_there_has_no_address(client: AsyncWebClient) -> None:
    lost = client.chat_getPermalink(channel="C0GENERAL", message_ts="1496325600.000000")
    hidden = client.chat_getPermalink(channel="G0BOARD", message_ts="1496325600.000000")

    assert (await refusal(lost))["error"] == "message_not_found"
    assert (await refusal(hidden))["error"] == "channel_not_found"


async def test_only_who_is_in_the_channel_gets_an_ephemeral_message(client: AsyncWebClient) -> None:
    async def error(channel: str, user: str) -> str:
        return str((await refusal(client.chat_postEphemeral(channel=channel, user=user, text="Psst")))["error"])

    assert (await client.chat_postEphemeral(channel="C0GENERAL", user="U0MAYA", text="Psst"))["message_ts"]
    assert await error("C0GENERAL", "U0LENA") == "user_not_in_channel"
    assert await error("C0RANDOM", "U0MAYA") == "not_in_channel"
    assert await error("G0BOARD", "U0TOM") == "channel_not_found"
    assert await error("C0OLD", "U0MAYA") == "is_archived"
