"""Where there is much and little is due, what is asked all the time goes through an index, on both databases."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.people import Person
from bot.domain.program import Role
from bot.store import SqlStore
from bot.store.tables import metadata
from bot.usecases.ports import Look, PairRow, Records
from tests.store.cast import A_DAY, CHICAGO, NOW, YEAR, Cast

PAIRS = 3000
FULL_NAMES = {"near": "pairs"}
Ask = Callable[[Records], Awaitable[object]]


@pytest.fixture
async def many(store: SqlStore, cast: Cast, engine: AsyncEngine) -> list[Look]:
    """A thousand pairs and their people, none of whom is due, with as many nudges for later; twelve of their looks."""
    new = [Person("", f"p{n}", f"P {n}", CHICAGO, f"U{n}") for n in range(2 * PAIRS)]
    async with store.begin() as records:
        people = await records.put_people(cast.workspace_id, new)
        roles = {person.id: frozenset({Role.MENTEE}) for person in people}
        await records.put_members(cast.program.id, roles, NOW)
        mentors, mentees = people[:PAIRS], people[PAIRS:]
        trios = zip(mentors, mentees, reversed(mentors), strict=True)
        rows = [PairRow(cast.program.id, x.key, x.id, y.id, z.id, "", YEAR.first) for x, y, z in trios]
        await records.put_pairs(rows, NOW)
        await records.put_nudges([cast.nudge(to=person, not_before=NOW + A_DAY) for person in people])
        looks = await records.claim_looks(NOW, 10 * PAIRS)
        await records.look_again([(look, NOW + A_DAY) for look in looks])
    async with engine.begin() as connection:
        await connection.exec_driver_sql("ANALYZE")
    return [*looks[:6], *looks[-6:]]


async def plans(engine: AsyncEngine, store: SqlStore, ask: Ask) -> str:
    """Return how the database goes about each statement of a question."""
    said: list[tuple[str, Any]] = []

    def hear(_connection: object, _cursor: object, statement: str, parameters: object, *_more: object) -> None:
        if statement.lstrip().startswith(("SELECT", "UPDATE", "INSERT")):
            said.append((statement, parameters))

    event.listen(engine.sync_engine, "before_cursor_execute", hear)
    async with store.begin() as records:
        await ask(records)
    event.remove(engine.sync_engine, "before_cursor_execute", hear)
    explain = "EXPLAIN" if engine.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
    lines: list[str] = []
    async with engine.connect() as connection:
        for statement, parameters in said:
            found = await connection.exec_driver_sql(f"{explain} {statement}", parameters)
            lines += [str(row[-1]) for row in found]
    return "\n".join(lines)


# These are as good as empty here, so that any way to read them will do.
EMPTY = {"programs", "pauses", "meetings", "answers"} | {
    "agreements",
    "appointments",
    "endings",
    "goals",
    "phase_moves",
    "replies",
}


def scanned(plan: str) -> set[str]:
    """Return the tables of ours that a plan reads from end to end."""
    found = re.findall(r"(?:Seq Scan on|SCAN) (\w+)", plan)
    return {FULL_NAMES.get(name, name) for name in found} & set(metadata.tables)


async def test_what_is_due_is_found_and_sorted_by_the_index_of_moments(
    store: SqlStore, many: list[Look], engine: AsyncEngine
) -> None:
    plan = await plans(engine, store, lambda records: records.claim_looks(NOW, 200))

    assert "ix_agenda_due_at_id" in plan
    assert "Sort" not in plan
    assert "TEMP B-TREE" not in plan


async def test_the_next_due_moment_is_the_first_of_two_indexes(
    store: SqlStore, many: list[Look], engine: AsyncEngine
) -> None:
    plan = await plans(engine, store, lambda records: records.next_due())

    assert "ix_agenda_due_at_id" in plan
    assert "ix_nudges_open" in plan
    assert not re.search(r"Sort Key: .*(agenda|nudges)", plan)  # notes are as good as empty here
    assert "TEMP B-TREE" not in plan


async def test_what_a_few_looks_are_about_is_found_by_indexes(
    store: SqlStore, cast: Cast, many: list[Look], engine: AsyncEngine
) -> None:
    few = [look for look in many if look.person_id != cast.ada.id]  # who coordinates may stand in for any liaison

    plan = await plans(engine, store, lambda records: records.looked_at(few))

    assert scanned(plan) <= EMPTY


async def test_the_next_looks_are_written_row_by_row_and_by_no_scan(
    store: SqlStore, many: list[Look], engine: AsyncEngine
) -> None:
    plan = await plans(engine, store, lambda records: records.look_again([(look, NOW) for look in many]))

    assert scanned(plan) == set()
