"""Idle: what a tick costs that finds nothing due, among a million pairs as among the 41 of the sample."""

import statistics
import time
from collections.abc import AsyncIterator

from bot.wiring import Tandem
from scheduler.jobs import tick
from tests.benchmarks.progress import say
from tests.benchmarks.stage.app import tandem_on
from tests.benchmarks.stage.crowd import Crowd
from tests.benchmarks.stage.databases import BOTH, filled
from tests.benchmarks.stage.quick_slack import quick_slack
from tests.benchmarks.table import Line, less

FEW, MANY = Crowd(41), Crowd(200, workspaces=5_000)
WARM_UP, TICKS = 50, 400


async def measure() -> AsyncIterator[Line]:
    """Let the real tick look and find nothing, many pairs beside few."""
    for kind in BOTH:
        few, many = await _ticks(kind)
        yield less(f"idle tick, {MANY.pairs:,} pairs, {kind}", many, "ms", at_most=2)
        yield less(f"  compared with {FEW.pairs} pairs", many / few, "times", at_most=1.5)


async def _ticks(kind: str) -> tuple[float, float]:
    """Return the median milliseconds with few and with many, taken in turns: what disturbs one disturbs the other."""
    say(f"idle: {kind}, {MANY.pairs:,} pairs")
    async with (
        quick_slack() as slack,  # which confirms the time once; else each beat would ask for it
        filled(kind, FEW) as few_url,
        filled(kind, MANY) as many_url,
        tandem_on(few_url, slack_api_url=slack.api_url) as few,
        tandem_on(many_url, slack_api_url=slack.api_url) as many,
    ):
        took = [(await _milliseconds(few), await _milliseconds(many)) for _ in range(WARM_UP + TICKS)]
    with_few, with_many = zip(*took[WARM_UP:], strict=True)
    return statistics.median(with_few), statistics.median(with_many)


async def _milliseconds(tandem: Tandem) -> float:
    began = time.perf_counter()
    await tick(tandem)
    return (time.perf_counter() - began) * 1000
