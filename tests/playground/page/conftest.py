"""A browser, a playground with a small app in it, and a page for whoever the test wants to be."""

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import ConsoleMessage, Page, async_playwright, expect
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Member, Playground, Room
from tests.playground.page.lantern import MANIFEST, add_listeners

Visit = Callable[..., Awaitable[Page]]

NOW = datetime(2017, 6, 1, 14, 0, tzinfo=UTC)  # 09:00 in Chicago, 19:45 in Kathmandu
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
MISSING = "Chromium is not installed: the page is not tested (apt-get install chromium)"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 15_000  # ms: only a failing test on a busy machine ever waits as long
PEOPLE = [
    Member("UMAYA", "maya", "Maya Chen", title="Walker", tz="America/New_York"),
    Member("UTOM", "tom", "Tom Okafor", title="Guide", tz="Asia/Kathmandu"),
    Member("ULENA", "lena", "Lena Fischer", title="Walker", tz="Europe/Berlin"),
    Member("UADA", "ada", "Ada Nwosu", title="Keeper", tz=None),
    Member("UGONE", "gus", "Gus Gone", title="Walker", deleted=True),
]
ROOMS = [
    Room("C1", "general", ("UMAYA", "UTOM", "ULENA"), topic="Where everybody meets", with_app=True),
    Room("C2", "trails", ("UTOM",)),
    Room("C3", "keepers", ("UMAYA", "UADA"), is_private=True),
]


def chromium() -> str:
    """Where the browser is. Without one the tests are skipped, or fail where one is demanded."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None and os.environ.get("TANDEM_REQUIRE_BROWSER") == "1":
        pytest.fail(MISSING)
    return found or pytest.skip(MISSING)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def window() -> AsyncIterator[Page]:
    """One browser window for all tests: each playground is an origin of its own, so nothing is carried over."""
    path = chromium()
    expect.set_options(timeout=PATIENCE)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=QUIET)
        context = await browser.new_context(reduced_motion="reduce", color_scheme="light")
        context.set_default_timeout(PATIENCE)
        yield await context.new_page()
        await context.close()
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def playground() -> AsyncIterator[Playground]:
    """A playground of the test's own, without an app as yet."""
    async with Playground(
        MANIFEST, PEOPLE, rooms=ROOMS, now=NOW, team_name="Night Walkers", zone="America/Chicago"
    ) as playground:
        yield playground


@pytest_asyncio.fixture(loop_scope="session")
async def lantern(playground: Playground) -> AsyncIterator[AsyncApp]:
    """The app, connected by Socket Mode as any Bolt app is."""
    app = AsyncApp(client=AsyncWebClient(playground.bot_token, base_url=playground.api_url))
    add_listeners(app)
    handler: Any = AsyncSocketModeHandler(app, playground.app_token)
    await handler.connect_async()
    yield app
    await handler.close_async()


@pytest_asyncio.fixture(loop_scope="session")
async def visit(window: Page, playground: Playground) -> AsyncIterator[Visit]:
    """Open the page, as `#user` or at the welcome. The page must not complain in the browser's console."""
    complaints: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    def failed(error: Exception) -> None:
        complaints.append(str(error))

    async def open_page(user: str = "", *, width: int = 1280) -> Page:
        await window.emulate_media(color_scheme="light")  # whatever the test before left
        await window.set_viewport_size({"width": width, "height": 800})
        await window.goto(f"{playground.url}/#{user}", wait_until="domcontentloaded")
        return window

    window.on("console", heard)
    window.on("pageerror", failed)
    yield open_page
    await window.goto("about:blank")
    window.remove_listener("console", heard)
    window.remove_listener("pageerror", failed)
    refusals = "Failed to load resource: the server responded with a status of 4"  # the browser's own note of a 4xx
    assert [line for line in complaints if not line.startswith(refusals)] == []
