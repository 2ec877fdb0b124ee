"""`python -m bot`: settings → world → Bolt app → serve; nothing else."""

import asyncio

import structlog

from bot.clock import followed
from bot.process import run_process
from bot.settings import Settings
from bot.wiring import open_tandem, operated, serve

log = structlog.get_logger()


async def serve_until_told(settings: Settings, stop: asyncio.Event) -> None:
    """Answer people until `stop` is set, then finish what is being answered."""
    async with (
        open_tandem(settings) as tandem,
        followed(tandem.clock),
        operated(tandem, settings),
        serve(tandem, settings, stop),
    ):
        log.info("bot_ready", by="socket" if settings.app_token else "http")
        await stop.wait()
        log.info("bot_stopping")


if __name__ == "__main__":
    raise SystemExit(run_process(serve_until_told))
