"""A worker that goes on when its database is gone: it ticks until all is said."""

import asyncio
import gc
from datetime import timedelta
from multiprocessing.connection import Connection

from bot.busy import Busy
from bot.logs import set_up_logs
from bot.wiring import Tandem, open_tandem
from scheduler import jobs
from tests.kills.program import settings_for
from tests.kills.worker import Order

BEAT = timedelta(seconds=61)  # from one tick to the next: a lease has lapsed by then
A_MOMENT = 0.02


def work_on(order: Order, told: Connection) -> None:
    """Tick as the scheduler does, whatever fails, until nothing is left to do; then tell each tick that failed."""
    gc.disable()
    set_up_logs("CRITICAL", "json")
    told.send(asyncio.run(_work_on(order)))


async def _work_on(order: Order) -> list[str]:
    moment = order.moments[0]
    async with open_tandem(settings_for(order.database_url, order.slack_url), now=lambda: moment) as tandem:
        failed: list[str] = []
        good = 0
        done = False

        async def tick_and_look(of: Tandem) -> None:
            nonlocal good, done
            await jobs.tick(of)
            async with of.store.begin() as records:
                done = not await records.announcements_under_way() and (await records.trouble(moment)).unknown == 0
            good += 1

        while not done:
            before = good
            await jobs._run(jobs.Job("tick", tick_and_look), tandem, Busy())
            await _calls_left_behind()
            if good > before:
                moment += BEAT  # only now: no call is under way whose lease could lapse meanwhile
            else:
                failed.append("a tick")
                await asyncio.sleep(A_MOMENT)
    return failed


async def _calls_left_behind() -> None:
    """Wait for the calls of a tick that was broken off."""
    if others := asyncio.all_tasks() - {asyncio.current_task()}:
        await asyncio.wait(others)
