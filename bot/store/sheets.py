"""Many rows in one statement: a sheet of values that stands in SQL where a table can stand.

However many rows there are, the statement is the same text, prepared once, and each row costs the database a lookup and
not a round trip: one parameter for each column on PostgreSQL, one for everything on SQLite.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ARRAY, JSON, Column, Dialect, FromClause, Table, Text, bindparam, column, func, select

Rows = Sequence[Mapping[str, object]]
Process = Callable[[Any], Any]

ROWS_A_SHEET = 5000


def in_parts(rows: Rows) -> Iterator[Rows]:
    """Divide rows into sheets of a size at which neither side needs much memory."""
    return (rows[start : start + ROWS_A_SHEET] for start in range(0, len(rows), ROWS_A_SHEET))


@lru_cache(maxsize=64)
def sheet_of(table: Table, names: tuple[str, ...], dialect: str) -> FromClause:
    """Return what stands for rows with these columns of `table`; its parameters are to be filled by `filled`."""
    columns = [table.c[name] for name in names]
    return _unnested(columns) if dialect == "postgresql" else _listed(columns)


def filled(table: Table, names: tuple[str, ...], rows: Rows, dialect: Dialect) -> dict[str, object]:
    """Return the parameters of a sheet that holds `rows`, in their order."""
    if dialect.name == "postgresql":
        return {f"sheet_{name}": [row[name] for row in rows] for name in names}
    writers = [(name, _writer(table.c[name], dialect)) for name in names]
    return {"sheet": json.dumps([[write(row[name]) for name, write in writers] for row in rows])}


def _unnested(columns: Sequence[Column[Any]]) -> FromClause:
    lists = (bindparam(f"sheet_{one.name}", type_=ARRAY(one.type)) for one in columns)
    names = (column(one.name, one.type) for one in columns)
    return func.unnest(*lists).table_valued(*names).render_derived("sheet")


def _listed(columns: Sequence[Column[Any]]) -> FromClause:
    line = func.json_each(bindparam("sheet", type_=Text)).table_valued("value").c.value
    cells = (func.json_extract(line, f"$[{place}]", type_=one.type) for place, one in enumerate(columns))
    return select(*(cell.label(one.name) for cell, one in zip(cells, columns, strict=True))).subquery("sheet")


@lru_cache(maxsize=256)
def _writer(one: Column[Any], dialect: Dialect) -> Process:
    """Return what turns a value into what JSON can hold: a document of its own stays one."""
    if isinstance(one.type, JSON):
        return _as_it_is
    return one.type.dialect_impl(dialect).bind_processor(dialect) or _as_it_is


def _as_it_is(value: object) -> object:
    return value
