"""SQLite without threads: production's own statements on a connection that is read step by step.

Each connection that the code opens speaks aiosqlite's language over one sqlite3 connection in memory. That is the same
as many connections to one file, since every transaction of ours begins IMMEDIATE: one at a time, and the others wait.
A statement outside of a transaction is refused, so that this stays true.
"""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.engine import make_engine
from tests.simulation.process import Process

QUIET = ("PRAGMA", "pragma")


class Database:
    """One file. `down_until` (loop time) is when it can be used again; `version` counts transactions."""

    BEGIN = "BEGIN IMMEDIATE"

    def __init__(self) -> None:
        self.raw = self._opened()
        self._lock = asyncio.Lock()
        self._owner: object | None = None
        self._changed: list[asyncio.Future[None]] = []
        self.down_until = 0.0
        self.version = 0
        self.statements = 0

    def _opened(self) -> Any:
        """Return a connection of the driver's own, on which transactions take turns."""
        return sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)

    def engine(self, connect: Callable[[], Awaitable["Link"]]) -> AsyncEngine:
        """Return production's engine, on connections that `connect` makes."""
        return make_engine("sqlite://", async_creator=connect)

    def link(self, process: Process) -> "Link":
        """Return a connection for a process."""
        return Link(self, process)

    def read(self, statement: str) -> list[Any]:
        """Return the rows of a query that nobody of the world asks."""
        return list(self.raw.execute(statement).fetchall())

    # -- what happens to it -------------------------------------------------------------------------------------------

    def backup(self) -> Any:
        """Return a copy, as an online backup makes it: what is committed at this moment."""
        assert self._owner is None, "a backup is taken between transactions"
        return self._copy()

    def restore(self, copy: Any) -> None:
        """Put an old copy in its place; nobody may be using it."""
        assert self._owner is None, "a backup is put back while nobody works"
        self._put_back(copy)
        self._tell()

    def _copy(self) -> Any:
        return self.raw.serialize()

    def _put_back(self, copy: Any) -> None:
        self.raw.close()
        self.raw = self._opened()
        self.raw.deserialize(copy)
        self.raw.execute("PRAGMA foreign_keys=ON")

    async def quiet(self) -> None:
        """Wait until no transaction is open."""
        async with self._lock:
            pass

    # -- transactions -------------------------------------------------------------------------------------------------

    async def begin(self, who: object) -> None:
        """Take the lock for writers, as BEGIN IMMEDIATE does, waiting for whoever has it."""
        await self._lock.acquire()
        self._owner = who
        self.raw.execute(self.BEGIN)

    def owned_by(self, who: object) -> bool:
        """Tell whether `who` is in a transaction."""
        return self._owner is who

    def end(self, who: object, how: str) -> None:
        """COMMIT or ROLLBACK the transaction of `who`; nothing where it has none."""
        if self._owner is not who:
            return
        self.raw.execute(how)
        self._owner = None
        self._lock.release()
        self._tell()  # a rollback as well: who has peeked meanwhile peeks again

    def _tell(self) -> None:
        self.version += 1
        waiting, self._changed = self._changed, []
        for future in waiting:
            if not future.done():
                future.set_result(None)

    def change(self) -> asyncio.Future[None]:
        """Return what is done at the next commit."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._changed.append(future)
        return future

    def check(self) -> None:
        """Raise as SQLite does while the disk is away."""
        if asyncio.get_running_loop().time() < self.down_until:
            away = sqlite3.OperationalError("unable to open database file")
            away.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN  # as the library sets it: it is told by its code
            raise away


class Link:
    """A connection of one process: what aiosqlite.Connection is to SQLAlchemy."""

    isolation_level: str | None = None

    def __init__(self, database: Database, process: Process) -> None:
        self._database = database
        self._process = process
        self._connection: object | None = self  # SQLAlchemy asks whether it is open
        self._conn = self
        self._tx = _Now()
        process.at_death.append(self.cut)

    def cut(self) -> None:
        """Let the process be gone: what is not committed never was."""
        self._database.end(self, "ROLLBACK")

    def cursor(self) -> "Cursor":
        return Cursor(self)

    async def create_function(self, *_: Any, **__: Any) -> None:
        """Let SQLAlchemy think that it has brought its functions: nobody here uses them."""

    async def execute(self, statement: str, parameters: Sequence[Any] | None = None) -> "Cursor":
        cursor = Cursor(self)
        await cursor.execute(statement, parameters)
        return cursor

    async def run(self, statement: str, act: Callable[[sqlite3.Connection], sqlite3.Cursor]) -> sqlite3.Cursor | None:
        """Do one statement between two places where this process may be paused or killed."""
        await self._process.point(statement)
        database = self._database
        if statement.startswith("BEGIN"):
            database.check()
            await self._begin()
            return None
        if not database.owned_by(self):
            if not statement.startswith(QUIET):
                raise AssertionError(f"a statement outside of a transaction: {statement}")
            await database.quiet()
        self._check()
        database.statements += 1
        return act(database.raw)

    async def _begin(self) -> None:
        await self._database.begin(self)
        try:
            await self._process.thaw()
            self._process.check()
            self._check()
        except BaseException:
            self.cut()
            raise

    def _check(self) -> None:
        """Raise while the disk is away; SQLite then rolls back by itself."""
        try:
            self._database.check()
        except Exception:
            self.cut()
            raise

    async def commit(self) -> None:
        if self._database.owned_by(self):
            await self._process.point("before commit")
            self._check()
            self._database.end(self, "COMMIT")
            await self._process.point("after commit")

    async def rollback(self) -> None:
        self._process.check()
        self.cut()

    async def close(self) -> None:
        self.stop()

    def stop(self) -> None:
        self.cut()
        self._connection = None


class Cursor:
    """What aiosqlite.Cursor is to SQLAlchemy."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._raw: sqlite3.Cursor | None = None
        self.arraysize = 1

    async def __aenter__(self) -> "Cursor":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def execute(self, statement: str, parameters: Sequence[Any] | None = None) -> "Cursor":
        values = () if parameters is None else parameters
        self._raw = await self._link.run(statement, lambda raw: raw.execute(statement, values))
        return self

    async def executemany(self, statement: str, parameters: Iterable[Sequence[Any]]) -> "Cursor":
        self._raw = await self._link.run(statement, lambda raw: raw.executemany(statement, parameters))
        return self

    @property
    def description(self) -> Any:
        return self._raw.description if self._raw else None

    @property
    def rowcount(self) -> int:
        return self._raw.rowcount if self._raw else -1

    @property
    def lastrowid(self) -> int | None:
        return self._raw.lastrowid if self._raw else None

    async def fetchall(self) -> list[Any]:
        return self._raw.fetchall() if self._raw else []

    async def fetchone(self) -> Any:
        return self._raw.fetchone() if self._raw else None

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        return self._raw.fetchmany(size or self.arraysize) if self._raw else []

    async def close(self) -> None:
        if self._raw is not None:
            self._raw.close()


class _Now:
    """aiosqlite's queue to its thread, without the thread: what is put in is done at once."""

    def put_nowait(self, job: tuple[asyncio.Future[Any], Callable[[], Any]]) -> None:
        future, act = job
        future.set_result(act())
