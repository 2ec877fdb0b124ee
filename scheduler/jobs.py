"""The few jobs. Each looks at the clock once and calls a use case.

APScheduler is our ticker, not our memory: the records say what is due and what has gone out, so a restart, a missed
tick or a second worker changes nothing.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.busy import Busy
from bot.domain.pace import POSTS
from bot.usecases.announce import show_progress
from bot.usecases.find_people import find_people
from bot.usecases.follow_account import follow_accounts
from bot.usecases.look_up import BATCH as DOUBTS_AT_ONCE
from bot.usecases.look_up import look_up
from bot.usecases.plan_nudges import BATCH, plan_nudges
from bot.usecases.ports import RecordsAway
from bot.usecases.send_notes import send_notes
from bot.usecases.wake_workspaces import wake_workspaces
from bot.wiring import Tandem

log = structlog.get_logger()

HOURLY, EVERY_FIVE_MINUTES = 3600.0, 300.0
A_BEAT, A_SPELL, A_MOMENT = 2.0, 1.7, 0.05  # seconds: sending begins anew that often, and lasts that long


async def plan(tandem: Tandem) -> None:
    """Plan whatever is due, batch by batch."""
    prompts = tandem.world.composer.prompts.all
    while not tandem.stopping.begun and await plan_nudges(tandem.store, prompts, tandem.world.now()) >= BATCH:
        pass


async def send(tandem: Tandem) -> None:
    """Send whatever is due, batch by batch."""
    while not tandem.stopping.begun and await send_notes(tandem.world):
        pass


async def send_for_a_spell(tandem: Tandem) -> None:
    """Send what is due turn by turn, and wait for turns that come soon: else each beat would bring but one burst."""
    ends = tandem.world.steady() + A_SPELL
    while not tandem.stopping.begun and tandem.world.steady() < ends:
        if not await send_notes(tandem.world) and not await _turn_comes(tandem, ends):
            return


async def _turn_comes(tandem: Tandem, ends: float) -> bool:
    """Wait until somebody's turn comes; return False if it does not come before the spell `ends`."""
    now = tandem.world.now()
    async with tandem.store.begin() as records:
        turn = await records.next_turn(POSTS, now)
    if turn is None:
        return False
    wait = max((turn - now).total_seconds(), A_MOMENT)
    if tandem.world.steady() + wait >= ends:
        return False
    await asyncio.sleep(wait)
    return True


async def doubts(tandem: Tandem) -> None:
    """Look up what may or may not have arrived."""
    while not tandem.stopping.begun and await look_up(tandem.world) >= DOUBTS_AT_ONCE:
        pass


async def wake(tandem: Tandem) -> None:
    """Send to workspaces again whose token Slack takes again."""
    await wake_workspaces(tandem.world)


async def progress(tandem: Tandem) -> None:
    """Keep the progress lines of announcements up to date."""
    await show_progress(tandem.store, tandem.world.courier, tandem.world.now())


async def find(tandem: Tandem) -> None:
    """Look for people whom the roster knows by e-mail only."""
    await find_people(tandem.store, tandem.directory, tandem.world.now())


async def follow(tandem: Tandem) -> None:
    """Ask Slack whose account is closed, works again, or is a guest's."""
    await follow_accounts(tandem.world, tandem.directory)


async def tick(tandem: Tandem) -> None:
    """Look at the clock, look up doubts, plan, send, and say how announcements go: all that is due at this moment."""
    await tandem.clock.check()
    if await _anything_to_do(tandem):
        await doubts(tandem)
        await plan(tandem)
        await send(tandem)
        await progress(tandem)


async def look(tandem: Tandem) -> None:
    """Do what a tick does, without sending: that may take minutes, and has a beat of its own."""
    await tandem.clock.check()
    if await _anything_to_do(tandem):
        await doubts(tandem)
        await plan(tandem)
        await progress(tandem)


async def _anything_to_do(tandem: Tandem) -> bool:
    """Ask once for everything: most ticks find nothing."""
    async with tandem.store.begin() as records:
        return await records.anything_to_do(tandem.world.now())


@dataclass(frozen=True, slots=True)
class Job:
    """What runs how often. `every` is in seconds; None: as often as the settings say.

    `most`: at least so often, whatever the settings say. `at_once`: so many may run beside each other.
    """

    name: str
    work: Callable[[Tandem], Awaitable[None]]
    every: float | None = None
    most: float = HOURLY
    at_once: int = 1


JOBS = (
    Job("tick", look),
    Job("send", send_for_a_spell, most=A_BEAT, at_once=3),  # one call that hangs must not keep all others waiting
    Job("find people", find, every=HOURLY),
    Job("follow accounts", follow, every=EVERY_FIVE_MINUTES),
    Job("wake workspaces", wake, every=EVERY_FIVE_MINUTES),
)


def make_scheduler(tandem: Tandem, busy: Busy, tick_seconds: float) -> AsyncIOScheduler:
    """Return a scheduler with every job on its beat; it has not started."""
    scheduler = AsyncIOScheduler(timezone="UTC")
    for job in JOBS:
        scheduler.add_job(
            _run,
            "interval",
            seconds=min(job.every or tick_seconds, job.most),
            args=[job, tandem, busy],
            id=job.name,
            next_run_time=datetime.now(UTC),  # and once at the start
            max_instances=job.at_once,
            coalesce=True,
            misfire_grace_time=None,  # the default drops a run that is 1 s late
        )
    return scheduler


async def _run(job: Job, tandem: Tandem, busy: Busy) -> None:
    """Run a job; what goes wrong is logged, and the next beat tries again.

    Records that are away are logged by the store, when they go and when they are back, and not with each beat.
    """
    with busy:
        try:
            with tandem.figures.job(job.name):
                await job.work(tandem)
        except RecordsAway:
            pass
        except Exception as error:
            log.exception("job_failed", job=job.name, kind=type(error).__name__)
