"""Faults on order: each goes wrong as the real one does, and says truly whether the call took effect."""

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import PersonDriver, Playground
from bot.playground.workspace.faults import How


async def outcome(client: AsyncWebClient) -> str:
    """What a client makes of one message."""
    try:
        await client.chat_postMessage(channel="U0MAYA", text="Hello")
    except SlackApiError as error:
        return f"{error.response.status_code} {error.response['error']}"
    except (aiohttp.ClientError, TimeoutError) as error:
        return type(error).__name__
    return "ok"


@pytest.mark.parametrize(
    ("how", "seen", "copies"),
    [
        ("429", "429 ratelimited", 0),
        ("drop_before", "ServerDisconnectedError", 0),
        ("drop_after", "ServerDisconnectedError", 1),
        ("500", "500 internal_error", 0),
        ("500_after", "500 internal_error", 1),
        ({"error": "user_disabled"}, "200 user_disabled", 0),
        ({"error": "fatal_error", "after": True}, "200 fatal_error", 1),
    ],
)
async def test_a_call_goes_wrong_once_and_then_well(
    client: AsyncWebClient, playground: Playground, maya: PersonDriver, how: How, seen: str, copies: int
) -> None:
    playground.fail("chat.postMessage", how=how)

    first, second = await outcome(client), await outcome(client)

    assert (first, second) == (seen, "ok")
    assert len(maya.messages) == copies + 1
    assert playground.faults == []


@pytest.mark.parametrize(("how", "copies"), [("hang", 1), ("hang_before", 0)])
async def test_a_call_may_never_be_answered(playground: Playground, maya: PersonDriver, how: How, copies: int) -> None:
    playground.fail("chat.postMessage", how=how)

    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=0.1)) as session:
        client = AsyncWebClient(playground.bot_token, base_url=playground.api_url, session=session, retry_handlers=[])
        assert await outcome(client) == "TimeoutError"

    assert len(maya.messages) == copies


async def test_a_limited_call_says_when_to_come_back(client: AsyncWebClient, playground: Playground) -> None:
    playground.fail("chat.postMessage", how="429", retry_after=17)

    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="U0MAYA", text="Hello")

    assert caught.value.response.headers["Retry-After"] == "17"


async def test_only_the_calls_that_are_meant_go_wrong(client: AsyncWebClient, playground: Playground) -> None:
    playground.fail("chat.postMessage", how={"error": "no"}, times=2, when=lambda args: args["channel"] == "U0TOM")
    playground.fail("users.info", how="500")

    assert await outcome(client) == "ok"
    assert (await client.auth_test())["ok"]
    for _ in range(2):
        with pytest.raises(SlackApiError):
            await client.chat_postMessage(channel="U0TOM", text="Hello")
    assert (await client.chat_postMessage(channel="U0TOM", text="Hello"))["ok"]
    assert [fault.method for fault in playground.faults] == ["users.info"]


async def test_any_call_can_be_meant(client: AsyncWebClient, playground: Playground) -> None:
    playground.fail("*", how={"error": "service_unavailable"}, times=2)

    assert await outcome(client) == "200 service_unavailable"
    with pytest.raises(SlackApiError):
        await client.auth_test()
    assert await outcome(client) == "ok"


async def test_the_sdks_own_retry_doubles_a_message(playground: Playground, maya: PersonDriver) -> None:
    """Why a sender is built with retry_handlers=[]: what the default does when the line is cut too late."""
    playground.fail("chat.postMessage", how="drop_after")

    careless = AsyncWebClient(playground.bot_token, base_url=playground.api_url)
    assert await outcome(careless) == "ok"

    assert len(maya.messages) == 2


async def test_faulty_calls_are_recorded_too(client: AsyncWebClient, playground: Playground) -> None:
    playground.fail("chat.postMessage", how="429")
    await outcome(client)

    assert playground.calls[-1].answer == {"ok": False, "error": "ratelimited"}
