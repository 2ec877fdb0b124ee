"""The composition root: the only place that knows every concrete part, and how they are put together."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

import aiohttp
import aiohttp.web
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.clock import Clock, GivenClock, steady_clock
from bot.content.own_content import load_content
from bot.content.problems import FilesRefused
from bot.content.words import load_words
from bot.domain.pace import LIMITS, Limits
from bot.operating.counting import CountingCourier
from bot.operating.facts import read_facts
from bot.operating.figures import Facts, Figures
from bot.operating.port import open_port
from bot.operating.signs import Signs
from bot.process import GaveUp
from bot.settings import Settings, SettingsWrong
from bot.slack.app import build_app
from bot.slack.directory import SlackDirectory
from bot.slack.doors import Doors
from bot.slack.meter import Meter
from bot.slack.post import CALL_SECONDS, SlackCourier
from bot.slack.progress import progress_blocks
from bot.slack.sockets import Plan, Sockets
from bot.slack.timed_app import TimedApp
from bot.stopping import Stopping
from bot.store.engine import make_engine
from bot.store.migrate import upgrade
from bot.store.outage import told_when_away
from bot.store.records import SqlStore
from bot.store.soundness import doubts
from bot.usecases.compose_note import Composer
from bot.usecases.debit_calls import debit_calls
from bot.usecases.reading import warm_up
from bot.usecases.world import World

log = structlog.get_logger()

CALL_TIMEOUT = aiohttp.ClientTimeout(total=CALL_SECONDS, connect=5)
A_LAST_MOMENT = 1.0  # for what came in while the door was being closed


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
    app: TimedApp
    doors: Doors
    clock: Clock | GivenClock
    figures: Figures

    @property
    def stopping(self) -> Stopping:
        """Whether this process is about to end, and how long it may take."""
        return self.figures.signs.stopping


def make_composer(folder: Path | None = None) -> Composer:
    """Return the words that come with Tandem, and the prompts and activities: those of `folder`, where it has any.

    Raises FilesRefused where something in the folder is wrong.
    """
    content = load_content(folder)
    return Composer(load_words(), content.prompts, content.activities)


def _own_composer(settings: Settings) -> Composer:
    try:
        return make_composer(settings.tandem_content)
    except FilesRefused as refused:
        raise SettingsWrong(f"TANDEM_CONTENT: {settings.tandem_content} cannot be used\n{refused}") from None


@asynccontextmanager
async def open_store(
    database_url: str, limits: Mapping[str, Limits] | None = None
) -> AsyncIterator[tuple[AsyncEngine, SqlStore]]:
    """Open the records, brought up to this release, and close them in the end.

    Raises RecordsAway where they cannot be reached.
    """
    _make_folder(database_url)
    engine = make_engine(database_url)
    try:
        with told_when_away():
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
    await asyncio.to_thread(warm_up)  # before anybody waits for an answer
    for doubt in doubts(settings.database_url):
        log.warning("database_in_doubt", because=doubt.sentence)
    limits = limits if limits is not None else LIMITS if now is None else {}
    async with open_store(settings.database_url, limits) as (engine, store), open_client(settings) as unmetered:
        directory = SlackDirectory(unmetered)
        clock = GivenClock(now) if now else Clock(store.clock, directory.time)
        await clock.check()
        figures = Figures(Signs(Stopping(), leaps=lambda: clock.leaps))
        courier = CountingCourier(SlackCourier(unmetered, clock.now, progress_blocks, steady_clock), figures)
        world = World(store, courier, _own_composer(settings), clock.now, new_id, steady_clock)
        meter = Meter(limits, clock.now)
        async with open_client(settings, meter.trace()) as client, meter.running(partial(debit_calls, world)):
            app, doors = build_app(client, world, signing_secret=settings.signing_secret)
            app.acknowledged = figures.acknowledged
            yield Tandem(world, store, engine, client, directory, app, doors, clock, figures)


@asynccontextmanager
async def operated(tandem: Tandem, settings: Settings) -> AsyncIterator[None]:
    """Tell health and figures on the operator's port until the block ends, if there is to be one."""
    if not settings.tandem_operator_port:
        yield
        return
    host, port = settings.tandem_operator_host, settings.tandem_operator_port

    async def facts() -> Facts:
        return await read_facts(tandem.store, tandem.world.now)

    async with AsyncExitStack() as stack:
        try:
            await stack.enter_async_context(open_port(host, port, tandem.figures, facts))
        except OSError as error:
            raise SettingsWrong(f"TANDEM_OPERATOR_PORT: {host}:{port} cannot be used ({error.strerror})") from None
        yield


@asynccontextmanager
async def serve(tandem: Tandem, settings: Settings, stop: asyncio.Event | None = None) -> AsyncIterator[None]:
    """Take what Slack sends, by Socket Mode or HTTP, until the block ends; then answer what has come in.

    Where nothing is heard from Slack for too long `stop` is set, and GaveUp is raised in the end; without `stop` it is
    tried for ever.
    """
    door = _by_socket(tandem, settings, stop) if settings.app_token else _by_http(tandem, settings)
    async with door as close:
        try:
            yield
        finally:
            tandem.stopping.begin()
            await tandem.doors.busy.finish(tandem.stopping.left(at_least=A_LAST_MOMENT))
            await close()
            if not await tandem.doors.busy.finish(tandem.stopping.left(at_least=A_LAST_MOMENT)):
                log.warning("answers_cut_off", count=tandem.doors.busy.count)


Close = Callable[[], Awaitable[None]]


@asynccontextmanager
async def _by_socket(tandem: Tandem, settings: Settings, stop: asyncio.Event | None) -> AsyncIterator[Close]:
    plan = Plan(settings.tandem_sockets, settings.tandem_socket_silence_seconds)
    sockets = Sockets(tandem.app, settings.app_token, plan, stop.set if stop else None)
    tandem.figures.signs.sockets = sockets
    try:
        await sockets.open(stop)
        yield sockets.close
    finally:
        await sockets.close()
    if sockets.gave_up:
        raise GaveUp("nothing was heard from Slack for too long")


@asynccontextmanager
async def _by_http(tandem: Tandem, settings: Settings) -> AsyncIterator[Close]:
    tandem.figures.signs.listening = False
    runner = aiohttp.web.AppRunner(tandem.app.web_app(path="/slack/events"), shutdown_timeout=A_LAST_MOMENT)
    await runner.setup()
    try:
        await aiohttp.web.TCPSite(runner, settings.tandem_host, settings.tandem_port).start()
        tandem.figures.signs.listening = True
        yield runner.cleanup
    finally:
        tandem.figures.signs.listening = False
        await runner.cleanup()
