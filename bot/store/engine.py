"""Engines: how a database is opened, so that SQLite and PostgreSQL keep the same promises."""

import asyncio
from typing import Any

import aiosqlite
from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from bot.store.errands import connect

DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}

# FULL: a note that is marked before the call must be marked after a power cut as well; NORMAL loses it.
PRAGMAS = ("busy_timeout=5000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")
TRIES, A_MOMENT = 100, 0.05

# A line that is dead is noticed within half a minute, and whoever hangs holds no lock for ever.
POSTGRESQL_LINE: dict[str, Any] = {
    "application_name": "tandem",
    "connect_timeout": 5,
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}
POSTGRESQL_PATIENCE = (
    "-c statement_timeout=30s -c lock_timeout=5s -c idle_in_transaction_session_timeout=60s"  # a batch takes a second
)
WAIT_FOR_A_CONNECTION = 5.0  # seconds; on SQLite there is one only, and its transactions take turns
WAIT_FOR_A_TURN = 10.0


def make_engine(url: str, **options: Any) -> AsyncEngine:
    """Make an engine for `sqlite:///file`, `sqlite://` (in memory) or `postgresql://…`; nothing is opened yet.

    `options` are SQLAlchemy's own, such as `async_creator`: the simulation brings connections of its own.
    Raises ValueError for another kind of database, without repeating the URL: it may hold a password.
    """
    full = _with_driver(url)
    make = _sqlite if full.get_backend_name() == "sqlite" else _postgresql
    return make(full, options)


def _with_driver(url: str) -> URL:
    parsed = make_url(url)
    driver = DRIVERS.get(parsed.drivername)
    if driver is None:
        raise ValueError('a database URL starts with "sqlite:///" or "postgresql://"')
    return parsed.set(drivername=driver)


def _postgresql(url: URL, options: dict[str, Any]) -> AsyncEngine:
    """Up to 20 connections; each is tried before it is used, so that the pool recovers when the server comes back.

    What the URL says of the line, or in its `options`, goes before ours.
    """
    ours = {name: value for name, value in POSTGRESQL_LINE.items() if name not in url.query}
    patience = f"{POSTGRESQL_PATIENCE} {url.query.get('options', '')}".strip()
    return create_async_engine(
        url,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=10,
        max_overflow=10,
        pool_timeout=WAIT_FOR_A_CONNECTION,
        connect_args={**ours, "options": patience},
        **options,
    )


def _sqlite(url: URL, options: dict[str, Any]) -> AsyncEngine:
    """One connection for the whole process: transactions queue up fairly instead of finding the file locked.

    It also keeps a database in memory alive, and one coroutine's transaction apart from another's.
    """
    engine = create_async_engine(
        url,
        hide_parameters=True,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=WAIT_FOR_A_TURN,
        connect_args={"async_creator_fn": connect},
        **options,
    )
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", _begin_immediate)
    return engine


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver must not begin by itself: it would begin too late, and DEFERRED
    connection.run_async(_set_pragmas)


async def _set_pragmas(connection: aiosqlite.Connection) -> None:
    for pragma in PRAGMAS:
        await _set_pragma(connection, pragma)


async def _set_pragma(connection: aiosqlite.Connection, pragma: str) -> None:
    """Set it; again and again where the file is locked: SQLite does not wait when two change a new file to WAL."""
    for left in reversed(range(TRIES)):
        try:
            await (await connection.execute(f"PRAGMA {pragma}")).close()
        except aiosqlite.OperationalError as error:
            if not left or "locked" not in str(error):
                raise
            await asyncio.sleep(A_MOMENT)
        else:
            return


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
