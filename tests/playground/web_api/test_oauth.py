"""OAuth: the page that asks, the code that it gives, and the token for it."""

import base64
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Playground
from tests.playground.conftest import RealTime, refusal
from tests.playground.parrot import MANIFEST, MEMBERS

# slack_sdk names its client in a way of which aiohttp warns.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")

Json = dict[str, Any]
BACK = "http://127.0.0.1:9/back"


async def asked(playground: Playground, session: aiohttp.ClientSession, **more: str) -> tuple[int, str]:
    query = {"client_id": playground.client_id, "scope": "chat:write", "redirect_uri": BACK} | more
    async with session.get(playground.authorize_url, params=query) as page:
        return page.status, await page.text()


async def answered(playground: Playground, session: aiohttp.ClientSession, **more: str) -> str:
    """Answer the page's form, and give the address to which it leads."""
    form = {"client_id": playground.client_id, "scope": "chat:write", "redirect_uri": BACK}
    form |= {"state": "s1", "user": "U0MAYA", "answer": "allow"} | more
    async with session.post(playground.authorize_url, data=form, allow_redirects=False) as led:
        assert led.status == 302
        return led.headers["Location"]


async def code_for(playground: Playground, session: aiohttp.ClientSession, **more: str) -> str:
    address = await answered(playground, session, **more)
    return parse_qs(urlsplit(address).query)["code"][0]


async def exchange(playground: Playground, client: AsyncWebClient, code: str, **more: Any) -> Json:
    named: Json = {"client_id": playground.client_id, "client_secret": playground.client_secret, "redirect_uri": BACK}
    answer: Json = (await client.oauth_v2_access(**(named | more), code=code)).data  # type: ignore[assignment]
    return answer


async def test_consent_leads_back_with_a_code_and_the_state(
    playground: Playground, session: aiohttp.ClientSession
) -> None:
    status, page = await asked(playground, session, scope="chat:write,commands")

    address = await answered(playground, session)

    assert status == 200
    assert "<li>chat:write</li><li>commands</li>" in page
    assert "Maya Okafor" in page
    assert "Gina Gone" not in page
    query = parse_qs(urlsplit(address).query)
    assert address.startswith(BACK)
    assert (sorted(query), query["state"]) == (["code", "state"], ["s1"])


async def test_no_consent_leads_back_without_a_code(playground: Playground, session: aiohttp.ClientSession) -> None:
    address = await answered(playground, session, answer="cancel")

    assert parse_qs(urlsplit(address).query) == {"error": ["access_denied"], "state": ["s1"]}


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"client_id": "1.1"}, "invalid_client_id"),
        ({"scope": ""}, "no_scopes"),
        ({"redirect_uri": "https://evil.example/back"}, "bad_redirect_uri"),
        ({"redirect_uri": "javascript:alert(1)"}, "bad_redirect_uri"),
        ({"redirect_uri": "http://["}, "bad_redirect_uri"),
        ({"redirect_uri": "http://127.0.0.1:99999/back"}, "bad_redirect_uri"),
        ({"redirect_uri": ""}, "bad_redirect_uri"),
    ],
)
async def test_a_page_that_an_app_asks_for_wrongly_leads_nowhere(
    playground: Playground, session: aiohttp.ClientSession, wrong: dict[str, str], error: str
) -> None:
    status, page = await asked(playground, session, **wrong)

    assert (status, error in page) == (400, True)


async def test_what_the_app_says_cannot_change_the_page(playground: Playground, session: aiohttp.ClientSession) -> None:
    _, page = await asked(playground, session, state='"><script>x</script>', scope="<b>")

    assert "<script>" not in page
    assert "<b>" not in page


async def test_an_address_of_the_manifest_may_be_anywhere(session: aiohttp.ClientSession) -> None:
    listed = {"redirect_urls": ["https://app.example/slack/"], "scopes": MANIFEST["oauth_config"]["scopes"]}
    async with Playground(MANIFEST | {"oauth_config": listed}, MEMBERS) as playground:
        assert (await asked(playground, session, redirect_uri="https://app.example/slack/back"))[0] == 200
        assert (await asked(playground, session, redirect_uri="https://app.example.evil/slack/back"))[0] == 400
        assert (await asked(playground, session, redirect_uri="https://app.example/slackers"))[0] == 400

        unnamed = await answered(playground, session, redirect_uri="")

    assert unnamed.startswith("https://app.example/slack/?")


async def test_a_code_becomes_a_token(
    playground: Playground, session: aiohttp.ClientSession, client: AsyncWebClient
) -> None:
    await playground.uninstall()
    code = await code_for(playground, session, scope="chat:write,commands")

    answer = await exchange(playground, client, code)

    assert answer["access_token"] == playground.bot_token
    assert {name: value for name, value in answer.items() if name != "access_token"} == {
        "ok": True,
        "token_type": "bot",
        "scope": "chat:write,commands",
        "bot_user_id": "U0PLAYGROUND",
        "app_id": "A0PLAYGROUND",
        "team": {"id": "T0PLAYGROUND", "name": "Aviary"},
        "enterprise": None,
        "is_enterprise_install": False,
        "authed_user": {"id": "U0MAYA"},
    }
    client.token = answer["access_token"]
    assert (await client.auth_test())["ok"]
    assert (await refusal(client.users_list()))["error"] == "missing_scope"


async def test_scopes_add_up_while_the_app_is_there(
    playground: Playground, session: aiohttp.ClientSession, client: AsyncWebClient
) -> None:
    before, token = set(playground.scopes), playground.bot_token

    answer = await exchange(playground, client, await code_for(playground, session, scope="reactions:read"))

    assert (answer["access_token"], answer["scope"]) == (token, "reactions:read")
    assert playground.scopes == before | {"reactions:read"}


async def test_a_code_works_once(
    playground: Playground, session: aiohttp.ClientSession, client: AsyncWebClient
) -> None:
    code = await code_for(playground, session)
    await exchange(playground, client, code)

    assert (await refusal(exchange(playground, client, code)))["error"] == "code_already_used"


@pytest.mark.parametrize(("minutes", "works"), [(9, True), (11, False)])
async def test_a_code_lives_ten_minutes(
    playground: Playground,
    session: aiohttp.ClientSession,
    client: AsyncWebClient,
    seconds: RealTime,
    minutes: int,
    works: bool,
) -> None:
    code = await code_for(playground, session)
    seconds.now += minutes * 60

    if works:
        assert (await exchange(playground, client, code))["ok"]
    else:
        assert (await refusal(exchange(playground, client, code)))["error"] == "invalid_code"


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"client_id": "1.1"}, "invalid_client_id"),
        ({"client_secret": "guessed"}, "bad_client_secret"),
        ({"redirect_uri": "http://127.0.0.1:9/elsewhere"}, "bad_redirect_uri"),
        ({"redirect_uri": None}, "bad_redirect_uri"),
        ({"grant_type": "refresh_token"}, "invalid_grant_type"),
    ],
)
async def test_a_code_is_good_for_the_app_that_asked_only(
    playground: Playground, session: aiohttp.ClientSession, client: AsyncWebClient, wrong: Json, error: str
) -> None:
    code = await code_for(playground, session)

    assert (await refusal(exchange(playground, client, code, **wrong)))["error"] == error
    assert (await exchange(playground, client, code))["ok"]  # the code was not used up by that


async def test_a_code_that_nobody_gave_is_none(playground: Playground, client: AsyncWebClient) -> None:
    assert (await refusal(exchange(playground, client, "made-up")))["error"] == "invalid_code"


@pytest.mark.parametrize("in_header", [True, False])
async def test_an_app_names_itself_in_a_header_or_in_arguments(
    playground: Playground, session: aiohttp.ClientSession, in_header: bool
) -> None:
    form = {"code": await code_for(playground, session), "redirect_uri": BACK}
    named = {"client_id": playground.client_id, "client_secret": playground.client_secret}
    credentials = base64.b64encode(":".join(named.values()).encode()).decode()
    headers = {"Authorization": f"Basic {credentials}"} if in_header else {}

    body = form if in_header else form | named
    async with session.post(playground.api_url + "oauth.v2.access", data=body, headers=headers) as answer:
        assert (await answer.json())["ok"]


async def test_neither_secret_nor_code_nor_token_is_written_down(
    playground: Playground, session: aiohttp.ClientSession, client: AsyncWebClient
) -> None:
    code = await code_for(playground, session)
    await exchange(playground, client, code)

    written = str(playground.calls)
    assert "oauth.v2.access" in written
    assert not any(secret in written for secret in (code, playground.client_secret, playground.bot_token))


async def test_nobody_consents_who_is_not_here(playground: Playground, session: aiohttp.ClientSession) -> None:
    form = {"client_id": playground.client_id, "scope": "chat:write", "redirect_uri": BACK, "user": "U0NOBODY"}

    async with session.post(playground.authorize_url, data=form, allow_redirects=False) as answer:
        assert answer.status == 400
