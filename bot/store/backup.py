"""Copies of the records in a file: made while Tandem runs, and put back while it does not. SQLite only.

On PostgreSQL its own tools do this better; who asks is told which.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import make_url

from bot.store.migrate import known_revisions

BESIDE = ("-wal", "-shm", "-journal")


class NoCopy(Exception):
    """A copy that cannot be made or put back; the text says why, and what to do."""


def records_file(database_url: str, instead: str) -> Path:
    """Return the file that a URL names. Raises NoCopy for PostgreSQL, naming `instead`, and for records in memory."""
    url = make_url(database_url)
    if url.get_backend_name() != "sqlite":
        raise NoCopy(f"The records are on PostgreSQL, which brings its own tool for this: {instead}")
    if not url.database or url.database == ":memory:":
        raise NoCopy("The records are in memory only: there is no file to copy. Set DATABASE_URL.")
    return Path(url.database)


def back_up(records: Path, copy: Path) -> None:
    """Copy the records as they are at this moment into a new file, whole and checked; safe while Tandem runs.

    Nobody waits for it: readers and writers go on. Raises NoCopy, and leaves nothing behind, when it cannot be made.
    """
    if not records.is_file():
        raise NoCopy(f"{records}: no such file; check DATABASE_URL.")
    if copy.exists():
        raise NoCopy(f"{copy} exists already: name another file, or move that one away.")
    _make(records, copy)


def look_at(copy: Path) -> None:
    """Raise NoCopy unless the file is a whole database of Tandem's that this release can read."""
    if not copy.is_file():
        raise NoCopy(f"{copy}: no such file.")
    try:
        with _opened(copy) as database:
            sound = database.execute("PRAGMA quick_check(1)").fetchone()[0]
            revision = database.execute("SELECT version_num FROM alembic_version").fetchone()
            database.execute("SELECT team_id FROM workspaces").fetchone()
    except sqlite3.Error as error:
        raise NoCopy(f"{copy} is no copy of Tandem's records ({error}).") from None
    if sound != "ok":
        raise NoCopy(f"{copy} is damaged ({sound}): take an older copy.")
    if revision is None or revision[0] not in known_revisions():
        raise NoCopy(f"{copy} was made by a newer release of Tandem: install that one first.")


def put_back(copy: Path, records: Path, now: datetime, prepare: Callable[[Path], None] | None = None) -> Path | None:
    """Put a copy in the place of the records; return where the replaced ones are kept, or None if there were none.

    `prepare` is given the file before it takes the place, so that nobody ever finds it unprepared. Raises NoCopy, and
    changes nothing, while a Tandem has the records open.
    """
    look_at(copy)
    if records.exists() and copy.samefile(records):
        raise NoCopy(f"{copy} is the file of the records itself: name a copy.")
    records.parent.mkdir(parents=True, exist_ok=True)
    fresh = records.with_name(f"{records.name}.restoring")
    fresh.unlink(missing_ok=True)
    with _nobody_has(records):
        try:
            _make(copy, fresh)
            if prepare is not None:
                prepare(fresh)
            aside = _set_aside(records, now)
            fresh.replace(records)
        finally:
            for ending in ("", *BESIDE):
                fresh.with_name(fresh.name + ending).unlink(missing_ok=True)
        _sync(records.parent)
    return aside


def _make(source: Path, target: Path) -> None:
    """Copy a database by SQLite's own means, in one step, into one file that needs nothing beside it."""
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))  # it holds what people wrote
        with _opened(source) as here, closing(sqlite3.connect(part, isolation_level=None)) as there:
            here.backup(there)
            there.execute("PRAGMA journal_mode=DELETE")
        look_at(part)
        _sync(part)
        part.replace(target)
        _sync(target.parent)
    except (OSError, sqlite3.Error) as error:
        raise NoCopy(f"{target} cannot be written ({error}).") from None
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _nobody_has(records: Path) -> Iterator[None]:
    """Hold the records alone. Raises NoCopy when somebody else has them open, even who does nothing at the moment.

    SQLite leaves the mode in which it writes ahead only for who is alone with the file. Records that are no database
    any more are held by nobody.
    """
    if not records.exists():
        yield
        return
    with closing(sqlite3.connect(records, timeout=0, isolation_level=None)) as database:
        try:
            database.execute("PRAGMA journal_mode=DELETE")
            database.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise NoCopy(f"Tandem is running on {records}: stop it first, then restore.") from None
            raise NoCopy(f"{records} cannot be replaced ({error}).") from None
        except sqlite3.DatabaseError:
            pass
        yield


def _set_aside(records: Path, now: datetime) -> Path | None:
    if not records.exists():
        return None
    aside = records.with_name(f"{records.name}.before-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    if aside.exists():
        raise NoCopy(f"{aside} exists already: wait a second.")
    for ending in ("", *BESIDE):
        beside = records.with_name(records.name + ending)
        if beside.exists():
            beside.rename(aside.with_name(aside.name + ending))
    return aside


@contextmanager
def _opened(file: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, timeout=5)) as database:
        yield database


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
