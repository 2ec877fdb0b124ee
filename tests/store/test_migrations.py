"""The schema: built, checked, taken down and built again, on both databases."""

import asyncio

import pytest
from alembic import command
from sqlalchemy import inspect, text
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store import SqlStore, is_current, make_engine, upgrade
from bot.store.migrate import downgrade, run
from bot.store.tables import metadata
from tests.store.cast import write_cast


async def tables_of(engine: AsyncEngine) -> set[str]:
    async with engine.connect() as connection:
        return set(await connection.run_sync(lambda sync: inspect(sync).get_table_names())) - {"alembic_version"}


async def test_an_empty_database_gets_every_table(empty: AsyncEngine) -> None:
    assert not await is_current(empty)

    await upgrade(empty)

    assert await is_current(empty)
    assert await tables_of(empty) == set(metadata.tables)


async def test_migrations_and_tables_say_the_same(empty: AsyncEngine) -> None:
    await upgrade(empty)

    await run(empty, command.check)  # raises where they differ


async def test_a_difference_between_migrations_and_tables_would_be_seen(empty: AsyncEngine) -> None:
    await upgrade(empty)
    async with empty.begin() as connection:
        await connection.execute(text("ALTER TABLE goals ADD COLUMN mood TEXT"))

    with pytest.raises(Exception, match="New upgrade operations detected"):
        await run(empty, command.check)


async def test_the_schema_can_be_taken_down_and_built_again(empty: AsyncEngine) -> None:
    await upgrade(empty)
    await write_cast(SqlStore(empty))

    await downgrade(empty, "base")
    assert await tables_of(empty) == set()
    assert not await is_current(empty)

    await upgrade(empty)
    await write_cast(SqlStore(empty))


async def test_upgrading_twice_changes_nothing(empty: AsyncEngine) -> None:
    await upgrade(empty)
    cast = await write_cast(SqlStore(empty))

    await upgrade(empty)

    async with SqlStore(empty).begin() as records:
        assert await records.person(cast.maya.id) == cast.maya


async def test_processes_that_start_at_once_migrate_once(empty_url: str) -> None:
    engines = [make_engine(empty_url) for _ in range(3)]

    await asyncio.gather(*(upgrade(engine) for engine in engines))

    assert all([await is_current(engine) for engine in engines])
    for engine in engines:
        await engine.dispose()


async def test_a_database_of_a_later_release_is_left_as_it_is(empty: AsyncEngine) -> None:
    await upgrade(empty)
    async with empty.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    await upgrade(empty)

    assert await is_current(empty)


async def test_a_migration_that_fails_leaves_nothing_behind(empty: AsyncEngine) -> None:
    async with empty.begin() as connection:
        await connection.execute(text("CREATE TABLE nudges (id TEXT)"))  # in the way of ours

    with pytest.raises((OperationalError, ProgrammingError), match="already exists"):
        await upgrade(empty)

    assert await tables_of(empty) == {"nudges"}


async def test_references_are_checked_again_after_a_migration(empty: AsyncEngine) -> None:
    await upgrade(empty)

    with pytest.raises(Exception, match=r"(?i)foreign key"):
        async with empty.begin() as connection:
            await connection.execute(
                text("INSERT INTO programs VALUES ('p', 'nowhere', 'k', 'UTC', '2017-06-01', '2018-05-31', '{}')")
            )
