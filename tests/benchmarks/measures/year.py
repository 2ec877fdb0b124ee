"""A year: the sample's 41 pairs through eleven months, by the real rules, words and use cases; nothing is sent."""

import asyncio
import time
from collections.abc import AsyncIterator

from bot.content.rosters import Roster, read_roster
from bot.content.shipped import shipped_program
from bot.domain.program import Program
from bot.rehearsal.behaviors import Behavior
from bot.rehearsal.year import Year, rehearse
from bot.wiring import make_composer, open_store
from tests.benchmarks.progress import say
from tests.benchmarks.stage.crowd import FIRST_DAY, sample_beginning
from tests.benchmarks.stage.databases import SQLITE, empty
from tests.benchmarks.table import Line, less


async def measure() -> AsyncIterator[Line]:
    """Live a year on a database, and rehearse each kind of year in memory."""
    for behavior in (Behavior.SILENT, Behavior.HEALTHY):
        say(f"year: {behavior}, on SQLite")
        yield less(f"a year of 41 pairs, {behavior}, SQLite", await _seconds_on_disk(behavior), "s", at_most=3)
    for behavior in Behavior:
        say(f"year: {behavior}, in memory")
        yield less(f"  rehearsed in memory, {behavior}", await asyncio.to_thread(_rehearsed, behavior), "s", at_most=5)


async def _seconds_on_disk(behavior: Behavior) -> float:
    program, roster = _sample()
    with empty(SQLITE) as url:
        async with open_store(url) as (_, store):
            year = Year(program, roster, behavior, make_composer(), store)
            began = time.perf_counter()
            async for _ in year.live():
                pass
            return time.perf_counter() - began


def _rehearsed(behavior: Behavior) -> float:
    program, roster = _sample()
    began = time.perf_counter()
    rehearse(program, roster, behavior, make_composer())
    return time.perf_counter() - began


def _sample() -> tuple[Program, Roster]:
    program = sample_beginning(FIRST_DAY)
    return program, read_roster(shipped_program("alcts-2017")[1], None, program)
