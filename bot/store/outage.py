"""When the records cannot be reached: which errors say so, and one line in the log for each time it happens."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import structlog
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.usecases.ports import RecordsAway

log = structlog.get_logger()

# Of SQLite's primary codes: the file is locked, cannot be opened, read or written, the disk is full.
AWAY_ON_SQLITE = frozenset({
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_PROTOCOL,
})  # fmt: skip
# Of the classes of PostgreSQL's codes: the line, a transaction that was taken back, means, limits, an operator.
AWAY_ON_POSTGRESQL = ("08", "25P03", "25P04", "40", "53", "55P03", "57")


def why_away(error: Exception) -> str:
    """Say in a line why the records cannot be reached; "" for an error of ours, which trying again will not mend."""
    if isinstance(error, PoolTimeout):
        return "all connections are taken"
    if not isinstance(error, DBAPIError):
        return ""
    driver_s = error.orig
    if isinstance(driver_s, sqlite3.Error):
        away = getattr(driver_s, "sqlite_errorcode", 0) & 0xFF in AWAY_ON_SQLITE
    elif isinstance(driver_s, psycopg.Error):
        away = (driver_s.sqlstate or "08").startswith(AWAY_ON_POSTGRESQL)
    else:
        away = error.connection_invalidated
    said = str(driver_s).strip().partition("\n")[0]
    return (said or type(driver_s).__name__) if away else ""


@contextmanager
def told_when_away() -> Iterator[None]:
    """Turn such errors into RecordsAway."""
    try:
        yield
    except (DBAPIError, PoolTimeout) as error:
        if reason := why_away(error):
            raise RecordsAway(reason) from error
        raise


class Outage:
    """Turns such errors into RecordsAway, and logs when an outage begins and when it is over: not each try."""

    def __init__(self) -> None:
        self._since: float | None = None

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Watch a transaction from before its begin until after its end."""
        try:
            with told_when_away():
                yield
        except RecordsAway as away:
            self._begun(str(away))
            raise
        self._over()

    def _begun(self, reason: str) -> None:
        if self._since is None:
            self._since = time.monotonic()
            log.warning("records_away", reason=reason)

    def _over(self) -> None:
        if self._since is not None:
            log.warning("records_back", after_seconds=round(time.monotonic() - self._since, 1))
            self._since = None
