"""Idle: what a tick costs that finds nothing due, among a million pairs as among the 41 of the sample."""

import statistics
import time
from collections.abc import AsyncIterator

from scheduler.jobs import tick
from tests.benchmarks.progress import say
from tests.benchmarks.stage.app import tandem_on
from tests.benchmarks.stage.crowd import Crowd
from tests.benchmarks.stage.databases import BOTH, filled
from tests.benchmarks.table import Line, less

FEW, MANY = Crowd(41), Crowd(200, workspaces=5_000)
WARM_UP, TICKS = 50, 400


async def measure() -> AsyncIterator[Line]:
    """Let the real tick look and find nothing, many pairs beside few."""
    for kind in BOTH:
        few, many = await _tick_milliseconds(kind, FEW), await _tick_milliseconds(kind, MANY)
        yield less(f"idle tick, {MANY.pairs:,} pairs, {kind}", many, "ms", at_most=2)
        yield less(f"  compared with {FEW.pairs} pairs", many / few, "times", at_most=1.5)


async def _tick_milliseconds(kind: str, crowd: Crowd) -> float:
    say(f"idle: {kind}, {crowd.pairs:,} pairs")
    async with filled(kind, crowd) as url, tandem_on(url) as tandem:
        took = []
        for _ in range(WARM_UP + TICKS):
            began = time.perf_counter()
            await tick(tandem)
            took.append((time.perf_counter() - began) * 1000)
        return statistics.median(took[WARM_UP:])
