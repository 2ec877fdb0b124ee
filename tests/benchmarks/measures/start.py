"""Start: from nothing to the first command acknowledged, imports and all."""

import statistics
import time
from collections.abc import AsyncIterator

from tests.benchmarks.progress import say
from tests.benchmarks.stage.databases import SQLITE, filled
from tests.benchmarks.stage.live import crowd_of_today, mentor, playground_with, tandem_process
from tests.benchmarks.table import Line, less

STARTS = 5
PAIRS = 41


async def measure() -> AsyncIterator[Line]:
    """Start `tandem run` a few times."""
    say(f"start: tandem run, {STARTS} times")
    async with filled(SQLITE, crowd_of_today(PAIRS)) as url:
        seconds = statistics.median([await _seconds(url) for _ in range(STARTS)])
    yield less("tandem run, start to first acknowledgement", seconds, "s", at_most=2)


async def _seconds(url: str) -> float:
    async with playground_with(PAIRS) as playground:
        began = time.perf_counter()
        async with tandem_process(("bot.cli", "run"), playground, url):
            await playground.person(mentor(0).id).types("/mentoring help")
            return time.perf_counter() - began
