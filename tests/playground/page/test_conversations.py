"""Channels and direct messages: what is listed, opened, marked as new and said there."""

import re

import pytest
from playwright.async_api import Locator, Page, expect
from slack_bolt.async_app import AsyncApp

from bot.playground import Playground
from tests.playground.page.conftest import Visit
from tests.playground.page.steps import composer, keys, log, menu_offers, message, say, tool

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


OWL = "/static/owl.png"  # no such file: only its place in the message matters


def sidebar(page: Page) -> Locator:
    return page.get_by_role("navigation", name="Conversations")


async def test_the_newest_message_stays_in_sight(visit: Visit, lantern: AsyncApp) -> None:
    page = await visit("UMAYA")

    await say(page, "/story")

    await expect(log(page).get_by_text("Piece 30")).to_be_in_viewport()
    await expect(log(page).get_by_text("Piece 1", exact=True)).not_to_be_in_viewport()


async def test_a_reader_far_up_is_not_moved_and_finds_the_way_down(visit: Visit, lantern: AsyncApp) -> None:
    for number in range(1, 41):
        await lantern.client.chat_postMessage(channel="C1", text=f"Piece {number}")
    page = await visit("UMAYA/C1")
    await expect(log(page).get_by_text("Piece 1", exact=True)).to_be_in_viewport()  # what is new begins there
    await expect(message(page, "Piece 40")).not_to_be_in_viewport()

    await expect(page.get_by_role("button", name="Jump to the newest")).to_be_visible()
    await lantern.client.chat_postMessage(channel="C1", text="One more")
    await page.get_by_role("button", name="New messages below").click()

    await expect(message(page, "One more")).to_be_in_viewport()
    await expect(page.get_by_role("button", name="Jump to the newest")).to_have_count(0)


async def test_times_are_the_readers_own(visit: Visit, lantern: AsyncApp) -> None:
    page = await visit("UTOM")

    await say(page, "Hello")

    await expect(log(page).get_by_role("article", name="Tom Okafor, 19:45")).to_be_visible()
    await expect(page.get_by_role("region", name="Clock")).to_contain_text("19:45 for Tom in Kathmandu")


async def test_the_sidebar_lists_channels_and_direct_messages_with_the_app_first(
    visit: Visit, playground: Playground, lantern: AsyncApp
) -> None:
    group = await lantern.client.conversations_open(users="UMAYA,UTOM")
    await lantern.client.chat_postMessage(channel=group["channel"]["id"], text="Meet each other")
    page = await visit("UMAYA")

    rows = sidebar(page).locator(".row")
    await expect(rows).to_have_text(
        ["general", re.compile("keepers.*private"), re.compile("Lantern"), re.compile("Tom Okafor, Lantern")]
    )


async def test_a_channel_is_read_by_opening_it_and_what_was_new_is_marked(visit: Visit, lantern: AsyncApp) -> None:
    await lantern.client.chat_postMessage(channel="C1", text="First")
    await lantern.client.chat_postMessage(channel="C1", text="Second")
    page = await visit("UMAYA")
    general = sidebar(page).get_by_role("button", name="general")
    await expect(general).to_have_accessible_name(re.compile("2 unread"))

    await general.click()

    await expect(log(page)).to_have_text(re.compile("Today.*New.*First.*Second", re.S))
    await expect(general).not_to_have_accessible_name(re.compile("unread"))
    await say(page, "Thank you")
    await expect(message(page, "Thank you")).to_be_visible()
    await expect(log(page).get_by_text("New", exact=True)).to_have_count(0)


async def test_people_write_to_each_other_in_a_channel(visit: Visit, lantern: AsyncApp) -> None:
    page = await visit("UMAYA/C1")
    await say(page, "Who comes along?")
    await expect(message(page, "Who comes along?")).to_be_visible()

    page = await visit("UTOM/C1")
    await expect(page.get_by_role("heading", name="Tom Okafor")).to_be_visible()
    await keys(page, "@may")
    await expect(page.get_by_role("listbox", name="People").get_by_role("option")).to_have_text([re.compile("Maya")])
    await composer(page).press("Tab")
    await keys(page, "I do")
    await composer(page).press("Enter")

    await expect(message(page, "I do")).to_contain_text("@Maya Chen I do")
    await expect(message(page, "Who comes along?")).to_have_accessible_name("Maya Chen, 19:45")


async def test_a_command_works_in_a_channel_where_the_app_is_not(visit: Visit, lantern: AsyncApp) -> None:
    page = await visit("UMAYA/C3")

    await say(page, "/wave")

    await expect(message(page, "Hello, only you.")).to_contain_text("Only visible to you")


async def test_one_joins_a_channel_and_leaves_it(visit: Visit, lantern: AsyncApp) -> None:
    page = await visit("UMAYA")

    await sidebar(page).get_by_role("button", name="Browse channels").click()
    await page.get_by_role("button", name="Join #trails").click()
    await expect(page.get_by_role("heading", name="trails")).to_be_visible()
    await expect(sidebar(page).get_by_role("button", name="trails")).to_have_attribute("aria-current", "page")

    await page.get_by_role("button", name="2 members").click()
    await page.get_by_role("menuitem", name="Leave the channel").click()
    await expect(sidebar(page).get_by_role("button", name="trails")).to_have_count(0)


async def test_a_guest_is_told_why_there_is_nothing_to_join(
    visit: Visit, playground: Playground, lantern: AsyncApp
) -> None:
    await playground.change("UMAYA", is_restricted=True)
    page = await visit("UMAYA")

    await sidebar(page).get_by_role("button", name="Browse channels").click()

    await expect(page.get_by_role("dialog", name="Channels to join")).to_contain_text("Guests are invited")
    await expect(page.get_by_role("button", name="Join #trails")).to_have_count(0)


async def test_a_reaction_is_given_and_taken_back(visit: Visit, lantern: AsyncApp) -> None:
    await lantern.client.chat_postMessage(channel="C1", text="It is done")
    page = await visit("UMAYA/C1")

    await tool(page, "It is done", "Add a reaction")
    await page.get_by_role("searchbox", name="Search emoji").fill("tada")
    await page.keyboard.press("Enter")

    mine = message(page, "It is done").get_by_role("button", name="tada, 1, by you")
    await expect(mine).to_have_attribute("aria-pressed", "true")
    await mine.click()
    await expect(message(page, "It is done").locator(".pill")).to_have_count(0)


async def test_the_focus_stays_with_a_message_that_is_drawn_anew(visit: Visit, lantern: AsyncApp) -> None:
    await lantern.client.chat_postMessage(channel="C1", text="It is done")
    page = await visit("UMAYA/C1")
    await expect(message(page, "It is done")).to_be_visible()
    await page.get_by_role("group", name="Conversation").focus()
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("Tab")

    thumb = message(page, "It is done").get_by_role("button", name="React with thumbs up")
    await expect(thumb).to_be_focused()
    await page.keyboard.press("Enter")

    await expect(message(page, "It is done").get_by_role("button", name="+1, 1, by you")).to_be_visible()
    await expect(thumb).to_be_focused()


async def test_reactions_say_who_gave_them(visit: Visit, playground: Playground, lantern: AsyncApp) -> None:
    said = await lantern.client.chat_postMessage(channel="C1", text="It is done")
    for user in ("UMAYA", "UTOM"):
        await playground.person(user).reacts("eyes", said["message"], in_="C1")
    page = await visit("UMAYA/C1")

    pill = message(page, "It is done").get_by_role("button", name="eyes, 2, by you and Tom Okafor")

    await expect(pill).to_be_visible()


async def test_a_shortcut_is_used_on_a_message(visit: Visit, lantern: AsyncApp) -> None:
    await lantern.client.chat_postMessage(channel="C1", text="Walk at nine")
    page = await visit("UMAYA/C1")

    await tool(page, "Walk at nine", "More actions")
    await menu_offers(page, re.compile("Remember this"), "Copy text", "Copy as JSON")
    await page.get_by_role("menuitem", name="Remember this").click()

    await sidebar(page).get_by_role("button", name="Lantern").click()
    await expect(message(page, "I remember: Walk at nine")).to_be_visible()


async def test_a_shortcut_from_anywhere_opens_a_form(visit: Visit, lantern: AsyncApp) -> None:
    page = await visit("UMAYA/C1")

    await page.get_by_role("button", name="Shortcuts").click()
    await page.get_by_role("menuitem", name="Plan a walk").click()

    await expect(page.get_by_role("dialog", name="Plan a walk")).to_be_visible()


async def test_a_message_and_what_can_be_done_with_it_are_reached_by_keys(visit: Visit, lantern: AsyncApp) -> None:
    await lantern.client.chat_postMessage(channel="C1", text="First")
    await lantern.client.chat_postMessage(channel="C1", text="Second")
    page = await visit("UMAYA/C1")
    await expect(message(page, "Second")).to_be_visible()

    await page.get_by_role("group", name="Conversation").focus()
    await page.keyboard.press("ArrowUp")
    await expect(message(page, "Second")).to_be_focused()
    await page.keyboard.press("ArrowUp")
    await expect(message(page, "First")).to_be_focused()
    await page.keyboard.press("Tab")

    await expect(message(page, "First").get_by_role("button", name="React with thumbs up")).to_be_focused()


async def test_files_are_shown_as_pictures_or_as_cards(visit: Visit, playground: Playground, lantern: AsyncApp) -> None:
    picture = {
        "id": "F1",
        "name": "owl.png",
        "mimetype": "image/png",
        "size": 68,
        "alt_txt": "An owl",
        "local_url": OWL,
    }
    plan = {"id": "F2", "name": "plan.pdf", "title": "The plan", "mimetype": "application/pdf", "size": 184320}
    said = await lantern.client.chat_postMessage(channel="C1", text="Look")
    channel = playground.slack.channel("C1")
    assert channel is not None
    channel.messages[said["ts"]].body["files"] = [picture, plan | {"local_url": "/playground/files/F2"}]
    page = await visit("UMAYA/C1")

    await expect(message(page, "Look").get_by_role("img", name="An owl")).to_be_visible()
    card = message(page, "Look").get_by_role("link", name="Download The plan")
    await expect(card).to_have_text(re.compile("The plan.*PDF · 180 KB"))
    await expect(card).to_have_attribute("href", "/playground/files/F2")


async def test_a_draft_is_kept_where_it_was_begun(visit: Visit, lantern: AsyncApp) -> None:
    page = await visit("UMAYA/C1")
    await composer(page).fill("Half a sen")

    await sidebar(page).get_by_role("button", name="Lantern").click()
    await expect(composer(page)).to_have_value("")
    await expect(sidebar(page).get_by_role("button", name="general")).to_have_accessible_name(re.compile("Draft"))
    await sidebar(page).get_by_role("button", name="general").click()

    await expect(composer(page)).to_have_value("Half a sen")


async def test_somebody_of_another_organization_is_told_what_works_for_them(
    visit: Visit, playground: Playground, lantern: AsyncApp
) -> None:
    await playground.change("UMAYA", team="T0ELSEWHERE")
    page = await visit("UMAYA")

    await expect(composer(page)).to_have_attribute("placeholder", re.compile("for people of this workspace"))
    await expect(page.get_by_text("to see commands")).to_have_count(0)
    await expect(page.get_by_role("button", name="Shortcuts")).to_have_count(0)
    await page.get_by_role("tab", name="Home").click()
    await expect(page.get_by_role("tabpanel", name="Home")).to_contain_text("only to the people of their own workspace")


async def test_the_about_tab_says_what_the_app_can_do(visit: Visit, lantern: AsyncApp) -> None:
    page = await visit("UMAYA")

    await page.get_by_role("tab", name="About").click()

    about = page.get_by_role("tabpanel", name="About")
    await expect(about.get_by_role("term").filter(has_text="/walk")).to_have_text("/walk [where]")
    await expect(about.get_by_role("term").filter(has_text="Remember this")).to_be_visible()
    await expect(about).to_contain_text("Plan a walk")
    await expect(about).to_contain_text("Lights the way")


async def test_a_conversation_that_somebody_is_not_in_gives_way_to_the_app(visit: Visit, lantern: AsyncApp) -> None:
    page = await visit("UMAYA/C3")
    await expect(page.get_by_role("heading", name="keepers", exact=True)).to_be_visible()

    await page.get_by_role("navigation", name="People").get_by_role("button", name="Tom Okafor").click()

    await expect(page.get_by_role("tab", name="Messages")).to_have_attribute("aria-selected", "true")
    await expect(composer(page)).to_have_attribute("placeholder", re.compile("Message Lantern"))
    await expect(page.get_by_role("alert")).to_have_count(0)
    assert page.url.endswith("#UTOM")
