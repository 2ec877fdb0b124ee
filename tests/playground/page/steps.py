"""What every test of the page does: find the place to write, write there, look at what was said."""

import re

from playwright.async_api import Locator, Page, expect


def composer(place: Page | Locator) -> Locator:
    """Where one writes, on the page or in one of its panes."""
    return place.get_by_role("textbox", name="Message")


async def say(place: Page | Locator, text: str) -> None:
    """Write something and send it."""
    await composer(place).fill(text)
    await composer(place).press("Enter")


async def keys(place: Page | Locator, text: str) -> None:
    """Type key by key, once there is somewhere to type."""
    await expect(composer(place)).to_be_enabled()
    await composer(place).press_sequentially(text)


def log(place: Page | Locator) -> Locator:
    """What was said."""
    return place.get_by_role("log", name="Messages")


def message(place: Page | Locator, text: str) -> Locator:
    """The one message that says so."""
    return log(place).get_by_role("article").filter(has_text=text)


def pane(page: Page, person: str) -> Locator:
    """The screen of one person, where two stand side by side."""
    return page.get_by_role("region", name=person, exact=True)


def thread(place: Page | Locator) -> Locator:
    """The thread panel."""
    return place.get_by_role("complementary", name="Thread")


async def tool(place: Page | Locator, text: str, name: str) -> None:
    """Point at the message that says `text`, and use what its toolbar offers."""
    await message(place, text).hover()
    await message(place, text).get_by_role("button", name=name, exact=True).click()


async def menu_offers(page: Page, *names: str | re.Pattern[str]) -> None:
    """Expect the open menu to offer exactly this."""
    await expect(page.get_by_role("menuitem")).to_have_text([*names])
