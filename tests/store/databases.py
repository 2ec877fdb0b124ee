"""Databases that are made once and put back into their first state for each test, which takes a millisecond or two."""

import asyncio
import json
import shutil
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import DictRow, dict_row
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store import SqlStore, make_engine, upgrade
from bot.store.tables import metadata
from tests.store.cast import Cast, write_cast


class Database(ABC):
    """A migrated database, and the engine on it: kept, so that SQLAlchemy does not compile each statement anew."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine: AsyncEngine = make_engine(url)
        asyncio.run(self._migrate())
        self._keep(empty=True)
        self.cast: Cast = asyncio.run(self._write_cast())
        self._keep(empty=False)

    async def _migrate(self) -> None:
        await upgrade(self.engine)
        await self.engine.dispose()

    async def _write_cast(self) -> Cast:
        cast = await write_cast(SqlStore(self.engine))
        await self.engine.dispose()
        return cast

    @abstractmethod
    def _keep(self, *, empty: bool) -> None:
        """Remember the state that the database is in."""

    @abstractmethod
    def reset(self, *, empty: bool) -> None:
        """Bring that state back; the engine holds no connection."""


class SqliteFile(Database):
    """One file, and copies of it in both states."""

    def __init__(self, folder: Path) -> None:
        self._file, self._folder = folder / "tandem.db", folder
        super().__init__(f"sqlite:///{self._file}")

    def _copy(self, *, empty: bool) -> Path:
        return self._folder / ("empty.db" if empty else "cast.db")

    def _keep(self, *, empty: bool) -> None:
        shutil.copy(self._file, self._copy(empty=empty))

    def reset(self, *, empty: bool) -> None:
        for left_over in self._folder.glob("tandem.db*"):
            left_over.unlink()
        shutil.copy(self._copy(empty=empty), self._file)


class PostgresqlDatabase(Database):
    """One database; the rows of the cast are kept as JSON."""

    def __init__(self, url: str) -> None:
        self._rows: dict[str, Any] = {}
        self._connection: psycopg.Connection[DictRow] = psycopg.connect(url, autocommit=True, row_factory=dict_row)
        super().__init__(url)

    def close(self) -> None:
        """Let go of it."""
        self._connection.close()

    def _keep(self, *, empty: bool) -> None:
        for table in [] if empty else metadata.sorted_tables:
            found = self._connection.execute(f"SELECT to_json(t) AS row FROM {table.name} AS t").fetchall()
            self._rows[table.name] = json.dumps([kept["row"] for kept in found])

    def reset(self, *, empty: bool) -> None:
        tables = [table.name for table in metadata.sorted_tables]
        delete = "".join(f"DELETE FROM {table};" for table in reversed(tables))
        insert = "INSERT INTO {0} SELECT * FROM json_populate_recordset(NULL::{0}, '{1}');"
        rows = "" if empty else "".join(insert.format(t, self._rows[t].replace("'", "''")) for t in tables)
        self._connection.execute(delete + rows)
