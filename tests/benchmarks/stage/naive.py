"""The naive design, which public bots have: one APScheduler job for each reminder, in APScheduler's own job store."""

import asyncio
import pickle
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from apscheduler.events import EVENT_JOB_EXECUTED, EVENT_JOB_MISSED, JobExecutionEvent
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.schedulers.background import BackgroundScheduler

from tests.benchmarks.stage.crowd import plain

DEFAULT_GRACE = 1  # seconds: APScheduler drops a job that is later, unless it is told otherwise
JOBS_WRITTEN_A_SECOND = 5_000  # by us, before they are due; cautiously
A_YEAR = timedelta(days=365)

Reminder = Callable[[int], Awaitable[None]]


async def nothing(_number: int) -> None:
    """Do what a reminder does when only the time around it counts."""


def seconds_to_add(url: str, number: int) -> float:
    """Return how long it takes to add so many reminders to an empty database, each by `add_job`."""
    store = SQLAlchemyJobStore(url=plain(url))
    scheduler = BackgroundScheduler(jobstores={"default": store}, timezone="UTC")
    scheduler.start(paused=True)
    due = datetime.now(UTC) + A_YEAR
    began = time.perf_counter()
    for one in range(number):
        scheduler.add_job(nothing, "date", run_date=due, args=[one])
    seconds = time.perf_counter() - began
    scheduler.shutdown(wait=False)
    store.engine.dispose()
    return seconds


class NaiveReminders:
    """Jobs of an empty database that all come due at one moment, a little later than now.

    `executed` and `missed` count what has become of them; `seconds` is how long after that moment the last was dealt
    with.
    """

    def __init__(self, url: str, number: int, remind: Reminder = nothing, grace: int | None = None) -> None:
        self.executed = self.missed = 0
        self.seconds = 0.0
        self._number, self._finished = number, asyncio.Event()
        self._store = SQLAlchemyJobStore(url=plain(url))
        self._scheduler = AsyncIOScheduler(jobstores={"default": self._store}, timezone="UTC")
        self._scheduler.add_listener(self._count, EVENT_JOB_EXECUTED | EVENT_JOB_MISSED)
        self._scheduler.start(paused=True)
        self._due = datetime.now(UTC) + timedelta(seconds=1 + number / JOBS_WRITTEN_A_SECOND)
        self._write(remind, grace)

    async def come_due(self) -> None:
        """Wait for the moment."""
        await asyncio.sleep(max(self._due.timestamp() - time.time(), 0))

    async def fire(self) -> None:
        """Let the scheduler have them, and wait until each is dealt with."""
        self._scheduler.resume()
        await self._finished.wait()
        self._scheduler.shutdown(wait=False)
        self._store.engine.dispose()

    def _count(self, event: JobExecutionEvent) -> None:
        self.missed += event.code == EVENT_JOB_MISSED
        self.executed += event.code == EVENT_JOB_EXECUTED
        if self.missed + self.executed == self._number:
            self.seconds = time.time() - self._due.timestamp()
            self._finished.set()

    def _write(self, remind: Reminder, grace: int | None) -> None:
        """Write what `add_job` would write for each, but in one statement: a call for each takes a millisecond."""
        first = self._scheduler.add_job(remind, "date", run_date=self._due, args=[0], id="0", misfire_grace_time=grace)
        state = first.__getstate__()
        rows = [
            {
                "id": str(number),
                "next_run_time": self._due.timestamp(),
                "job_state": pickle.dumps({**state, "id": str(number), "args": (number,)}),
            }
            for number in range(1, self._number)
        ]
        with self._store.engine.begin() as connection:
            connection.execute(self._store.jobs_t.insert(), rows)
