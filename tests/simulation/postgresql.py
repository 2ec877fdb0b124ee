"""A real PostgreSQL without threads: production's own statements, each a step of the seeded plan.

Each connection that the code opens speaks psycopg's language over one session of the server. Transactions take turns
on it, so that nobody blocks the only thread while waiting for another's row. Who sits still within a transaction is cut
off as production asks its server to: `idle_in_transaction_session_timeout`, here on the clock that jumps.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import psycopg
from psycopg.errors import IdleInTransactionSessionTimeout
from psycopg.pq import TransactionStatus
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.engine import make_engine
from bot.store.tables import metadata
from tests.simulation.database import Database, Link
from tests.simulation.process import Process
from tests.store.servers import make_database, postgresql

PATIENCE = 60.0  # seconds, as in POSTGRESQL_PATIENCE of bot/store/engine.py
COPY = "SELECT coalesce(json_agg(t), '[]')::text FROM {0} AS t"
PUT_BACK = "INSERT INTO {0} SELECT * FROM json_populate_recordset(NULL::{0}, %s::json)"

Act = Callable[[psycopg.Connection], psycopg.Cursor]


@contextmanager
def server() -> Iterator[str]:
    """Start a server and give its URL. It does not tidy up by itself: a plan of a query could change at any moment."""
    with postgresql() as url:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET autovacuum = off")
            connection.execute("SELECT pg_reload_conf()")
        yield url


@contextmanager
def database_on(url: str, name: str) -> Iterator["PostgresqlDatabase"]:
    """Make a database on a server, for one year; drop it afterwards."""
    database = PostgresqlDatabase(make_database(url, name))
    try:
        yield database
    finally:
        database.close()
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}"')


class PostgresqlDatabase(Database):
    """One database: a session for all transactions, and one aside for what is asked outside of them."""

    BEGIN = "BEGIN"

    def __init__(self, url: str) -> None:
        self._url = url
        super().__init__()
        self.aside = self._opened()

    def _opened(self) -> psycopg.Connection:
        return psycopg.connect(self._url, autocommit=True)

    def close(self) -> None:
        """Let go of it."""
        self.raw.close()
        self.aside.close()

    def engine(self, connect: Callable[[], Awaitable[Link]]) -> AsyncEngine:
        return make_engine("postgresql://", async_creator=connect, use_native_hstore=False)

    def link(self, process: Process) -> Link:
        self.check()
        return PostgresqlLink(self, process)

    def read(self, statement: str) -> list[Any]:
        return list(self.aside.execute(statement).fetchall())

    def _copy(self) -> dict[str, str]:
        """Return all rows of each table, as JSON."""
        return {table.name: self.read(COPY.format(table.name))[0][0] for table in metadata.sorted_tables}

    def _put_back(self, copy: dict[str, str]) -> None:
        with self.aside.transaction():
            for name in reversed(copy):
                self.aside.execute(f"DELETE FROM {name}")
            for name, rows in copy.items():
                self.aside.execute(PUT_BACK.format(name), [rows])

    def check(self) -> None:
        """Raise as psycopg does while the server is away."""
        if asyncio.get_running_loop().time() < self.down_until:
            raise psycopg.OperationalError("the server is away")


class PostgresqlLink(Link):
    """A connection of one process: what psycopg.AsyncConnection is to SQLAlchemy."""

    broken = False

    def __init__(self, database: PostgresqlDatabase, process: Process) -> None:
        super().__init__(database, process)
        self._aside = database.aside
        self._ended: psycopg.Error | None = None
        self._timer: asyncio.TimerHandle | None = None
        self.autocommit = False
        self.adapters = database.raw.adapters

    @property
    def closed(self) -> bool:
        return self._ended is not None or self._connection is None

    @property
    def info(self) -> SimpleNamespace:
        inside = self._database.owned_by(self)
        status = self._database.raw.info.transaction_status if inside else TransactionStatus.IDLE
        return SimpleNamespace(transaction_status=status)

    def add_notice_handler(self, handler: object) -> None:
        """Hear no notices."""

    async def set_autocommit(self, value: bool) -> None:
        self.autocommit = value

    def cursor(self) -> "PostgresqlCursor":  # type: ignore[override]
        return PostgresqlCursor(self)

    async def do(self, statement: str, act: Act) -> psycopg.Cursor:
        """Do one statement between two places where this process may be paused or killed."""
        await self._process.point(statement)
        self._check()
        if self.autocommit:
            return act(self._aside)
        if not self._database.owned_by(self):
            await self._begin()
        self._sit_still()
        self._database.statements += 1
        return act(self._database.raw)

    def _sit_still(self) -> None:
        """From now on the server waits for the next statement, for as long as its patience lasts."""
        self._forget_timer()
        self._timer = asyncio.get_running_loop().call_later(PATIENCE, self._end)

    def _end(self) -> None:
        self._ended = IdleInTransactionSessionTimeout("the session sat still within a transaction")
        self.cut()

    def _forget_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def cut(self) -> None:
        self._forget_timer()
        super().cut()

    def _check(self) -> None:
        """Raise where the server has ended this session, or is away: that ends it as well."""
        if self._ended is not None:
            raise self._ended
        try:
            super()._check()
        except psycopg.OperationalError as error:
            self._ended = error
            raise

    async def commit(self) -> None:
        if self._ended is not None:
            raise self._ended
        await super().commit()
        self._forget_timer()


class PostgresqlCursor:
    """What psycopg.AsyncCursor is to SQLAlchemy."""

    def __init__(self, link: PostgresqlLink) -> None:
        self._link = link
        self._raw: psycopg.Cursor | None = None
        self.arraysize = 1

    async def __aenter__(self) -> "PostgresqlCursor":
        return self

    async def execute(self, statement: str, parameters: Mapping[str, Any] | None = None) -> "PostgresqlCursor":
        self._raw = await self._link.do(statement, lambda raw: raw.execute(statement, parameters))
        return self

    async def executemany(self, statement: str, parameters: Iterable[Mapping[str, Any]]) -> None:
        def act(raw: psycopg.Connection) -> psycopg.Cursor:
            cursor = raw.cursor()
            cursor.executemany(statement, parameters)
            return cursor

        self._raw = await self._link.do(statement, act)

    @property
    def pgresult(self) -> Any:
        return self._raw.pgresult if self._raw else None

    @property
    def description(self) -> Any:
        return self._raw.description if self._raw else None

    @property
    def rowcount(self) -> int:
        return self._raw.rowcount if self._raw else -1

    async def fetchall(self) -> list[Any]:
        return self._raw.fetchall() if self._raw else []

    def _close(self) -> None:
        if self._raw is not None:
            self._raw.close()
