"""The same years on a real PostgreSQL: the same oracle, and a server that cuts off who sits still."""

import asyncio
from collections.abc import Iterator

import psycopg
import pytest

from tests.simulation.faults import Faults
from tests.simulation.loop import VirtualLoop
from tests.simulation.mutants import MUTANTS
from tests.simulation.play import Play
from tests.simulation.postgresql import PostgresqlDatabase, PostgresqlLink, database_on, server
from tests.simulation.process import Killed, Process
from tests.simulation.years import BAD, play_year

pytestmark = pytest.mark.slow

A_WEEK = 8
WRITE = "INSERT INTO said VALUES ('half')"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with server() as found:
        yield found


@pytest.fixture
def database(url: str) -> Iterator[PostgresqlDatabase]:
    with database_on(url, "parts") as found:
        found.aside.execute("CREATE TABLE said (word TEXT)")
        yield found


def linked(database: PostgresqlDatabase) -> PostgresqlLink:
    return PostgresqlLink(database, Process("worker", Faults(1, calm=True)))


def test_a_year_on_postgresql_in_which_everything_breaks_loses_and_repeats_nothing(url: str) -> None:
    year = play_year(3, server=url)

    assert year.verdict.details == []
    assert [getattr(year.verdict, name) for name in BAD] == [0] * len(BAD)
    assert year.verdict.expected > 400
    assert {"crash", "pause", "taken late", "database away", "backup put back", "clock leap"} <= set(year.faults)


def test_the_same_seed_plays_the_same_year_there_too(url: str) -> None:
    def trace(seed: int) -> str:
        with database_on(url, "again") as database:
            return Play(seed, days=A_WEEK, database=database).perform().trace

    assert trace(5) == trace(5)


def test_without_the_unique_slot_people_hear_things_twice_there_too(url: str) -> None:
    mutant = next(mutant for mutant in MUTANTS if not mutant.unique_slot)

    assert any(play_year(seed, mutant, A_WEEK, url).verdict.twice for seed in (1, 2, 3))


def test_a_dead_process_leaves_nothing_in_postgresql(database: PostgresqlDatabase) -> None:
    async def story() -> None:
        dying, living = linked(database), linked(database)
        await dying.cursor().execute(WRITE)
        dying._process.kill()
        await living.cursor().execute("SELECT * FROM said")
        await living.commit()
        with pytest.raises(Killed):
            await dying.cursor().execute(WRITE)

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(story())
    assert database.read("SELECT * FROM said") == []


@pytest.mark.parametrize(("seconds", "kept"), [(59, [("half",)]), (61, [])])
def test_who_sits_still_in_a_transaction_for_a_minute_is_cut_off(
    database: PostgresqlDatabase, seconds: int, kept: list[tuple[str]]
) -> None:
    async def story() -> None:
        link = linked(database)
        await link.cursor().execute(WRITE)
        await asyncio.sleep(seconds)
        if kept:
            await link.commit()
        else:
            with pytest.raises(psycopg.errors.IdleInTransactionSessionTimeout):
                await link.commit()
        assert link.closed is not bool(kept)

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(story())
    assert database.read("SELECT * FROM said") == kept
