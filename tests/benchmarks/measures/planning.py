"""Planning: how many rows of the agenda one worker decides in a second, with the real rules, when all are due at once.

A decision is one row: read what is known of the pair or member, ask the rules, write the nudges and the next look. The
naive design plans by a job for each reminder, which is added, comes due, fires and is removed. Core alone is the same
claims and inserts without reading or deciding anything.
"""

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass

from scheduler.jobs import plan
from tests.benchmarks.progress import say
from tests.benchmarks.stage.app import tandem_on
from tests.benchmarks.stage.core_alone import Rows, plan_without_rules, planned_nudges
from tests.benchmarks.stage.crowd import MONDAY, Crowd
from tests.benchmarks.stage.databases import BOTH, POSTGRESQL, SQLITE, empty, filled
from tests.benchmarks.stage.naive import NaiveReminders, seconds_to_add
from tests.benchmarks.table import Line, more

ALL_DUE = Crowd(41, workspaces=250, due_at=MONDAY)
NAIVE_JOBS = 2_000
GOALS = {SQLITE: 15_000, POSTGRESQL: 8_000}


@dataclass(frozen=True, slots=True)
class Planned:
    """What one worker did, and how long it took: seconds."""

    looks: int
    nudges: Rows
    seconds: float

    @property
    def rate(self) -> float:
        """Decisions a second."""
        return self.looks / self.seconds


async def measure() -> AsyncIterator[Line]:
    """Measure ours beside the naive design and beside Core alone."""
    for kind in BOTH:
        say(f"planning: {kind}, {ALL_DUE.rows:,} rows due")
        ours = await _plan(kind)
        say(f"planning: {kind}, {NAIVE_JOBS:,} jobs of the naive design")
        naive = await _naive(kind)
        say(f"planning: {kind}, Core alone")
        floor = await _core_alone(kind, ours)
        goal = GOALS[kind]
        yield more(f"planning, {kind}", ours.rate, "decisions/s", at_least=goal, naive=naive, times=20)
        yield more("  nudges written", len(ours.nudges) / ours.seconds, "nudges/s")
        yield more("  share of what Core alone does", ours.rate / floor, "of 1", at_least=0.25)


async def _plan(kind: str) -> Planned:
    async with filled(kind, ALL_DUE) as url, tandem_on(url, MONDAY) as tandem:
        began = time.perf_counter()
        await plan(tandem)
        seconds = time.perf_counter() - began
        return Planned(ALL_DUE.rows, await planned_nudges(tandem.engine), seconds)


async def _core_alone(kind: str, ours: Planned) -> float:
    """Return how many rows a second Core alone does."""
    async with filled(kind, ALL_DUE) as url, tandem_on(url, MONDAY) as tandem:
        began = time.perf_counter()
        done = await plan_without_rules(tandem.engine, ours.nudges, ours.looks)
        return done / (time.perf_counter() - began)


async def _naive(kind: str) -> float:
    """Return how many jobs a second APScheduler gets through, from adding them to removing them."""
    with empty(kind) as url:
        adding = seconds_to_add(url, NAIVE_JOBS)
    with empty(kind) as url:
        reminders = NaiveReminders(url, NAIVE_JOBS)
        await reminders.come_due()
        await reminders.fire()
        return NAIVE_JOBS / (adding + reminders.seconds)
