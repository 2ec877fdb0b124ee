"""The composition root: the only place that knows every concrete part, and how they are put together."""

import secrets
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

import aiohttp
import aiohttp.web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.clock import Clock, GivenClock, steady_clock
from bot.content.prompts import load_prompts
from bot.content.words import load_words
from bot.domain.pace import LIMITS, Limits
from bot.settings import Settings, SettingsWrong
from bot.slack.app import build_app
from bot.slack.directory import SlackDirectory
from bot.slack.doors import Doors
from bot.slack.meter import Meter
from bot.slack.post import CALL_SECONDS, SlackCourier
from bot.slack.progress import progress_blocks
from bot.store.engine import make_engine
from bot.store.migrate import upgrade
from bot.store.records import SqlStore
from bot.usecases.compose_note import Composer
from bot.usecases.debit_calls import debit_calls
from bot.usecases.world import World

CALL_TIMEOUT = aiohttp.ClientTimeout(total=CALL_SECONDS, connect=5)
DRAIN_SECONDS = 6.0
SOCKET_PING_SECONDS = 10


def new_id() -> str:
    """Return an opaque new id."""
    return secrets.token_hex(16)


@dataclass(frozen=True, slots=True)
class Tandem:
    """Everything that runs, put together once for a process."""

    world: World
    store: SqlStore
    engine: AsyncEngine
    client: AsyncWebClient
    directory: SlackDirectory
    app: AsyncApp
    doors: Doors
    clock: Clock | GivenClock


def make_composer() -> Composer:
    """Return the words and prompts that come with Tandem."""
    return Composer(load_words(), load_prompts())


@asynccontextmanager
async def open_store(
    database_url: str, limits: Mapping[str, Limits] | None = None
) -> AsyncIterator[tuple[AsyncEngine, SqlStore]]:
    """Open the records, brought up to this release, and close them in the end."""
    _make_folder(database_url)
    engine = make_engine(database_url)
    try:
        await upgrade(engine)
        yield engine, SqlStore(engine, limits=limits)
    finally:
        await engine.dispose()


def _make_folder(database_url: str) -> None:
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)


@asynccontextmanager
async def open_client(settings: Settings, *traces: aiohttp.TraceConfig) -> AsyncIterator[AsyncWebClient]:
    """Open a Slack client that never tries again by itself: the SDK's own retries post twice.

    One session for all calls (a session for each call opens a connection for each); the session carries the
    time-out, since the client's own is ignored beside a shared session. `traces` are told of its calls.
    """
    async with aiohttp.ClientSession(timeout=CALL_TIMEOUT, trace_configs=list(traces)) as session:
        yield AsyncWebClient(
            token=settings.bot_token, base_url=settings.slack_api_url, session=session, retry_handlers=[]
        )


async def team_of(client: AsyncWebClient, settings: Settings) -> str:
    """Return the team that the token is for; raises SettingsWrong when Slack does not tell."""
    try:
        return str((await client.auth_test())["team_id"])
    except SlackApiError as error:
        reason = error.response.get("error")
        raise SettingsWrong(f"SLACK_BOT_TOKEN: refused by Slack ({reason}); install the app again") from None
    except (TimeoutError, aiohttp.ClientError) as error:
        raise SettingsWrong(
            f"SLACK_API_URL: {settings.slack_api_url} cannot be reached ({type(error).__name__}); try again, or unset "
            "SLACK_BOT_TOKEN to load without Slack"
        ) from None


@asynccontextmanager
async def open_tandem(
    settings: Settings, now: Callable[[], datetime] | None = None, limits: Mapping[str, Limits] | None = None
) -> AsyncIterator[Tandem]:
    """Put everything together; nothing is served yet and nothing ticks.

    With a clock of somebody else's (`now`) Slack's limits are not kept unless they are named: where time stands still,
    no turn ever comes. The courier has a session of its own: its calls have had their turn and are not counted again.
    """
    limits = limits if limits is not None else LIMITS if now is None else {}
    async with open_store(settings.database_url, limits) as (engine, store), open_client(settings) as unmetered:
        directory = SlackDirectory(unmetered)
        clock = GivenClock(now) if now else Clock(store.clock, directory.time)
        await clock.check()
        courier = SlackCourier(unmetered, clock.now, progress_blocks, steady_clock)
        world = World(store, courier, make_composer(), clock.now, new_id, steady_clock)
        meter = Meter(limits, clock.now)
        async with open_client(settings, meter.trace()) as client, meter.running(partial(debit_calls, world)):
            app, doors = build_app(client, world, signing_secret=settings.signing_secret)
            yield Tandem(world, store, engine, client, directory, app, doors, clock)


@asynccontextmanager
async def serve(tandem: Tandem, settings: Settings) -> AsyncIterator[None]:
    """Take what Slack sends, by Socket Mode or HTTP, until the block ends; then answer what has come in."""
    if settings.app_token:
        handler = AsyncSocketModeHandler(tandem.app, settings.app_token, ping_interval=SOCKET_PING_SECONDS)
        await handler.connect_async()
        try:
            yield
        finally:
            await tandem.doors.busy.finish(DRAIN_SECONDS)
            await handler.close_async()
    else:
        runner = aiohttp.web.AppRunner(tandem.app.web_app(path="/slack/events"))
        await runner.setup()
        await aiohttp.web.TCPSite(runner, settings.tandem_host, settings.tandem_port).start()
        try:
            yield
        finally:
            await tandem.doors.busy.finish(DRAIN_SECONDS)
            await runner.cleanup()
