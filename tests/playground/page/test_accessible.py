"""The main screens hold to axe's accessibility rules, in both themes, at three widths."""

from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect
from slack_bolt.async_app import AsyncApp

from tests.playground.page.bench import actions, form, last_message, open_form, opens, options, section, show
from tests.playground.page.conftest import Visit
from tests.playground.page.lantern import Block, field, mrkdwn, plain

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

SERIOUS = ("serious", "critical")
WIDTHS = pytest.mark.parametrize("width", [1600, 1100, 380])
QUESTION = {"title": plain("Sure?"), "text": plain("No way back."), "confirm": plain("Yes"), "deny": plain("No")}
BUTTONS: list[Block] = [
    {"type": "button", "action_id": "one", "text": plain("Go"), "style": "primary"},
    {"type": "button", "action_id": "two", "text": plain("End"), "style": "danger", "confirm": QUESTION},
    {"type": "users_select", "action_id": "three", "placeholder": plain("A guide")},
    {"type": "datepicker", "action_id": "four", "placeholder": plain("Another day")},
    {"type": "overflow", "action_id": "five", "options": options("Trim", "Fill")},
]
TALK: list[Block] = [
    {"type": "header", "text": plain("The walk")},
    section("*Do you come*, <@UMAYA>? See `map` and <https://example.org|the plan>.\n> quoted\n```code```"),
    section(
        "Lamps", accessory={"type": "multi_users_select", "action_id": "six", "placeholder": plain("Choose people")}
    ),
    section("Bring", accessory={"type": "checkboxes", "action_id": "seven", "options": options("Tea", "Map")}),
    {"type": "context", "elements": [mrkdwn("A note")]},
    {"type": "image", "image_url": "https://example.org/x.png", "alt_text": "A lamp"},
    actions(*BUTTONS),
]
FORM = form(
    field(
        "where", "Where", {"type": "plain_text_input", "max_length": 3, "initial_value": "abc"}, hint=plain("A place")
    ),
    field("lamp", "Lamp", {"type": "static_select", "options": options("Oil", "Gas")}),
    field("who", "Walkers", {"type": "multi_users_select", "initial_users": ["UTOM"]}, optional=True),
    field("when", "When", {"type": "datetimepicker"}, optional=True),
    field("way", "Way", {"type": "radio_buttons", "options": options("Short", "Long")}),
    field("words", "Words", {"type": "rich_text_input"}, optional=True),
)


async def findings(page: Page) -> list[str]:
    """What axe holds against the page as it stands, if it is serious. The themes differ in colors alone."""
    await page.emulate_media(color_scheme="light")
    light = await violations(page, {"resultTypes": ["violations"]})
    await page.emulate_media(color_scheme="dark")
    dark = await violations(page, {"resultTypes": ["violations"], "runOnly": ["color-contrast"]})
    return light + [f"dark {one}" for one in dark]


async def violations(page: Page, how: dict[str, Any]) -> list[str]:
    found: dict[str, Any] = (await Axe().run(page, options=how)).response
    wrong = [one for one in found["violations"] if one["impact"] in SERIOUS]
    return [f"{one['id']}: {' '.join(node['target'])}" for one in wrong for node in one["nodes"]]


async def open_inspector(page: Page, tab: str) -> None:
    await page.get_by_role("button", name="Inspector", exact=True).click()
    await page.get_by_role("tab", name=tab).click()


@WIDTHS
async def test_the_screens_hold_to_the_rules(visit: Visit, lantern: AsyncApp, width: int) -> None:
    """Welcome, conversation, a menu, home, the clock's panel, both sides of the inspector."""
    await show(lantern, *TALK)
    page = await visit(width=width)
    await expect(page.get_by_role("heading", name="Lantern")).to_be_visible()
    seen = {"welcome": await findings(page)}

    page = await visit("UMAYA/home", width=width)
    await expect(page.get_by_role("heading", name="Your lantern")).to_be_visible()
    seen["home"] = await findings(page)

    page = await visit("UMAYA", width=width)
    await expect(last_message(page)).to_be_visible()
    seen["conversation"] = await findings(page)
    await last_message(page).get_by_role("combobox", name="A guide").press("ArrowDown")
    seen["menu"] = await findings(page)
    await page.keyboard.press("Escape")

    if width < 700:
        await page.get_by_role("button", name="Move the clock").click()
    await page.get_by_role("button", name="Go to a date").click()
    seen["clock"] = await findings(page)
    await page.keyboard.press("Escape")

    await open_inspector(page, "Traffic")
    await (
        page.get_by_role("list", name="Entries").get_by_role("button").filter(has_text="chat.postMessage").first.click()
    )
    seen["traffic"] = await findings(page)
    await page.get_by_role("tab", name="Trouble").click()
    seen["trouble"] = await findings(page)

    assert {name: wrong for name, wrong in seen.items() if wrong} == {}


@WIDTHS
async def test_the_forms_hold_to_the_rules(visit: Visit, lantern: AsyncApp, width: int) -> None:
    """A form with errors, and the question before a click."""
    opens(lantern, FORM)
    await show(lantern, actions(*BUTTONS))
    page = await visit("UMAYA", width=width)
    await last_message(page).get_by_role("button", name="End", exact=True).click()
    await expect(page.get_by_role("alertdialog", name="Sure?")).to_be_visible()
    seen = {"confirm": await findings(page)}
    await page.keyboard.press("Escape")

    dialog = await open_form(page)
    await dialog.get_by_role("button", name="Send").click()
    await expect(dialog.get_by_role("combobox", name="Lamp")).to_have_attribute("aria-invalid", "true")
    seen["form"] = await findings(page)

    assert {name: wrong for name, wrong in seen.items() if wrong} == {}


@pytest.mark.parametrize("width", [1100, 380])
async def test_what_opens_beside_and_above_holds_to_the_rules(visit: Visit, lantern: AsyncApp, width: int) -> None:
    """A thread, what a slash offers, the switcher, the picker of emoji, two people side by side."""
    root = await lantern.client.chat_postMessage(channel="C1", text="Who comes along?")
    await lantern.client.chat_postMessage(channel="C1", text="I do", thread_ts=root["ts"])
    page = await visit(f"UMAYA/C1/{root['ts']}", width=width)
    await expect(page.get_by_role("textbox", name="Reply")).to_be_visible()
    seen = {"thread": await findings(page)}
    await page.get_by_role("button", name="Close the thread").click()

    await page.get_by_role("textbox", name="Message").press_sequentially("/")
    await expect(page.get_by_role("listbox", name="Commands")).to_be_visible()
    seen["slash"] = await findings(page)
    await page.keyboard.press("Control+k")
    seen["switcher"] = await findings(page)
    await page.keyboard.press("Escape")
    await last_message(page).hover()
    await last_message(page).get_by_role("button", name="Add a reaction").click()
    seen["picker"] = await findings(page)

    page = await visit("UMAYA/C1+UTOM", width=width)
    await expect(page.get_by_role("heading", name="general", exact=True)).to_be_visible()
    seen["beside"] = await findings(page)

    assert {name: wrong for name, wrong in seen.items() if wrong} == {}
