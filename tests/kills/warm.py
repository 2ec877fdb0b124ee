"""What the process that workers are forked from does once: one day of work, in memory and without Slack.

So everything is imported, read and worked out when a worker begins. No loop, thread or connection is left.
"""

import asyncio
import gc

from bot.logs import set_up_logs
from bot.wiring import open_tandem
from scheduler.jobs import tick
from tests.kills.program import MONDAY, NOBODY_LISTENS, load_day, settings_for


async def _work() -> None:
    async with open_tandem(settings_for("sqlite://", NOBODY_LISTENS), now=lambda: MONDAY) as tandem:
        await load_day(tandem)
        await tick(tandem)


set_up_logs("CRITICAL", "json")
asyncio.run(_work())
gc.collect()
gc.freeze()
