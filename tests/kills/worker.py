"""A worker: a process with all of the product's own parts, that ticks from moment to moment and dies where it is told.

It is forked from a process that has imported everything already, so that dozens a second can begin and be killed.
"""

import asyncio
import gc
import os
import signal
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection

from bot import wiring
from bot.logs import set_up_logs
from bot.wiring import open_tandem
from scheduler.jobs import tick
from tests.kills.mutants import MUTANTS
from tests.kills.points import Points
from tests.kills.program import settings_for


@dataclass(frozen=True, slots=True)
class Order:
    """What a worker has to do: tick at each of the moments, and die at a point (0: at none)."""

    database_url: str
    slack_url: str
    moments: tuple[datetime, ...]
    die_at: int = 0
    every: bool = False
    mutant: str = ""


def work(order: Order, told: Connection) -> None:
    """Tick at all moments; tell each before it comes, and in the end the names of the points."""
    gc.disable()  # it does not live long
    set_up_logs("CRITICAL", "json")
    if order.mutant:
        MUTANTS[order.mutant]()
    told.send(asyncio.run(_work(order, told)))


async def _work(order: Order, told: Connection) -> list[str]:
    points = Points(order.die_at, lambda: os.kill(os.getpid(), signal.SIGKILL), every=order.every)
    points.watch_databases()
    opened = wiring.open_client
    wiring.open_client = lambda settings, *others: opened(settings, *others, points.of_calls())
    settings = settings_for(order.database_url, order.slack_url)
    moment = order.moments[0]
    async with open_tandem(settings, now=lambda: moment) as tandem:
        for moment in order.moments:
            told.send(moment)
            told.recv()  # now Slack's clock shows it as well
            await tick(tandem)
    return points.names
