"""Where the records are kept: SQL and nothing but SQL. SQLite in one file, or PostgreSQL.

`make_engine(url)` → `await upgrade(engine)` → `SqlStore(engine).begin()`. What each method promises stands in
`bot/usecases/ports.py`; rows never leave this package, values do.
"""

from bot.store.engine import make_engine
from bot.store.migrate import is_current, upgrade
from bot.store.records import SqlRecords, SqlStore

__all__ = ["SqlRecords", "SqlStore", "is_current", "make_engine", "upgrade"]
