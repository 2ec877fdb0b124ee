"""The parts of the simulated world: a clock that jumps, processes that die, a database that waits its turn."""

import asyncio
from collections.abc import Coroutine
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.simulation.calendar import moment_of
from tests.simulation.database import Cursor, Database, Link
from tests.simulation.faults import Faults
from tests.simulation.loop import NothingWillEverHappen, VirtualLoop
from tests.simulation.process import Killed, Process


def played(work: Coroutine[Any, Any, Any]) -> Any:
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(work)


def calm(name: str) -> Process:
    return Process(name, Faults(1, calm=True))


async def do(link: Link, statement: str) -> Cursor:
    return await link.execute(statement)


def test_a_year_passes_in_no_time() -> None:
    async def year() -> float:
        await asyncio.sleep(365 * 86400)
        return asyncio.get_running_loop().time()

    assert played(year()) == 365 * 86400


def test_two_tasks_wake_in_the_order_of_their_times() -> None:
    async def both() -> list[str]:
        heard: list[str] = []

        async def say(word: str, after: float) -> None:
            await asyncio.sleep(after)
            heard.append(word)

        await asyncio.gather(say("late", 7200), say("soon", 60))
        return heard

    assert played(both()) == ["soon", "late"]


def test_waiting_for_what_never_comes_is_told_instead_of_hanging() -> None:
    async def wait() -> None:
        await asyncio.get_running_loop().create_future()

    with pytest.raises(NothingWillEverHappen):
        played(wait())


def test_a_dead_process_leaves_nothing_in_the_database_and_its_lock_is_free() -> None:
    async def story() -> int:
        database, dying, living = Database(), calm("dying"), calm("living")
        database.raw.execute("CREATE TABLE said (word TEXT)")
        link, other = Link(database, dying), Link(database, living)
        await do(link, "BEGIN IMMEDIATE")
        await do(link, "INSERT INTO said VALUES ('half')")
        dying.kill()
        await do(other, "BEGIN IMMEDIATE")
        count = await (await do(other, "SELECT count(*) FROM said")).fetchone()
        await other.commit()
        with pytest.raises(Killed):
            await do(link, "BEGIN IMMEDIATE")
        return int(count[0])

    assert played(story()) == 0


def test_one_writer_waits_for_the_other() -> None:
    async def story() -> list[str]:
        database, order = Database(), []

        async def write(name: str, seconds: float) -> None:
            link = Link(database, calm(name))
            await do(link, "BEGIN IMMEDIATE")
            order.append(f"{name} begins")
            await asyncio.sleep(seconds)
            await link.commit()
            order.append(f"{name} ends")

        await asyncio.gather(write("first", 5), write("second", 1))
        return order

    assert played(story()) == ["first begins", "first ends", "second begins", "second ends"]


def test_a_restored_copy_knows_nothing_of_what_came_later() -> None:
    async def story() -> list[Any]:
        database = Database()
        database.raw.execute("CREATE TABLE said (word TEXT)")
        copy = database.backup()
        database.raw.execute("INSERT INTO said VALUES ('later')")
        database.restore(copy)
        return database.read("SELECT * FROM said")

    assert played(story()) == []


@pytest.mark.parametrize(
    ("day", "hour", "zone", "utc"),
    [
        (date(2018, 3, 11), 2, "America/Chicago", "2018-03-11T08:00:00+00:00"),  # left out: the jump to 3:00
        (date(2017, 11, 5), 1, "America/Chicago", "2017-11-05T06:00:00+00:00"),  # comes twice: the first
        (date(2017, 6, 1), 9, "Asia/Kathmandu", "2017-06-01T03:15:00+00:00"),
    ],
)
def test_the_oracle_reads_a_clock_on_the_wall(day: date, hour: int, zone: str, utc: str) -> None:
    assert moment_of(day, time(hour), ZoneInfo(zone)) == datetime.fromisoformat(utc)
