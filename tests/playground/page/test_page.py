"""The page, driven by a real browser, with a small Bolt app on a real playground."""

import re

import pytest
from playwright.async_api import expect
from slack_bolt.async_app import AsyncApp

from bot.playground import Playground
from tests.playground.page.bench import choose
from tests.playground.page.conftest import Visit
from tests.playground.page.steps import composer, log, say

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


# ---- commands and messages ----------------------------------------


async def test_what_the_app_writes_is_never_markup_of_the_page(visit: Visit, lantern: AsyncApp) -> None:
    page = await visit("UMAYA")

    await say(page, "/raw")
    answer = log(page).get_by_role("article", name="Lantern").last

    await expect(answer.locator("strong")).to_have_text("Bold")
    await expect(answer.locator("em")).to_have_text("slanted")
    await expect(answer.get_by_role("link")).to_have_count(1)
    await expect(answer.get_by_role("link", name="a link")).to_have_attribute("href", "https://example.org/a?b=1&c=2")
    await expect(answer.locator("blockquote")).to_have_text("quoted")
    await expect(answer).to_contain_text("• a point")
    await expect(answer.locator("pre")).to_have_text("<b>code</b>")
    await expect(answer).to_contain_text("@Tom Okafor")
    await expect(answer).to_contain_text("2 < 3")
    await expect(answer.locator("img")).to_have_count(0)


async def test_a_button_shows_its_outcome_in_place(visit: Visit, lantern: AsyncApp) -> None:
    page = await visit("UMAYA")
    await say(page, "/vote")

    await log(page).get_by_role("button", name="Count me in").click()

    await expect(log(page).get_by_role("article", name="Lantern")).to_have_count(1)
    await expect(log(page).get_by_role("article", name="Lantern")).to_contain_text("You chose yes.")
    await expect(log(page).get_by_role("button", name="Count me in")).to_have_count(0)


async def test_a_button_may_ask_first_and_no_means_no(visit: Visit, lantern: AsyncApp) -> None:
    page = await visit("UMAYA")
    await say(page, "/vote")
    never = log(page).get_by_role("button", name="Never")

    await never.click()
    question = page.get_by_role("alertdialog", name="Sure?")
    await question.get_by_role("button", name="No").click()
    await expect(question).to_have_count(0)
    await expect(never).to_be_visible()

    await never.click()
    await question.get_by_role("button", name="Yes").click()
    await expect(log(page)).to_contain_text("You chose never.")


async def test_a_day_is_picked_from_a_calendar_that_opens_on_the_playgrounds_today(
    visit: Visit, lantern: AsyncApp
) -> None:
    page = await visit("UMAYA")
    await say(page, "/vote")

    await log(page).get_by_role("button", name="Open calendar").click()
    await expect(page.get_by_role("button", name="Thursday 1 June 2017")).to_be_focused()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")

    await expect(log(page)).to_contain_text("You chose 2017-06-08.")


# ---- forms ----------------------------------------


async def test_a_form_is_filled_in_corrected_and_sent(visit: Visit, lantern: AsyncApp) -> None:
    page = await visit("UMAYA")
    await say(page, "/walk")
    form = page.get_by_role("dialog", name="Plan a walk")
    await expect(form.get_by_label("Where")).to_be_focused()

    await form.get_by_label("Where").fill("nowhere")
    await form.get_by_label("Day", exact=True).fill("2017-06-12")
    await form.get_by_label("Starting at").fill("18:30")
    await form.get_by_role("radio", name="Long").check()
    await expect(form.get_by_text("Take good shoes.")).to_be_visible()
    await form.get_by_label("Map").check()
    await form.get_by_label("Lamp").check()
    await choose(form, "Pace", "Fast")
    await choose(form, "Guide", "Tom Okafor")
    await form.get_by_label("Steps").fill("1200")
    await form.get_by_label("A word").fill("Bring\nsocks")
    await form.get_by_role("button", name="Plan it").click()

    await expect(form.get_by_label("Where")).to_be_focused()
    await expect(form.get_by_label("Where")).to_have_accessible_description(re.compile("That is no place to go."))
    await form.get_by_label("Where").fill("River")
    await form.get_by_role("button", name="Plan it").click()

    await expect(form).to_have_count(0)
    await expect(log(page)).to_contain_text(
        "River on 2017-06-12 at 18:30, long, with map, lamp, fast, led by UTOM, 1200 steps: Bring"
    )
    await expect(log(page)).to_contain_text("socks")


async def test_what_was_typed_is_kept_while_the_app_changes_the_form(visit: Visit, lantern: AsyncApp) -> None:
    page = await visit("UMAYA")
    await say(page, "/walk")
    form = page.get_by_role("dialog", name="Plan a walk")

    await form.get_by_label("Where").fill("Half a sen")
    await form.get_by_role("radio", name="Short").check()
    await expect(form.get_by_text("Take good shoes.")).to_be_visible()

    await expect(form.get_by_label("Where")).to_have_value("Half a sen")
    await expect(form.get_by_role("radio", name="Short")).to_be_checked()
    await expect(form.get_by_label("Day", exact=True)).to_have_value("2017-06-02")


async def test_a_field_that_must_be_filled_says_so(visit: Visit, lantern: AsyncApp) -> None:
    page = await visit("UMAYA")
    await say(page, "/walk")
    form = page.get_by_role("dialog", name="Plan a walk")

    await form.get_by_role("button", name="Plan it").click()

    await expect(form.get_by_label("Where")).to_have_attribute("aria-invalid", "true")
    await expect(form.get_by_role("radiogroup", name="Length")).to_have_attribute("aria-invalid", "true")
    await expect(form.get_by_label("Steps")).not_to_have_attribute("aria-invalid", "true")


async def test_escape_closes_a_form_and_gives_the_caret_back(visit: Visit, lantern: AsyncApp) -> None:
    page = await visit("UMAYA")
    await say(page, "/walk")
    await expect(page.get_by_role("dialog", name="Plan a walk")).to_be_visible()

    await page.keyboard.press("Escape")

    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(composer(page)).to_be_focused()


async def test_a_form_on_top_of_another_gives_it_back_as_it_was(visit: Visit, lantern: AsyncApp) -> None:
    page = await visit("UMAYA")
    await say(page, "/walk")
    form = page.get_by_role("dialog", name="Plan a walk")
    await form.get_by_label("Where").fill("River")

    await form.get_by_role("button", name="About walks").click()
    await page.get_by_role("dialog", name="About walks").get_by_role("button", name="Back").click()

    await expect(form.get_by_label("Where")).to_have_value("River")


async def test_escape_closes_only_what_is_on_top(visit: Visit, lantern: AsyncApp) -> None:
    page = await visit("UMAYA")
    await say(page, "/walk")
    form = page.get_by_role("dialog", name="Plan a walk")

    await form.get_by_role("button", name="Open calendar").click()
    await expect(page.get_by_role("grid", name="June 2017")).to_be_visible()
    await page.keyboard.press("Escape")

    await expect(page.get_by_role("grid")).to_have_count(0)
    await expect(form).to_be_visible()


async def test_a_form_outlives_a_reload_of_the_page(visit: Visit, lantern: AsyncApp) -> None:
    page = await visit("UMAYA")
    await say(page, "/walk")
    form = page.get_by_role("dialog", name="Plan a walk")
    await form.get_by_label("Where").fill("River")
    await form.get_by_role("radio", name="Long").check()
    await expect(form.get_by_text("Take good shoes.")).to_be_visible()

    await page.reload()

    await expect(form.get_by_label("Where")).to_have_value("River")
    await expect(form.get_by_role("radio", name="Long")).to_be_checked()


# ---- home, clock, calls, looks ----------------------------------------


async def test_the_home_view_is_the_persons_own(visit: Visit, lantern: AsyncApp) -> None:
    page = await visit("UMAYA")

    await page.get_by_role("tab", name="Home").click()
    home = page.get_by_role("tabpanel", name="Home")
    await expect(home.get_by_role("heading", name="Your lantern")).to_be_visible()
    await home.get_by_role("button", name="Light it").click()

    await expect(home).to_contain_text("It is Bright.")
    assert page.url.endswith("#UMAYA/home")


async def test_an_app_that_is_not_connected_is_said_to_be(visit: Visit) -> None:
    page = await visit("UMAYA")

    await expect(page.get_by_text("The app is not connected.")).to_be_visible()
    await expect(page.get_by_role("heading", name="Nothing here yet")).to_be_visible()


async def test_the_hints_go_by_themselves_once_all_was_tried(visit: Visit, lantern: AsyncApp) -> None:
    page = await visit()
    hint = page.get_by_role("note")
    await expect(hint.get_by_role("listitem")).to_have_count(3)

    await page.get_by_role("navigation", name="People").get_by_role("button", name="Maya Chen").click()
    await expect(hint.get_by_text("(done)")).to_have_count(1)
    await page.get_by_role("textbox", name="Message").press_sequentially("/")
    await expect(hint.get_by_text("(done)")).to_have_count(2)
    await page.get_by_role("button", name="One hour").click()

    await expect(hint).to_have_count(0)
    await page.reload()
    await expect(page.get_by_role("textbox", name="Message")).to_be_visible()
    await expect(hint).to_have_count(0)


async def test_hint_and_theme_are_remembered(visit: Visit, lantern: AsyncApp) -> None:
    page = await visit("UMAYA")
    await page.get_by_role("button", name="Dismiss the hint").click()
    await page.get_by_role("button", name="Dark theme").click()

    await page.reload()

    await expect(page.get_by_role("button", name="Dark theme")).to_have_attribute("aria-pressed", "true")
    await expect(page.get_by_role("note")).to_have_count(0)


async def test_the_page_asks_nobody_but_the_playground(visit: Visit, playground: Playground, lantern: AsyncApp) -> None:
    page = await visit()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    await page.reload()
    await expect(page.get_by_role("heading", name="Lantern")).to_be_visible()

    assert asked
    assert [url for url in asked if not url.startswith((playground.url, "data:"))] == []
