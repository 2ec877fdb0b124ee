"""The clock bar: what time it is for whom, what comes next, steps, a chosen moment, and running."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import Locator, Page, expect
from slack_bolt.async_app import AsyncApp

from bot.playground import Hooks, Playground
from tests.playground.page.conftest import NOW, Visit

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


def bar(page: Page) -> Locator:
    return page.get_by_role("region", name="Clock")


async def test_the_clock_steps_by_an_hour_a_day_and_a_week(visit: Visit, playground: Playground) -> None:
    page = await visit("UTOM")
    await expect(bar(page)).to_contain_text("09:00Thu 1 Jun 2017 · Chicago")
    await expect(bar(page)).to_contain_text("19:45 for Tom in Kathmandu")

    for name, shown in (("One hour", "10:00Thu 1 Jun"), ("One day", "10:00Fri 2 Jun"), ("One week", "10:00Fri 9 Jun")):
        await bar(page).get_by_role("button", name=name).click()
        await expect(bar(page)).to_contain_text(shown)

    assert playground.clock.now() == NOW + timedelta(days=8, hours=1)


async def test_it_goes_to_a_chosen_moment_and_never_back(visit: Visit, playground: Playground) -> None:
    page = await visit("UMAYA")
    await bar(page).get_by_role("button", name="Go to a date").click()
    panel = page.get_by_role("dialog", name="Go to a date")
    await expect(panel.get_by_label("Day", exact=True)).to_be_focused()

    await panel.get_by_label("Time").fill("08:00")
    await panel.get_by_role("button", name="Go", exact=True).click()
    await expect(panel.get_by_role("alert")).to_have_text("That is past already.")
    await panel.get_by_label("Day", exact=True).fill("2017-11-23")
    await panel.get_by_role("button", name="Go", exact=True).click()

    await expect(bar(page)).to_contain_text("08:00Thu 23 Nov 2017")
    await expect(panel).to_have_count(0)
    assert playground.clock.now() == datetime(2017, 11, 23, 14, 0, tzinfo=UTC)  # winter time in Chicago


async def test_a_day_in_the_panels_own_calendar_leaves_the_panel_open(visit: Visit, playground: Playground) -> None:
    page = await visit("UMAYA")
    await bar(page).get_by_role("button", name="Go to a date").click()
    panel = page.get_by_role("dialog", name="Go to a date")

    await panel.get_by_role("button", name="Open calendar").click()
    await page.get_by_role("button", name="Monday 12 June 2017").click()

    await expect(panel.get_by_label("Day", exact=True)).to_have_value("2017-06-12")
    await panel.get_by_role("button", name="Go", exact=True).click()
    await expect(bar(page)).to_contain_text("Mon 12 Jun 2017")


async def test_the_next_thing_due_is_announced_and_reached(
    visit: Visit, playground: Playground, lantern: AsyncApp
) -> None:
    due = [datetime(2017, 6, 5, 15, 30, tzinfo=UTC)]

    async def next_due() -> datetime | None:
        return due[0] if due else None

    async def settle() -> None:
        if due and playground.clock.now() >= due[0]:
            due.clear()
            await lantern.client.chat_postMessage(channel="UMAYA", text="It is time.")

    playground.hooks = Hooks(next_due, settle)
    page = await visit("UMAYA")
    await expect(bar(page).get_by_role("status")).to_have_text("Next: Mon 5 Jun, 10:30 (in 4 days)")

    await page.get_by_role("button", name="Next thing due").click()

    await expect(page.get_by_role("article", name="Lantern, 11:30")).to_contain_text("It is time.")
    await expect(bar(page).get_by_role("status")).to_have_text("Nothing is due")
    await expect(page.get_by_role("button", name="Next thing due")).to_be_disabled()


async def test_what_does_not_get_done_is_a_warning(visit: Visit, playground: Playground) -> None:
    stuck = datetime(2017, 6, 1, 14, 30, tzinfo=UTC)

    async def next_due() -> datetime | None:
        return stuck

    async def settle() -> None:
        return None

    playground.hooks = Hooks(next_due, settle)
    page = await visit("UMAYA")

    await bar(page).get_by_role("button", name="One hour").click()

    await expect(bar(page).get_by_role("status")).to_have_text("The app left undone what was due Thu 1 Jun 2017, 09:30")


async def test_it_runs_at_a_speed_and_stands_again(visit: Visit, playground: Playground) -> None:
    page = await visit("UMAYA")
    speed = bar(page).get_by_role("button", name="Speed")
    await expect(speed).to_have_text("Speed: an hour a second")

    await speed.click()
    await page.get_by_role("menuitemradio", name="a day a second").click()
    await bar(page).get_by_role("button", name="Play").click()
    await expect(bar(page)).not_to_contain_text("Thu 1 Jun")
    await bar(page).get_by_role("button", name="Pause").click()
    await expect(bar(page).get_by_role("button", name="Play")).to_be_visible()

    stood = playground.clock.now()
    assert stood > NOW + timedelta(hours=10)
    await expect(page.get_by_role("button", name="Speed")).to_have_text("Speed: a day a second")


async def test_on_a_narrow_screen_the_bar_unfolds(visit: Visit, playground: Playground) -> None:
    page = await visit("UMAYA", width=380)
    await expect(bar(page).get_by_role("button", name="One day")).to_have_count(0)

    await bar(page).get_by_role("button", name="Move the clock").click()
    await bar(page).get_by_role("button", name="One day").click()

    await expect(bar(page)).to_contain_text("Fri 2 Jun 2017")
    assert await page.evaluate("document.documentElement.scrollWidth") == 380
