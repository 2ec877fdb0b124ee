"""Bot and scheduler in one process, for a single machine: `tandem run`."""

import asyncio

import structlog

from bot.settings import Settings
from bot.wiring import open_tandem, operated, serve
from scheduler.__main__ import tick_until_told

log = structlog.get_logger()


async def serve_and_tick(settings: Settings, stop: asyncio.Event) -> None:
    """Answer people and tick until `stop` is set; then finish what is under way, in both."""
    async with open_tandem(settings) as tandem, operated(tandem, settings), serve(tandem, settings, stop):
        log.info("tandem_ready", by="socket" if settings.app_token else "http")
        await tick_until_told(tandem, settings, stop)
