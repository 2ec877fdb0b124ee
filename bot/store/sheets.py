"""Many rows in one statement: a sheet of values that stands in SQL where a table can stand.

However many rows there are, the statement is the same text, prepared once, and each row costs the database a lookup and
not a round trip: one parameter for each column on PostgreSQL, one for everything on SQLite.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ARRAY, JSON, Column, Dialect, FromClause, Text, column, func, literal, select

Rows = Sequence[Mapping[str, object]]
Process = Callable[[Any], Any]

ROWS_A_SHEET = 5000


def in_parts(rows: Rows) -> Iterator[Rows]:
    """Divide rows into sheets of a size at which neither side needs much memory."""
    return (rows[start : start + ROWS_A_SHEET] for start in range(0, len(rows), ROWS_A_SHEET))


def sheet_of(columns: Sequence[Column[Any]], rows: Rows, dialect: Dialect) -> FromClause:
    """Return `rows` as something to select from, in their order, with the names and types of `columns`."""
    return _unnested(columns, rows) if dialect.name == "postgresql" else _listed(columns, rows, dialect)


def _unnested(columns: Sequence[Column[Any]], rows: Rows) -> FromClause:
    lists = (literal([row[one.name] for row in rows], ARRAY(one.type)) for one in columns)
    names = (column(one.name, one.type) for one in columns)
    return func.unnest(*lists).table_valued(*names).render_derived("sheet")


def _listed(columns: Sequence[Column[Any]], rows: Rows, dialect: Dialect) -> FromClause:
    writers = [(one.name, _writer(one, dialect)) for one in columns]
    document = json.dumps([[write(row[name]) for name, write in writers] for row in rows])
    line = func.json_each(literal(document, Text)).table_valued("value").c.value
    cells = (func.json_extract(line, f"$[{place}]", type_=one.type) for place, one in enumerate(columns))
    return select(*(cell.label(one.name) for cell, one in zip(cells, columns, strict=True))).subquery("sheet")


def _writer(one: Column[Any], dialect: Dialect) -> Process:
    """Return what turns a value into what JSON can hold: a document of its own stays one."""
    if isinstance(one.type, JSON):
        return _as_it_is
    return one.type.dialect_impl(dialect).bind_processor(dialect) or _as_it_is


def _as_it_is(value: object) -> object:
    return value
