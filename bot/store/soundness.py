"""What is known to be unsafe about where a SQLite file lies, and about the SQLite that writes it."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import make_url

# https://sqlite.org/wal.html#walresetbug: two connections that write, or bring the log into the file, at the very same
# moment may damage it. Mended in 3.51.3, and in 3.44.6 and 3.50.7.
MENDED = (3, 51, 3)
ALSO_MENDED = {(3, 44): 6, (3, 50): 7}
NETWORKS = (
    "9p",
    "afs",
    "beegfs",
    "ceph",
    "cifs",
    "fuse.glusterfs",
    "fuse.sshfs",
    "gpfs",
    "lustre",
    "ncpfs",
    "nfs",
    "smb",
)
MOUNTS = Path("/proc/self/mounts")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A thing about a database that may cost records one day; `at_once`: put it right before anything else."""

    sentence: str
    at_once: bool


def doubts(
    database_url: str, version: tuple[int, int, int] = sqlite3.sqlite_version_info, mounts: Path = MOUNTS
) -> Iterator[Doubt]:
    """Yield what is doubtful about a database; nothing for PostgreSQL."""
    url = make_url(database_url)
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return
    if not _is_mended(version):
        sentence = (
            f"SQLite {'.'.join(map(str, version))} is right for one `tandem run`. For bot and scheduler as two "
            "processes on one file take 3.51.3 or later, or PostgreSQL: earlier ones may, rarely, damage the file."
        )
        yield Doubt(sentence, at_once=False)
    if kind := _network(Path(url.database), mounts):
        sentence = f"The file is on a network file system ({kind}), where SQLite's locks may fail; use a local disk."
        yield Doubt(sentence, at_once=True)


def _is_mended(version: tuple[int, int, int]) -> bool:
    return version >= MENDED or version[2] >= ALSO_MENDED.get(version[:2], 1_000_000)


def _network(file: Path, mounts: Path) -> str:
    """Return the kind of the network file system that the file is on; "" if it is on none or nothing tells."""
    try:
        rows = [line.split() for line in mounts.read_text(encoding="utf8").splitlines()]
    except OSError:
        return ""
    place = file.resolve()
    at = [(row[1].replace("\\040", " "), row[2]) for row in rows if len(row) > 2]
    around = [(point, kind) for point, kind in at if place.is_relative_to(point)]
    kind = max(around, key=lambda one: len(one[0]))[1] if around else ""
    return kind if kind.startswith(NETWORKS) else ""
