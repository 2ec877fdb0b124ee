"""Which errors say that the records are away, and how long a PostgreSQL that hangs is waited for."""

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError
from sqlalchemy.ext.asyncio import AsyncEngine
from structlog.testing import capture_logs

from bot.store import SqlStore, make_engine, upgrade
from bot.usecases.ports import RecordsAway
from tests.store.servers import make_database

on_postgresql = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


async def says(store: SqlStore, statement: str) -> None:
    """Let a transaction execute a statement, whatever it is."""
    async with store.begin() as records:
        await records._connection.execute(text(statement))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("statement", "error"),
    [
        ("SELECT mood FROM goals", (OperationalError, ProgrammingError)),
        ("INSERT INTO events (id) VALUES ('Ev1')", IntegrityError),
    ],
)
async def test_a_mistake_of_ours_is_no_outage(
    store: SqlStore, statement: str, error: type[Exception] | tuple[type[Exception], ...]
) -> None:
    with capture_logs() as logs, pytest.raises(error):
        await says(store, statement)

    assert logs == []


async def test_an_outage_is_logged_when_it_begins_and_when_it_is_over(tmp_path: Path) -> None:
    place = tmp_path / "later"
    engine = make_engine(f"sqlite:///{place / 'tandem.db'}")
    store = SqlStore(engine)

    with capture_logs() as logs:
        for _ in range(3):
            with pytest.raises(RecordsAway, match="unable to open"):
                await says(store, "SELECT 1")
        place.mkdir()
        await upgrade(engine)
        for _ in range(3):
            await says(store, "SELECT 1")

    await engine.dispose()
    assert [entry["event"] for entry in logs] == ["records_away", "records_back"]
    assert logs[0]["reason"] == "unable to open database file"


@on_postgresql
async def test_whoever_hangs_holds_no_lock_for_ever(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        told = {name: await connection.scalar(text(f"SHOW {name}")) for name in PATIENCE}

    assert told == PATIENCE


PATIENCE = {"statement_timeout": "30s", "lock_timeout": "5s", "idle_in_transaction_session_timeout": "1min"}


async def test_the_url_may_say_otherwise(server: str) -> None:
    url = make_database(server, "patient")
    engine = make_engine(f"{url}&options=-c%20lock_timeout%3D1s")

    async with engine.connect() as connection:
        told = [await connection.scalar(text(f"SHOW {name}")) for name in ("lock_timeout", "statement_timeout")]

    await engine.dispose()
    assert told == ["1s", "30s"]


@on_postgresql
@pytest.mark.parametrize("wait", ["lock_timeout", "statement_timeout"])
async def test_a_statement_that_is_given_up_counts_as_away(engine: AsyncEngine, url: str, wait: str) -> None:
    hasty = make_engine(f"{url}&options=-c%20{wait}%3D20ms")
    async with engine.begin() as somebody:
        await somebody.execute(text("LOCK TABLE events"))
        with pytest.raises(RecordsAway, match="timeout"):
            await says(SqlStore(hasty), "SELECT * FROM events")
    await hasty.dispose()
