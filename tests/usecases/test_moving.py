"""Who moves to another zone, and whose zone nobody knows: heard at their own hours, once a day, before and after."""

from collections.abc import AsyncIterator
from datetime import datetime

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store import SqlStore, make_engine
from bot.store.tables import metadata, people
from tests.small_program import ROSTER
from tests.usecases.stage import Stage, at

IN_GUAM = ROSTER.replace("U0MAYA,,America/Chicago", "U0MAYA,,Pacific/Guam")


@pytest.fixture
async def engine() -> AsyncIterator[AsyncEngine]:
    """A database in memory."""
    made = make_engine("sqlite://")
    async with made.begin() as connection:
        await connection.run_sync(metadata.create_all)
    yield made
    await made.dispose()


@pytest.fixture
async def stage(engine: AsyncEngine) -> Stage:
    """The small program on it."""
    made = Stage(SqlStore(engine))
    await made.load()
    return made


async def heard_at(stage: Stage, key: str) -> list[datetime]:
    """Return when somebody heard something, oldest first, on the calendar where they are now."""
    person = (await stage.member(key)).person
    async with stage.store.begin() as records:
        notes = await records.sent_notes(person.id, 100)
    return sorted(note.at.astimezone(person.zone) for note in notes)


async def test_who_moves_in_the_middle_of_a_week_is_heard_at_the_hours_of_where_they_are(stage: Stage) -> None:
    await stage.walk(at(6, 15, 20))  # a Thursday night in Chicago, Friday morning in Guam: Maya is over her two weeks
    await stage.load(roster=IN_GUAM)

    await stage.walk(at(6, 24, 12))

    after = [moment for moment in await heard_at(stage, "maya") if moment >= at(6, 15, 20)]
    assert [(moment.day, moment.hour, moment.minute) for moment in after] == [(16, 11, 0), (23, 9, 0)]


async def test_nobody_hears_twice_on_a_day_that_a_journey_makes_long(stage: Stage) -> None:
    await stage.load(roster=IN_GUAM)
    await stage.walk(at(6, 15, 23))  # Friday afternoon in Guam
    in_guam = await heard_at(stage, "maya")
    await stage.load()  # back in Chicago, where Friday begins once more

    await stage.walk(at(6, 17, 12))

    days = [moment.date() for moment in await heard_at(stage, "maya")]
    assert in_guam
    assert len(days) == len(set(days))


async def test_a_zone_that_this_machine_does_not_know_is_the_program_s(stage: Stage, engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await connection.execute(update(people).where(people.c.key == "tom").values(zone="Mars/Olympus_Mons"))

    await stage.walk(at(6, 2, 12))

    assert await heard_at(stage, "tom") == [at(6, 1, 9)]
