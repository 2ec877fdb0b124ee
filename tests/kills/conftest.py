"""Databases with the day in them, and a Slack, for the tests that kill."""

from collections.abc import AsyncIterator, Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.kills.program import MONDAY, write_day
from tests.kills.scenario import Killer
from tests.kills.shelves import PostgresqlShelf, Shelf, SqliteShelf
from tests.kills.slack import LeanSlack, serve_slack
from tests.store.servers import make_database, postgresql

NUMBERS = count(1)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The URL of a PostgreSQL that this process has for itself."""
    with postgresql() as url:
        yield url


@pytest.fixture
def new_database(request: pytest.FixtureRequest) -> Callable[[], str]:
    """Make one more database on the server; the server is started when it is asked for."""
    return lambda: make_database(request.getfixturevalue("server"), f"kills-{next(NUMBERS)}")


@pytest.fixture(params=["sqlite", "postgresql"])
async def shelf(request: pytest.FixtureRequest, tmp_path: Path, new_database: Callable[[], str]) -> Shelf:
    """A database with the day in it."""
    found: Shelf = SqliteShelf(tmp_path) if request.param == "sqlite" else PostgresqlShelf(new_database())
    await write_day(found)
    return found


@pytest.fixture
async def slack() -> AsyncIterator[LeanSlack]:
    """A lean Slack."""
    async with serve_slack(MONDAY) as served:
        yield served


@pytest.fixture
def killer(shelf: Shelf, slack: LeanSlack) -> Killer:
    """Who runs the day and kills."""
    return Killer(shelf, slack)
