"""The page on a narrow screen."""

import pytest
from playwright.async_api import expect
from slack_bolt.async_app import AsyncApp

from tests.playground.page.conftest import Visit
from tests.playground.page.steps import composer, thread

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_narrow_screen_shows_one_thing_at_a_time(visit: Visit, lantern: AsyncApp) -> None:
    page = await visit(width=380)
    maya = page.get_by_role("navigation", name="People").get_by_role("button", name="Maya Chen")
    await expect(maya).to_have_count(0)

    await page.get_by_role("button", name="People", exact=True).click()
    await maya.click()

    await expect(composer(page)).to_be_in_viewport()
    await expect(maya).to_have_count(0)
    assert await page.evaluate("document.documentElement.scrollWidth") == 380


async def test_the_sidebar_is_a_drawer_on_a_narrow_screen(visit: Visit, lantern: AsyncApp) -> None:
    page = await visit("UMAYA", width=380)
    sidebar = page.get_by_role("navigation", name="Conversations")
    await expect(composer(page)).to_be_visible()
    await expect(sidebar).to_have_count(0)

    await page.get_by_role("button", name="Conversations of Maya Chen").click()
    await sidebar.get_by_role("button", name="general").click()

    await expect(page.get_by_role("heading", name="general", exact=True)).to_be_visible()
    await expect(sidebar).to_have_count(0)


async def test_the_inspector_leaves_the_clock_at_hand(visit: Visit, lantern: AsyncApp) -> None:
    page = await visit("UMAYA", width=1000)
    show = page.get_by_role("button", name="Inspector", exact=True)
    await show.click()
    await expect(page.get_by_role("tab", name="Traffic")).to_be_visible()

    await page.get_by_role("button", name="One hour").click()

    await expect(page.get_by_role("region", name="Clock")).to_contain_text("10:00")
    await show.click()
    await expect(page.get_by_role("tab", name="Traffic")).to_have_count(0)


async def test_escape_puts_the_drawer_away_and_gives_the_focus_back(visit: Visit, lantern: AsyncApp) -> None:
    page = await visit("UMAYA", width=380)
    show = page.get_by_role("button", name="Conversations")
    await show.click()

    await page.keyboard.press("Escape")

    await expect(show).to_have_attribute("aria-expanded", "false")
    await expect(show).to_be_focused()


async def test_a_thread_takes_the_whole_of_a_narrow_screen(visit: Visit, lantern: AsyncApp) -> None:
    root = await lantern.client.chat_postMessage(channel="C1", text="Who comes along?")
    page = await visit(f"UMAYA/C1/{root['ts']}", width=380)

    await expect(thread(page).get_by_role("textbox", name="Reply")).to_be_in_viewport()
    await expect(composer(page)).to_have_count(0)
    await page.get_by_role("button", name="Close the thread").click()

    await expect(composer(page)).to_be_in_viewport()
    assert await page.evaluate("document.documentElement.scrollWidth") == 380
