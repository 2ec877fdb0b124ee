"""`make pictures`: the README's pictures, taken from the running demo in a real browser. Needs Chromium."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from playwright.async_api import Page, ViewportSize, async_playwright

from bot.demo import playground_for, running, sample
from tests.playground.page.conftest import QUIET, chromium

PICTURES = Path(__file__).parent.parent / ".github" / "pictures"
VIEW = ViewportSize(width=1440, height=860)
A_MOMENT, A_NIGHT = 700, 4000  # ms: until what moves gently is at rest, and until a day of the demo has passed


class Photographer:
    """Walks through the page of a demo and takes pictures."""

    def __init__(self, page: Page, address: str, ids: dict[str, str]):
        self._page = page
        self._address = address
        self._ids = ids

    async def looks_through(self, *names: str, place: str = "") -> None:
        """Open the page as these people, side by side."""
        await self._page.goto(f"{self._address}/#{'+'.join(self._ids[name] + place for name in names)}")
        await self._rests()

    async def writes(self, line: str) -> None:
        """Write a line and send it."""
        box = self._page.get_by_role("textbox", name="Message", exact=True).first
        await box.fill(line)
        await box.press("Enter")
        await self._rests()

    async def presses(self, name: str, *, rest: int = A_MOMENT) -> None:
        """Press a button."""
        await self._page.get_by_role("button", name=name, exact=True).first.click()
        await self._rests(rest)

    async def takes(self, name: str) -> None:
        """Take a picture."""
        await self._page.screenshot(path=PICTURES / f"{name}.png")

    async def _rests(self, rest: int = A_MOMENT) -> None:
        await self._page.wait_for_timeout(rest)


@asynccontextmanager
async def demo(theme: Literal["light", "dark"]) -> AsyncIterator[Photographer]:
    """Run a demo of its own, with somebody who takes pictures of it."""
    program, roster = sample()
    playground = playground_for(program, roster)
    with TemporaryDirectory() as folder:
        async with (
            playground,
            running(playground, program, roster, Path(folder) / "demo.sqlite3"),
            async_playwright() as browsers,
        ):
            browser = await browsers.chromium.launch(executable_path=chromium(), args=QUIET)
            context = await browser.new_context(color_scheme=theme, viewport=VIEW, reduced_motion="reduce")
            await context.add_init_script("localStorage.setItem('playground.hint', 'seen')")
            ids = {person.name: str(person.slack_id) for person in roster.people}
            yield Photographer(await context.new_page(), playground.url, ids)
            await browser.close()


async def take_all() -> None:
    """Take every picture of the README."""
    async with demo("light") as photographer:
        await photographer.looks_through("Maya Okafor")
        await photographer.presses("Next thing due", rest=A_NIGHT)
        await photographer.writes("/checkin today 30 video")
        await photographer.takes("playground")
        await photographer.writes("/checkin")
        await photographer.takes("form")
    async with demo("dark") as photographer:
        await photographer.looks_through("Maya Okafor")
        await photographer.presses("Next thing due", rest=A_NIGHT)
        await photographer.writes("/checkin today 45 phone")
        await photographer.presses("One day", rest=A_NIGHT)
        await photographer.looks_through("Maya Okafor", "Tom Lindqvist")
        await photographer.takes("side-by-side")
        await photographer.looks_through("Lena Brandt", place="/home")
        await photographer.presses("Inspector")
        await photographer.takes("inspector")


if __name__ == "__main__":
    asyncio.run(take_all())
