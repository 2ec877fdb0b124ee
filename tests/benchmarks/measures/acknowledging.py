"""Acknowledging: two hundred people type `/checkin` at the same moment, through Socket Mode into a real process."""

import asyncio
import statistics
import time
from collections.abc import AsyncIterator

from bot.playground import PersonDriver
from tests.benchmarks.progress import say
from tests.benchmarks.stage.databases import SQLITE, filled
from tests.benchmarks.stage.live import PATIENCE, crowd_of_today, mentor, playground_with, tandem_process
from tests.benchmarks.table import Line, less

PEOPLE, ONE_BY_ONE = 200, 30


async def measure() -> AsyncIterator[Line]:
    """Measure what all of them wait for, and what one waits for who is alone."""
    say(f"acknowledging: {PEOPLE} commands at once")
    async with (
        filled(SQLITE, crowd_of_today(PEOPLE + ONE_BY_ONE)) as url,
        playground_with(PEOPLE + ONE_BY_ONE) as playground,
        tandem_process(("bot",), playground, url),
    ):
        desks = [playground.person(mentor(number).id) for number in range(PEOPLE + ONE_BY_ONE)]
        alone = [await _opens_form(desk) for desk in desks[PEOPLE:]]
        at_once = await asyncio.gather(*(_opens_form(desk) for desk in desks[:PEOPLE]))
    slowest = max(acknowledged for acknowledged, _ in at_once)
    yield less(f"{PEOPLE} commands at once, the slowest acknowledged", slowest, "ms", at_most=250)
    yield less("  form opened, median", statistics.median(opened for _, opened in at_once), "ms", at_most=50)
    yield less("form opened, one at a time, median", statistics.median(opened for _, opened in alone), "ms", at_most=50)


async def _opens_form(desk: PersonDriver) -> tuple[float, float]:
    """Type the command; return the milliseconds until it was acknowledged, and until Slack had the form."""
    began = time.perf_counter()
    await desk.types("/checkin")
    acknowledged = time.perf_counter()
    await desk.waits_for_form(PATIENCE)
    return (acknowledged - began) * 1000, (time.perf_counter() - began) * 1000
