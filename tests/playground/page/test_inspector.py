"""The inspector: all that passes between the app and Slack, and the means to trouble it."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from bot.playground import Hooks, Playground
from tests.playground.page.bench import form, open_form, opens, say, section, show
from tests.playground.page.conftest import Visit
from tests.playground.page.lantern import field

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def inspector(page: Page, tab: str = "Traffic") -> Locator:
    await page.get_by_role("button", name="Inspector", exact=True).click()
    drawer = page.get_by_role("complementary", name="Inspector")
    await drawer.get_by_role("tab", name=tab).click()
    return drawer


def entries(drawer: Locator) -> Locator:
    return drawer.get_by_role("list", name="Entries").get_by_role("button")


# ---- traffic ----------------------------------------


async def test_calls_and_what_was_sent_stand_in_one_list_and_can_be_told_apart(visit: Visit, lantern: AsyncApp) -> None:
    page = await visit("UMAYA")
    drawer = await inspector(page)

    await say(page, "/wave")
    await expect(entries(drawer).filter(has_text="/wave")).to_contain_text("acknowledged")
    await say(page, "Hello")
    await expect(entries(drawer).filter(has_text="chat.postMessage")).to_contain_text("ok")

    await drawer.get_by_role("radio", name="Calls").check()
    await expect(entries(drawer).filter(has_text="/wave")).to_have_count(0)
    await drawer.get_by_role("radio", name="Sent").check()
    await expect(entries(drawer).filter(has_text="chat.postMessage")).to_have_count(0)
    await drawer.get_by_role("radio", name="All", exact=True).check()
    await drawer.get_by_role("searchbox", name="Filter").fill("you said hello")
    await expect(entries(drawer).filter(has_text="chat.postMessage")).to_have_count(1)
    await expect(entries(drawer).filter(has_text="/wave")).to_have_count(0)


async def test_an_entry_tells_all_and_is_walked_to_by_keys(visit: Visit, lantern: AsyncApp) -> None:
    page = await visit("UMAYA")
    drawer = await inspector(page)
    await say(page, "Hello")
    await drawer.get_by_role("radio", name="Calls").check()
    await expect(entries(drawer).first).to_contain_text("chat.postMessage")

    await entries(drawer).first.press("Enter")
    detail = drawer.get_by_role("region", name="Details")
    await expect(detail.get_by_role("heading", name="chat.postMessage")).to_be_visible()
    await expect(detail.get_by_role("region", name="Arguments")).to_contain_text('"text": "You said: Hello"')
    await expect(detail.get_by_role("region", name="Answer")).to_contain_text('"ok": true')
    await page.keyboard.press("ArrowDown")
    await expect(detail.get_by_role("heading", name="chat.postMessage")).to_have_count(0)
    await page.keyboard.press("Escape")
    await expect(detail).to_have_count(0)
    await page.keyboard.press("Escape")

    await expect(drawer).to_have_count(0)
    await expect(page.get_by_role("button", name="Inspector", exact=True)).to_be_focused()


async def test_a_refusal_is_a_problem_and_points_to_its_place(visit: Visit, lantern: AsyncApp) -> None:
    page = await visit("UMAYA")
    drawer = await inspector(page)
    with pytest.raises(SlackApiError):
        await show(lantern, section("Fine"), {"type": "header", "text": {"type": "mrkdwn", "text": "*no*"}})

    await drawer.get_by_role("radio", name="Problems").check()
    await expect(entries(drawer)).to_contain_text(["invalid_blocks"])
    await entries(drawer).first.click()

    detail = drawer.get_by_role("region", name="Details")
    await expect(detail.get_by_role("list", name="Remarks")).to_contain_text("json-pointer:/blocks/1")
    await expect(detail.locator("mark").first).to_contain_text("mrkdwn")


async def test_blocks_are_copied_for_block_kit_builder(visit: Visit, lantern: AsyncApp) -> None:
    page = await visit("UMAYA")
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await show(lantern, section("A *lamp*", block_id="lamp"))
    opens(lantern, form(field("where", "Where", {"type": "plain_text_input"})))
    dialog = await open_form(page)
    await dialog.get_by_role("button", name="Cancel").click()
    drawer = await inspector(page)

    async def copied(name: str, button: str) -> Any:
        await entries(drawer).filter(has_text=name).first.click()
        await drawer.get_by_role("button", name=button).click()
        await expect(drawer.get_by_role("button", name="Copied")).to_be_visible()
        return json.loads(await page.evaluate("navigator.clipboard.readText()"))

    message = await copied("chat.postMessage", "Copy for Block Kit Builder")
    view = await copied("views.open", "Copy for Block Kit Builder")
    entry = await copied("views.open", "Copy entry")

    block = {"type": "section", "block_id": "lamp", "text": {"type": "mrkdwn", "text": "A *lamp*"}}
    assert message == {"blocks": [block]}
    assert view == form(field("where", "Where", {"type": "plain_text_input"}))
    assert (entry["kind"], entry["name"], entry["answer"]["ok"]) == ("call", "views.open", True)


async def test_what_was_called_can_be_seen_as_it_looks(visit: Visit, lantern: AsyncApp) -> None:
    await show(lantern, section("A *lamp*"))
    page = await visit("UMAYA")
    drawer = await inspector(page)

    await entries(drawer).filter(has_text="chat.postMessage").first.click()
    await drawer.get_by_text("As it looks").click()

    await expect(drawer.locator(".preview strong")).to_have_text("lamp")


# ---- trouble ----------------------------------------


async def test_limits_are_switched(visit: Visit, playground: Playground, lantern: AsyncApp) -> None:
    page = await visit("UMAYA")
    drawer = await inspector(page, "Trouble")
    switch = drawer.get_by_role("switch", name="Slack's rate limits")
    await expect(switch).to_have_attribute("aria-checked", "false")

    await switch.click()

    await expect(switch).to_have_attribute("aria-checked", "true")
    assert playground.limits.on


async def test_a_fault_is_ordered_strikes_and_is_gone(visit: Visit, playground: Playground, lantern: AsyncApp) -> None:
    page = await visit("UMAYA")
    drawer = await inspector(page, "Trouble")
    await drawer.get_by_label("Method").fill("chat.postMessage")
    await drawer.get_by_label("How", exact=True).select_option("refused with an error code")
    await drawer.get_by_label("Error code").fill("channel_not_found")

    await drawer.get_by_role("button", name="Order the fault").click()
    await expect(drawer.get_by_role("list", name="Faults on order")).to_have_text(
        "chat.postMessagerefused: channel_not_found · once"
    )
    with pytest.raises(SlackApiError, match="channel_not_found"):
        await lantern.client.chat_postMessage(channel="UMAYA", text="Hello")

    await expect(drawer.get_by_text("All goes well: nothing is on order.")).to_be_visible()


async def test_a_fault_of_deliveries_offers_other_ways_and_can_be_taken_back(
    visit: Visit, playground: Playground
) -> None:
    page = await visit("UMAYA")
    drawer = await inspector(page, "Trouble")

    await drawer.get_by_label("Method").fill("slash_commands")
    await drawer.get_by_label("How", exact=True).select_option("late")
    await drawer.get_by_label("Chance, %").fill("50")
    await drawer.get_by_label("Times").fill("")
    await drawer.get_by_role("button", name="Order the fault").click()
    await expect(drawer.get_by_role("list", name="Faults on order")).to_have_text(
        "slash_commandslate · until removed · 50 % · 5 s"
    )
    await drawer.get_by_role("button", name="Remove the fault of slash_commands").click()

    await expect(drawer.get_by_text("All goes well: nothing is on order.")).to_be_visible()
    assert list(playground.faults) == []


async def test_the_app_is_cut_off_and_removed_and_installed_again(
    visit: Visit, playground: Playground, lantern: AsyncApp
) -> None:
    page = await visit("UMAYA")
    drawer = await inspector(page, "Trouble")
    await expect(drawer.get_by_text("One connection is open.")).to_be_visible()

    await drawer.get_by_role("button", name="Remove the app").click()
    await expect(page.get_by_text("The app has been removed from this workspace.")).to_be_visible()
    await drawer.get_by_role("button", name="Install the app again").click()
    await expect(drawer.get_by_role("button", name="Remove the app")).to_be_visible()
    await drawer.get_by_role("button", name="Cut", exact=True).click()

    await expect(drawer.get_by_text("No connections are open.")).to_be_visible()


async def test_the_state_is_kept_in_a_file_and_all_begins_anew(
    visit: Visit, playground: Playground, lantern: AsyncApp, tmp_path: Path
) -> None:
    page = await visit("UMAYA")
    await say(page, "Remember me")
    log = page.get_by_role("log", name="Messages")
    await expect(log.get_by_role("article")).to_have_count(2)
    drawer = await inspector(page, "Trouble")

    async with page.expect_download() as download:
        await drawer.get_by_role("button", name="Save to a file").click()
    kept = await download.value
    await kept.save_as(tmp_path / "kept.json")
    assert re.fullmatch(r"playground-2017-06-01\.json", kept.suggested_filename)

    await drawer.get_by_role("button", name="Begin anew").click()
    await page.get_by_role("alertdialog", name="Begin anew?").get_by_role("button", name="Begin anew").click()
    await expect(log.get_by_role("article")).to_have_count(0)

    await drawer.get_by_label("A saved state").set_input_files(tmp_path / "kept.json")
    await expect(log).to_contain_text("You said: Remember me")


async def test_where_the_app_keeps_records_of_its_own_a_sentence_says_how_to_begin_anew(
    visit: Visit, playground: Playground
) -> None:
    async def nothing() -> None: ...

    playground.hooks = Hooks(nothing, nothing, anew="Stop it, and start it with --fresh.")
    drawer = await inspector(await visit("UMAYA"), "Trouble")

    await expect(drawer.get_by_text("start it with --fresh")).to_be_visible()
    await expect(drawer.get_by_role("button", name="Begin anew")).to_have_count(0)
    await expect(drawer.get_by_role("button", name="Save to a file")).to_have_count(0)


async def test_a_slack_that_breaks_on_purpose_says_how_much(
    visit: Visit, playground: Playground, lantern: AsyncApp
) -> None:
    page = await visit("UMAYA")
    banner = page.get_by_text("This Slack breaks on purpose: about 5 % of all calls fail")
    await expect(banner).to_have_count(0)

    playground.storm(0.05, seed=1)
    await expect(banner).to_be_visible()
    drawer = await inspector(page, "Trouble")
    await expect(drawer.get_by_role("list", name="Faults on order").get_by_text("0.4 %").first).to_be_visible()

    await drawer.get_by_role("button", name="Remove all").click()
    await expect(banner).to_be_hidden()
