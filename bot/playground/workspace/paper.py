"""Values on paper: dataclasses as what JSON can hold, and back, by the types of their fields."""

import base64
import types
from collections import deque
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

LARGEST = 2**20  # bytes: the content of a larger file is left out

ROWS = (list, tuple, set, frozenset, deque)
PLAIN: dict[type, tuple[type, ...]] = {str: (str,), int: (int,), float: (int, float), bool: (bool,)}


def written(value: Any) -> Any:
    """What JSON can hold of a value: fields by name, moments in ISO, bytes in base64, a set in order."""
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: written(getattr(value, one.name)) for one in fields(value) if one.init}
    if isinstance(value, Mapping):
        return {str(name): written(one) for name, one in value.items()}
    if isinstance(value, (set, frozenset)):
        return [written(one) for one in sorted(value)]
    if isinstance(value, ROWS):
        return [written(one) for one in value]
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value if len(value) <= LARGEST else b"").decode()
    return value


def read(kind: Any, value: Any) -> Any:
    """The value of type `kind` that `written` wrote. A field that is not there has its default.

    Raises KeyError, TypeError or ValueError where it is no such value.
    """
    origin = get_origin(kind) or kind
    if origin in (Union, types.UnionType):
        return None if value is None else read(next(one for one in get_args(kind) if one is not type(None)), value)
    if isinstance(origin, type) and is_dataclass(origin):
        hints = _hints(origin)
        given = {one.name: read(hints[one.name], value[one.name]) for one in fields(origin) if one.name in value}
        return origin(**given)
    if origin is dict and get_args(kind):
        return {name: read(get_args(kind)[1], one) for name, one in value.items()}
    if origin in ROWS and get_args(kind):
        return origin(read(get_args(kind)[0], one) for one in value)
    if origin in PLAIN and not isinstance(value, PLAIN[origin]):
        raise TypeError(f"{value!r} is no {origin.__name__}")
    if origin is datetime:
        return datetime.fromisoformat(value)
    return base64.b64decode(value) if origin is bytes else value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
