"""All records in one transaction, and the store that opens them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.people import Person
from bot.store.announcements import SqlAnnouncements
from bot.store.ids import NewId, new_id
from bot.store.outage import Outage
from bot.store.paces import Methods
from bot.store.pairs import SqlPairs
from bot.store.programs import SqlPrograms
from bot.store.sending import SqlSending
from bot.store.tables import events, people
from bot.store.troubles import SqlTroubles
from bot.store.year import SqlYear
from bot.usecases.ports import Records, Store

KEEP_EVENTS = timedelta(hours=25)
SWEEP_EVERY = timedelta(hours=1)


class Broom:
    """Tells when the ids of Slack's that are too old are to be swept out: now and then, not with each new one."""

    def __init__(self) -> None:
        self._swept_at: datetime | None = None

    def is_due(self, now: datetime) -> bool:
        """Tell whether it is time; whoever is told so sweeps."""
        if self._swept_at is not None and now - self._swept_at < SWEEP_EVERY:
            return False
        self._swept_at = now
        return True


class SqlRecords(SqlYear, SqlSending, SqlPrograms, SqlPairs, SqlAnnouncements, SqlTroubles):
    """The records, on a database."""

    def __init__(
        self, connection: AsyncConnection, new_id: NewId, limits: Methods | None = None, broom: Broom | None = None
    ) -> None:
        super().__init__(connection, new_id, limits or {})
        self._broom = broom or Broom()

    async def first_time(self, event: str, now: datetime) -> bool:
        seen = self._insert(events).values(id=event, at=now).on_conflict_do_nothing().returning(events.c.id)
        if await self._first(seen) is None:
            return False
        if self._broom.is_due(now):
            old = select(events.c.id).where(events.c.at < now - KEEP_EVENTS).with_for_update(skip_locked=True)
            await self._do(delete(events).where(events.c.id.in_(old)))
        return True

    async def forget_event(self, event: str) -> None:
        await self._do(delete(events).where(events.c.id == event))

    async def person(self, person_id: str) -> Person | None:
        found = await self._people_by_id([person_id])
        return next(iter(found.everybody()), None)

    async def mark_unreachable(self, person_id: str, reason: str, now: datetime) -> None:
        marked = update(people).where(people.c.id == person_id)
        await self._do(marked.values(unreachable=reason, unreachable_at=now if reason else None))


class SqlStore:
    """The records on a database that `bot.store.upgrade` has brought up to date.

    `limits` says for each of Slack's methods how fast it may be called; what is not named is not limited.
    """

    def __init__(self, engine: AsyncEngine, new_id: NewId = new_id, limits: Methods | None = None) -> None:
        self._engine = engine
        self._new_id = new_id
        self._limits = limits or {}
        self._broom, self._outage = Broom(), Outage()

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Records]:
        """Open a transaction: committed at the end of the block, rolled back when it raises."""
        with self._outage.watched():
            async with self._engine.begin() as connection:
                yield SqlRecords(connection, self._new_id, self._limits, self._broom)

    async def clock(self) -> datetime:
        """Return the time of the database's machine; SQLite has none of its own, it lives on ours."""
        if self._engine.dialect.name != "postgresql":
            return datetime.now(UTC)
        with self._outage.watched():
            async with self._engine.connect() as connection:
                moment: datetime = (await connection.execute(select(func.clock_timestamp()))).scalar_one()
        return moment.astimezone(UTC)


def _keeps_its_promises(store: SqlStore) -> Store:
    """Let mypy hold the store against its contract."""
    return store
