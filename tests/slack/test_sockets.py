"""Connections that come and go, break and freeze: no click is lost, and a process that hears nothing says so."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import ActRefused, PersonDriver, Playground
from bot.slack.sockets import Plan, Sockets
from tests.playground.conftest import client, maya, playground, seconds, session  # noqa: F401

pytestmark = pytest.mark.slow
TWO = Plan(count=2, silence=60, apart=0)
IMPATIENT = Plan(count=2, silence=0.8, apart=0)
Open = Callable[..., AbstractAsyncContextManager[Sockets]]
LONG = 30.0
A_WHILE = 2.0  # between the notice and the end: ten seconds in Slack, enough here for a machine that is busy


@pytest.fixture
def app(client: AsyncWebClient) -> AsyncApp:  # noqa: F811
    made = AsyncApp(client=client)

    @made.command("/say")
    async def say(ack: AsyncAck) -> None:
        await ack("Said.")

    return made


@asynccontextmanager
async def opened(
    playground: Playground,  # noqa: F811
    app: AsyncApp,
    plan: Plan,
    give_up: Callable[[], None] | None = None,
) -> AsyncIterator[Sockets]:
    sockets = Sockets(app, playground.app_token, plan, give_up)
    try:
        await sockets.open()
        await playground.until(lambda: playground.sockets.open_ends == plan.count, LONG)
        yield sockets
    finally:
        await sockets.close()


async def answered(person: PersonDriver, number: int) -> int:
    """Type so many commands, a few at a time; return how many were answered."""
    count = 0
    for _ in range(number // 5):
        shown = await asyncio.gather(*(person.types("/say") for _ in range(5)), return_exceptions=True)
        count += sum(isinstance(one, dict) for one in shown)
    return count


async def typed_without_a_break(person: PersonDriver, over: asyncio.Event) -> tuple[int, int]:
    """Type until it is over; return how many commands were typed, and how many of them were answered."""
    typed = count = 0
    while not over.is_set():
        typed, count = typed + 5, count + await answered(person, 5)
    return typed, count


async def test_all_that_comes_during_a_refresh_of_both_at_once_is_answered(
    playground: Playground,  # noqa: F811
    app: AsyncApp,
    maya: PersonDriver,  # noqa: F811
) -> None:
    async with opened(playground, app, TWO):
        over = asyncio.Event()
        typing = asyncio.create_task(typed_without_a_break(maya, over))
        for wanted in (4, 6, 8):
            playground.sockets.refresh(notice=A_WHILE)
            await playground.until(lambda: playground.sockets.taken == wanted, LONG)  # noqa: B023
            await playground.until(lambda: playground.sockets.open_ends == 2, LONG)

        over.set()
        typed, count = await typing
        assert count == typed


async def test_one_connection_alone_loses_nothing_at_a_refresh_either(
    playground: Playground,  # noqa: F811
    app: AsyncApp,
    maya: PersonDriver,  # noqa: F811
) -> None:
    async with opened(playground, app, Plan(count=1, silence=60, apart=0)):
        over = asyncio.Event()
        typing = asyncio.create_task(typed_without_a_break(maya, over))
        playground.sockets.refresh(notice=LONG)
        await playground.until(lambda: playground.sockets.taken == 2, LONG)  # however busy the machine is
        playground.sockets.hurry()
        await playground.until(lambda: playground.sockets.open_ends == 1, LONG)

        over.set()
        typed, count = await typing
        assert count == typed


async def test_the_old_connection_goes_on_answering_until_slack_closes_it(
    playground: Playground,  # noqa: F811
    app: AsyncApp,
    maya: PersonDriver,  # noqa: F811
) -> None:
    async with opened(playground, app, Plan(count=1, silence=60, apart=0)) as sockets:
        playground.sockets.refresh(notice=LONG)
        await playground.until(lambda: playground.sockets.taken == 2, LONG)

        assert await answered(maya, 10) == 10  # by each in turn
        assert (playground.sockets.open_ends, sockets.connected) == (2, 2)


async def test_an_acknowledgement_whose_line_was_closed_meanwhile_goes_by_another(
    playground: Playground,  # noqa: F811
    app: AsyncApp,
    maya: PersonDriver,  # noqa: F811
) -> None:
    begun, closed = asyncio.Event(), asyncio.Event()

    @app.command("/raw")
    async def slow(ack: AsyncAck) -> None:
        begun.set()
        await closed.wait()
        await ack("At last.")

    async with opened(playground, app, TWO):
        typing = asyncio.create_task(maya.types("/raw"))
        await begun.wait()
        playground.sockets.refresh(notice=0.1)
        await playground.until(lambda: playground.sockets.taken == 4, LONG)
        await playground.until(lambda: playground.sockets.open_ends == 2, LONG)
        closed.set()
        shown = await typing

    assert shown is not None
    assert shown["text"] == "At last."


async def test_lines_that_are_cut_are_opened_again_at_once(
    playground: Playground,  # noqa: F811
    app: AsyncApp,
    maya: PersonDriver,  # noqa: F811
) -> None:
    async with opened(playground, app, TWO) as sockets:
        playground.sockets.cut()
        await playground.until(lambda: playground.sockets.open_ends == 2, LONG)

        assert await answered(maya, 10) == 10
        assert not sockets.gave_up


async def test_a_line_that_froze_is_replaced_and_the_new_one_answers(
    playground: Playground,  # noqa: F811
    app: AsyncApp,
    maya: PersonDriver,  # noqa: F811
) -> None:
    async with opened(playground, app, IMPATIENT) as sockets:
        playground.sockets.silence()
        with pytest.raises(ActRefused, match="app_did_not_answer"):
            await maya.types("/say")
        await playground.until(lambda: playground.sockets.taken > 2, LONG)
        playground.sockets.talk()
        playground.sockets.cut()
        await playground.until(lambda: sockets.connected == 2, LONG)

        assert await answered(maya, 10) == 10


async def test_a_pong_is_a_sign_of_life_though_nobody_says_anything(
    playground: Playground,  # noqa: F811
    app: AsyncApp,
) -> None:
    gave_up = asyncio.Event()
    async with opened(playground, app, IMPATIENT, gave_up.set) as sockets:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(gave_up.wait(), 3 * IMPATIENT.silence)

        assert sockets.silences == 0


async def test_it_gives_up_when_nothing_is_heard_for_twice_the_time(
    playground: Playground,  # noqa: F811
    app: AsyncApp,
) -> None:
    gave_up = asyncio.Event()
    async with opened(playground, app, IMPATIENT, gave_up.set) as sockets:
        playground.sockets.silence()
        await asyncio.wait_for(gave_up.wait(), LONG)

        assert sockets.gave_up
        assert playground.sockets.taken > 2  # it tried anew before


async def test_it_gives_up_where_socket_mode_was_switched_off(
    playground: Playground,  # noqa: F811
    app: AsyncApp,
) -> None:
    gave_up = asyncio.Event()
    async with opened(playground, app, IMPATIENT, gave_up.set):
        await playground.sockets.disable()

        await asyncio.wait_for(gave_up.wait(), LONG)


async def test_who_has_nobody_to_start_it_anew_goes_on_trying(
    playground: Playground,  # noqa: F811
    app: AsyncApp,
    maya: PersonDriver,  # noqa: F811
) -> None:
    async with opened(playground, app, IMPATIENT) as sockets:
        playground.sockets.silence()
        await playground.until(lambda: playground.sockets.taken > 4, LONG)
        playground.sockets.talk()
        await playground.until(lambda: sockets.connected == 2, LONG)

        assert not sockets.gave_up


async def test_a_silent_line_does_not_keep_a_stop_waiting(
    playground: Playground,  # noqa: F811
    app: AsyncApp,
) -> None:
    async with opened(playground, app, TWO) as sockets:
        playground.sockets.silence()
        async with asyncio.timeout(5):
            await sockets.close()

        assert sockets.connected == 0
