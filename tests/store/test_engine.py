"""How a database is opened."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store import SqlStore, make_engine, upgrade
from bot.store.engine import PRAGMAS
from tests.store.cast import Cast


@pytest.mark.parametrize(
    ("url", "driver"),
    [
        ("sqlite:///tandem.db", "sqlite+aiosqlite"),
        ("sqlite+aiosqlite:///tandem.db", "sqlite+aiosqlite"),
        ("postgres://ada@db/tandem", "postgresql+psycopg"),
        ("postgresql://ada@db/tandem", "postgresql+psycopg"),
        ("postgresql+psycopg://ada@db/tandem", "postgresql+psycopg"),
    ],
)
def test_the_usual_urls_are_understood(url: str, driver: str) -> None:
    assert make_engine(url).url.drivername == driver


@pytest.mark.parametrize("url", ["mysql://ada:secret@db/tandem", "postgresql+asyncpg://ada:secret@db/tandem"])
def test_another_kind_of_database_is_refused_without_repeating_the_password(url: str) -> None:
    with pytest.raises(ValueError, match='"sqlite:///" or "postgresql://"') as refused:
        make_engine(url)

    assert "secret" not in str(refused.value)


async def test_every_connection_to_sqlite_survives_a_power_cut_and_checks_references(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'tandem.db'}")

    for _ in range(2):
        async with engine.connect() as connection:
            told = {pragma: await connection.scalar(text(f"PRAGMA {pragma.partition('=')[0]}")) for pragma in PRAGMAS}
            await connection.invalidate()  # the next one is new

        full = {"busy_timeout=5000": 5000, "journal_mode=WAL": "wal", "synchronous=FULL": 2, "foreign_keys=ON": 1}
        assert told == full
    await engine.dispose()


async def test_every_transaction_on_sqlite_takes_the_lock_at_its_begin(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'tandem.db'}")
    said: list[str] = []
    event.listen(engine.sync_engine, "before_cursor_execute", lambda *told: said.append(told[2]))

    async with engine.begin() as connection:
        await connection.execute(text("SELECT 1"))

    await engine.dispose()
    assert said == ["BEGIN IMMEDIATE", "SELECT 1"]


async def test_another_process_waits_for_the_lock_and_is_told_when_it_does_not_come(tmp_path: Path) -> None:
    here, there = (make_engine(f"sqlite:///{tmp_path / 'tandem.db'}") for _ in range(2))
    async with there.connect() as connection:
        await connection.exec_driver_sql("PRAGMA busy_timeout=1")
        await connection.rollback()

        async with here.begin() as first:
            await first.execute(text("SELECT 1"))
            with pytest.raises(OperationalError, match="locked"):
                await connection.execute(text("SELECT 1"))

        assert await connection.scalar(text("SELECT 1")) == 1
    await here.dispose()
    await there.dispose()


async def test_in_memory_transactions_share_the_rows_and_stay_apart() -> None:
    engine = make_engine("sqlite://")
    await upgrade(engine)
    store = SqlStore(engine)

    async def meet(team_id: str, *, fails: bool) -> None:
        async with store.begin() as records:
            await records.workspace(team_id)
            await asyncio.sleep(0)  # let the others come in between, if they can
            if fails:
                raise RuntimeError(team_id)

    teams = {f"T{n}": n % 2 == 1 for n in range(6)}
    await asyncio.gather(*(meet(team, fails=fails) for team, fails in teams.items()), return_exceptions=True)

    async with store.begin() as records:
        kept = {workspace.team_id for workspace in await records.workspaces()}
    await engine.dispose()
    assert kept == {"T0", "T2", "T4"}


async def test_an_error_takes_back_the_whole_transaction(store: SqlStore, cast: Cast) -> None:
    with pytest.raises(RuntimeError, match="no"):
        await _log_and_fail(store, cast)

    async with store.begin() as records:
        assert await records.meetings(cast.pair_id, 10) == []


async def _log_and_fail(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        await records.put_meeting(cast.meeting())
        raise RuntimeError("no")


async def test_a_cancelled_transaction_is_taken_back_and_blocks_nobody(store: SqlStore, cast: Cast) -> None:
    under_way = asyncio.Event()

    async def log() -> None:
        async with store.begin() as records:
            await records.put_meeting(cast.meeting())
            under_way.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(log())
    await under_way.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    async with store.begin() as records:
        assert await records.meetings(cast.pair_id, 10) == []


async def test_many_transactions_at_once_all_come_through(engine: AsyncEngine, store: SqlStore, cast: Cast) -> None:
    async def seen(event_id: str) -> bool:
        async with store.begin() as records:
            return await records.first_time(event_id, cast.meeting().logged_at)

    told = await asyncio.gather(*(seen(f"Ev{n % 20}") for n in range(60)))

    assert told.count(True) == 20
