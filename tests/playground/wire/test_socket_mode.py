"""Socket Mode at the level of frames: tickets, greetings, envelopes, and connections that come and go."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import PersonDriver, Playground
from tests.playground.conftest import Connect, on_line

Json = dict[str, Any]
Socket = aiohttp.ClientWebSocketResponse


@asynccontextmanager
async def socket_of(
    playground: Playground, client: AsyncWebClient, session: aiohttp.ClientSession
) -> AsyncIterator[Socket]:
    url = (await client.apps_connections_open(app_token=playground.app_token))["url"]
    async with session.ws_connect(url) as socket:
        yield socket


async def acknowledge(socket: Socket, payload: Json | None = None) -> Json:
    """Take the next envelope and acknowledge it."""
    envelope: Json = await socket.receive_json()
    await socket.send_json({"envelope_id": envelope["envelope_id"]} | ({"payload": payload} if payload else {}))
    return envelope


async def test_a_connection_begins_with_a_greeting(
    playground: Playground, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    async with socket_of(playground, client, session) as one, socket_of(playground, client, session) as two:
        first, second = await one.receive_json(), await two.receive_json()

    assert first["type"] == "hello"
    assert (first["num_connections"], second["num_connections"]) == (1, 2)
    assert first["connection_info"]["app_id"]
    assert first["debug_info"]["approximate_connection_time"] == 3600


async def test_a_ticket_is_good_for_one_connection(
    playground: Playground, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    url = (await client.apps_connections_open(app_token=playground.app_token))["url"]
    async with session.ws_connect(url):
        async with session.get(url) as again:
            assert again.status == 403
        async with session.get(playground.url + "/socket?ticket=made-up") as made_up:
            assert made_up.status == 403


async def test_an_envelope_goes_to_one_connection_and_to_each_in_turn(
    playground: Playground, client: AsyncWebClient, session: aiohttp.ClientSession, maya: PersonDriver
) -> None:
    async with socket_of(playground, client, session) as one, socket_of(playground, client, session) as two:
        for socket in (one, two):
            await socket.receive_json()
        takers = [asyncio.create_task(acknowledge(socket)) for socket in (one, two)]
        await maya.types("/say one")
        await maya.types("/say two")
        envelopes = [await taker for taker in takers]

    assert {envelope["payload"]["text"] for envelope in envelopes} == {"one", "two"}
    assert {envelope["type"] for envelope in envelopes} == {"slash_commands"}
    assert all(envelope["accepts_response_payload"] for envelope in envelopes)


async def test_an_event_carries_the_number_of_its_try(
    playground: Playground, client: AsyncWebClient, session: aiohttp.ClientSession, maya: PersonDriver
) -> None:
    async with socket_of(playground, client, session) as socket:
        await socket.receive_json()
        saying = asyncio.create_task(maya.says("Hello"))
        first = await socket.receive_json()
        second = await acknowledge(socket)
        await saying

    assert (first["retry_attempt"], second["retry_attempt"], second["retry_reason"]) == (0, 1, "timeout")
    assert first["payload"]["event_id"] == second["payload"]["event_id"]
    assert first["accepts_response_payload"] is False


async def test_frames_that_acknowledge_nothing_are_ignored(
    playground: Playground, client: AsyncWebClient, session: aiohttp.ClientSession, maya: PersonDriver
) -> None:
    async with socket_of(playground, client, session) as socket:
        await socket.receive_json()
        typing = asyncio.create_task(maya.types("/say"))
        envelope = await socket.receive_json()
        for frame in ("{", "[]", "{}", json.dumps({"envelope_id": "made-up"}), json.dumps({"envelope_id": ["x"]})):
            await socket.send_str(frame)
        await socket.send_json({"envelope_id": envelope["envelope_id"], "payload": {"text": "Said."}})
        shown = await typing

    assert shown is not None
    assert shown["text"] == "Said."


async def test_eleven_connections_are_too_many(
    playground: Playground, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    urls = [(await client.apps_connections_open(app_token=playground.app_token))["url"] for _ in range(11)]
    sockets = [await session.ws_connect(url) for url in urls]
    greetings = [await socket.receive_json() for socket in sockets]

    assert [greeting["type"] for greeting in greetings] == ["hello"] * 10 + ["disconnect"]
    assert greetings[10]["reason"] == "too_many_websockets"
    for socket in sockets:
        await socket.close()


async def test_pings_are_answered(
    playground: Playground, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    url = (await client.apps_connections_open(app_token=playground.app_token))["url"]
    async with session.ws_connect(url, autoping=False) as socket:
        await socket.receive_json()
        await socket.ping(b"sdk-ping-pong:1")
        answer = await socket.receive()

    assert (answer.type, answer.data) == (aiohttp.WSMsgType.PONG, b"sdk-ping-pong:1")


async def test_the_app_is_told_when_the_playground_ends(
    playground: Playground, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    async with socket_of(playground, client, session) as socket:
        await socket.receive_json()
        stopping = asyncio.create_task(playground.stop())
        farewell, closed = await socket.receive_json(), await socket.receive()
        await stopping

    assert farewell["type"] == "disconnect"
    assert closed.type == aiohttp.WSMsgType.CLOSE


async def test_an_app_that_is_asked_to_connect_anew_does_so(
    app: AsyncApp, connected: Connect, playground: Playground, maya: PersonDriver
) -> None:
    @app.command("/say")
    async def say(ack: AsyncAck) -> None:
        await ack("Said.")

    async with connected():
        await playground.sockets.refresh()
        await playground.until(lambda: playground.sockets.taken == 2 and playground.sockets.open_ends == 1)
        shown = await maya.types("/say")

    assert shown is not None


async def test_a_cut_line_is_no_line(app: AsyncApp, playground: Playground) -> None:
    async with on_line(playground, app):
        playground.sockets.cut()

        assert playground.slack.deliveries.connected == 0
