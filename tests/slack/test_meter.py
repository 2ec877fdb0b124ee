"""What interactive answers call is counted, by whom it is for; and what they are told to wait is passed on."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.manifest import read_manifest
from bot.playground import Member, Playground
from bot.slack.meter import Meter, answered_workspace
from bot.usecases.debit_calls import Spent

POSTS = "chat.postMessage"


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    async with Playground(dict(read_manifest().raw), [Member("U1", "maya", "Maya Okafor")]) as playground:
        yield playground


@pytest.fixture
def meter(playground: Playground) -> Meter:
    return Meter([POSTS], playground.clock.now)


@pytest.fixture
async def client(playground: Playground, meter: Meter) -> AsyncIterator[AsyncWebClient]:
    async with aiohttp.ClientSession(trace_configs=[meter.trace()]) as session:
        yield AsyncWebClient(playground.bot_token, base_url=playground.api_url, session=session, retry_handlers=[])


class Books:
    """Where the meter hands over; the first `refuses` times the database is away."""

    def __init__(self, refuses: int = 0) -> None:
        self.refuses = refuses
        self.spent: list[Spent] = []
        self.written = asyncio.Event()

    async def debit(self, spent: Sequence[Spent]) -> None:
        if self.refuses:
            self.refuses -= 1
            raise OSError("the database is away")
        self.spent += spent
        self.written.set()


async def test_calls_are_counted_for_the_workspace_that_is_answered(meter: Meter, client: AsyncWebClient) -> None:
    books = Books()
    answered_workspace.set("w1")

    async with meter.running(books.debit):
        await asyncio.gather(*(client.chat_postMessage(channel="U1", text="hello") for _ in range(3)))

    assert books.spent == [Spent("w1", POSTS, 3)]


async def test_calls_for_nobody_and_of_other_methods_are_not_counted(meter: Meter, client: AsyncWebClient) -> None:
    books = Books()
    answered_workspace.set("")

    async with meter.running(books.debit):
        await client.chat_postMessage(channel="U1", text="hello")
        answered_workspace.set("w1")
        await client.auth_test()

    assert books.spent == []


async def test_a_429_is_handed_over_with_how_long_to_wait(
    playground: Playground, meter: Meter, client: AsyncWebClient
) -> None:
    books = Books()
    playground.fail(POSTS, how="429", retry_after=40)
    answered_workspace.set("w1")

    async with meter.running(books.debit):
        with pytest.raises(SlackApiError):
            await client.chat_postMessage(channel="U1", text="hello")

    until = playground.clock.now() + timedelta(seconds=40)
    assert [one.limited_until for one in books.spent if one.limited_until] == [until]
    assert sum(one.calls for one in books.spent) == 1


async def test_while_the_database_is_away_nothing_that_was_counted_is_lost(
    playground: Playground, meter: Meter, client: AsyncWebClient
) -> None:
    books = Books(refuses=1)
    playground.fail(POSTS, how="429", retry_after=40)
    answered_workspace.set("w1")

    async with meter.running(books.debit), asyncio.timeout(30):
        with pytest.raises(SlackApiError):
            await client.chat_postMessage(channel="U1", text="hello")
        await client.chat_postMessage(channel="U1", text="hello")
        await books.written.wait()

    assert sum(one.calls for one in books.spent) == 2
    assert any(one.limited_until for one in books.spent)
