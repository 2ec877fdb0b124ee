"""Both databases, as in production: SQLite in a file, and a PostgreSQL that waits for its disk."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from bot.wiring import open_store
from tests.benchmarks.stage.crowd import Crowd, fill
from tests.store.servers import make_database, postgresql

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
BOTH = (SQLITE, POSTGRESQL)
NAME = "bench"


@contextmanager
def empty(kind: str) -> Iterator[str]:
    """Give the URL of a new database without even a table; it is gone in the end."""
    with _sqlite() if kind == SQLITE else _postgresql() as url:
        yield url


@asynccontextmanager
async def filled(kind: str, crowd: Crowd) -> AsyncIterator[str]:
    """Give the URL of a new database with a crowd in it."""
    with empty(kind) as url:
        async with open_store(url):  # which makes the tables
            await asyncio.to_thread(fill, url, crowd)
        yield url


@contextmanager
def _sqlite() -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="tandem-bench-"))
    try:
        yield f"sqlite:///{folder / NAME}.sqlite3"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _postgresql() -> Iterator[str]:
    """Give a server of its own each time (it starts in a second): nothing is left of the measurement before."""
    with postgresql(fast=False) as server:
        yield make_database(server, NAME)
