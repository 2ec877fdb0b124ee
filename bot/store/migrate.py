"""Bring a database up to date, and tell whether it is. No ini file: the package knows where its scripts are."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK = 7_426_337_001  # of PostgreSQL's: whoever migrates holds it; any number would do


async def upgrade(engine: AsyncEngine) -> None:
    """Bring the database to the newest schema, wholly or not at all.

    Safe to call twice, and by several processes at once. A database that a newer release has brought further is left
    as it is: a migration suits the release before it.
    """
    await run(engine, _upgrade)


async def downgrade(engine: AsyncEngine, revision: str) -> None:
    """Take the database back to a revision; "base" empties it."""
    await run(engine, partial(command.downgrade, revision=revision))


async def is_current(engine: AsyncEngine) -> bool:
    """Tell whether the database has the newest schema, or one from a release after this one."""
    async with engine.connect() as connection:
        return await connection.run_sync(_is_enough)


async def run(engine: AsyncEngine, act: Callable[[Config], None]) -> None:
    """Run one of Alembic's commands in a transaction of its own, alone of its kind."""
    async with engine.connect() as connection:
        await connection.run_sync(_run, act)


def config_for(connection: Connection | None) -> Config:
    """Return what Alembic's commands need to work on this connection; None: only to read the scripts."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _run(connection: Connection, act: Callable[[Config], None]) -> None:
    with _references_unchecked(connection), connection.begin():
        if connection.dialect.name == "postgresql":
            for patience in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
                connection.exec_driver_sql(f"SET LOCAL {patience} = 0")  # a large table takes its time, as do others
            connection.execute(select(func.pg_advisory_xact_lock(LOCK)))
        act(config_for(connection))
        _check_references(connection)


def _upgrade(config: Config) -> None:
    if not _is_enough(config.attributes["connection"]):
        command.upgrade(config, "head")


def _is_enough(connection: Connection) -> bool:
    here = set(MigrationContext.configure(connection).get_current_heads())
    heads, known = _revisions()
    return here == heads or not here <= known


def known_revisions() -> set[str]:
    """Return the revisions that this release knows."""
    return _revisions()[1]


@cache
def _revisions() -> tuple[set[str], set[str]]:
    """Return the newest revision (as a set of one), and all; the scripts are read once."""
    scripts = ScriptDirectory.from_config(config_for(None))
    return set(scripts.get_heads()), {script.revision for script in scripts.walk_revisions()}


@contextmanager
def _references_unchecked(connection: Connection) -> Iterator[None]:
    """Let SQLite build tables anew without cascading into those that point at them; only outside of transactions."""
    if connection.dialect.name != "sqlite":
        yield
        return
    _pragma(connection, "foreign_keys=OFF")
    try:
        yield
    finally:
        _pragma(connection, "foreign_keys=ON")


def _pragma(connection: Connection, pragma: str) -> None:
    cursor = connection.connection.cursor()  # the driver's own: ours would begin a transaction first
    cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _check_references(connection: Connection) -> None:
    if connection.dialect.name == "sqlite" and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
        raise RuntimeError(f"the migration leaves {len(broken)} rows that point nowhere, first in {broken[0][0]}")
