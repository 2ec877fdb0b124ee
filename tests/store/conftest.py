"""Stores on both databases, and the people that the stories are about."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store import SqlStore, make_engine
from tests.store.cast import Cast
from tests.store.databases import Database, PostgresqlDatabase, SqliteFile
from tests.store.servers import drop_everything, make_database, postgresql

BOTH = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The URL of a PostgreSQL that this process has for itself."""
    with postgresql() as url:
        yield url


@pytest.fixture(scope="session")
def sqlite_database(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """A file."""
    return SqliteFile(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgresql_database(server: str) -> Iterator[Database]:
    """A database on the server."""
    database = PostgresqlDatabase(make_database(server, "kept"))
    yield database
    database.close()


@pytest.fixture(params=BOTH)
def database(request: pytest.FixtureRequest) -> Database:
    """A migrated database: without a row, or with the cast in it where the test asks for the cast."""
    found: Database = request.getfixturevalue(f"{request.param}_database")
    found.reset(empty="cast" not in request.fixturenames)
    return found


@pytest.fixture
def url(database: Database) -> str:
    """Its URL."""
    return database.url


@pytest.fixture
async def engine(database: Database) -> AsyncIterator[AsyncEngine]:
    """An engine on it."""
    yield database.engine
    await database.engine.dispose()  # connections belong to the loop of one test


@pytest.fixture
async def store(engine: AsyncEngine) -> SqlStore:
    """The records on it."""
    return SqlStore(engine)


@pytest.fixture
def cast(database: Database) -> Cast:
    """Maya and Tom, Lena who follows them, Ada who coordinates, and Charlie; in a program of a year."""
    return database.cast


@pytest.fixture(scope="session")
def bare(server: str) -> str:
    """The URL of a database for the tests of migrations."""
    return make_database(server, "bare")


@pytest.fixture(params=BOTH)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database without a table."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    url: str = request.getfixturevalue("bare")
    drop_everything(url)
    return url


@pytest.fixture
async def empty(empty_url: str) -> AsyncIterator[AsyncEngine]:
    """An engine on a database without a table."""
    engine = make_engine(empty_url)
    yield engine
    await engine.dispose()
