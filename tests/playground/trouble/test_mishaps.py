"""What goes wrong on the way to the app: an event that is lost comes again, a command that is lost does not."""

import asyncio
from typing import Any

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp

from bot.playground import ActRefused, Delivery, PersonDriver, Playground
from tests.playground.conftest import Connect
from tests.playground.listening import hears_bodies, hears_commands
from tests.playground.parrot import MANIFEST, MEMBERS

Json = dict[str, Any]


@pytest.mark.parametrize(("how", "copies"), [("lost", 1), ("unheard", 2)])
async def test_an_event_that_goes_wrong_once_comes_again(
    app: AsyncApp, connected: Connect, maya: PersonDriver, playground: Playground, how: str, copies: int
) -> None:
    heard = hears_bodies(app, "app_home_opened")
    playground.fail("events_api", how=how)

    async with connected():
        await maya.opens_messages()
        await playground.until(lambda: len(heard) == copies)

    assert {body["event_id"] for body in heard} == {heard[0]["event_id"]}
    sent = [one for one in playground.slack.journal.entries if isinstance(one, Delivery)]
    assert [(one.retry, one.fault, one.reply is None) for one in sent] == [(0, how, True), (1, "", False)]


async def test_a_command_that_is_lost_is_lost(
    app: AsyncApp, connected: Connect, maya: PersonDriver, playground: Playground
) -> None:
    heard = hears_commands(app, "Done.")
    playground.fail("slash_commands", how="lost")

    async with connected():
        with pytest.raises(ActRefused, match="app_did_not_answer"):
            await maya.types("/say hello")
        await maya.types("/say once more")

    assert [body["text"] for body in heard] == ["once more"]


@pytest.mark.parametrize(("late", "answered"), [(0.05, True), (9.0, False)])
async def test_what_comes_late_may_come_too_late(
    app: AsyncApp, connected: Connect, maya: PersonDriver, playground: Playground, late: float, answered: bool
) -> None:
    hears_commands(app, "Done.")
    playground.fail("slash_commands", how="late", seconds=late)

    async with connected():
        if answered:
            await maya.types("/say hello")
        else:
            with pytest.raises(ActRefused, match="app_did_not_answer"):
                await maya.types("/say hello")


async def test_only_what_is_meant_goes_wrong(
    app: AsyncApp, connected: Connect, maya: PersonDriver, tom: PersonDriver, playground: Playground
) -> None:
    hears_commands(app, "Done.")
    playground.fail("slash_commands", how="lost", times=None, when=lambda payload: payload["user_id"] == "U0TOM")

    async with connected():
        playground.fail("*", how="500", times=None)  # any call, and no delivery
        await maya.types("/say hello")
        with pytest.raises(ActRefused, match="app_did_not_answer"):
            await tom.types("/say hello")


async def test_a_cut_breaks_the_sockets_and_the_app_comes_back(
    app: AsyncApp, maya: PersonDriver, playground: Playground
) -> None:
    hears_commands(app, "Done.")
    playground.fail("slash_commands", how="cut")
    handler = AsyncSocketModeHandler(app, playground.app_token, ping_interval=0.1)

    try:
        await handler.connect_async()
        await playground.until(lambda: playground.slack.deliveries.connected)
        with pytest.raises(ActRefused, match="app_did_not_answer"):
            await maya.types("/say hello")
        await playground.until(lambda: playground.sockets.taken == 2 and playground.slack.deliveries.connected == 1)
        await maya.types("/say hello")
    finally:
        await handler.close_async()


async def test_silent_sockets_stand_and_bring_nothing_until_they_talk(
    app: AsyncApp, connected: Connect, maya: PersonDriver, playground: Playground
) -> None:
    heard = hears_commands(app, "Done.")
    playground.fail("slash_commands", how="silence")

    async with connected():
        for _ in range(2):
            with pytest.raises(ActRefused, match="app_did_not_answer"):
                await maya.types("/say hello")
        assert playground.slack.deliveries.connected == 1
        playground.sockets.talk()
        await maya.types("/say at last")

    assert [body["text"] for body in heard] == ["at last"]


async def test_a_silence_may_end_by_itself(
    app: AsyncApp, connected: Connect, maya: PersonDriver, playground: Playground
) -> None:
    hears_commands(app, "Done.")
    playground.fail("slash_commands", how="silence", seconds=0.05)

    async with connected():
        with pytest.raises(ActRefused, match="app_did_not_answer"):
            await maya.types("/say hello")
        await maya.types("/say hello")


async def test_requests_know_no_sockets_and_are_lost_instead() -> None:
    async def never(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        raise AssertionError("nothing may arrive")

    server = await asyncio.start_server(never, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    url = f"http://127.0.0.1:{port}/slack/events"
    async with server, Playground(MANIFEST, MEMBERS, request_url=url, ack_seconds=0.05) as playground:
        playground.fail("slash_commands", how="cut")
        with pytest.raises(ActRefused, match="app_did_not_answer"):
            await playground.person("U0MAYA").types("/say hello")
