"""Acting as anybody: the list of people, their badges, the switcher."""

import re

import pytest
from playwright.async_api import expect
from slack_bolt.async_app import AsyncApp

from bot.playground import Playground
from tests.playground.page.conftest import Visit
from tests.playground.page.steps import composer, log, say

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_one_chooses_a_person_and_writes_to_the_app_as_that_person(visit: Visit, lantern: AsyncApp) -> None:
    page = await visit()
    people = page.get_by_role("navigation", name="People")

    await people.get_by_role("button", name="Maya Chen").click()
    await say(page, "Good evening")

    await expect(log(page).get_by_role("article")).to_have_text(
        [re.compile("Good evening"), re.compile("You said: Good evening")]
    )
    assert page.url.endswith("#UMAYA")
    await expect(people.get_by_role("button", name="Maya Chen")).to_have_attribute("aria-current", "true")


async def test_people_are_found_by_name_and_by_title(visit: Visit, lantern: AsyncApp) -> None:
    page = await visit()
    people = page.get_by_role("navigation", name="People")

    await page.get_by_role("searchbox", name="Search people").fill("walk")
    await expect(people.get_by_role("button")).to_have_count(3)

    await page.get_by_role("searchbox", name="Search people").fill("fisch")
    await page.get_by_role("searchbox", name="Search people").press("Enter")
    await expect(page.get_by_role("heading", name="Lena Fischer")).to_be_visible()


async def test_somebody_who_has_left_is_marked_and_cannot_write(visit: Visit, lantern: AsyncApp) -> None:
    page = await visit("UGONE")

    await expect(composer(page)).to_be_disabled()
    await expect(page.get_by_role("navigation", name="People").get_by_text("Deactivated")).to_be_visible()


async def test_others_are_told_apart_by_what_they_have_not_read(
    visit: Visit, playground: Playground, lantern: AsyncApp
) -> None:
    page = await visit("UMAYA")
    await expect(composer(page)).to_be_visible()

    await lantern.client.chat_postMessage(channel="UTOM", text="For Tom")
    tom = page.get_by_role("navigation", name="People").get_by_role("button", name="Tom Okafor")

    await expect(tom).to_have_accessible_description(re.compile("1 unread"))
    await tom.click()
    await expect(log(page).get_by_text("For Tom")).to_be_visible()
    await expect(tom).not_to_have_accessible_description(re.compile("unread"))


async def test_badges_say_what_kind_of_account_somebody_has(
    visit: Visit, playground: Playground, lantern: AsyncApp
) -> None:
    await playground.change("UADA", is_admin=True)
    await playground.change("ULENA", is_ultra_restricted=True)
    page = await visit()
    people = page.get_by_role("navigation", name="People")

    await expect(people.get_by_role("button", name="Ada Nwosu")).to_have_accessible_description(re.compile("Admin"))
    await expect(people.get_by_role("button", name="Lena Fischer")).to_have_accessible_description(
        re.compile("Single-channel guest")
    )


async def test_a_moon_stands_beside_whoever_is_not_to_be_disturbed(
    visit: Visit, playground: Playground, lantern: AsyncApp
) -> None:
    await playground.change("UTOM", dnd="19:00-07:00")  # it is 19:45 for Tom
    page = await visit()
    people = page.get_by_role("navigation", name="People")

    await expect(people.get_by_role("button", name="Tom Okafor")).to_have_accessible_description(
        re.compile("Do not disturb")
    )
    await expect(people.get_by_role("button", name="Maya Chen")).not_to_have_accessible_description(
        re.compile("Do not disturb")
    )


async def test_the_switcher_finds_people_and_conversations_by_keys_alone(visit: Visit, lantern: AsyncApp) -> None:
    page = await visit("UMAYA")
    await expect(composer(page)).to_be_visible()

    await page.keyboard.press("Control+k")
    await expect(page.get_by_role("combobox", name="Find")).to_be_focused()
    await page.keyboard.type("keep")
    await expect(page.get_by_role("option")).to_have_text([re.compile("Ada Nwosu.*Keeper"), re.compile("keepers")])
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")

    await expect(page.get_by_role("heading", name="keepers", exact=True)).to_be_visible()
    assert page.url.endswith("#UMAYA/C3")


async def test_after_the_switcher_one_writes_wherever_one_was_before(visit: Visit, lantern: AsyncApp) -> None:
    page = await visit("UMAYA")
    await page.get_by_role("button", name="Play", exact=True).focus()

    await page.keyboard.press("Control+k")
    await page.keyboard.type("tom")
    await page.keyboard.press("Enter")

    await expect(page.get_by_role("heading", name="Tom Okafor")).to_be_visible()
    await expect(composer(page)).to_be_focused()


async def test_the_switcher_says_when_it_finds_nothing_and_escape_leaves_it(visit: Visit, lantern: AsyncApp) -> None:
    page = await visit("UMAYA")
    await page.get_by_role("button", name="Find", exact=True).click()

    await page.get_by_role("combobox", name="Find").fill("nobody at all")
    await expect(page.get_by_text("Nothing by that name.")).to_be_visible()
    await page.keyboard.press("Escape")

    await expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.url.endswith("#UMAYA")


async def test_tab_stops_once_in_the_list_and_arrows_go_on_from_there(visit: Visit, lantern: AsyncApp) -> None:
    page = await visit("UTOM")
    people = page.get_by_role("navigation", name="People")
    await expect(composer(page)).to_be_focused()
    await page.get_by_role("searchbox", name="Search people").focus()

    await page.keyboard.press("Tab")
    await expect(people.get_by_role("button", name="Tom Okafor")).to_be_focused()
    await page.keyboard.press("ArrowDown")
    await expect(people.get_by_role("button", name="Lena Fischer")).to_be_focused()
    await page.keyboard.press("Enter")

    await expect(page.get_by_role("heading", name="Lena Fischer")).to_be_visible()
    await expect(people.get_by_role("button", name="Lena Fischer")).to_have_attribute("tabindex", "0")
    await expect(people.get_by_role("button", name="Tom Okafor")).to_have_attribute("tabindex", "-1")


async def test_each_wall_shows_its_own_time_as_the_clock_goes_on(visit: Visit, lantern: AsyncApp) -> None:
    page = await visit("UMAYA")
    tom = page.get_by_role("navigation", name="People").get_by_role("button", name="Tom Okafor")
    await expect(tom).to_have_accessible_description(re.compile("19:45"))

    await page.get_by_role("button", name="One hour").click()

    await expect(tom).to_have_accessible_description(re.compile("20:45"))
