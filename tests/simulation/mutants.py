"""Mutants: the sound world less one protection. Each must be found out, or the simulation sleeps.

A mutant changes a parameter of the world or puts a subclass in a part's place; nothing inside of the code is patched.
"""

import math
import re
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import psycopg
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.notes import SETTLING, Absent, Doubt, Lease, Note, Outcome
from bot.domain.people import Person
from bot.slack.post import SlackCourier
from bot.store.records import SqlRecords, SqlStore
from bot.store.sheets import Rows
from bot.store.tables import notes, nudges
from bot.usecases.ports import Records, Started
from tests.simulation.faults import USUAL, Weather

NEVER_CAME_BACK = "the sender never came back"
UNIQUE_SLOT = re.compile(r"CONSTRAINT uq_nudges_slot UNIQUE \([^)]*\),?")


@dataclass(frozen=True, slots=True)
class Mutant:
    """A change to the running world. The defaults change nothing."""

    name: str = "sound"
    settling: bool = True
    short_lease: timedelta | None = None
    fencing: bool = True
    sdk_retries: bool = False
    crash_opens: bool = False
    local_clocks: bool = False
    unique_slot: bool = True
    after_restore: bool = True
    weather: Weather = USUAL

    def courier(self, client: AsyncWebClient, *parts: Any) -> SlackCourier:
        """Return the courier of this world."""
        return SlackCourier(client, *parts) if self.fencing else Unfenced(client, *parts)

    def alter(self, raw: sqlite3.Connection | psycopg.Connection) -> None:
        """Change the tables of this world, while they are empty."""
        if self.unique_slot:
            return
        if isinstance(raw, psycopg.Connection):
            raw.execute("ALTER TABLE nudges DROP CONSTRAINT uq_nudges_slot")
        else:
            _forget_unique_slot(raw)

    def store(self, engine: AsyncEngine, new_id: Callable[[], str], limits: Any) -> SqlStore:
        """Return the store of this world."""
        sound = self.settling and self.unique_slot and not self.crash_opens and self.short_lease is None
        return SqlStore(engine, new_id, limits) if sound else MutantStore(engine, new_id, limits, self)


class Unfenced(SlackCourier):
    """Begins a call although somebody else may have taken over long ago."""

    async def post(self, note: Note, person: Person, lease: Lease) -> Outcome:
        return await super().post(note, person, Lease(math.inf))


class MutantStore(SqlStore):
    """Opens records of which one protection is missing."""

    def __init__(self, engine: AsyncEngine, new_id: Callable[[], str], limits: Any, mutant: Mutant) -> None:
        super().__init__(engine, new_id, limits)
        self._mutant = mutant

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Records]:
        async with self._engine.begin() as connection:
            records = MutantRecords(connection, self._new_id, self._limits)
            records.mutant = self._mutant
            yield records


class MutantRecords(SqlRecords):
    """Records of which one protection is missing."""

    mutant: Mutant

    async def claim_doubts(self, now: datetime, limit: int, again_at: datetime) -> list[Doubt]:
        early = timedelta(0) if self.mutant.settling else SETTLING
        return await super().claim_doubts(now + early, limit, again_at + early)

    async def start_notes(self, started: Sequence[Started], *, now: datetime, lease_until: datetime) -> None:
        if self.mutant.short_lease is not None:
            lease_until = now + self.mutant.short_lease
        await super().start_notes(started, now=now, lease_until=lease_until)

    async def give_up_leases(self, now: datetime) -> int:
        count = await super().give_up_leases(now)
        if count and self.mutant.crash_opens:
            lost = notes.select().where(notes.c.state == "unknown", notes.c.reason == NEVER_CAME_BACK)
            for row in await self._rows(lost):
                await self.settle_doubt(row.id, Absent(), now)
        return count

    async def _open_where_new(self, values: Rows) -> int:
        if self.mutant.unique_slot:
            return await super()._open_where_new(values)
        return (await self._fill(self._insert_many(nudges, values[0]), nudges, values)).rowcount


def _forget_unique_slot(raw: sqlite3.Connection) -> None:
    """Make the table of nudges anew, without the constraint that lets a slot be there once."""
    made = [sql for (sql,) in raw.execute("SELECT sql FROM sqlite_master WHERE tbl_name = 'nudges' AND sql != ''")]
    raw.execute("DROP TABLE nudges")
    for sql in made:
        raw.execute(re.sub(r",\s*\)", ")", UNIQUE_SLOT.sub("", sql)))


SOUND = Mutant()

# Each mutant is looked for in weather that tries what it lacks; the sound world must stand the same weather.
LATE = Weather(calls=(("taken late", 0.15),))
FROZEN = Weather(pause=0.02, paused_for=(200, 600))
CUT = Weather(calls=(("cut after taking", 0.1),))
CRASHING = Weather(crash=0.01, calls=(("cut after taking", 0.02),))
LATE_STARTS = Weather(pause=0.5, paused_for=(25, 38), paused_at="after commit", calls=(("taken late", 0.4),))
RESTORING = Weather(events=4)

MUTANTS = (
    Mutant("settling time removed", settling=False, weather=LATE),
    Mutant("fencing removed", fencing=False, weather=FROZEN),
    Mutant("the SDK's retries on", sdk_retries=True, weather=CUT),
    Mutant("crash opens again instead of unknown", crash_opens=True, weather=CRASHING),
    Mutant("local clocks", local_clocks=True),
    Mutant("unique slot removed", unique_slot=False),
    Mutant("lease too short", short_lease=timedelta(seconds=1), weather=LATE_STARTS),
    Mutant("after-restore left out", after_restore=False, weather=RESTORING),
)
