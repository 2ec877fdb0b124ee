"""Crash points: every statement, begin and end of a transaction, and every leg of a call of Slack's.

Nothing of the product is touched: SQLAlchemy and aiohttp tell what they are about to do and what they have done.
"""

import re
from collections.abc import Callable
from typing import Any

import aiohttp
from sqlalchemy import Engine, Pool, event

OBJECT = re.compile(r"(?:FROM|INTO|UPDATE|TABLE|INDEX)\s+(?:IF NOT EXISTS\s+)?\"?(\w+)", re.IGNORECASE)
WRITES = ("INSERT", "UPDATE", "DELETE", "CREATE", "ALTER", "DROP")
LEGS = ("on_request_start", "on_response_chunk_received", "on_request_end")


class Points:
    """Counts the points that a process comes by, and dies at the one with the number `die_at` (the first is 1).

    A point that tells is one before which something has changed: after a statement that wrote a row, before and after
    the commit of it, on each leg of a call. `every` counts all others as well: around each statement that reads.
    """

    def __init__(self, die_at: int, die: Callable[[], None], *, every: bool = False) -> None:
        self.names: list[str] = []
        self._die_at, self._die, self._every = die_at, die, every
        self._written = False

    def come_by(self, name: str, *, tells: bool = True) -> None:
        """Note that a point was reached; do not come back when it is the one."""
        if tells or self._every:
            self.names.append(name)
            if len(self.names) == self._die_at:
                self._die()

    def watch_databases(self) -> None:
        """Come by around the statements and transactions of every engine in this process, from now on."""
        heard: tuple[tuple[Any, str, Callable[..., None]], ...] = (
            (Engine, "begin", lambda *_: self.come_by("begin", tells=False)),
            (Engine, "before_cursor_execute", lambda *told: self._before(told[2])),
            (Engine, "after_cursor_execute", lambda *told: self._after(told[1], told[2])),
            (Engine, "commit", lambda *_: self.come_by("before commit", tells=self._written)),
            (Engine, "rollback", lambda *_: self.come_by("before rollback", tells=False)),
            (Pool, "checkin", lambda *_: self._ended()),
        )
        for target, name, listener in heard:
            event.listen(target, name, listener)

    def _before(self, statement: str) -> None:
        self.come_by(f"before {_called(statement)}", tells=_is_ddl(statement))

    def _after(self, cursor: Any, statement: str) -> None:
        wrote = statement.lstrip().upper().startswith(WRITES) and (cursor.rowcount != 0 or _is_ddl(statement))
        self._written = self._written or wrote
        self.come_by(f"after {_called(statement)}", tells=wrote)

    def _ended(self) -> None:
        written, self._written = self._written, False
        self.come_by("after the transaction", tells=written)

    def of_calls(self) -> aiohttp.TraceConfig:
        """Return what lets a client come by before a call, when its answer arrives, and when it was read."""
        trace = aiohttp.TraceConfig()
        for leg in LEGS:
            getattr(trace, leg).append(self._leg(leg.removeprefix("on_").replace("_", " ")))
        return trace

    def _leg(self, leg: str) -> Callable[..., Any]:
        async def come_by(*_: object) -> None:
            self.come_by(f"call: {leg}")

        return come_by


def _called(statement: str) -> str:
    """Name a statement: its verb, and what it is about."""
    about = OBJECT.search(statement)
    return f"{statement.split(maxsplit=1)[0].upper()} {about[1] if about else ''}".strip()


def _is_ddl(statement: str) -> bool:
    return statement.lstrip().upper().startswith(("CREATE", "ALTER", "DROP"))
