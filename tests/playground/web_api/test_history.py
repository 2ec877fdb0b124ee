"""What was said, read again: histories and threads."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import PersonDriver, Playground
from tests.playground.conftest import refusal


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
    answer = await client.conversations_history(channel=channel, latest=stamps[2])
    assert answer["latest"] == stamps[2]


async def test_history_refuses_bounds_that_are_no_moments(client: AsyncWebClient, playground: Playground) -> None:
    channel = (await client.chat_postMessage(channel="U0MAYA", text="x"))["channel"]

    async def error(**bounds: object) -> str:
        call = client.api_call("conversations.history", params={"channel": channel, **bounds})
        return str((await refusal(call))["error"])

    assert await error(oldest="yesterday") == "invalid_ts_oldest"
    assert await error(latest="tomorrow") == "invalid_ts_latest"
    assert await error(cursor="nonsense") == "invalid_cursor"
    assert await error(oldest="-5.-3") == "invalid_ts_oldest"
    assert await error(limit="many") == "invalid_arguments"
    assert await error(limit=1000) == "invalid_arguments"
    playground.scopes.discard("im:history")
    assert await error() == "missing_scope"


async def test_a_page_keeps_to_the_bounds(client: AsyncWebClient) -> None:
    posted = [await client.chat_postMessage(channel="U0MAYA", text=str(number)) for number in range(4)]
    asked = {"channel": posted[0]["channel"], "oldest": posted[1]["ts"], "inclusive": True, "limit": 2}

    first = await client.conversations_history(**asked)
    last = await client.conversations_history(**asked, cursor=_cursor(first))

    assert [[message["text"] for message in page["messages"]] for page in (first, last)] == [["3", "2"], ["1"]]
    assert last["has_more"] is False


async def test_a_channel_is_read_only_from_inside(client: AsyncWebClient) -> None:
    async def error(channel: str) -> str:
        return str((await refusal(client.conversations_history(channel=channel)))["error"])

    assert (await client.conversations_history(channel="C0GENERAL"))["messages"] == []
    assert await error("C0RANDOM") == "not_in_channel"
    assert await error("G0BOARD") == "channel_not_found"


async def test_metadata_is_told_only_on_request(client: AsyncWebClient) -> None:
    metadata = {"event_type": "note", "event_payload": {"id": "7"}}
    posted = await client.chat_postMessage(channel="U0MAYA", text="x", metadata=metadata)

    without = await client.conversations_history(channel=posted["channel"])
    with_it = await client.conversations_history(channel=posted["channel"], include_all_metadata=True)

    assert "metadata" not in without["messages"][0]
    assert with_it["messages"][0]["metadata"] == metadata


def _cursor(page: object) -> str:
    return str(page["response_metadata"]["next_cursor"])  # type: ignore[index]
