"""A playground with Parrot in it, a real client of the Web API, and a real Bolt app on a real socket."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import PersonDriver, Playground
from tests.playground.parrot import MANIFEST, MEMBERS, MORNING, PATIENCE

Connect = Callable[[], AbstractAsyncContextManager[None]]
Call = Callable[..., Awaitable[dict[str, Any]]]


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
        MANIFEST, MEMBERS, now=MORNING, team_name="Aviary", seconds=seconds, ack_seconds=PATIENCE, event_tries=(0, 0, 0)
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


@pytest.fixture
def get(playground: Playground, session: aiohttp.ClientSession) -> Call:
    """Ask the local API: `get(path)` gives what it answered, as `status` says."""

    async def call(path: str, status: int = 200) -> dict[str, Any]:
        async with session.get(f"{playground.url}/playground/{path}") as answer:
            return await read(answer, status)

    return call


@pytest.fixture
def post(playground: Playground, session: aiohttp.ClientSession) -> Call:
    """Tell the local API: `post(path, body)` gives what it answered, as `status` says."""

    async def call(path: str, body: Any, status: int = 200) -> dict[str, Any]:
        async with session.post(f"{playground.url}/playground/{path}", json=body) as answer:
            return await read(answer, status)

    return call


async def read(answer: aiohttp.ClientResponse, status: int) -> dict[str, Any]:
    """The body of an answer that must have this status."""
    body: dict[str, Any] = await answer.json()
    assert (answer.status, body["ok"]) == (status, status == 200), body
    return body
