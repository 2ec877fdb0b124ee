"""What all parts of the records share: one connection in one transaction, and the two dialects' words for it."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ARRAY,
    Column,
    ColumnElement,
    Executable,
    FromClause,
    ScalarSelect,
    Table,
    Text,
    any_,
    func,
    literal,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import ReturningInsert

from bot.store.ids import NewId
from bot.store.rows import AnyRow
from bot.store.sheets import Rows, sheet_of
from bot.store.tables import agenda

Insert = postgresql.Insert | sqlite.Insert


class Transaction:
    """One transaction on one connection."""

    def __init__(self, connection: AsyncConnection, new_id: NewId) -> None:
        self._connection = connection
        self._new_id = new_id
        self._on_postgresql = connection.dialect.name == "postgresql"

    async def _rows(self, statement: Executable, values: Sequence[Mapping[str, object]] | None = None) -> list[AnyRow]:
        return list((await self._connection.execute(statement, values)).all())

    async def _rows_with(self, statement: Executable, values: Mapping[str, object]) -> list[AnyRow]:
        return list((await self._connection.execute(statement, values)).all())

    async def _first(self, statement: Executable, values: Mapping[str, object] | None = None) -> AnyRow | None:
        return (await self._connection.execute(statement, values)).first()

    async def _count(self, statement: Executable) -> int:
        """Execute an insert, update or delete; return how many rows it touched."""
        counted = statement.execution_options(preserve_rowcount=True)
        return (await self._connection.execute(counted)).rowcount

    async def _do(self, statement: Executable, values: Sequence[Mapping[str, object]] | None = None) -> None:
        await self._connection.execute(statement, values)

    def _insert(self, table: Table) -> Insert:
        return postgresql.insert(table) if self._on_postgresql else sqlite.insert(table)

    def _insert_many(self, table: Table, rows: Rows) -> Insert:
        """Insert rows that all have the same columns, in their order, by one statement."""
        columns = [table.c[name] for name in rows[0]]
        sheet = self._sheet(columns, rows)
        chosen = select(*sheet.c).where(text("1 = 1"))  # else SQLite reads "ON CONFLICT" as the ON of a join
        return self._insert(table).from_select([one.name for one in columns], chosen, include_defaults=False)

    def _sheet(self, columns: Sequence[Column[Any]], rows: Rows) -> FromClause:
        return sheet_of(columns, rows, self._connection.dialect)

    def _among(self, column: ColumnElement[Any], texts: Iterable[str]) -> ColumnElement[bool]:
        """Tell whether `column` is one of `texts`: one parameter, however many there are."""
        listed = sorted(set(texts))
        if self._on_postgresql:
            return column == any_(literal(listed, ARRAY(Text)))
        each = func.json_each(literal(json.dumps(listed), Text)).table_valued("value")
        return column.in_(select(each.c.value))

    async def _put(self, table: Table, values: Mapping[str, object], *, unique: Collection[str]) -> str:
        """Insert a row, or change the one that is the same in `unique`; return its id.

        With an id in `values` it is that row, whatever `unique` says. Raises LookupError for a row of another
        workspace.
        """
        known = bool(values["id"])
        insert = self._insert(table).values({**values, "id": values["id"] or self._new_id()})
        target = {"id"} if known else set(unique)
        changed = {name: insert.excluded[name] for name in values if name not in {"id", "workspace_id", *target}}
        row = await self._first(
            self._returning_id(
                table,
                insert.on_conflict_do_update(
                    index_elements=sorted(target),
                    set_=changed,
                    where=table.c.workspace_id == insert.excluded.workspace_id,
                ),
            )
        )
        if row is None:
            raise LookupError(f"this row of {table.name} belongs to another workspace")
        return str(row.id)

    async def _make_due(self, chosen: ColumnElement[bool], now: datetime) -> None:
        """Make rows of the agenda due; locked in one order, so that two of these never wait in a circle."""
        locked = select(agenda.c.id).where(chosen).order_by(agenda.c.id).with_for_update()
        await self._do(update(agenda).where(agenda.c.id.in_(locked)).values(due_at=now))

    @staticmethod
    def _returning_id(table: Table, insert: Insert) -> ReturningInsert[tuple[Any]]:
        return insert.returning(table.c.id)


def workspace_of(table: Table, row_id: str) -> ScalarSelect[Any]:
    """Return the workspace that a row belongs to, for the rows that hang on it."""
    return select(table.c.workspace_id).where(table.c.id == row_id).scalar_subquery()
