"""Messages for later, by the playground's clock."""

from datetime import UTC, datetime, timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import PersonDriver, Playground
from tests.playground.conftest import refusal
from tests.playground.parrot import MORNING

NOON = int(datetime(2017, 6, 1, 17, 0, tzinfo=UTC).timestamp())  # in Chicago


async def _later(client: AsyncWebClient, post_at: int = NOON, **more: Any) -> Any:
    asked = {"channel": "U0MAYA", "text": "It is noon", "post_at": post_at} | more
    return await client.api_call("chat.scheduleMessage", json=asked)


async def test_a_message_for_later_goes_out_when_its_time_has_come(
    client: AsyncWebClient, playground: Playground, maya: PersonDriver
) -> None:
    await _later(client)

    await playground.move_clock(datetime(2017, 6, 1, 16, 59, tzinfo=UTC))
    assert maya.messages == []
    await playground.move_clock(datetime(2017, 6, 1, 17, 0, tzinfo=UTC))

    [message] = maya.messages
    assert (message["text"], message["ts"]) == ("It is noon", "1496336400.000000")
    assert (await client.chat_scheduledMessages_list())["scheduled_messages"] == []


async def test_the_answer_tells_what_will_be_sent_and_where(client: AsyncWebClient) -> None:
    answer = await _later(client)

    assert answer["channel"] == "DU0MAYA"
    assert (answer["post_at"], answer["message"]["text"]) == (NOON, "It is noon")
    assert answer["scheduled_message_id"].startswith("Q")


async def test_what_waits_is_listed_the_earliest_first(client: AsyncWebClient) -> None:
    await _later(client, NOON + 60, text="second")
    await _later(client, NOON, text="first")
    await _later(client, NOON, text="elsewhere", channel="C0GENERAL")

    async def texts(**asked: Any) -> list[str]:
        listed = await client.api_call("chat.scheduledMessages.list", params=asked)
        return [one["text"] for one in listed["scheduled_messages"]]

    assert await texts() == ["first", "elsewhere", "second"]
    assert await texts(channel="DU0MAYA") == ["first", "second"]
    assert await texts(oldest=NOON + 1) == ["second"]
    assert await texts(latest=NOON, channel="C0GENERAL") == ["elsewhere"]
    assert await texts(limit=2) == ["first", "elsewhere"]


async def test_a_list_that_makes_no_sense_is_refused(client: AsyncWebClient) -> None:
    hidden = client.chat_scheduledMessages_list(channel="G0BOARD")
    made_up = client.chat_scheduledMessages_list(cursor="nonsense")

    assert (await refusal(hidden))["error"] == "invalid_channel"
    assert (await refusal(made_up))["error"] == "invalid_cursor"


async def test_a_time_that_cannot_be_is_refused(client: AsyncWebClient) -> None:
    now = int(MORNING.timestamp())

    async def error(post_at: Any) -> str:
        return str((await refusal(_later(client, post_at)))["error"])

    assert await error(now) == "time_in_past"
    assert await error("tomorrow") == "invalid_time"
    assert (await _later(client, now + 120 * 86_400))["ok"]
    assert await error(now + 120 * 86_400 + 1) == "time_too_far"
    assert await error(None) == "invalid_arguments"


async def test_thirty_messages_in_five_minutes_are_enough(client: AsyncWebClient) -> None:
    for second in range(30):
        await _later(client, NOON + second)

    assert (await refusal(_later(client, NOON + 299)))["error"] == "restricted_too_many"
    assert (await _later(client, NOON + 300))["ok"]
    assert (await _later(client, NOON, channel="C0GENERAL"))["ok"]


async def test_a_message_can_be_taken_back_but_not_in_the_last_minute(
    client: AsyncWebClient, playground: Playground, maya: PersonDriver
) -> None:
    first, second = await _later(client), await _later(client, text="Stays")

    await _take_back(client, first)
    await playground.move_clock(datetime.fromtimestamp(NOON - 59, UTC))
    refused = await refusal(_take_back(client, second))
    await playground.move_clock(datetime.fromtimestamp(NOON, UTC))

    assert refused["error"] == "invalid_scheduled_message_id"
    assert [message["text"] for message in maya.messages] == ["Stays"]


async def test_only_what_waits_in_that_conversation_can_be_taken_back(client: AsyncWebClient) -> None:
    waiting = await _later(client)

    async def error(channel: str, name: str) -> str:
        call = client.chat_deleteScheduledMessage(channel=channel, scheduled_message_id=name)
        return str((await refusal(call))["error"])

    assert await error("C0GENERAL", waiting["scheduled_message_id"]) == "invalid_scheduled_message_id"
    assert await error("DU0MAYA", "Q0NOTHING") == "invalid_scheduled_message_id"
    assert await error("G0BOARD", waiting["scheduled_message_id"]) == "channel_not_found"


async def test_a_message_with_metadata_never_goes_out_as_slack_itself_documents(
    client: AsyncWebClient, playground: Playground, maya: PersonDriver
) -> None:
    await _later(client, metadata={"event_type": "note", "event_payload": {}})

    await playground.move_clock(MORNING + timedelta(days=1))

    assert maya.messages == []
    assert playground.slack.scheduled.next_due() is None


async def test_what_may_not_be_said_any_more_is_lost(
    client: AsyncWebClient, playground: Playground, maya: PersonDriver
) -> None:
    await _later(client)
    await playground.deactivate("U0MAYA")

    await playground.move_clock(MORNING + timedelta(days=1))

    assert maya.messages == []


async def test_an_app_that_was_removed_says_nothing_any_more(
    client: AsyncWebClient, playground: Playground, maya: PersonDriver
) -> None:
    await _later(client)
    await playground.uninstall()

    await playground.move_clock(MORNING + timedelta(days=1))

    assert maya.messages == []


async def test_where_nothing_may_be_said_nothing_can_be_planned(client: AsyncWebClient) -> None:
    assert (await refusal(_later(client, channel="C0RANDOM")))["error"] == "not_in_channel"
    assert (await refusal(_later(client, channel="C0OLD")))["error"] == "is_archived"
    assert (await refusal(_later(client, text="")))["error"] == "no_text"


async def _take_back(client: AsyncWebClient, message: Any) -> Any:
    return await client.chat_deleteScheduledMessage(
        channel=message["channel"], scheduled_message_id=message["scheduled_message_id"]
    )
