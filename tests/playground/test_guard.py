"""Who may talk to the playground, and what its page is told to keep to."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web

from bot.playground import ActRefused, Playground
from bot.playground.guard import refuse_afar
from tests.playground.parrot import MANIFEST, MEMBERS


@asynccontextmanager
async def listening(handler: Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]) -> AsyncIterator[str]:
    """A server of the app's own, and its address."""
    runner = web.ServerRunner(web.Server(handler))
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def port_of(playground: Playground) -> str:
    return playground.url.rsplit(":", 1)[1]


@pytest.mark.parametrize("host", ["evil.example", "evil.example:{port}", "127.0.0.1:1", "127.0.0.1.evil.example", ""])
async def test_no_other_name_will_do(playground: Playground, session: aiohttp.ClientSession, host: str) -> None:
    headers = {"Host": host.format(port=port_of(playground))}

    async with session.get(playground.url + "/playground/state", headers=headers) as answer:
        assert answer.status == 403


@pytest.mark.parametrize("path", ["/playground/state", "/api/auth.test", "/", "/playground/events", "/socket"])
async def test_a_foreign_host_is_refused(playground: Playground, session: aiohttp.ClientSession, path: str) -> None:
    async with session.get(playground.url + path, headers={"Host": "evil.example"}) as answer:
        assert answer.status == 403
        assert (await answer.json())["error"] == "foreign_origin"


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://127.0.0.1:{port}", 200),
        ("http://localhost:{port}", 200),
        ("http://[::1]:{port}", 200),
        ("http://[::2]:{port}", 403),
        ("http://127.0.0.1:1", 403),
        ("http://127.0.0.1", 403),
        ("http://evil.example", 403),
        ("http://evil.example:{port}", 403),
        ("http://127.0.0.1.evil.example:{port}", 403),
        ("https://127.0.0.1:{port}", 403),
        ("null", 403),
        ("", 403),
    ],
)
async def test_a_foreign_origin_is_refused(
    playground: Playground, session: aiohttp.ClientSession, origin: str, status: int
) -> None:
    headers = {"Origin": origin.format(port=port_of(playground))}

    async with session.post(playground.url + "/playground/clock", json={"by": {"hours": 1}}, headers=headers) as answer:
        assert answer.status == status


@pytest.mark.parametrize(
    ("site", "status"), [("same-origin", 200), ("none", 200), ("cross-site", 403), ("same-site", 403)]
)
async def test_what_a_browser_says_of_the_sender_is_heeded(
    playground: Playground, session: aiohttp.ClientSession, site: str, status: int
) -> None:
    async with session.get(playground.url + "/playground/state", headers={"Sec-Fetch-Site": site}) as answer:
        assert answer.status == status


async def test_another_page_may_lead_people_to_the_consent_and_do_no_more(
    playground: Playground, session: aiohttp.ClientSession
) -> None:
    led = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "document"}
    scope = {"client_id": playground.client_id, "scope": "chat:write", "redirect_uri": "http://127.0.0.1:1/back"}

    async with session.get(playground.authorize_url, params=scope, headers=led) as asked:
        assert asked.status == 200
    async with session.get(playground.url + "/playground/state", headers=led) as elsewhere:
        assert elsewhere.status == 403
    async with session.get(playground.authorize_url, headers=led | {"Sec-Fetch-Dest": "iframe"}) as framed:
        assert framed.status == 403
    for foreign in ({"Origin": "http://evil.example"}, led):
        async with session.post(playground.authorize_url, data=scope, headers=foreign) as forged:
            assert forged.status == 403


@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "localhost:{port}", "[::1]:{port}", "127.0.0.1"])
async def test_every_name_of_this_machine_is_fine(
    playground: Playground, session: aiohttp.ClientSession, host: str
) -> None:
    headers = {"Host": host.format(port=port_of(playground))}

    async with session.get(playground.url + "/playground/state", headers=headers) as answer:
        assert answer.status == 200


@pytest.mark.parametrize("header", [{"Origin": "http://evil.example"}, {"Host": "evil.example"}])
async def test_another_websites_page_gets_no_socket_and_spends_no_ticket(
    playground: Playground, session: aiohttp.ClientSession, header: dict[str, str]
) -> None:
    address = f"{playground.url.replace('http', 'ws')}/socket?ticket={playground.sockets.ticket()}"

    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await session.ws_connect(address, headers=header)

    assert refused.value.status == 403
    async with session.ws_connect(address) as socket:  # as an SDK does, which sends no Origin
        assert (await socket.receive_json())["type"] == "hello"


async def test_another_websites_page_cannot_call_a_method(
    playground: Playground, session: aiohttp.ClientSession
) -> None:
    headers = {"Origin": "http://evil.example", "Authorization": f"Bearer {playground.bot_token}"}

    async with session.post(playground.api_url + "chat.postMessage", headers=headers) as answer:
        assert answer.status == 403
    assert list(playground.calls) == []


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:3000/slack/events", "http://localhost/x", "http://[::1]:3000/", "https://127.8.9.1/"]
)
def test_an_app_on_this_machine_can_be_reached_by_requests(url: str) -> None:
    assert refuse_afar(url) == url
    Playground({}, [], request_url=url)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/slack",
        "http://10.0.0.1/",
        "http://0.0.0.0/",
        "http://127.0.0.1.example.org/",
        "http://127.0.0.1@example.org/",
        "ftp://127.0.0.1/",
        "127.0.0.1:3000",
        "",
    ],
)
def test_nothing_is_sent_beyond_this_machine(url: str) -> None:
    with pytest.raises(ValueError, match="nothing beyond this machine"):
        refuse_afar(url)


async def test_no_redirect_leads_away_from_this_machine() -> None:
    asked: list[str] = []

    async def elsewhere(request: web.BaseRequest) -> web.Response:
        asked.append(request.path)
        return web.Response(status=307, headers={"Location": "/stolen"})

    async with listening(elsewhere) as url, Playground(MANIFEST, MEMBERS, request_url=url + "/slack") as playground:
        with pytest.raises(ActRefused, match="app_did_not_answer"):
            await playground.person("U0MAYA").types("/say hello")

    assert asked == ["/slack"]


async def test_it_listens_on_loopback_only(playground: Playground) -> None:
    assert playground.url.startswith("http://127.0.0.1:")
    assert playground.api_url == playground.url + "/api/"


async def test_the_page_is_served_with_a_policy(playground: Playground, session: aiohttp.ClientSession) -> None:
    async with session.get(playground.url + "/") as answer:
        assert answer.status == 200
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    async with session.get(playground.url + "/static/main.js") as script:
        assert script.status == 200
    async with session.get(playground.url + "/static/../server.py") as beyond:
        assert beyond.status == 404
    async with session.get(playground.url + "/static/%2e%2e/server.py") as beyond:
        assert beyond.status in (403, 404)


async def test_stopping_twice_is_stopping_once(playground: Playground) -> None:
    await playground.stop()
    await playground.stop()


async def test_two_playgrounds_live_side_by_side() -> None:
    async with Playground({}, []) as one, Playground({}, []) as other:
        assert one.url != other.url
