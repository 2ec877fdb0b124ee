"""Threads: replies, what their parent tells of them, and who has something new to read."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import PersonDriver, Playground
from bot.playground.wire.messages import say_as
from tests.playground.conftest import refusal


async def test_a_reply_is_counted_at_its_parent(client: AsyncWebClient, playground: Playground) -> None:
    parent = await client.chat_postMessage(channel="C0GENERAL", text="Who comes?")
    reply = await client.chat_postMessage(channel="C0GENERAL", text="I do", thread_ts=parent["ts"])

    [shown] = (await client.conversations_history(channel="C0GENERAL"))["messages"]

    assert (shown["thread_ts"], shown["reply_count"], shown["latest_reply"]) == (parent["ts"], 1, reply["ts"])
    assert shown["reply_users"] == [playground.bot_user_id]
    assert reply["message"]["thread_ts"] == parent["ts"]
    assert reply["message"]["parent_user_id"] == playground.bot_user_id


async def test_a_reply_is_not_in_the_history_unless_it_is_sent_there_too(client: AsyncWebClient) -> None:
    parent = await client.chat_postMessage(channel="C0GENERAL", text="Who comes?")
    await client.chat_postMessage(channel="C0GENERAL", text="Hm", thread_ts=parent["ts"])
    await client.chat_postMessage(channel="C0GENERAL", text="I do", thread_ts=parent["ts"], reply_broadcast=True)

    history = (await client.conversations_history(channel="C0GENERAL"))["messages"]

    assert [message["text"] for message in history] == ["I do", "Who comes?"]
    assert history[0]["subtype"] == "thread_broadcast"


async def test_a_reply_can_be_sent_to_the_conversation_later_on(client: AsyncWebClient) -> None:
    root = (await client.chat_postMessage(channel="C0GENERAL", text="Who comes?"))["ts"]
    reply = await client.chat_postMessage(channel="C0GENERAL", text="I do", thread_ts=root)
    place = {"channel": "C0GENERAL", "ts": reply["ts"], "reply_broadcast": True}

    async def error(**more: object) -> str:
        return str((await refusal(client.api_call("chat.update", json=place | more)))["error"])

    assert await error(text="I do!") == "no_dual_broadcast_content_update"
    assert await error(ts=root) == "cant_broadcast_message"
    await client.api_call("chat.update", json=place)

    history = (await client.conversations_history(channel="C0GENERAL"))["messages"]
    assert [message["text"] for message in history] == ["I do", "Who comes?"]


async def test_a_thread_is_read_oldest_first_in_pages(client: AsyncWebClient) -> None:
    root = (await client.chat_postMessage(channel="C0GENERAL", text="0"))["ts"]
    await client.chat_postMessage(channel="C0GENERAL", text="elsewhere")
    for text in "123":
        await client.chat_postMessage(channel="C0GENERAL", text=text, thread_ts=root)

    first = await client.conversations_replies(channel="C0GENERAL", ts=root, limit=2)
    last = await client.conversations_replies(
        channel="C0GENERAL", ts=root, limit=2, cursor=first["response_metadata"]["next_cursor"]
    )

    assert [message["text"] for message in first["messages"]] == ["0", "1"]
    assert [message["text"] for message in last["messages"]] == ["2", "3"]
    assert (first["has_more"], last["has_more"]) == (True, False)


async def test_a_message_without_replies_is_a_thread_of_one(client: AsyncWebClient) -> None:
    alone = (await client.chat_postMessage(channel="C0GENERAL", text="Alone"))["ts"]

    thread = (await client.conversations_replies(channel="C0GENERAL", ts=alone))["messages"]

    assert [message["text"] for message in thread] == ["Alone"]


async def test_replies_can_be_bounded(client: AsyncWebClient) -> None:
    root = (await client.chat_postMessage(channel="C0GENERAL", text="0"))["ts"]
    stamps = [(await client.chat_postMessage(channel="C0GENERAL", text=text, thread_ts=root))["ts"] for text in "123"]

    newer = await client.conversations_replies(channel="C0GENERAL", ts=root, oldest=stamps[1])
    within = await client.conversations_replies(
        channel="C0GENERAL", ts=root, oldest=stamps[0], latest=stamps[1], inclusive=True
    )

    assert [message["text"] for message in newer["messages"]] == ["0", "3"]
    assert [message["text"] for message in within["messages"]] == ["0", "1", "2"]


async def test_a_thread_that_is_not_there_cannot_be_read(client: AsyncWebClient) -> None:
    async def error(**asked: object) -> str:
        return str((await refusal(client.api_call("conversations.replies", params=asked)))["error"])

    root = (await client.chat_postMessage(channel="C0GENERAL", text="0"))["ts"]
    assert await error(channel="C0GENERAL", ts="1496325600.999999") == "thread_not_found"
    assert await error(channel="C0GENERAL") == "thread_not_found"
    assert await error(ts=root) == "channel_not_found"
    assert await error(channel="G0BOARD", ts=root) == "channel_not_found"
    assert await error(channel="C0GENERAL", ts=root, oldest="once") == "invalid_ts_oldest"
    assert await error(channel="C0GENERAL", ts=root, latest="now") == "invalid_ts_latest"
    assert await error(channel="C0GENERAL", ts=root, cursor="nonsense") == "invalid_cursor"


async def test_a_reply_to_a_reply_goes_into_the_same_thread(client: AsyncWebClient) -> None:
    root = (await client.chat_postMessage(channel="C0GENERAL", text="0"))["ts"]
    reply = await client.chat_postMessage(channel="C0GENERAL", text="1", thread_ts=root)

    second = await client.chat_postMessage(channel="C0GENERAL", text="2", thread_ts=reply["ts"])

    assert second["message"]["thread_ts"] == root


async def test_a_reply_to_nothing_is_refused(client: AsyncWebClient) -> None:
    async def error(thread_ts: str) -> str:
        call = client.chat_postMessage(channel="C0GENERAL", text="Hm?", thread_ts=thread_ts)
        return str((await refusal(call))["error"])

    whisper = await client.chat_postEphemeral(channel="C0GENERAL", user="U0MAYA", text="Psst")
    assert await error("1496325600.999999") == "cannot_reply_to_message"
    assert await error(whisper["message_ts"]) == "cannot_reply_to_message"
    assert await error("yesterday") == "invalid_thread_ts"


async def test_a_reply_in_a_channel_is_news_only_for_those_in_the_thread(
    client: AsyncWebClient, playground: Playground, maya: PersonDriver, tom: PersonDriver
) -> None:
    slack = playground.slack
    general = slack.channel("C0GENERAL")
    assert general is not None
    question, _ = say_as(slack, slack.workspace.people["U0MAYA"], general, "Who comes?")
    assert (maya.unread, tom.unread) == (0, 1)

    await client.chat_postMessage(channel="C0GENERAL", text="I do", thread_ts=question.ts)
    say_as(slack, slack.workspace.people["U0TOM"], general, "Me too", thread_ts=question.ts)
    await client.chat_postMessage(channel="C0GENERAL", text="Good", thread_ts=question.ts)

    assert (maya.unread, tom.unread) == (3, 2)


async def test_a_reply_in_a_direct_message_is_news_for_everybody(
    client: AsyncWebClient, maya: PersonDriver, tom: PersonDriver
) -> None:
    group = (await client.conversations_open(users="U0MAYA,U0TOM"))["channel"]["id"]
    parent = await client.chat_postMessage(channel=group, text="You two")

    await client.chat_postMessage(channel=group, text="And another thing", thread_ts=parent["ts"])

    assert (maya.unread, tom.unread) == (2, 2)


async def test_a_deleted_reply_is_not_counted_any_more(client: AsyncWebClient) -> None:
    root = (await client.chat_postMessage(channel="C0GENERAL", text="0"))["ts"]
    reply = await client.chat_postMessage(channel="C0GENERAL", text="1", thread_ts=root)

    await client.chat_delete(channel="C0GENERAL", ts=reply["ts"])

    [shown] = (await client.conversations_history(channel="C0GENERAL"))["messages"]
    assert "reply_count" not in shown


async def test_a_deleted_parent_leaves_a_stone_with_its_thread(client: AsyncWebClient) -> None:
    root = (await client.chat_postMessage(channel="C0GENERAL", text="0"))["ts"]
    await client.chat_postMessage(channel="C0GENERAL", text="1", thread_ts=root)

    await client.chat_delete(channel="C0GENERAL", ts=root)

    stone, reply = (await client.conversations_replies(channel="C0GENERAL", ts=root))["messages"]
    assert (stone["subtype"], stone["reply_count"], reply["text"]) == ("tombstone", 1, "1")
    assert (await refusal(client.chat_delete(channel="C0GENERAL", ts=root)))["error"] == "message_not_found"


async def test_an_ephemeral_reply_is_no_part_of_the_thread(client: AsyncWebClient, maya: PersonDriver) -> None:
    root = await client.chat_postMessage(channel="U0MAYA", text="0")
    await client.chat_postEphemeral(channel=root["channel"], user="U0MAYA", text="Psst", thread_ts=root["ts"])

    thread = (await client.conversations_replies(channel=root["channel"], ts=root["ts"]))["messages"]

    assert [message["text"] for message in thread] == ["0"]
    assert maya.messages[1]["thread_ts"] == root["ts"]
