"""Databases that are put back into their first state for each run: the file is copied, the rows are."""

import shutil
import sqlite3
from pathlib import Path
from typing import Any, Protocol

import psycopg
from sqlalchemy import make_url

from bot.store.tables import metadata

REVISION = "SELECT version_num FROM alembic_version"
TABLES = [table.name for table in metadata.sorted_tables]


class Shelf(Protocol):
    """A database to be made ready once, kept, and taken down anew for each run. `url` is where it is used."""

    url: str

    def keep(self) -> None:
        """Remember the state that the database is in; nobody is connected."""

    def fresh(self) -> None:
        """Bring that state back, whoever is connected still."""

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """Ask the database, past everything of ours."""

    def do(self, statement: str) -> None:
        """Change the database, past everything of ours."""

    def schema(self) -> tuple[tuple[str, ...], ...]:
        """Return what tables, columns and indexes there are, and the revision."""


class SqliteShelf:
    """One file and a copy of it."""

    def __init__(self, folder: Path) -> None:
        self._file, self._kept = folder / "tandem.db", folder / "kept.db"
        self.url = f"sqlite:///{self._file}"

    def keep(self) -> None:
        shutil.copy(self._file, self._kept)

    def fresh(self) -> None:
        for left_over in self._file.parent.glob("tandem.db*"):
            left_over.unlink()
        shutil.copy(self._kept, self._file)

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        connection = sqlite3.connect(self._file)
        try:
            return connection.execute(statement).fetchall()
        finally:
            connection.close()

    def do(self, statement: str) -> None:
        connection = sqlite3.connect(self._file)
        with connection:
            connection.execute(statement)
        connection.close()

    def schema(self) -> tuple[tuple[str, ...], ...]:
        made = self.rows("SELECT type, name, coalesce(sql, '') FROM sqlite_master ORDER BY type, name")
        return (*made, *self.rows(REVISION))


class PostgresqlShelf:
    """One database, with the rows of its first state in a schema of their own: quicker than any new database."""

    def __init__(self, url: str) -> None:
        self.url = url

    def keep(self) -> None:
        copies = "".join(f"CREATE TABLE kept.{name} AS TABLE public.{name};" for name in TABLES)
        self.do(f"DROP SCHEMA IF EXISTS kept CASCADE; CREATE SCHEMA kept; {copies}")

    def fresh(self) -> None:
        away = "".join(f"DELETE FROM public.{name};" for name in reversed(TABLES))
        self.do(away + "".join(f"INSERT INTO public.{name} SELECT * FROM kept.{name};" for name in TABLES))

    def do(self, statement: str) -> None:
        with psycopg.connect(self.url) as connection:
            connection.execute(statement)

    def schema(self) -> tuple[tuple[str, ...], ...]:
        columns = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
        indexes = "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
        return (*self.rows(f"{columns} UNION ALL {indexes} ORDER BY 1, 2"), *self.rows(REVISION))

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.url, autocommit=True) as connection:
            return connection.execute(statement).fetchall()


class PostgresqlTemplate(PostgresqlShelf):
    """One database and a template of it: slower, and it brings the tables back as well as their rows."""

    def __init__(self, server: str, url: str) -> None:
        super().__init__(url)
        self._server, self._name = server, str(make_url(url).database)

    def keep(self) -> None:
        self._copy(self._name, f"{self._name}_kept")

    def fresh(self) -> None:
        self._copy(f"{self._name}_kept", self._name)

    def _copy(self, source: str, target: str) -> None:
        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
            connection.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
