"""Many texts as one parameter: the statement is the same text however many there are, so it can be built once."""

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ARRAY, BindParameter, ColumnElement, Text, any_, bindparam, func, select


def among(column: ColumnElement[Any], name: str, dialect: str) -> ColumnElement[bool]:
    """Tell whether `column` is one of the texts that the parameter `name` will be given by `listed`."""
    return is_among(column, bindparam(name, type_=ARRAY(Text) if dialect == "postgresql" else Text), dialect)


def is_among(column: ColumnElement[Any], texts: BindParameter[Any], dialect: str) -> ColumnElement[bool]:
    """Tell whether `column` is one of `texts`, which are listed."""
    if dialect == "postgresql":
        return column == any_(texts)
    return column.in_(select(func.json_each(texts).table_valued("value").c.value))


def listed(texts: Iterable[str], dialect: str) -> object:
    """Return texts as the value of such a parameter, each once and in one order."""
    in_order = sorted(set(texts))
    return in_order if dialect == "postgresql" else json.dumps(in_order)
