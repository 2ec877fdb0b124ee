"""Where one writes: commands, drafts, refusals."""

import asyncio
import re
from typing import Any

import pytest
from playwright.async_api import expect
from slack_bolt.async_app import AsyncApp

from tests.playground.page.conftest import Visit
from tests.playground.page.steps import composer, keys, log, message, say

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_commands_are_completed_by_keys(visit: Visit, lantern: AsyncApp) -> None:
    page = await visit("UMAYA")

    await keys(page, "/wa")
    options = page.get_by_role("listbox", name="Commands").get_by_role("option")
    await expect(options).to_have_text([re.compile("/walk.*Plan a walk"), re.compile("/wave.*Say hello")])
    await composer(page).press("ArrowDown")
    await composer(page).press("Tab")
    await expect(composer(page)).to_have_value("/wave ")
    await composer(page).press("Enter")

    answer = log(page).get_by_role("article", name="Lantern").last
    await expect(answer).to_contain_text("Only visible to you")
    await expect(answer).to_contain_text("Hello, only you.")


async def test_a_command_that_the_app_lacks_is_refused_kindly_and_the_text_is_kept(
    visit: Visit, lantern: AsyncApp
) -> None:
    page = await visit("UMAYA")

    await say(page, "/dance all night")

    await expect(page.get_by_role("alert")).to_have_text(re.compile("/dance"))
    await expect(composer(page)).to_have_value("/dance all night")


async def test_enter_sends_and_shift_enter_begins_a_line(visit: Visit, lantern: AsyncApp) -> None:
    page = await visit("UMAYA/C1")

    await keys(page, "One")
    await composer(page).press("Shift+Enter")
    await keys(page, "two")
    await composer(page).press("Enter")

    await expect(message(page, "One")).to_contain_text("One\ntwo", use_inner_text=True)
    await expect(composer(page)).to_have_value("")


async def test_while_the_app_thinks_the_text_stays_and_it_is_said_that_we_wait(visit: Visit, lantern: AsyncApp) -> None:
    thought = asyncio.Event()

    @lantern.command("/think")
    async def think(ack: Any) -> None:
        await thought.wait()
        await ack("Done thinking.")

    page = await visit("UMAYA")
    await say(page, "/think")

    await expect(page.get_by_text("Waiting for Lantern…")).to_be_visible()
    await expect(composer(page)).to_have_value("/think")
    thought.set()
    await expect(message(page, "Done thinking.")).to_be_visible()
    await expect(composer(page)).to_have_value("")


async def test_an_emoji_goes_where_the_caret_is(visit: Visit, lantern: AsyncApp) -> None:
    page = await visit("UMAYA/C1")
    await composer(page).fill("Well done ")

    await page.get_by_role("button", name="Emoji").click()
    await page.get_by_role("button", name="tada", exact=True).click()

    await expect(composer(page)).to_have_value("Well done 🎉")
    await expect(composer(page)).to_be_focused()
