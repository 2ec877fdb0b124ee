"""What all parts of the records share: one connection in one transaction, and the two dialects' words for it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    BindParameter,
    ColumnElement,
    CursorResult,
    Executable,
    ScalarSelect,
    Table,
    Text,
    Update,
    bindparam,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.ids import NewId
from bot.store.rows import AnyRow
from bot.store.sheets import Rows, filled, in_parts, sheet_of
from bot.store.tables import agenda
from bot.store.texts import is_among, listed

Insert = postgresql.Insert | sqlite.Insert

COUNTED = {"preserve_rowcount": True}


class Transaction:
    """One transaction on one connection."""

    def __init__(self, connection: AsyncConnection, new_id: NewId) -> None:
        self._connection = connection
        self._new_id = new_id
        self._dialect = connection.dialect.name

    async def _rows(self, statement: Executable, values: Mapping[str, object] | None = None) -> list[AnyRow]:
        return list((await self._connection.execute(statement, values)).all())

    async def _first(self, statement: Executable, values: Mapping[str, object] | None = None) -> AnyRow | None:
        return (await self._connection.execute(statement, values)).first()

    async def _count(self, statement: Executable, values: Mapping[str, object] | None = None) -> int:
        """Execute an insert, update or delete; return how many rows it touched."""
        return (await self._connection.execute(statement, values, execution_options=COUNTED)).rowcount

    async def _do(
        self, statement: Executable, values: Mapping[str, object] | Sequence[Mapping[str, object]] | None = None
    ) -> None:
        await self._connection.execute(statement, values)

    def _insert(self, table: Table) -> Insert:
        return insert_into(table, self._dialect)

    def _insert_many(self, table: Table, names: Iterable[str]) -> Insert:
        """Insert all rows of a sheet with these columns, in their order."""
        return insert_many(table, tuple(names), self._dialect)

    async def _fill(self, statement: Executable, table: Table, rows: Rows) -> CursorResult[Any]:
        """Execute a statement about a sheet that holds `rows`, which all have the same columns."""
        parameters = filled(table, tuple(rows[0]), rows, self._connection.dialect)
        return await self._connection.execute(statement, parameters, execution_options=COUNTED)

    def _listed(self, texts: Iterable[str]) -> object:
        """Return texts as the value of a parameter that `among` has named."""
        return listed(texts, self._dialect)

    def _among(self, column: ColumnElement[Any], texts: Iterable[str]) -> ColumnElement[bool]:
        """Tell whether `column` is one of `texts`, in a statement that is built for this once."""
        kind = ARRAY(Text) if self._dialect == "postgresql" else Text()
        return is_among(column, bindparam(None, self._listed(texts), type_=kind), self._dialect)

    async def _put(self, table: Table, values: Mapping[str, object], *, unique: Collection[str]) -> str:
        """Insert a row, or change the one that is the same in `unique`; return its id.

        With an id in `values` it is that row, whatever `unique` says. Raises LookupError for a row of another
        workspace.
        """
        insert = self._insert(table).values({**values, "id": values["id"] or self._new_id()})
        target = {"id"} if values["id"] else set(unique)
        row = await self._first(self._or_change(table, insert, target, values.keys()).returning(table.c.id))
        if row is None:
            raise LookupError(f"this row of {table.name} belongs to another workspace")
        return str(row.id)

    async def _put_many(
        self, table: Table, rows: Rows, *, unique: Collection[str], at_first: Mapping[str, object] | None = None
    ) -> list[str]:
        """Insert rows with keys, or change those that are the same in `unique`; return their ids, in the same order.

        `at_first` are values of new rows only. Else as `_put`; all rows of one call belong to one workspace.
        """
        known = [row for row in rows if row["id"]]
        new = [{**row, "id": self._new_id()} for row in rows if not row["id"]]
        ids: dict[object, str] = {}
        for target, chosen in (({"id"}, known), (set(unique), new)):
            for part in in_parts(chosen):
                whole = [{**row, **(at_first or {})} for row in part]
                put = self._or_change(table, self._insert_many(table, whole[0]), target, part[0].keys())
                ids |= {
                    row.key: row.id for row in await self._fill(put.returning(table.c.key, table.c.id), table, whole)
                }
        if len(ids) < len(rows):
            raise LookupError(f"a row of {table.name} belongs to another workspace")
        return [ids[row["key"]] for row in rows]

    @staticmethod
    def _or_change(table: Table, insert: Insert, target: Collection[str], names: Iterable[str]) -> Insert:
        """Let an insert change the row that is the same in `target`, unless it is another workspace's."""
        return insert.on_conflict_do_update(
            index_elements=sorted(target),
            set_={name: insert.excluded[name] for name in names if name not in {"id", "workspace_id", *target}},
            where=table.c.workspace_id == insert.excluded.workspace_id,
        )


def due_now(chosen: ColumnElement[bool]) -> Update:
    """Make rows of the agenda due at `now`; locked in one order, so that two of these never wait in a circle."""
    locked = select(agenda.c.id).where(chosen).order_by(agenda.c.id).with_for_update()
    return update(agenda).where(agenda.c.id.in_(locked)).values(due_at=bindparam("now"))


def insert_into(table: Table, dialect: str) -> Insert:
    """Insert in the words of a dialect, which both know ON CONFLICT."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


def insert_many(table: Table, names: tuple[str, ...], dialect: str) -> Insert:
    """Insert all rows of a sheet with these columns, in their order."""
    sheet = sheet_of(table, names, dialect)
    chosen = select(*sheet.c).where(text("1 = 1"))  # else SQLite reads "ON CONFLICT" as the ON of a join
    return insert_into(table, dialect).from_select(sheet.c.keys(), chosen, include_defaults=False)


def workspace_of(table: Table, row_id: str | BindParameter[str]) -> ScalarSelect[Any]:
    """Return the workspace that a row belongs to, for the rows that hang on it."""
    return select(table.c.workspace_id).where(table.c.id == row_id).scalar_subquery()
