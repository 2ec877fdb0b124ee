"""Databases with the day in them, and a Slack, for the tests that kill."""

from collections.abc import AsyncIterator, Iterator
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


@pytest.fixture(params=["sqlite", "postgresql"])
async def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Shelf:
    """A database with the day in it."""
    found: Shelf
    if request.param == "sqlite":
        found = SqliteShelf(tmp_path)
    else:
        found = PostgresqlShelf(make_database(request.getfixturevalue("server"), f"kills-{next(NUMBERS)}"))
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
