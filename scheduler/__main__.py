"""`python -m scheduler`: start, tick, stop cleanly on SIGTERM. On PostgreSQL, run as many as you like."""

import asyncio

import structlog

from bot.busy import Busy
from bot.operating.signs import Pulse
from bot.process import run_process
from bot.settings import Settings
from bot.wiring import Tandem, open_tandem, operated
from scheduler.jobs import make_scheduler

log = structlog.get_logger()


async def tick_until_told(tandem: Tandem, settings: Settings, stop: asyncio.Event) -> None:
    """Tick until `stop` is set, then wait for what is under way: a note that is being sent is settled."""
    busy = Busy()
    tandem.figures.signs.pulse = Pulse(settings.tandem_tick_seconds)
    scheduler = make_scheduler(tandem, busy, settings.tandem_tick_seconds)
    scheduler.start()
    log.info("scheduler_ready", every=settings.tandem_tick_seconds)
    await stop.wait()
    log.info("scheduler_stopping")
    tandem.stopping.begin()
    scheduler.pause()
    if not await busy.finish(tandem.stopping.left()):
        log.warning("jobs_cut_off", count=busy.count)  # their leases settle what they held
    scheduler.shutdown(wait=False)


async def main(settings: Settings, stop: asyncio.Event) -> None:
    """Open the world and tick."""
    async with open_tandem(settings) as tandem, operated(tandem, settings):
        await tick_until_told(tandem, settings, stop)


if __name__ == "__main__":
    raise SystemExit(run_process(main))
