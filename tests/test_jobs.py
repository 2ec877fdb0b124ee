"""The jobs: how often each begins, and that sending waits for turns that come soon."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import cast

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.busy import Busy
from bot.domain.notes import Lease, Note, Outcome
from bot.domain.pace import POSTS, Limits
from bot.domain.people import Person
from bot.store import SqlStore, make_engine
from bot.store.tables import metadata
from bot.wiring import Tandem
from scheduler.jobs import make_scheduler, send_for_a_spell
from tests.usecases.stage import TEAM, Desk, Stage, at

pytestmark = pytest.mark.slow

FIRST_MORNING = at(6, 1, 10)
ONE_BY_ONE = Limits(start=20.0, least=1.0, most=20.0, burst=1)  # a twentieth of a second between two


class HangsForTom(Desk):
    """A courier that waits for Tom's answer until the test has had enough."""

    reached: asyncio.Event
    answered: asyncio.Event

    async def post(self, note: Note, person: Person, lease: Lease) -> Outcome:
        outcome = await super().post(note, person, lease)
        if person.key == "tom":
            self.reached.set()
            await self.answered.wait()
        return outcome


@pytest.fixture
async def engine() -> AsyncIterator[AsyncEngine]:
    made = make_engine("sqlite://")
    async with made.begin() as connection:
        await connection.run_sync(metadata.create_all)
    yield made
    await made.dispose()


async def first_morning(engine: AsyncEngine) -> tuple[Stage, Tandem]:
    """Tom, Noor and Ines have something due, on a clock that runs."""
    stage = Stage(SqlStore(engine, limits={POSTS: ONE_BY_ONE}))
    await stage.load()
    stage.now = FIRST_MORNING
    await stage.plan()
    begun = time.monotonic()
    world = replace(
        stage.world,
        now=lambda: FIRST_MORNING + timedelta(seconds=time.monotonic() - begun),
        steady=time.monotonic,
    )
    return stage, cast(Tandem, SimpleNamespace(world=world, store=stage.store, stopping=SimpleNamespace(begun=False)))


async def test_sending_waits_for_the_turns_of_a_spell(engine: AsyncEngine) -> None:
    """A turn is a twentieth of a second away, the next beat two seconds: one beat brings them all."""
    stage, tandem = await first_morning(engine)

    await send_for_a_spell(tandem)

    assert sorted(who for who, _ in stage.desk.given) == ["ines", "noor", "tom"]


async def test_sending_does_not_wait_for_what_comes_much_later(engine: AsyncEngine) -> None:
    stage, tandem = await first_morning(engine)
    async with stage.store.begin() as records:
        workspace = await records.workspace(TEAM)
        pace = await records.pace(workspace.id, POSTS, FIRST_MORNING)
        await records.put_paces([pace.limited(FIRST_MORNING + timedelta(days=1), FIRST_MORNING)])

    await send_for_a_spell(tandem)

    assert stage.desk.given == []


@pytest.mark.parametrize(("tick", "send"), [(2.0, 2.0), (0.5, 0.5), (300.0, 2.0)])
async def test_how_often_each_job_begins(tick: float, send: float) -> None:
    scheduler = make_scheduler(cast(Tandem, None), Busy(), tick)

    beats = {job.id: job.trigger.interval.total_seconds() for job in scheduler.get_jobs()}

    assert beats == {
        "tick": tick,
        "send": send,
        "find people": 3600,
        "follow accounts": 300,
        "wake workspaces": 300,
    }


async def test_no_beat_is_dropped_because_it_was_late() -> None:
    """APScheduler's own default drops a run that is a second late: our records, not it, know what is due."""
    scheduler = make_scheduler(cast(Tandem, None), Busy(), 2.0)

    assert {(job.misfire_grace_time, job.coalesce) for job in scheduler.get_jobs()} == {(None, True)}
    assert {job.id: job.max_instances for job in scheduler.get_jobs() if job.max_instances > 1} == {"send": 3}


async def test_a_call_that_hangs_keeps_nobody_else_waiting(engine: AsyncEngine) -> None:
    stage, tandem = await first_morning(engine)
    desk = HangsForTom()
    desk.reached, desk.answered = asyncio.Event(), asyncio.Event()
    world = replace(tandem.world, courier=desk)
    tandem = cast(Tandem, SimpleNamespace(world=world, store=stage.store, stopping=tandem.stopping))

    first = asyncio.ensure_future(send_for_a_spell(tandem))
    await desk.reached.wait()
    await send_for_a_spell(tandem)  # the next beat

    assert sorted(who for who, _ in desk.given) == ["ines", "noor", "tom"]
    assert not first.done()
    desk.answered.set()
    await first
