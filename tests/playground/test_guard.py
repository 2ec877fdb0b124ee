"""Who may talk to the playground, and what its page is told to keep to."""

import aiohttp
import pytest

from bot.playground import Playground


def port_of(playground: Playground) -> str:
    return playground.url.rsplit(":", 1)[1]


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
        ("http://127.0.0.1:1", 403),
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


async def test_a_program_may_leave_the_port_out(playground: Playground, session: aiohttp.ClientSession) -> None:
    async with session.get(playground.url + "/playground/state", headers={"Host": "127.0.0.1"}) as answer:
        assert answer.status == 200


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
