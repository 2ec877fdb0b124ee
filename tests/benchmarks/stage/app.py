"""Tandem put together as in production, on a database, at a moment, with whatever Slack there is."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from pydantic import SecretStr

from bot.settings import Settings
from bot.wiring import Tandem, open_tandem

NOWHERE = "http://127.0.0.1:9/api/"  # where nobody listens
BOT_TOKEN = "xoxb-benchmark"


@asynccontextmanager
async def tandem_on(database_url: str, now: datetime, slack_api_url: str = NOWHERE) -> AsyncIterator[Tandem]:
    """Give everything that runs; nothing ticks, and the clock stands."""
    settings = Settings(
        _env_file=None,
        slack_bot_token=SecretStr(BOT_TOKEN),
        slack_signing_secret=SecretStr("unused"),
        slack_api_url=slack_api_url,
        database_url=database_url,
    )
    async with open_tandem(settings, lambda: now) as tandem:
        yield tandem
