"""`python -m tests.simulation --years 200 --seed 1`: play years, judge them, say what they come to."""

import argparse
import gc
import logging
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import nullcontext
from functools import partial

import structlog

from tests.simulation.mutants import MUTANTS, SOUND, Mutant
from tests.simulation.postgresql import server
from tests.simulation.years import Tally, Year, play_year

KINDS = {mutant.name: mutant for mutant in (SOUND, *MUTANTS)}
SQLITE, POSTGRESQL = "sqlite", "postgresql"
SHOWN = 8


def main() -> int:
    """Play as many years as asked for; 1 when one of them has found something."""
    asked = _read()
    mutant = KINDS[asked.mutant]
    tally = Tally()
    began = time.monotonic()
    with server() if asked.database == POSTGRESQL else nullcontext("") as url:
        for year in _played(range(asked.seed, asked.seed + asked.years), asked.jobs, mutant, url):
            tally.add(year)
            for line in _about(year, asked):
                _say(f"\r{line}")
            _progress(tally, asked.years, time.monotonic() - began)
    _say("\n".join(["", *tally.lines()]))
    return 1 if tally.failing else 0


def _read() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make simulate", description=__doc__)
    parser.add_argument("--years", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1, help="the first year's; the next one has the next number")
    parser.add_argument("--jobs", type=int, default=2, help="how many years at once")
    parser.add_argument("--database", choices=(SQLITE, POSTGRESQL), default=SQLITE)
    parser.add_argument("--mutant", choices=KINDS, default=SOUND.name, help="take one protection away")
    return parser.parse_args()


def _played(seeds: Iterable[int], jobs: int, mutant: Mutant, url: str) -> Iterator[Year]:
    seeds = list(seeds)
    play = partial(play_year, mutant=mutant, server=url)
    if len(seeds) == 1 or jobs == 1:
        _begin()
        yield from map(play, seeds)
        return
    with ProcessPoolExecutor(jobs, initializer=_begin) as pool:
        waiting = {pool.submit(play, seed): seed for seed in seeds}
        for future in as_completed(waiting):
            try:
                yield future.result()
            except Exception:
                _say(f"\rthis year broke: make simulate YEARS=1 SEED={waiting[future]}")
                pool.shutdown(cancel_futures=True)
                raise


def _begin() -> None:
    """Log nothing: what goes wrong here goes wrong on purpose. Collect garbage seldom: it costs a tenth."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


def _about(year: Year, asked: argparse.Namespace) -> Iterator[str]:
    """Say what a year has found, and how to see it again."""
    if year.verdict.clean:
        return
    yield from year.verdict.details[:SHOWN]
    more = f' MUTANT="{asked.mutant}"' if asked.mutant != SOUND.name else ""
    more += f" DATABASE={asked.database}" if asked.database != SQLITE else ""
    yield f"play it again: make simulate YEARS=1 SEED={year.seed}{more}"


def _progress(tally: Tally, years: int, seconds: float) -> None:
    left = seconds / tally.years * (years - tally.years)
    bad = sum(len(year.verdict.details) for year in tally.failing)
    _say(
        f"\r{tally.years} of {years} years, {tally.all_faults:,} faults, {bad} findings, {left / 60:.0f} min left ", ""
    )


def _say(words: str, end: str = "\n") -> None:
    sys.stdout.write(words + end)
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
