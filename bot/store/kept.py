"""Values whose fields are named as the columns they are kept in: written and read without a word for each."""

from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import Table

from bot.store.rows import AnyRow, Values

T = TypeVar("T")


class Kept(Generic[T]):
    """How one kind of value lies in its table. What is a value in itself is kept as a document."""

    def __init__(self, table: Table, kind: type[T]) -> None:
        self.table = table
        self._names = tuple(table.c.keys())
        self._fields = tuple(field.name for field in fields(kind) if field.name in self._names)  # type: ignore[arg-type]
        self._adapter: TypeAdapter[T] = TypeAdapter(kind)

    def read(self, row: AnyRow) -> T:
        """Read a row."""
        found = row._mapping
        return self._adapter.validate_python({name: found[name] for name in self._fields})

    def values(self, value: T) -> Values:
        """Write a value, without its workspace."""
        return {name: _plain(getattr(value, name)) for name in self._fields}


def _plain(value: object) -> object:
    if isinstance(value, StrEnum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return TypeAdapter(type(value)).dump_python(value, mode="json")
    return dict(value) if isinstance(value, dict) else value
