"""Socket Mode at the level of frames: tickets, greetings, envelopes, and connections that come and go."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import ActRefused, Delivery, PersonDriver, Playground
from tests.playground.conftest import Connect, on_line, refusal
from tests.playground.parrot import MANIFEST, MEMBERS

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


@pytest.mark.parametrize(
    ("kind", "takes"),
    [("view_submission", True), ("block_suggestion", True), ("block_actions", False), ("view_closed", False)],
)
async def test_an_envelope_says_whether_its_acknowledgement_may_hold_something(
    playground: Playground, client: AsyncWebClient, session: aiohttp.ClientSession, kind: str, takes: bool
) -> None:
    async with socket_of(playground, client, session) as socket:
        await socket.receive_json()
        taker = asyncio.create_task(acknowledge(socket))
        await playground.slack.deliveries.ask("interactive", {"type": kind})

        assert (await taker)["accepts_response_payload"] is takes


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
        playground.sockets.refresh()
        await playground.until(lambda: playground.sockets.taken == 2 and playground.sockets.open_ends == 1)
        shown = await maya.types("/say")

    assert shown is not None


async def test_a_cut_line_is_no_line(app: AsyncApp, playground: Playground) -> None:
    async with on_line(playground, app):
        playground.sockets.cut()

        assert playground.slack.deliveries.connected == 0


async def test_connections_take_an_app_token_that_may_make_them(client: AsyncWebClient, playground: Playground) -> None:
    playground.slack.app.app_scopes.clear()

    answer = await refusal(client.apps_connections_open(app_token=playground.app_token))

    assert (answer["error"], answer["needed"]) == ("missing_scope", "connections:write")


async def test_an_app_that_debugs_its_reconnecting_is_told_of_a_short_life(
    playground: Playground, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    url = (await client.apps_connections_open(app_token=playground.app_token))["url"]

    async with session.ws_connect(url + "&debug_reconnects=true") as socket:
        greeting = await socket.receive_json()

    assert greeting["debug_info"]["approximate_connection_time"] == 360


async def test_a_connection_that_ends_is_warned_of_it_first(
    playground: Playground, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    async with socket_of(playground, client, session) as socket:
        await socket.receive_json()
        playground.sockets.refresh(notice=0)
        warning, end, closed = await socket.receive_json(), await socket.receive_json(), await socket.receive()

    assert (warning["type"], warning["reason"]) == ("disconnect", "warning")
    assert (end["type"], end["reason"]) == ("disconnect", "refresh_requested")
    assert closed.type == aiohttp.WSMsgType.CLOSE


async def test_socket_mode_can_be_switched_off(
    playground: Playground, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    late = (await client.apps_connections_open(app_token=playground.app_token))["url"]
    async with socket_of(playground, client, session) as socket:
        await socket.receive_json()
        switching = asyncio.create_task(playground.sockets.disable())
        farewell, closed = await socket.receive_json(), await socket.receive()
        await switching
    async with session.ws_connect(late) as socket:
        too_late = await socket.receive_json()

    assert (farewell["reason"], too_late["reason"]) == ("link_disabled", "link_disabled")
    assert closed.type == aiohttp.WSMsgType.CLOSE
    assert (await refusal(client.apps_connections_open(app_token=playground.app_token)))["error"] == "forbidden_team"


async def test_an_app_that_answers_no_ping_is_dropped(
    playground: Playground, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    playground.sockets.ping_seconds = 0.02
    url = (await client.apps_connections_open(app_token=playground.app_token))["url"]

    async with session.ws_connect(url, autoping=False) as socket:
        await socket.receive_json()
        ping, end = await socket.receive(), await socket.receive()

    assert ping.type == aiohttp.WSMsgType.PING
    assert end.type in (aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR)
    await playground.until(lambda: playground.sockets.open_ends == 0)


async def test_an_app_that_answers_pings_is_kept(
    playground: Playground, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    playground.sockets.ping_seconds = 0.2  # time enough for a pong on a busy machine
    url = (await client.apps_connections_open(app_token=playground.app_token))["url"]

    async with session.ws_connect(url, autoping=False) as socket:
        await socket.receive_json()
        for _ in range(3):
            ping = await socket.receive()
            await socket.pong(ping.data)

        assert ping.type == aiohttp.WSMsgType.PING
        assert playground.sockets.open_ends == 1


async def test_a_silent_line_is_open_and_dead_until_it_talks_again(
    playground: Playground, client: AsyncWebClient, session: aiohttp.ClientSession, maya: PersonDriver
) -> None:
    url = (await client.apps_connections_open(app_token=playground.app_token))["url"]
    async with session.ws_connect(url, autoping=False) as socket:
        await socket.receive_json()
        playground.sockets.silence()
        await socket.ping(b"anybody?")
        with pytest.raises(ActRefused, match="app_did_not_answer"):
            await maya.types("/say unheard")
        assert playground.sockets.open_ends == 1

        playground.sockets.talk()
        taking = asyncio.create_task(acknowledge(socket))
        await maya.types("/say heard")

        assert (await taking)["payload"]["text"] == "heard"


async def test_a_silent_line_greets_nobody(
    playground: Playground, client: AsyncWebClient, session: aiohttp.ClientSession, maya: PersonDriver
) -> None:
    playground.sockets.silence()
    async with socket_of(playground, client, session) as socket:
        await playground.until(lambda: playground.sockets.open_ends == 1)
        with pytest.raises(ActRefused, match="app_did_not_answer"):
            await maya.types("/say unheard")
        playground.sockets.talk()
        taking = asyncio.create_task(acknowledge(socket))
        await maya.types("/say heard")

        assert (await taking)["payload"]["text"] == "heard"  # the first of all frames


async def test_a_silent_line_is_not_closed_either(
    playground: Playground, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    async with socket_of(playground, client, session) as socket:
        await socket.receive_json()
        playground.sockets.silence()
        playground.sockets.refresh(notice=0)
        with pytest.raises(TimeoutError):
            await socket.receive(timeout=0.1)

        assert playground.sockets.open_ends == 1


async def test_a_command_that_was_not_acknowledged_does_not_come_again(
    playground: Playground, client: AsyncWebClient, session: aiohttp.ClientSession, maya: PersonDriver
) -> None:
    async with socket_of(playground, client, session) as socket:
        await socket.receive_json()
        with pytest.raises(ActRefused, match="app_did_not_answer"):
            await maya.types("/say once")
        first = await socket.receive_json()
        taking = asyncio.create_task(acknowledge(socket))
        await maya.types("/say then")

        assert (first["payload"]["text"], (await taking)["payload"]["text"]) == ("once", "then")


async def test_an_event_that_found_nobody_comes_when_somebody_is_there(session: aiohttp.ClientSession) -> None:
    async with Playground(MANIFEST, MEMBERS, event_tries=(0, 0.3)) as playground:
        client = AsyncWebClient(playground.bot_token, base_url=playground.api_url, session=session)
        said = await playground.person("U0MAYA").says("Is anybody there?")
        async with socket_of(playground, client, session) as socket:
            await socket.receive_json()
            envelope = await acknowledge(socket)

    assert envelope["payload"]["event"]["ts"] == said["ts"]
    assert (envelope["retry_attempt"], envelope["retry_reason"]) == (2, "timeout")


async def test_slack_tries_an_event_four_times_and_then_no_more(playground: Playground, maya: PersonDriver) -> None:
    await maya.says("Is anybody there?")
    tried = playground.slack.journal.entries
    await playground.until(lambda: len(tried) == 4)

    assert [entry.retry for entry in tried if isinstance(entry, Delivery)] == [0, 1, 2, 3]
