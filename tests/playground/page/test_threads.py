"""Threads: replies beside the conversation."""

import re

import pytest
from playwright.async_api import expect
from slack_bolt.async_app import AsyncApp

from tests.playground.page.conftest import Visit
from tests.playground.page.steps import composer, log, message, thread, tool

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_reply_stands_in_the_thread_and_is_counted_under_the_message(visit: Visit, lantern: AsyncApp) -> None:
    await lantern.client.chat_postMessage(channel="C1", text="Who comes along?")
    page = await visit("UMAYA/C1")

    await tool(page, "Who comes along?", "Reply in thread")
    reply = thread(page).get_by_role("textbox", name="Reply")
    await expect(reply).to_be_focused()
    await reply.fill("I do")
    await reply.press("Enter")

    await expect(thread(page).get_by_role("article")).to_have_text([re.compile("Who comes along"), re.compile("I do")])
    await expect(log(page).get_by_role("article")).to_have_count(1)
    await expect(log(page).get_by_role("button", name=re.compile("1 reply.*today at 10:00"))).to_be_visible()


async def test_a_thread_is_opened_from_its_line_and_closed_by_escape(visit: Visit, lantern: AsyncApp) -> None:
    root = await lantern.client.chat_postMessage(channel="C1", text="Who comes along?")
    for text in ("Not me", "Nor me"):
        await lantern.client.chat_postMessage(channel="C1", text=text, thread_ts=root["ts"])
    page = await visit("UMAYA/C1")

    await log(page).get_by_role("button", name=re.compile("2 replies last today at")).click()
    await expect(thread(page).get_by_role("article")).to_have_count(3)
    assert page.url.endswith(f"#UMAYA/C1/{root['ts']}")
    await thread(page).get_by_role("textbox", name="Reply").press("Escape")

    await expect(thread(page)).to_have_count(0)
    assert page.url.endswith("#UMAYA/C1")


async def test_an_address_leads_straight_into_a_thread(visit: Visit, lantern: AsyncApp) -> None:
    root = await lantern.client.chat_postMessage(channel="C1", text="Who comes along?")
    await lantern.client.chat_postMessage(channel="C1", text="Not me", thread_ts=root["ts"])

    page = await visit(f"UTOM/C1/{root['ts']}")

    await expect(thread(page).get_by_text("Not me")).to_be_visible()


async def test_a_reply_that_was_also_sent_to_the_channel_says_so_in_both_places(
    visit: Visit, lantern: AsyncApp
) -> None:
    root = await lantern.client.chat_postMessage(channel="C1", text="Who comes along?")
    await lantern.client.chat_postMessage(channel="C1", text="All of us", thread_ts=root["ts"], reply_broadcast=True)
    page = await visit("UMAYA/C1")

    await message(page, "All of us").get_by_role("button", name="Replied in a thread").click()

    await expect(thread(page).get_by_role("article").last).to_contain_text("Also sent to the channel")


async def test_commands_do_not_work_in_threads_and_the_text_is_kept(visit: Visit, lantern: AsyncApp) -> None:
    root = await lantern.client.chat_postMessage(channel="C1", text="Who comes along?")
    page = await visit(f"UMAYA/C1/{root['ts']}")
    reply = thread(page).get_by_role("textbox", name="Reply")

    await reply.fill("/wave")
    await reply.press("Enter")

    await expect(thread(page).get_by_role("alert")).to_contain_text("Commands do not work in threads.")
    await expect(reply).to_have_value("/wave")


async def test_drafts_of_a_thread_and_of_its_channel_are_two(visit: Visit, lantern: AsyncApp) -> None:
    root = await lantern.client.chat_postMessage(channel="C1", text="Who comes along?")
    page = await visit(f"UMAYA/C1/{root['ts']}")

    await thread(page).get_by_role("textbox", name="Reply").fill("To the thread")
    await composer(page).fill("To all")

    await expect(thread(page).get_by_role("textbox", name="Reply")).to_have_value("To the thread")
