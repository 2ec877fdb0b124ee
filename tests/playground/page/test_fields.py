"""Fields: menus by typing and by keys, several of many, days, moments, rich words; and what Slack is sent of them."""

from typing import Any

import pytest
from playwright.async_api import expect
from slack_bolt.async_app import AsyncApp

from bot.playground import Playground
from tests.playground.page.bench import (
    actions,
    choose,
    form,
    heard_once,
    hears,
    last_message,
    open_form,
    opens,
    options,
    section,
    show,
)
from tests.playground.page.conftest import Visit
from tests.playground.page.lantern import field, plain

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

MENU = {
    "type": "static_select",
    "action_id": "pick",
    "placeholder": plain("Pick a lamp"),
    "options": options("Oil", "Gas", "Neon"),
}


async def test_a_menu_is_narrowed_by_typing(visit: Visit, playground: Playground, lantern: AsyncApp) -> None:
    heard = hears(lantern, "pick")
    await show(lantern, section("Which lamp?", accessory=MENU))
    page = await visit("UMAYA")
    box = last_message(page).get_by_role("combobox", name="Which lamp?")

    await box.press_sequentially("ne")
    await expect(page.get_by_role("option")).to_have_text(["Neon"])
    await box.press("Enter")

    assert (await heard_once(playground, heard))["selected_option"]["value"] == "neon"
    await expect(box).to_have_value("Neon")
    await expect(page.get_by_role("listbox")).to_have_count(0)


async def test_a_menu_is_walked_by_arrows_and_left_by_escape(
    visit: Visit, playground: Playground, lantern: AsyncApp
) -> None:
    heard = hears(lantern, "pick")
    await show(lantern, section("Which lamp?", accessory=MENU))
    page = await visit("UMAYA")
    box = last_message(page).get_by_role("combobox")

    await box.press("ArrowDown")
    await expect(box).to_have_attribute("aria-expanded", "true")
    await box.press("Escape")
    await expect(box).to_have_attribute("aria-expanded", "false")
    assert heard == []
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp", "Enter"):
        await box.press(key)

    assert (await heard_once(playground, heard))["selected_option"]["value"] == "gas"


async def test_what_was_typed_without_choosing_goes(visit: Visit, lantern: AsyncApp) -> None:
    heard = hears(lantern, "pick")
    await show(lantern, section("Which lamp?", accessory=MENU))
    page = await visit("UMAYA")
    box = last_message(page).get_by_role("combobox")

    await box.fill("moonlight")
    await expect(page.get_by_text("Nothing fits.").first).to_be_visible()
    await box.blur()

    await expect(box).to_have_value("")
    assert heard == []


async def test_people_are_found_by_name_and_title_and_those_who_left_are_not(
    visit: Visit, playground: Playground, lantern: AsyncApp
) -> None:
    heard = hears(lantern, "who")
    await show(lantern, actions({"type": "users_select", "action_id": "who", "placeholder": plain("A guide")}))
    page = await visit("UMAYA")
    box = last_message(page).get_by_role("combobox", name="A guide")

    await box.click()
    await expect(page.get_by_role("option")).to_have_count(4)
    await box.press_sequentially("guide")
    await box.press("Enter")

    assert (await heard_once(playground, heard))["selected_user"] == "UTOM"


async def test_several_are_chosen_up_to_the_most_allowed_and_taken_back(visit: Visit, lantern: AsyncApp) -> None:
    element = {"type": "multi_users_select", "max_selected_items": 2}
    sent = opens(lantern, form(field("who", "Walkers", element)))
    page = await visit("UMAYA")
    dialog = await open_form(page)
    box = dialog.get_by_role("combobox", name="Walkers")

    for name in ("tom", "lena", "ada"):
        await choose(dialog, "Walkers", name)
    chosen = dialog.get_by_role("list", name="Chosen").get_by_role("listitem")
    await expect(chosen).to_have_text(["Tom Okafor", "Lena Fischer"])
    await box.press("Escape")
    await box.press("Backspace")
    await choose(dialog, "Walkers", "ada")
    await dialog.get_by_role("button", name="Remove Tom Okafor").click()
    await dialog.get_by_role("button", name="Send").click()

    await expect(dialog).to_have_count(0)
    assert sent[0]["who"]["it"]["selected_users"] == ["UADA"]


async def test_groups_have_names_and_a_choice_that_may_be_empty_is_cleared(visit: Visit, lantern: AsyncApp) -> None:
    groups = [
        {"label": plain("Warm"), "options": options("Oil", "Gas")},
        {"label": plain("Cold"), "options": options("Neon")},
    ]
    element = {"type": "static_select", "option_groups": groups, "initial_option": options("Gas")[0]}
    sent = opens(lantern, form(field("lamp", "Lamp", element, optional=True)))
    page = await visit("UMAYA")
    dialog = await open_form(page)

    await dialog.get_by_role("combobox", name="Lamp").press("ArrowDown")
    await expect(page.get_by_role("group", name="Warm").get_by_role("option")).to_have_text(["Oil", "Gas"])
    await page.keyboard.press("Escape")
    await dialog.get_by_role("button", name="Clear choice").click()
    await dialog.get_by_role("button", name="Send").click()

    await expect(dialog).to_have_count(0)
    assert sent[0]["lamp"]["it"]["selected_option"] is None


async def test_a_select_from_outside_asks_the_app_as_one_types(visit: Visit, lantern: AsyncApp) -> None:
    asked: list[str] = []

    @lantern.options("it")
    async def lamps(ack: Any, payload: Any) -> None:
        asked.append(payload["value"])
        found = [one for one in ("Oil lamp", "Gas lamp") if payload["value"] in one.lower()]
        await ack(options=options(*found))

    element = {"type": "external_select", "min_query_length": 2, "placeholder": plain("Search lamps")}
    sent = opens(lantern, form(field("lamp", "Lamp", element)))
    page = await visit("UMAYA")
    dialog = await open_form(page)
    box = dialog.get_by_role("combobox", name="Lamp")

    await box.press_sequentially("g")
    await expect(page.get_by_text("Type 2 letters to search.").first).to_be_visible()
    await box.fill("nothing")
    await expect(page.get_by_text("Nothing fits.").first).to_be_visible()
    await box.press_sequentially("x")
    await box.fill("gas")
    await expect(page.get_by_role("option")).to_have_text(["Gas lamp"])
    await box.press("Enter")
    await dialog.get_by_role("button", name="Send").click()

    await expect(dialog).to_have_count(0)
    assert (asked[0], asked[-1]) == (
        "nothing",
        "gas",
    )  # what is typed on at once is not asked for, unless it takes long
    assert sent[0]["lamp"]["it"]["selected_option"]["value"] == "gas lamp"


async def test_a_conversation_is_a_room_or_ones_own(visit: Visit, lantern: AsyncApp) -> None:
    sent = opens(
        lantern, form(field("where", "Where", {"type": "conversations_select", "filter": {"include": ["im"]}}))
    )
    page = await visit("UMAYA")
    dialog = await open_form(page)

    await dialog.get_by_role("combobox", name="Where").press("ArrowDown")
    await expect(page.get_by_role("group", name="Direct messages").get_by_role("option")).to_have_count(1)
    await page.keyboard.press("Enter")
    await dialog.get_by_role("button", name="Send").click()

    await expect(dialog).to_have_count(0)
    assert sent[0]["where"]["it"]["selected_conversation"] == "DUMAYA"


async def test_a_day_is_chosen_in_the_calendar_by_keys(visit: Visit, playground: Playground, lantern: AsyncApp) -> None:
    heard = hears(lantern, "day")
    await show(lantern, actions({"type": "datepicker", "action_id": "day", "initial_date": "2017-06-04"}))
    page = await visit("UMAYA")

    await last_message(page).get_by_role("button", name="Open calendar").press("Enter")
    for key in ("ArrowDown", "ArrowRight", "PageDown", "Enter"):
        await page.keyboard.press(key)

    assert (await heard_once(playground, heard))["selected_date"] == "2017-07-12"
    await expect(page.get_by_role("grid")).to_have_count(0)


async def test_a_moment_is_a_day_and_a_time_in_the_readers_zone(visit: Visit, lantern: AsyncApp) -> None:
    sent = opens(lantern, form(field("when", "Exactly when", {"type": "datetimepicker"})))
    page = await visit("UMAYA")
    dialog = await open_form(page)

    await dialog.get_by_label("Exactly when: day").fill("2017-06-08")
    await dialog.get_by_label("Exactly when: time").fill("10:00")
    await expect(dialog.get_by_text("New York time")).to_be_visible()
    await dialog.get_by_role("button", name="Send").click()

    await expect(dialog).to_have_count(0)
    assert sent[0]["when"]["it"]["selected_date_time"] == 1496930400  # 14:00 UTC


async def test_letters_are_counted_when_few_are_left(visit: Visit, lantern: AsyncApp) -> None:
    opens(lantern, form(field("word", "A word", {"type": "plain_text_input", "max_length": 10})))
    page = await visit("UMAYA")
    dialog = await open_form(page)

    await dialog.get_by_label("A word").fill("seven")
    await expect(dialog.locator(".letters")).to_be_hidden()
    await dialog.get_by_label("A word").press_sequentially("teen people")

    await expect(dialog.get_by_label("A word")).to_have_value("seventeen ")
    await expect(dialog.locator(".letters")).to_have_text("0 characters left")


async def test_rich_words_are_sent_as_rich_text(visit: Visit, lantern: AsyncApp) -> None:
    sent = opens(lantern, form(field("words", "Words", {"type": "rich_text_input"})))
    page = await visit("UMAYA")
    dialog = await open_form(page)

    await dialog.get_by_role("textbox", name="Words").click()
    await page.keyboard.type("Bring ")
    await dialog.get_by_role("button", name="Bold").click()
    await page.keyboard.type("tea")
    await page.keyboard.press("Enter")
    await dialog.get_by_role("button", name="Bulleted list").click()
    await dialog.get_by_role("button", name="Bold").click()
    await page.keyboard.type("a cup")
    await dialog.get_by_role("button", name="Send").click()

    await expect(dialog).to_have_count(0)
    first, listed = sent[0]["words"]["it"]["rich_text_value"]["elements"]
    assert first["elements"] == [
        {"type": "text", "text": "Bring "},
        {"type": "text", "text": "tea", "style": {"bold": True}},
    ]
    assert (listed["type"], listed["style"]) == ("rich_text_list", "bullet")
    assert listed["elements"][0]["elements"][0]["text"] == "a cup"
