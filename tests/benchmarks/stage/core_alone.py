"""The floor under planning: the same claims, inserts and new dates through SQLAlchemy Core, where nobody decides."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.tables import agenda, nudges
from tests.benchmarks.stage.crowd import LONG_AFTER, MONDAY

BATCH = 1_000
Rows = Sequence[dict[str, Any]]

DUE = (
    select(agenda)
    .where(agenda.c.due_at <= MONDAY)
    .order_by(agenda.c.due_at, agenda.c.id)
    .limit(BATCH)
    .with_for_update(skip_locked=True)
)
AGAIN = update(agenda).where(agenda.c.id == bindparam("look")).values(due_at=LONG_AFTER)


async def planned_nudges(engine: AsyncEngine) -> Rows:
    """Return all nudges that planning has written, as they are in the table."""
    async with engine.connect() as connection:
        return [dict(row._mapping) for row in await connection.execute(select(nudges))]


async def plan_without_rules(engine: AsyncEngine, prepared: Rows, looks: int) -> int:
    """Claim the `looks` rows that are due, batch by batch, and write as many `prepared` nudges for each batch."""
    for_each, done = len(prepared) / looks, 0
    while True:
        async with engine.begin() as connection:
            claimed = (await connection.execute(DUE)).all()
            if not claimed:
                return done
            written = prepared[round(done * for_each) : round((done + len(claimed)) * for_each)]
            await connection.execute(insert(nudges), written)
            await connection.execute(AGAIN, [{"look": row.id} for row in claimed])
            done += len(claimed)
