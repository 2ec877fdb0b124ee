"""The measurements themselves."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.content.designs import read_program
from bot.content.prompts import load_prompts
from bot.content.rosters import Roster, RosterPair, RosterPerson, read_roster
from bot.content.shipped import shipped_program
from bot.content.words import load_words
from bot.domain.program import Program, Role
from bot.domain.rhythm import Rhythm, Unit
from bot.rehearsal.behaviors import Behavior
from bot.rehearsal.year import rehearse
from bot.usecases.compose_note import Composer
from bot.usecases.load_program import load_program
from bot.usecases.plan_nudges import plan_nudges
from bot.wiring import open_store
from tests.turns import whose_turn

BEFORE = datetime(2017, 5, 30, tzinfo=UTC)
ALL_OVERDUE = datetime(2017, 6, 16, 5, tzinfo=UTC)  # midnight in Chicago, when every pair is over its two weeks
IDLE = datetime(2017, 6, 1, tzinfo=UTC)
IDLE_TICKS = 200


def _program() -> Program:
    return read_program(shipped_program("alcts-2017")[0])


def _roster(pairs: int) -> Roster:
    zone = ZoneInfo("America/Chicago")
    people: list[RosterPerson] = []
    couples: list[RosterPair] = []
    for number in range(pairs):
        for role in (Role.MENTOR, Role.MENTEE):
            key = f"{role}-{number}"
            slack = f"U{role[-1].upper()}{number:08d}"
            people.append(RosterPerson(key, key.title(), slack, "", zone, frozenset({role}), number))
        rhythm = Rhythm(2, Unit.WEEK)
        pair = RosterPair(f"pair-{number}", f"mentor-{number}", f"mentee-{number}", None, rhythm, None, None, number)
        couples.append(pair)
    return Roster(tuple(people), tuple(couples))


async def our_reminders(database: Path, pairs: int) -> float:
    """Return how many nudges a second are planned when every pair is overdue at once: rules, SQL, commits."""
    prompts = load_prompts().all
    async with open_store(f"sqlite:///{database}") as (_, store):
        async with store.begin() as records:
            workspace = await records.workspace("T1")
            await load_program(records, workspace.id, _program(), _roster(pairs), BEFORE)
        while await plan_nudges(store, prompts, BEFORE):
            pass
        begun = time.perf_counter()
        while await plan_nudges(store, prompts, ALL_OVERDUE):
            pass
        seconds = time.perf_counter() - begun
        async with store.begin() as records:
            people = await whose_turn(records, datetime(2017, 6, 16, 14, tzinfo=UTC), 10 * pairs)
            nudges = await records.open_nudges(people, datetime(2017, 6, 16, 14, tzinfo=UTC))
    return len(nudges) / seconds


async def _remind(number: int) -> None:
    """What a naive reminder does when its moment comes: nothing, here."""


async def naive_reminders(database: Path, reminders: int) -> float:
    """Return how many jobs a second APScheduler's own store takes and runs: one for each reminder, all due at once."""
    store = SQLAlchemyJobStore(url=f"sqlite:///{database}")
    scheduler = AsyncIOScheduler(jobstores={"default": store}, timezone="UTC")
    scheduler.start(paused=True)
    begun = time.perf_counter()
    for number in range(reminders):
        scheduler.add_job(_remind, "date", run_date=date(2017, 6, 16), args=[number], misfire_grace_time=None)
    scheduler.resume()
    while scheduler.get_jobs():  # noqa: ASYNC110 - it has no event to wait for
        await asyncio.sleep(0.01)
    seconds = time.perf_counter() - begun
    scheduler.shutdown(wait=False)
    return reminders / seconds


async def idle_ticks(folder: Path, pairs: int) -> tuple[float, float]:
    """Return the milliseconds of a tick that finds nothing due, with 41 pairs and with `pairs`."""
    return await _idle(folder / "small.sqlite3", 41), await _idle(folder / "large.sqlite3", pairs)


async def _idle(database: Path, pairs: int) -> float:
    prompts = load_prompts().all
    async with open_store(f"sqlite:///{database}") as (_, store):
        async with store.begin() as records:
            workspace = await records.workspace("T1")
            await load_program(records, workspace.id, _program(), _roster(pairs), BEFORE)
        while await plan_nudges(store, prompts, IDLE):
            pass
        begun = time.perf_counter()
        for _ in range(IDLE_TICKS):
            await plan_nudges(store, prompts, IDLE)
        return (time.perf_counter() - begun) / IDLE_TICKS * 1000


def rehearsal_seconds(behavior: str) -> float:
    """Return how long the sample's year takes in memory."""
    program_file, roster_file = shipped_program("alcts-2017")
    program = read_program(program_file)
    roster = read_roster(roster_file, None, program)
    composer = Composer(load_words(), load_prompts())
    begun = time.perf_counter()
    with ThreadPoolExecutor(1) as pool:  # the rehearsal has an event loop of its own
        pool.submit(rehearse, program, roster, Behavior(behavior), composer).result()
    return time.perf_counter() - begun
