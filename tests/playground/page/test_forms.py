"""Forms: what is wrong stands at its field, one lies on another, nothing typed is lost, and the focus stays inside."""

from typing import Any

import pytest
from playwright.async_api import expect
from slack_bolt.async_app import AsyncApp

from tests.playground.page.bench import form, open_form, opens, options, section
from tests.playground.page.conftest import Visit
from tests.playground.page.lantern import field, plain

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

WHERE = field("where", "Where", {"type": "plain_text_input"})
LAMP = field("lamp", "Lamp", {"type": "static_select", "options": options("Oil", "Gas")})


async def test_what_is_wrong_is_said_and_the_focus_goes_to_the_first(visit: Visit, lantern: AsyncApp) -> None:
    opens(lantern, form(WHERE, LAMP))
    page = await visit("UMAYA")
    dialog = await open_form(page)
    where, lamp = dialog.get_by_label("Where"), dialog.get_by_role("combobox", name="Lamp")

    await dialog.get_by_role("button", name="Send").click()

    await expect(where).to_be_focused()
    await expect(where).to_have_attribute("aria-invalid", "true")
    await expect(lamp).to_have_accessible_description("Please complete this required field.")
    await expect(dialog.get_by_role("status").filter(has_text="2 answers need another look.")).to_have_count(1)


async def test_the_app_can_refuse_an_answer_at_a_menu(visit: Visit, lantern: AsyncApp) -> None:
    opens(lantern, form(LAMP), response_action="errors", errors={"lamp": "There is no gas."})
    page = await visit("UMAYA")
    dialog = await open_form(page)
    lamp = dialog.get_by_role("combobox", name="Lamp")

    await lamp.fill("gas")
    await lamp.press("Enter")
    await dialog.get_by_role("button", name="Send").click()

    await expect(lamp).to_be_focused()
    await expect(lamp).to_have_accessible_description("There is no gas.")
    await expect(lamp).to_have_value("Gas")


async def test_a_form_on_another_says_where_it_lies_and_leads_back(visit: Visit, lantern: AsyncApp) -> None:
    under = form(
        {"type": "actions", "elements": [{"type": "button", "action_id": "deeper", "text": plain("Deeper")}]}, WHERE
    )

    @lantern.action("deeper")
    async def deeper(ack: Any, body: Any, client: Any) -> None:
        await ack()
        view = {"type": "modal", "title": plain("On top"), "blocks": [section("Down there is the other.")]}
        await client.views_push(trigger_id=body["trigger_id"], view=view)

    opens(lantern, under)
    page = await visit("UMAYA")
    dialog = await open_form(page)
    await dialog.get_by_label("Where").fill("River")

    await dialog.get_by_role("button", name="Deeper").click()
    top = page.get_by_role("dialog", name="On top")
    await expect(top).to_contain_text("2 of 2, on top of “Test”")
    await expect(top.get_by_role("button", name="Close")).to_be_visible()
    await top.get_by_role("button", name="Return").click()

    await expect(dialog.get_by_label("Where")).to_have_value("River")
    await expect(dialog.get_by_role("button", name="Return")).to_have_count(0)


async def test_what_was_filled_in_outlives_an_update_of_the_form(visit: Visit, lantern: AsyncApp) -> None:
    size = field("size", "Size", {"type": "radio_buttons", "options": options("Small", "Big")}, dispatch_action=True)
    size["element"]["action_id"] = "sized"
    people = field("who", "Walkers", {"type": "multi_users_select"}, optional=True)
    sent = opens(lantern, form(WHERE, people, size))
    changed = form(section("Changed."), WHERE, people, size)

    @lantern.action("sized")
    async def sized(ack: Any, body: Any, client: Any) -> None:
        await ack()
        await client.views_update(view_id=body["view"]["id"], view=changed)

    page = await visit("UMAYA")
    dialog = await open_form(page)
    await dialog.get_by_label("Where").fill("River")
    await dialog.get_by_role("combobox", name="Walkers").fill("tom")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Escape")
    await dialog.get_by_label("Big").check()
    await expect(dialog.get_by_text("Changed.")).to_be_visible()
    await dialog.get_by_role("button", name="Send").click()

    await expect(dialog).to_have_count(0)
    assert (sent[0]["where"]["it"]["value"], sent[0]["who"]["it"]["selected_users"]) == ("River", ["UTOM"])


async def test_a_long_form_scrolls_between_its_head_and_its_foot(visit: Visit, lantern: AsyncApp) -> None:
    opens(
        lantern, form(*[field(f"f{n}", f"Field {n}", {"type": "plain_text_input"}, optional=True) for n in range(30)])
    )
    page = await visit("UMAYA", width=380)
    dialog = await open_form(page)

    await dialog.get_by_label("Field 29").scroll_into_view_if_needed()

    await expect(dialog.get_by_role("heading", name="Test")).to_be_in_viewport()
    await expect(dialog.get_by_role("button", name="Send")).to_be_in_viewport()
    assert await page.evaluate("document.documentElement.scrollWidth") == 380


async def test_the_focus_stays_in_a_form_and_escape_closes_the_list_before_the_form(
    visit: Visit, lantern: AsyncApp
) -> None:
    opens(lantern, form(LAMP))
    page = await visit("UMAYA")
    dialog = await open_form(page)
    lamp = dialog.get_by_role("combobox", name="Lamp")
    await expect(lamp).to_be_focused()

    inside = (
        "document.querySelector('dialog').contains(document.activeElement) || document.activeElement === document.body"
    )
    for _ in range(6):
        await page.keyboard.press("Tab")
        assert await page.evaluate(inside)
    await lamp.press("ArrowDown")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("listbox")).to_have_count(0)
    await expect(dialog).to_be_visible()
    await page.keyboard.press("Escape")

    await expect(dialog).to_have_count(0)
    await expect(page.get_by_role("textbox", name="Message")).to_be_focused()
