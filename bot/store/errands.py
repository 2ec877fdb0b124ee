"""SQLite in a thread of its own, with one errand for each statement.

aiosqlite sends to its thread four times for a statement: to make a cursor, to execute, to fetch, to close. Each way
there and back costs several times what SQLite needs for a small question. SQLAlchemy fetches all rows at once anyway.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any, Self

import aiosqlite

ROWS_AT_ONCE = 64  # where somebody asks aiosqlite itself for one row after the other


class Errand:
    """A cursor, as far as SQLAlchemy needs one: when it has executed it is closed already, and holds all rows."""

    arraysize = 1

    def __init__(self, connection: "Errands") -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        """Execute a statement, and fetch all that it returns."""
        await self._connection.run(self._execute, sql, parameters)

    async def executemany(self, sql: str, parameters: Iterable[Sequence[Any]]) -> None:
        """Execute a statement again and again."""
        await self._connection.run(self._executemany, sql, parameters)

    async def fetchall(self) -> list[Any]:
        """Return the rows."""
        return self._rows

    async def close(self) -> None:
        """There is nothing left to close."""

    def _execute(self, connection: sqlite3.Connection, sql: str, parameters: Sequence[Any]) -> None:
        self._keep(connection.execute(sql, parameters))

    def _executemany(self, connection: sqlite3.Connection, sql: str, parameters: Iterable[Sequence[Any]]) -> None:
        self._keep(connection.executemany(sql, parameters))

    def _keep(self, cursor: sqlite3.Cursor) -> None:
        self.description = cursor.description
        self._rows = cursor.fetchall()
        self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid
        cursor.close()


class Errands(aiosqlite.Connection):
    """A connection whose cursors run one errand each.

    The pool rolls back whatever it takes back; where a commit came last there is nothing to roll back.
    """

    _committed = False

    def cursor(self) -> Errand:  # type: ignore[override]
        """Return a cursor; nothing is sent yet."""
        return Errand(self)

    async def run(self, work: Any, *args: Any) -> None:
        """Let the thread do work on the connection."""
        self._committed = False
        await self._execute(work, self._conn, *args)  # type: ignore[no-untyped-call]

    async def commit(self) -> None:
        """Commit the transaction."""
        await super().commit()
        self._committed = True

    async def rollback(self) -> None:
        """Roll the transaction back, if there may be one."""
        if not self._committed:
            await super().rollback()


def connect(database: str, **options: Any) -> Errands:
    """Return a connection that is opened when it is awaited."""
    connection = Errands(lambda: sqlite3.connect(database, **options), ROWS_AT_ONCE)
    connection._thread.daemon = True  # as SQLAlchemy does it: a connection that nobody closed keeps no process alive
    return connection
