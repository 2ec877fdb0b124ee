"""Kill for longer than the tests do: `make kills ARGS="--pairs 400 --seed 7"`; `--pairs all` takes hours."""

import argparse
import asyncio
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from random import Random

from bot.logs import set_up_logs
from tests.kills.nursery import Kill
from tests.kills.program import MONDAY, write_day
from tests.kills.scenario import Killer, every_call, every_point, some_pairs
from tests.kills.shelves import PostgresqlShelf, Shelf, SqliteShelf
from tests.kills.slack import serve_slack
from tests.store.servers import make_database, postgresql

BOTH = ("sqlite", "postgresql")


def main() -> None:
    """Kill at each point and each call, then at pairs of points; print the figures. Exits with 1 if anything is wrong.

    A pair is a kill, and a kill of the worker that recovers from it.
    """
    asked = _arguments()
    set_up_logs("ERROR", "text")
    bad = 0
    for database in asked.database or BOTH:
        with _shelf(database) as shelf:
            bad += asyncio.run(_kill(database, shelf, asked))
    raise SystemExit(1 if bad else 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make kills", description=main.__doc__)
    parser.add_argument("--database", action="append", choices=BOTH, help="one only; both otherwise")
    parser.add_argument("--pairs", default="100", help='how many pairs by chance, or "all"')
    parser.add_argument("--seed", type=int, default=1, help="of the chance")
    parser.add_argument("--every", action="store_true", help="count points that only read as well: five times as many")
    return parser.parse_args()


@contextmanager
def _shelf(database: str) -> Iterator[Shelf]:
    with tempfile.TemporaryDirectory() as folder:
        if database == "sqlite":
            yield SqliteShelf(Path(folder))
        else:
            with postgresql() as server:
                yield PostgresqlShelf(make_database(server, "kills"))


async def _kill(database: str, shelf: Shelf, asked: argparse.Namespace) -> int:
    await write_day(shelf)
    started = time.monotonic()
    async with serve_slack(MONDAY) as slack:
        killer = Killer(shelf, slack, every=asked.every)
        points = len(await every_point(killer))
        calls = sum([len(await every_call(killer, when)) for when in ("dropped", "taken")])
        if asked.pairs == "all":
            for first, second in product(range(1, points + 1), repeat=2):
                await killer.run(Kill(first), Kill(second))
        else:
            await some_pairs(killer, Random(asked.seed), int(asked.pairs))
    for kills, verdict in killer.tally.bad:
        print(f"{database}, killed at {' and then at '.join(kills)}: {verdict}")  # noqa: T201
    seconds = time.monotonic() - started
    print(f"database={database} points={points} calls={calls} {killer.tally} seconds={seconds:.0f}")  # noqa: T201
    return len(killer.tally.bad)


if __name__ == "__main__":
    main()
