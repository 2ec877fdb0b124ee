"""Two people side by side, each with a screen of their own."""

import re

import pytest
from playwright.async_api import expect
from slack_bolt.async_app import AsyncApp

from tests.playground.page.conftest import Visit
from tests.playground.page.steps import composer, log, pane, say

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_somebody_is_shown_beside_and_both_see_what_is_said(visit: Visit, lantern: AsyncApp) -> None:
    page = await visit("UMAYA/C1", width=1600)

    await page.get_by_role("button", name="Beside…").click()
    await page.get_by_role("combobox", name="Whom to show beside").fill("tom")
    await page.keyboard.press("Enter")
    tom = pane(page, "Tom Okafor")
    await tom.get_by_role("button", name="general").click()
    await say(pane(page, "Maya Chen"), "Do you see me?")

    await expect(log(tom).get_by_role("article", name="Maya Chen, 19:45")).to_contain_text("Do you see me?")
    assert page.url.endswith("#UMAYA/C1+UTOM/C1")


async def test_each_side_has_its_own_form_and_the_other_goes_on(visit: Visit, lantern: AsyncApp) -> None:
    page = await visit("UMAYA+UTOM", width=1600)
    maya, tom = pane(page, "Maya Chen"), pane(page, "Tom Okafor")

    await say(maya, "/walk")
    await expect(maya.get_by_role("dialog", name="Plan a walk")).to_be_visible()
    await maya.get_by_label("Where").fill("River")
    await say(tom, "Good evening")
    await expect(log(tom)).to_contain_text("You said: Good evening")
    await say(tom, "/walk")
    await tom.get_by_label("Where").fill("Mill")

    await expect(maya.get_by_label("Where")).to_have_value("River")
    await expect(tom.get_by_label("Where")).to_have_value("Mill")
    await tom.get_by_label("Where").press("Escape")
    await expect(tom.get_by_role("dialog")).to_have_count(0)
    await expect(maya.get_by_role("dialog")).to_be_visible()


async def test_each_side_has_its_own_tab_and_draft(visit: Visit, lantern: AsyncApp) -> None:
    page = await visit("UMAYA+UTOM/home", width=1600)
    maya, tom = pane(page, "Maya Chen"), pane(page, "Tom Okafor")

    await composer(maya).fill("For later")
    await tom.get_by_role("button", name="Light it").click()
    await expect(tom.get_by_role("tabpanel", name="Home")).to_contain_text("It is Bright.")

    await tom.get_by_role("tab", name="Messages").click()
    await expect(composer(tom)).to_have_value("")
    await expect(composer(maya)).to_have_value("For later")


async def test_closing_one_side_keeps_what_is_half_written_on_the_other(visit: Visit, lantern: AsyncApp) -> None:
    page = await visit("UMAYA+UTOM", width=1600)
    await say(pane(page, "Tom Okafor"), "/walk")
    await pane(page, "Tom Okafor").get_by_label("Where").fill("Mill")

    await pane(page, "Maya Chen").get_by_role("button", name="Close this side").click()

    await expect(pane(page, "Maya Chen")).to_have_count(0)
    await expect(page.get_by_role("dialog", name="Plan a walk").get_by_label("Where")).to_have_value("Mill")
    assert page.url.endswith("#UTOM")


async def test_the_clock_speaks_of_whoever_was_touched_last(visit: Visit, lantern: AsyncApp) -> None:
    page = await visit("UMAYA+UTOM", width=1600)
    clock = page.get_by_role("region", name="Clock")

    await composer(pane(page, "Tom Okafor")).click()
    await expect(clock).to_contain_text("for Tom in Kathmandu")
    await composer(pane(page, "Maya Chen")).click()

    await expect(clock).to_contain_text("for Maya in New York")


async def test_a_narrow_screen_shows_one_side_and_switches(visit: Visit, lantern: AsyncApp) -> None:
    page = await visit("UMAYA/C1+UTOM/C1", width=380)
    await expect(pane(page, "Tom Okafor")).to_have_count(0)
    await say(pane(page, "Maya Chen"), "Over to you")

    await page.get_by_role("group", name="Whose screen").get_by_role("button", name="Tom Okafor").click()

    await expect(pane(page, "Maya Chen")).to_have_count(0)
    await expect(log(pane(page, "Tom Okafor"))).to_have_text(re.compile("Over to you"))
