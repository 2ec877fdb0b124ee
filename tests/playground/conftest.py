"""A playground with Parrot in it, a real client of the Web API, and a real Bolt app on a real socket."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import PersonDriver, Playground
from tests.playground.parrot import MANIFEST, MEMBERS, MORNING

Connect = Callable[[], AbstractAsyncContextManager[None]]


class RealTime:
    """The real seconds behind trigger ids and response URLs, which a test may let pass."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> RealTime:
    return RealTime()


@pytest.fixture
async def playground(seconds: RealTime) -> AsyncIterator[Playground]:
    made = Playground(
        MANIFEST, MEMBERS, now=MORNING, team_name="Aviary", seconds=seconds, ack_seconds=0.5, event_tries=(0, 0, 0)
    )
    async with made:
        yield made


@pytest.fixture
async def session(playground: Playground) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as session:
        yield session


@pytest.fixture
def client(playground: Playground, session: aiohttp.ClientSession) -> AsyncWebClient:
    return AsyncWebClient(playground.bot_token, base_url=playground.api_url, session=session, retry_handlers=[])


@pytest.fixture
def app(client: AsyncWebClient) -> AsyncApp:
    """Parrot: it does nothing yet. Its own posts, edited, need no answer."""
    return AsyncApp(client=client)


@asynccontextmanager
async def on_line(playground: Playground, app: AsyncApp) -> AsyncIterator[None]:
    """Connect the app, until the end of the block."""
    before = playground.slack.deliveries.connected
    handler = AsyncSocketModeHandler(app, playground.app_token)
    try:
        await handler.connect_async()
        await playground.until(lambda: playground.slack.deliveries.connected > before)
        yield
    finally:
        await handler.close_async()


@pytest.fixture
def connected(playground: Playground, app: AsyncApp) -> Connect:
    return lambda: on_line(playground, app)


@pytest.fixture
def maya(playground: Playground) -> PersonDriver:
    return playground.person("U0MAYA")


@pytest.fixture
def tom(playground: Playground) -> PersonDriver:
    return playground.person("U0TOM")


async def refusal(call: Any) -> dict[str, Any]:
    """What a call is refused with."""
    with pytest.raises(SlackApiError) as caught:
        await call
    answer: dict[str, Any] = caught.value.response.data
    return answer
