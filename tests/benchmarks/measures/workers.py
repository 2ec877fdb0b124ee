"""Workers: what four processes plan that share one PostgreSQL, beside one."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

from scheduler.jobs import plan
from tests.benchmarks.progress import say
from tests.benchmarks.stage.app import tandem_on
from tests.benchmarks.stage.crowd import MONDAY, Crowd
from tests.benchmarks.stage.databases import POSTGRESQL, filled
from tests.benchmarks.stage.processes import line_of, python, tell
from tests.benchmarks.table import Line, more

ALL_DUE = Crowd(41, workspaces=250, due_at=MONDAY)


async def measure() -> AsyncIterator[Line]:
    """Let one process plan what is due, and then, from the same start, four."""
    one, four = await _rate(1), await _rate(4)
    yield more("planning by four workers, PostgreSQL", four, "decisions/s", naive=one, times=1.6, of="one worker")


async def _rate(workers: int) -> float:
    """Return how many decisions a second they take together, once all have started."""
    say(f"workers: {workers} planning {ALL_DUE.rows:,} rows")
    async with filled(POSTGRESQL, ALL_DUE) as url, AsyncExitStack() as stack:
        processes = [await stack.enter_async_context(python(__name__, url)) for _ in range(workers)]
        for process in processes:
            await line_of(process)
        began = time.perf_counter()
        for process in processes:
            tell(process, "go")
        await asyncio.gather(*map(line_of, processes))
        return ALL_DUE.rows / (time.perf_counter() - began)


async def _work(url: str) -> None:
    """Be one of the workers: get ready, wait for the word, plan until nothing is due."""
    async with tandem_on(url, MONDAY) as tandem:
        print("ready", flush=True)  # noqa: T201 - who started it waits for these lines
        await asyncio.to_thread(sys.stdin.readline)
        await plan(tandem)
        print("done", flush=True)  # noqa: T201


if __name__ == "__main__":
    asyncio.run(_work(sys.argv[1]))
