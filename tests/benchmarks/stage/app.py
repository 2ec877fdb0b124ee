"""Tandem put together as in production, on a database, at a moment, with whatever Slack there is."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime

from pydantic import SecretStr

from bot.domain.pace import LIMITS
from bot.settings import Settings
from bot.store import SqlStore
from bot.wiring import Tandem, open_tandem

NOWHERE = "http://127.0.0.1:9/api/"  # where nobody listens
BOT_TOKEN = "xoxb-benchmark"


@asynccontextmanager
async def tandem_on(
    database_url: str, now: datetime | None = None, slack_api_url: str = NOWHERE
) -> AsyncIterator[Tandem]:
    """Give everything that runs; nothing ticks by itself. The clock stands at `now`; None: it is production's."""
    settings = Settings(
        _env_file=None,
        slack_bot_token=SecretStr(BOT_TOKEN),
        slack_signing_secret=SecretStr("unused"),
        slack_api_url=slack_api_url,
        database_url=database_url,
    )
    async with open_tandem(settings, (lambda: now) if now else None) as tandem:
        yield _paced(tandem)


def _paced(tandem: Tandem) -> Tandem:
    """Return it with Slack's limits, which are let go where a clock is given: sending has to keep them here as well."""
    store = SqlStore(tandem.engine, limits=LIMITS)
    return replace(tandem, store=store, world=replace(tandem.world, store=store))
