"""Two workers, and two people, at the same moment."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.nudges import Lane, Rule
from bot.domain.people import Person
from bot.domain.program import Role
from bot.store import SqlStore, make_engine
from bot.store.tables import meetings, nudges
from tests.store.cast import A_MINUTE, CHICAGO, NOW, Cast, all_rows, states

PEOPLE = 30


@pytest.fixture
async def other(url: str) -> AsyncIterator[SqlStore]:
    """Another process on the same database."""
    engine = make_engine(url)
    yield SqlStore(engine)
    await engine.dispose()


@pytest.fixture
async def crowd(store: SqlStore, cast: Cast) -> list[Person]:
    """Many mentees, each with a nudge that is due."""
    async with store.begin() as records:
        people = [
            await records.put_person(cast.workspace_id, Person("", f"p{n}", f"P {n}", CHICAGO)) for n in range(PEOPLE)
        ]
        for person in people:
            await records.put_roles(cast.program.id, person.id, frozenset({Role.MENTEE}), NOW)
        await records.put_nudges([cast.nudge(to=person) for person in people])
    return people


@pytest.fixture
def on_postgresql(url: str) -> None:
    """Two transactions at once are PostgreSQL's; on SQLite the second waits for the first."""
    if not url.startswith("postgresql"):
        pytest.skip("SQLite has one transaction at a time")
