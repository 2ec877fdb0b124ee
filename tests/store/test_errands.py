"""SQLite by errands: a statement goes to the thread once, and comes back with all its rows."""

import sqlite3
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.store.errands import Errand, Errands, connect


@pytest.fixture
async def connection() -> AsyncIterator[Errands]:
    opened = connect(":memory:", isolation_level=None)
    await opened
    cursor = opened.cursor()
    await cursor.execute("CREATE TABLE pairs (name TEXT UNIQUE)")
    await cursor.executemany("INSERT INTO pairs VALUES (?)", [("tom-maya",), ("noor-ines",)])
    yield opened
    await opened.close()


@pytest.fixture
def sent(connection: Errands, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What goes to the thread from now on."""
    errands: list[Any] = []
    queue = connection._tx

    class Counting:
        def put_nowait(self, errand: Any) -> None:
            errands.append(errand)
            queue.put_nowait(errand)

    monkeypatch.setattr(connection, "_tx", Counting())
    return errands


async def execute(connection: Errands, sql: str) -> Errand:
    cursor = connection.cursor()
    await cursor.execute(sql)
    return cursor


async def test_a_question_brings_all_its_rows_and_the_names_of_its_columns(connection: Errands) -> None:
    cursor = await execute(connection, "SELECT name FROM pairs ORDER BY name")

    assert await cursor.fetchall() == [("noor-ines",), ("tom-maya",)]
    assert [column[0] for column in cursor.description] == ["name"]


async def test_a_change_tells_how_many_rows_it_touched(connection: Errands) -> None:
    cursor = await execute(connection, "DELETE FROM pairs WHERE name = 'tom-maya'")

    assert (cursor.rowcount, cursor.description, await cursor.fetchall()) == (1, None, [])


async def test_what_is_refused_raises_and_the_connection_goes_on(connection: Errands) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        await execute(connection, "INSERT INTO pairs VALUES ('tom-maya')")

    cursor = await execute(connection, "SELECT count(*) FROM pairs")
    assert await cursor.fetchall() == [(2,)]


async def test_a_statement_goes_to_the_thread_once(connection: Errands, sent: list[Any]) -> None:
    cursor = await execute(connection, "SELECT name FROM pairs")
    await cursor.fetchall()
    await cursor.close()

    assert len(sent) == 1


async def test_what_is_committed_need_not_be_rolled_back(connection: Errands, sent: list[Any]) -> None:
    await execute(connection, "BEGIN IMMEDIATE")
    await execute(connection, "DELETE FROM pairs")
    await connection.commit()
    await connection.rollback()

    assert len(sent) == 3
    cursor = await execute(connection, "SELECT count(*) FROM pairs")
    assert await cursor.fetchall() == [(0,)]


async def test_what_is_not_committed_is_rolled_back(connection: Errands) -> None:
    await execute(connection, "BEGIN IMMEDIATE")
    await connection.commit()
    await execute(connection, "BEGIN IMMEDIATE")
    await execute(connection, "DELETE FROM pairs")
    await connection.rollback()

    cursor = await execute(connection, "SELECT count(*) FROM pairs")
    assert await cursor.fetchall() == [(2,)]
