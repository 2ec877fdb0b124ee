"""An app that is installed by consent, keeps its token in a store of its own, and listens at an address."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncSay
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import ActRefused, Playground
from tests.playground.apps.shapes import manifest_of
from tests.playground.parrot import MEMBERS, MORNING

# slack_sdk names its client in a way of which aiohttp warns.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")

Json = dict[str, Any]
SCOPES = ["chat:write", "commands"]
MANIFEST = manifest_of("Guest", scopes=SCOPES, commands=["/hi"], events=["tokens_revoked", "app_uninstalled"])


class Drawer(AsyncInstallationStore):
    """Keeps the one installation in memory."""

    def __init__(self) -> None:
        self.kept: Installation | None = None

    async def async_save(self, installation: Installation) -> None:
        self.kept = installation

    async def async_save_bot(self, bot: Bot) -> None: ...

    async def async_find_bot(self, **_: Any) -> Bot | None:
        return self.kept.to_bot() if self.kept else None

    async def async_find_installation(self, **_: Any) -> Installation | None:
        return self.kept

    async def async_delete_bot(self, **_: Any) -> None:
        self.kept = None

    async def async_delete_installation(self, **_: Any) -> None:
        self.kept = None


class States(AsyncOAuthStateStore):
    """Keeps the states that were given out, each good for once."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    async def async_issue(self, *args: Any, **_: Any) -> str:
        self._given.add(f"state-{len(self._given)}")
        return f"state-{len(self._given) - 1}"

    async def async_consume(self, state: str) -> bool:
        known = state in self._given
        self._given.discard(state)
        return known


@dataclass
class Stage:
    """A playground, the app that listens beside it, and where the app keeps its installation."""

    playground: Playground
    url: str
    drawer: Drawer
    browser: aiohttp.ClientSession

    async def asks_for_consent(self) -> tuple[str, Json]:
        """Follow the app's own link; give the page where it leads, and the header that the browser is to send back."""
        async with self.browser.get(f"{self.url}/slack/install", allow_redirects=False) as led:
            assert led.status == 302
            address, cookie = led.headers["Location"], led.headers["Set-Cookie"].split(";")[0]
        assert address.startswith(self.playground.authorize_url)
        async with self.browser.get(address) as page:
            assert page.status == 200
            return await page.text(), {"Cookie": cookie}

    async def answers(self, page: str, cookie: Json, answer: str) -> tuple[str, str]:
        """Answer the form as Maya. Give the address to which the browser is led, and what the app shows there."""
        hidden = {name: unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', page)}
        form = {**hidden, "user": "U0MAYA", "answer": answer}
        async with self.browser.post(self.playground.authorize_url, data=form, allow_redirects=False) as led:
            assert led.status == 302
            address = led.headers["Location"]
        async with self.browser.get(address, headers=cookie) as landed:
            return address, await landed.text()


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    site = web.Application()
    runner = web.AppRunner(site, access_log=None)
    servers: list[Any] = []

    async def handle(request: web.Request) -> web.StreamResponse:
        server = servers[0]
        take = server.handle_post_requests if request.method == "POST" else server.handle_get_requests
        answer: web.StreamResponse = await take(request)
        return answer

    site.router.add_route("*", "/slack/{rest}", handle)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    async with Playground(MANIFEST, MEMBERS, now=MORNING, request_url=f"{url}/slack/events") as playground:
        drawer = Drawer()
        servers.append(guest(playground, url, drawer).server())
        await playground.uninstall()  # a playground begins with the app in it
        async with aiohttp.ClientSession() as browser:
            yield Stage(playground, url, drawer, browser)
    await runner.cleanup()


def guest(playground: Playground, url: str, drawer: Drawer) -> AsyncApp:
    """The app. Two settings lead it here instead of to Slack: the client's base_url, and authorization_url."""
    settings = AsyncOAuthSettings(
        client_id=playground.client_id,
        client_secret=playground.client_secret,
        scopes=SCOPES,
        redirect_uri=f"{url}/slack/oauth_redirect",
        install_page_rendering_enabled=False,
        installation_store=drawer,
        state_store=States(),
        authorization_url=playground.authorize_url,
    )
    client = AsyncWebClient(base_url=playground.api_url)
    app = AsyncApp(
        client=client,
        signing_secret=playground.signing_secret,
        oauth_flow=AsyncOAuthFlow(client=client, settings=settings),
    )
    app.enable_token_revocation_listeners()

    @app.command("/hi")
    async def hi(ack: AsyncAck, say: AsyncSay) -> None:
        await ack()
        await say("Good to be here.")

    return app


async def test_an_app_is_let_in_and_works(stage: Stage) -> None:
    page, cookie = await stage.asks_for_consent()
    assert "Let Guest in?" in page
    assert all(scope in page for scope in SCOPES)

    address, shown = await stage.answers(page, cookie, "allow")

    assert parse_qs(urlsplit(address).query).keys() == {"code", "state"}
    assert "Thank you" in shown
    assert stage.drawer.kept is not None
    assert stage.drawer.kept.bot_token == stage.playground.bot_token
    assert (stage.drawer.kept.user_id, stage.drawer.kept.bot_scopes) == ("U0MAYA", SCOPES)
    maya = stage.playground.person("U0MAYA")
    await maya.types("/hi")
    await maya.waits_to_see("Good to be here.")


async def test_an_app_is_not_let_in(stage: Stage) -> None:
    page, cookie = await stage.asks_for_consent()

    address, _ = await stage.answers(page, cookie, "cancel")

    assert parse_qs(urlsplit(address).query)["error"] == ["access_denied"]
    assert stage.drawer.kept is None
    with pytest.raises(ActRefused, match="app_not_installed"):
        await stage.playground.person("U0MAYA").types("/hi")


async def test_an_app_that_was_removed_comes_back_with_another_token(stage: Stage) -> None:
    await stage.answers(*await stage.asks_for_consent(), "allow")
    assert stage.drawer.kept is not None
    first = stage.drawer.kept.bot_token

    await stage.playground.uninstall()
    await stage.playground.until(lambda: stage.drawer.kept is None)
    await stage.answers(*await stage.asks_for_consent(), "allow")

    assert stage.drawer.kept.bot_token not in (None, first)
    assert stage.playground.scopes == set(SCOPES)
