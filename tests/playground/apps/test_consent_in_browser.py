"""The page that asks for consent, in a real browser: from the app's own page there, and back with a code."""

from collections.abc import AsyncIterator
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from aiohttp import web
from playwright.async_api import async_playwright

from bot.playground import Playground
from tests.playground.page.conftest import QUIET, chromium
from tests.playground.parrot import MANIFEST, MEMBERS

pytestmark = pytest.mark.browser


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    async with Playground(MANIFEST, MEMBERS) as made:
        yield made


@pytest.fixture
async def app_url(playground: Playground) -> AsyncIterator[str]:
    """Where the app has its own page, with a link to the consent and a place to come back to."""
    site = web.Application()

    async def page(request: web.Request) -> web.StreamResponse:
        query = {"client_id": playground.client_id, "scope": "chat:write", "state": "s1"}
        query["redirect_uri"] = f"http://{request.host}/back"
        link = f'<a href="{playground.authorize_url}?{urlencode(query)}">Add me</a>'.replace("&", "&amp;")
        return web.Response(text=f"<!doctype html><title>App</title>{link}", content_type="text/html")

    site.router.add_get("/{path:.*}", page)
    runner = web.AppRunner(site, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


@pytest.mark.parametrize(("answer", "told"), [("Allow", "code"), ("Cancel", "error")])
async def test_a_person_is_led_there_and_back(app_url: str, answer: str, told: str) -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        page = await browser.new_page()
        await page.goto(app_url)

        await page.get_by_role("link", name="Add me").click()
        await page.get_by_label("You are").select_option(label="Tom Baker")
        await page.get_by_role("button", name=answer).click()
        await page.wait_for_url(f"{app_url}/back?*")

        query = parse_qs(urlsplit(page.url).query)
        await browser.close()

    assert (query["state"], told in query) == (["s1"], True)
