"""Rate limits: so many calls of each method, one a second to each channel, and a pause that is told."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Clock, PersonDriver, Playground
from bot.playground.workspace.limits import LIMITS, Limits
from tests.playground.conftest import on_line
from tests.playground.parrot import MANIFEST, MEMBERS, MORNING, home

Step = Callable[[], Awaitable[Any]]


@pytest.fixture
def limits(playground: Playground) -> Limits:
    playground.limits.on = True
    return playground.limits


@pytest.fixture
async def sold() -> AsyncIterator[AsyncWebClient]:
    """A client in a playground whose app is sold outside Slack's Marketplace."""
    async with (
        Playground(MANIFEST, MEMBERS, now=MORNING, limits=True, distributed=True) as slack,
        aiohttp.ClientSession() as session,
    ):
        yield AsyncWebClient(slack.bot_token, base_url=slack.api_url, session=session, retry_handlers=[])


async def pause(call: Awaitable[Any]) -> int:
    """The Retry-After with which a call is refused."""
    with pytest.raises(SlackApiError) as caught:
        await call
    assert (caught.value.response.status_code, caught.value.response.data) == (
        429,
        {"ok": False, "error": "ratelimited"},
    )
    return int(caught.value.response.headers["Retry-After"])


async def test_without_limits_anything_goes(client: AsyncWebClient, maya: PersonDriver) -> None:
    for _ in range(70):
        await client.chat_postMessage(channel="U0MAYA", text="Hello")

    assert len(maya.messages) == 70


@pytest.mark.parametrize(
    ("method", "args", "most"),
    [
        ("users.list", {}, 24),  # tier 2
        ("users.lookupByEmail", {"email": "maya@example.org"}, 60),  # tier 3
        ("users.info", {"user": "U0MAYA"}, 120),  # tier 4
    ],
)
async def test_each_tier_takes_so_many_a_minute_and_then_names_the_pause(
    client: AsyncWebClient, limits: Limits, playground: Playground, method: str, args: dict[str, Any], most: int
) -> None:
    for _ in range(most):
        assert (await client.api_call(method, params=args))["ok"]
    await playground.move_clock(MORNING + timedelta(seconds=20))

    assert await pause(client.api_call(method, params=args)) == 40


async def test_after_the_pause_it_is_taken_again(
    client: AsyncWebClient, limits: Limits, playground: Playground
) -> None:
    for _ in range(24):
        await client.users_list()
    assert await pause(client.users_list()) == 60

    await playground.move_clock(MORNING + timedelta(seconds=59))
    assert await pause(client.users_list()) == 1
    await playground.move_clock(MORNING + timedelta(seconds=60))

    assert (await client.users_list())["ok"]


async def test_other_methods_are_not_affected(client: AsyncWebClient, limits: Limits) -> None:
    for _ in range(24):
        await client.users_list()

    await pause(client.users_list())

    assert (await client.users_info(user="U0MAYA"))["ok"]


async def test_one_a_second_goes_to_each_channel_after_a_short_burst(
    client: AsyncWebClient, limits: Limits, playground: Playground, maya: PersonDriver
) -> None:
    for _ in range(4):
        await client.chat_postMessage(channel="U0MAYA", text="Hello")
    assert await pause(client.chat_postMessage(channel="DU0MAYA", text="Hello")) == 4  # by whatever name
    assert len(maya.messages) == 4

    await playground.move_clock(MORNING + timedelta(seconds=4))

    for number in range(4):
        await playground.move_clock(MORNING + timedelta(seconds=4 + number))
        await client.chat_postMessage(channel="U0MAYA", text="Hello")
    assert len(maya.messages) == 8


async def test_a_pause_holds_for_the_method_in_the_whole_workspace(client: AsyncWebClient, limits: Limits) -> None:
    for _ in range(4):
        await client.chat_postMessage(channel="U0MAYA", text="Hello")
    await pause(client.chat_postMessage(channel="U0MAYA", text="Hello"))

    assert await pause(client.chat_postMessage(channel="U0TOM", text="Hello")) == 4


async def test_a_workspace_takes_several_hundred_messages_a_minute() -> None:
    limits = Limits(Clock(MORNING), on=True)

    taken = [limits.refuses("chat.postMessage", {"channel": f"C{number}"}) for number in range(301)]

    assert taken == [None] * 300 + [60]


async def test_an_app_that_connects_again_and_again_is_told_to_wait(
    client: AsyncWebClient, limits: Limits, playground: Playground
) -> None:
    for _ in range(3):
        assert (await client.apps_connections_open(app_token=playground.app_token))["ok"]

    assert await pause(client.apps_connections_open(app_token=playground.app_token)) == 60


async def test_limits_can_be_switched_at_any_time(
    client: AsyncWebClient, limits: Limits, playground: Playground
) -> None:
    for _ in range(24):
        await client.users_list()
    await pause(client.users_list())

    limits.on = False

    assert (await client.users_list())["ok"]


async def test_a_sold_app_reads_the_history_once_a_minute_and_fifteen_messages(sold: AsyncWebClient) -> None:
    opened = await sold.conversations_open(users="U0MAYA")
    channel = opened["channel"]["id"]
    for number in range(4):
        await sold.chat_postMessage(channel=channel, text=str(number))

    assert (await sold.conversations_history(channel=channel, limit=3))["has_more"] is True
    assert await pause(sold.conversations_history(channel=channel)) == 60


@pytest.mark.parametrize(
    ("asked", "counts"), [({}, 15), ({"limit": "100"}, 15), ({"limit": 3}, 3), ({"limit": "x"}, "x")]
)
def test_a_sold_app_gets_fifteen_messages_at_most(asked: dict[str, Any], counts: Any) -> None:
    sold = Limits(Clock(MORNING), on=True, distributed=True)

    assert sold.narrowed("conversations.replies", asked)["limit"] == counts
    assert sold.narrowed("users.list", {"limit": "100"}) == {"limit": "100"}


async def test_an_app_of_ones_own_reads_the_history_as_before(client: AsyncWebClient, limits: Limits) -> None:
    channel = (await client.conversations_open(users="U0MAYA"))["channel"]["id"]

    for _ in range(60):
        await client.conversations_history(channel=channel, limit=100)

    assert await pause(client.conversations_history(channel=channel)) == 60


async def test_a_bolt_app_lives_within_the_limits(
    app: Any, limits: Limits, playground: Playground, client: AsyncWebClient
) -> None:
    async with on_line(playground, app):
        await client.views_publish(user_id="U0MAYA", view=home())

    assert [call.answer["ok"] for call in playground.calls] == [True] * len(playground.calls)


def test_there_are_limits_for_methods_that_are_there_and_for_no_others(playground: Playground) -> None:
    assert LIMITS.keys() - playground.web_api.methods.keys() == set()


def test_every_limit_lets_something_through() -> None:
    assert all(window.most >= 1 and window.seconds > 0 for windows in LIMITS.values() for window in windows)
