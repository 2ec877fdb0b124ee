"""Each form fits a laptop's screen: a real browser shows it, and it is never scrolled more than once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime

import pytest
from playwright.async_api import Page, ViewportSize, async_playwright

from tests.playground.page.conftest import PATIENCE, QUIET, chromium
from tests.playground.page.test_accessible import findings
from tests.stories.conftest import Stage
from tests.stories.people import Desk
from tests.stories.test_ending import WITH_OTTO, as_roster

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Opened = tuple[str, Desk]  # what stands open, and before whom

LAPTOP = ViewportSize(width=1440, height=900)
ONE_SCROLL = 2.0  # all of the form, in heights of what can be seen of it at once
FACTS = {"rhythm": "every month", "minutes": "60", "means": ["video", "phone"], "arranges": "mentee", "reply_days": "2"}
WORDS = {
    "confidential": "What we say about colleagues stays here; a plan for another job may be told if one of us asks.",
    "off_limits": "Salaries, health, and how others in the program are doing.",
    "expectations": "One honest answer each time, and a draft that is read within a week.",
    "ending": "Either of us may stop without giving reasons; we tell Lena and thank each other.",
}
GOALS = (
    "Catalog ten maps and atlases without asking for help, from the oldest box in the reading room",
    "Speak in front of the whole department once, about something that nobody else there knows",
    "Write the first five pages of the article on the provenance of the Guam collection",
)
GOAL = {
    "why": "It is what I was hired for",
    "measure": "Ten records are in the catalog",
    "help": "Show me two of yours",
}
MET = {"minutes": 45, "next_step": "Maya reads the two essays", "notes": "We spoke about the maps"}
LAST_WEEK = datetime(2018, 4, 24, 16, tzinfo=UTC)


async def check_in(stage: Stage) -> AsyncIterator[Opened]:
    """A meeting: of one pair, of two, with three goals; the same again, a correction, and the list."""
    maya, tom, noor = (stage.desk(who) for who in ("U0MAYA", "U0TOM", "U0NOOR"))
    await maya.types("/checkin")
    yield "a meeting", maya
    for goal in GOALS:
        await maya.types("/goal set")
        await maya.submits({**GOAL, "what": goal})
        await noor.types("/goal set")
        await noor.submits({"what": goal, "pair": "Inês Duarte"})
    await noor.types("/checkin")
    yield "a meeting, two pairs", noor
    await maya.types("/checkin")
    yield "a meeting, three goals", maya
    await maya.types("/checkin")
    await maya.submits({**MET, "day": date(2017, 6, 12), "goal": "Stuck"})
    await maya.clicks("Edit")
    yield "a meeting, edited", maya
    await tom.types("/checkin list")
    await tom.clicks("Open")
    yield "a meeting of one's partner", tom
    for day in range(1, 12):
        await maya.types(f"/checkin June {day} 30")
    await maya.types("/mentoring status")
    await maya.clicks("Log a meeting")
    await maya.clicks("Your meetings")
    yield "the list of meetings", maya


async def corrections(stage: Stage) -> AsyncIterator[Opened]:
    """Long after: a meeting is put right."""
    maya = stage.desk("U0MAYA")
    await stage.goes_to(datetime(2017, 7, 5, 16, tzinfo=UTC))
    await maya.types("/checkin June 12 50")
    await maya.clicks("Correct it")
    yield "a correction", maya


async def agreement(stage: Stage) -> AsyncIterator[Opened]:
    """The agreement: both pages, the summary, a change, what was typed meanwhile, a version."""
    maya, tom = stage.desk("U0MAYA"), stage.desk("U0TOM")
    await maya.types("/agreement")
    yield "the agreement, new", maya
    await maya.types("/agreement")
    await maya.submits(FACTS)
    yield "the agreement, second page", maya
    await maya.types("/agreement")
    await maya.submits(WORDS)
    yield "the agreement, summed up", maya
    await tom.types("/agreement change")
    yield "the agreement, to change", tom
    await tom.types("/agreement change")
    await tom.submits()
    yield "the agreement, second page to change", tom


async def goals(stage: Stage) -> AsyncIterator[Opened]:
    """Goals: a new one, a change, a word, the story, the list."""
    maya, tom = stage.desk("U0MAYA"), stage.desk("U0TOM")
    await maya.types("/goal 3 dropped")
    await maya.types("/goal set")
    yield "a goal", maya
    await maya.types("/goal set")
    await maya.submits(what=GOALS[2], **GOAL)
    yield "the goals", maya
    for desk in (maya, tom):
        await desk.types("/goal")
        await desk.clicks("change_goal")
        yield f"a goal to change by {desk.id}", desk
    for state in ("Stuck", "Moving"):
        await maya.types("/goal")
        await maya.clicks("mark_goal", state)
        await maya.clicks("Add a word")
        if state == "Stuck":
            yield "a word about a goal", maya
    await maya.submits(word="Waiting for the reading room to open again")
    await maya.clicks("goal_story")
    yield "a goal's story", maya


async def meetings_to_come(stage: Stage) -> AsyncIterator[Opened]:
    """The next meeting, and next steps."""
    maya, noor = stage.desk("U0MAYA"), stage.desk("U0NOOR")
    await maya.types("/mentoring next")
    yield "the next meeting", maya
    await noor.types("/mentoring next")
    yield "the next meeting, two pairs", noor
    await maya.types("/mentoring steps")
    await maya.clicks("Add a next step")
    yield "a next step", maya
    await maya.types("/mentoring steps")
    await maya.clicks("Add a next step")
    await maya.submits(what="Send the plan of the reading room and the list of all that is missing", owner="Tom")
    yield "next steps", maya


async def everyday(stage: Stage) -> AsyncIterator[Opened]:
    """Settings, a break, a phase, a word in confidence."""
    maya, noor, lena = stage.desk("U0MAYA"), stage.desk("U0NOOR"), stage.desk("U0LENA")
    for desk in (maya, lena, stage.desk("U0ADA")):
        await desk.types("/mentoring settings")
        yield f"settings of {desk.id}", desk
    await maya.types("/mentoring settings")
    await maya.submits()
    yield "settings, saved", maya
    await noor.types("/mentoring pause")
    yield "a break", noor
    await lena.types("/mentoring phase")
    yield "a phase", lena
    await maya.types("/mentoring word")
    yield "a word past the liaison", maya


async def endings(stage: Stage) -> AsyncIterator[Opened]:
    """An ending with its confirmation, a new partner, another liaison."""
    maya, ada = stage.desk("U0MAYA"), stage.desk("U0ADA")
    await as_roster(stage, WITH_OTTO)
    await ada.types("/mentoring handover")
    yield "another liaison", ada
    await maya.types("/mentoring end")
    yield "an ending", maya
    await maya.types("/mentoring end")
    await maya.submits(reason="Other duties have come up, and there is no hour left for it in my week.")
    yield "an ending, to confirm", maya
    await maya.types("/mentoring end")
    await maya.submits()
    await maya.submits()
    await maya.types("/mentoring rematch")
    yield "a new partner", maya


async def announcements(stage: Stage) -> AsyncIterator[Opened]:
    """An announcement, and how it will look; the caseload."""
    ada, lena = stage.desk("U0ADA"), stage.desk("U0LENA")
    await ada.types("/announce")
    yield "an announcement", ada
    await ada.types("/announce")
    await ada.submits(text="The training moves to Friday.\n\nBring a map.", audience=["mentee", "mentor"])
    yield "an announcement, before it goes out", ada
    await lena.types("/mentoring")
    await lena.clicks("See my pairs")
    yield "the caseload", lena


async def closing(stage: Stage) -> AsyncIterator[Opened]:
    """Rounding off."""
    ben = stage.desk("U0BEN")
    stage.playground.hooks = None
    await stage.goes_to(LAST_WEEK)
    await ben.types("/mentoring closing")
    yield "rounding off", ben


async def everything(stage: Stage) -> AsyncIterator[Opened]:
    """Open every form there is, one after the other; whoever looks closes each before the next."""
    parts = (check_in, goals, agreement, meetings_to_come, everyday, announcements, corrections, endings, closing)
    for part in parts:
        async for name, desk in part(stage):
            assert desk.modals, f"{name} does not open"
            yield name, desk


@asynccontextmanager
async def laptop() -> AsyncIterator[Page]:
    """Open a browser as wide and high as a laptop's."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        context = await browser.new_context(viewport=LAPTOP, reduced_motion="reduce", color_scheme="light")
        context.set_default_timeout(PATIENCE)
        await context.add_init_script("localStorage.setItem('playground.hint', 'seen')")
        yield await context.new_page()
        await browser.close()


async def shown(page: Page, stage: Stage, desk: Desk) -> None:
    """Look at the form on top through the eyes of who has it open."""
    address = f"{stage.playground.url}/#{desk.id}"
    if page.url != address:
        await page.goto(address)
    assert desk.form is not None
    await page.get_by_role("dialog", name=desk.form["title"]["text"]).wait_for()


async def height(page: Page) -> float:
    """How high the open form is, in heights of what can be seen of it at once."""
    body = page.locator("dialog[open] .modal-body")
    return float(await body.evaluate("body => body.scrollHeight / body.clientHeight"))


async def closed(page: Page, desk: Desk) -> None:
    """Close what is open, and see it go: the next form may have the same title."""
    await desk.closes(whole_stack=True)
    await page.locator("dialog[open]").wait_for(state="hidden")


async def test_no_form_is_scrolled_more_than_once(stage: Stage) -> None:
    high: dict[str, float] = {}
    async with laptop() as page:
        async for name, desk in everything(stage):
            await shown(page, stage, desk)
            high[name] = await height(page)
            await closed(page, desk)

    assert {name: round(times, 1) for name, times in high.items() if times > ONE_SCROLL} == {}
    assert max(high.values()) > 1.1  # or nothing was measured
    assert len(high) > 30


async def test_forms_hold_to_the_rules_of_accessibility_in_both_themes(stage: Stage) -> None:
    tom = stage.desk("U0TOM")
    wrong: dict[str, list[str]] = {}
    async with laptop() as page:
        for line in ("/checkin", "/agreement", "/mentoring settings"):
            await tom.types(line)
            await shown(page, stage, tom)
            wrong[line] = await findings(page)
            await closed(page, tom)

    assert {line: found for line, found in wrong.items() if found} == {}
