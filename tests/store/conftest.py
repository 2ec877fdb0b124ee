"""Stores on both databases, and the people that the stories are about."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store import SqlStore, make_engine, upgrade
from tests.store.cast import Cast, write_cast
from tests.store.servers import drop_database, make_database, postgresql

BOTH = ("sqlite", "postgresql")
_names = (f"tandem_{n}" for n in count())


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The URL of a PostgreSQL that this process has for itself."""
    with postgresql() as url:
        yield url


@pytest.fixture(scope="session")
def sqlite_master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file, to be copied."""
    master = tmp_path_factory.mktemp("sqlite") / "master.db"
    asyncio.run(_migrate(f"sqlite:///{master}"))
    return master


@pytest.fixture(scope="session")
def postgresql_master(server: str) -> str:
    """A migrated database, to be emptied."""
    url = make_database(server, "tandem_master")
    asyncio.run(_migrate(url))
    return url


async def _migrate(url: str) -> None:
    engine = make_engine(url)
    await upgrade(engine)
    await engine.dispose()


@pytest.fixture(params=BOTH)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a migrated database without a row."""
    if request.param == "sqlite":
        copy = tmp_path / "tandem.db"
        shutil.copy(request.getfixturevalue("sqlite_master"), copy)
        return f"sqlite:///{copy}"
    master: str = request.getfixturevalue("postgresql_master")
    with psycopg.connect(master, autocommit=True) as connection:
        connection.execute("TRUNCATE workspaces, events CASCADE")
    return master


@pytest.fixture(params=BOTH)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without a table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server, name = request.getfixturevalue("server"), next(_names)
    yield make_database(server, name)
    drop_database(server, name)


@pytest.fixture
async def engine(url: str) -> AsyncIterator[AsyncEngine]:
    """An engine on a migrated database."""
    engine = make_engine(url)
    yield engine
    await engine.dispose()


@pytest.fixture
async def empty(empty_url: str) -> AsyncIterator[AsyncEngine]:
    """An engine on a database without a table."""
    engine = make_engine(empty_url)
    yield engine
    await engine.dispose()


@pytest.fixture
async def store(engine: AsyncEngine) -> SqlStore:
    """The records, empty."""
    return SqlStore(engine)


@pytest.fixture
async def cast(store: SqlStore) -> Cast:
    """Maya and Tom, Lena who follows them, Ada who coordinates, and Charlie; in a program of a year."""
    return await write_cast(store)
