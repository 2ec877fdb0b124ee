"""Memory: the most that the process of `tandem run` holds, with the sample's 41 pairs and with a hundred thousand."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, create_engine, func, select, update

from bot.store.tables import agenda
from tests.benchmarks.progress import say
from tests.benchmarks.stage.databases import SQLITE, filled
from tests.benchmarks.stage.live import crowd_of_today, mentor, playground_with, tandem_process
from tests.benchmarks.stage.processes import resident_megabytes
from tests.benchmarks.table import Line, less

SAMPLE, MANY = 41, 100_000
DUE = 20_000  # pairs: enough for dozens of batches
COMMANDS = 20
A_MOMENT = 0.2


async def measure() -> AsyncIterator[Line]:
    """Let it plan what is due and answer some commands, then look at its process."""
    yield less("memory of tandem run, the sample", await _megabytes(SAMPLE), "MB", at_most=130)
    yield less(f"memory of tandem run, {MANY:,} pairs", await _megabytes(MANY), "MB", at_most=200)


async def _megabytes(pairs: int) -> float:
    say(f"memory: tandem run with {pairs:,} pairs")
    async with filled(SQLITE, crowd_of_today(pairs)) as url, playground_with(min(pairs, COMMANDS)) as playground:
        records = create_engine(url)
        _wake(records)
        async with tandem_process(("bot.cli", "run"), playground, url) as process:
            for number in range(min(pairs, COMMANDS)):
                await playground.person(mentor(number).id).types("/checkin")
            while _due(records):  # noqa: ASYNC110 - the process has no way to tell us
                await asyncio.sleep(A_MOMENT)
            most = resident_megabytes(process)
            process.kill()  # it would go on sending for minutes
            await process.wait()
            return most


def _wake(records: Engine) -> None:
    """Make the last pairs due; not all, which would take minutes and show the same."""
    last = select(agenda.c.id).where(agenda.c.pair_id.is_not(None)).order_by(agenda.c.id.desc()).limit(DUE)
    with records.begin() as connection:
        connection.execute(update(agenda).where(agenda.c.id.in_(last)).values(due_at=datetime.now(UTC)))


def _due(records: Engine) -> int:
    with records.connect() as connection:
        soon = datetime.now(UTC) + timedelta(seconds=1)
        return connection.execute(select(func.count()).where(agenda.c.due_at <= soon)).scalar_one()
