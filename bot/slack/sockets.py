"""Socket Mode that loses no click at a refresh, notices a dead line, and says so when nothing helps.

Slack ends each connection every few hours. slack_sdk then closes the old one before it opens the new one, and drops
what was on its way. Here a connection never opens another by itself: it asks for a successor, and goes on reading and
answering until Slack closes it. All else (pings, envelopes, acknowledgements) is slack_sdk's and Bolt's own.
"""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import aiohttp
import structlog
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient

log = structlog.get_logger()

PING_SECONDS = 10.0
OPENING_SECONDS = 40.0  # slack_sdk waits 30 s where Slack asks it to before it tries again
LINGER_SECONDS = 25.0  # Slack closes a line some ten seconds after it said that it would
CLOSING_SECONDS = 1.0  # a dead line does not answer a goodbye
SHORTEST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
A_SHORT_LIFE = 5.0
BEATS = 10  # how often to look, within the silence that is too long


@dataclass(frozen=True, slots=True)
class Plan:
    """How many connections, after how many seconds without a frame one is given up, how far apart they are opened.

    Apart, so that Slack does not ask for all of them anew at the same time.
    """

    count: int = 2
    silence: float = 60.0
    apart: float = 15.0

    @property
    def ping(self) -> float:
        """How often to ping, in seconds: a healthy line must be heard well within the silence."""
        return min(PING_SECONDS, self.silence / 4)


class Line(SocketModeClient):
    """One connection, from its opening to its end.

    `greeted`: Slack said hello. `over`: a successor is wanted. `gone`: nothing can come any more. `heard` is called
    for each frame once Slack has greeted: an envelope, a ping, a pong, a farewell; `beside` sends a frame by any other
    line.
    """

    def __init__(
        self,
        app: AsyncApp,
        token: str,
        ping_seconds: float,
        heard: Callable[[], None],
        beside: Callable[[str], Awaitable[bool]],
    ) -> None:
        super().__init__(app_token=token, logger=app.logger, web_client=app.client, ping_interval=ping_seconds)
        self._heard, self._beside = heard, beside
        self.quiet_beats = 0
        self.greeted, self.over, self.gone = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def open(self, connect: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Connect, and return once Slack has greeted, or the line is over before it began."""
        await self.aiohttp_client_session.close()
        self.aiohttp_client_session = aiohttp.ClientSession(ws_response_class=_listening(self))
        await connect()
        await _first_of(self.greeted.wait(), self.over.wait())

    async def connect_to_new_endpoint(self, force: bool = False) -> None:
        """Ask for a successor, where slack_sdk would close this line and open another in its place."""
        self.over.set()

    async def send_message(self, message: str) -> None:
        """Send an acknowledgement; by another line where this one has gone meanwhile: at worst it is ignored there."""
        try:
            await super().send_message(message)
        except ConnectionError:
            if not await self._beside(message):
                raise

    async def deliver(self, message: str) -> bool:
        """Send a frame for another line; return whether this one could."""
        if self.gone.is_set() or self.current_session is None or self.current_session.closed:
            return False
        try:
            await self.current_session.send_str(message)
        except ConnectionError:
            return False
        return True

    def take(self, frame: aiohttp.WSMessage, *, ended: bool) -> None:
        """Look at what was received, on its way to slack_sdk."""
        kind = _kind(frame)
        if kind == "hello":
            self.greeted.set()
        if kind:
            self.quiet_beats = 0
            if self.greeted.is_set():
                self._heard()
        if ended:
            self.over.set()
            self.gone.set()

    async def end(self) -> None:
        """Close it, politely if the other side still answers."""
        with suppress(TimeoutError, aiohttp.ClientError, OSError, RuntimeError):
            async with asyncio.timeout(CLOSING_SECONDS):
                await self.close()  # type: ignore[no-untyped-call]
        for task in (self.message_processor, self.current_session_monitor, self.message_receiver):
            if task is not None:
                task.cancel()
        await self.aiohttp_client_session.close()
        self.over.set()
        self.gone.set()


class Handler(AsyncSocketModeHandler):
    """Bolt's own handler, on a line of ours."""

    def __init__(self, app: AsyncApp, line: Line) -> None:
        self.app, self.app_token, self.client = app, line.app_token, line
        listeners: list[Any] = line.socket_mode_request_listeners
        listeners.append(self.handle)


class Sockets:
    """All connections of this process. `give_up` is called once, when none was heard for twice the silence."""

    def __init__(self, app: AsyncApp, token: str, plan: Plan, give_up: Callable[[], None] | None = None) -> None:
        self._app, self._token, self._plan, self._give_up = app, token, plan, give_up
        self._lines: set[Line] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._heard_at = time.monotonic()
        self._quiet_beats = 0
        self._greeted = asyncio.Event()
        self._hopeless = asyncio.Event()
        self.silences = 0  # how often a connection was given up because nothing was heard on it

    @property
    def connected(self) -> int:
        """How many connections can bring something now."""
        return sum(line.greeted.is_set() and not line.gone.is_set() for line in self._lines)

    @property
    def frame_age(self) -> float:
        """The seconds since anything was heard on any connection, or since the beginning."""
        return time.monotonic() - self._heard_at

    @property
    def gave_up(self) -> bool:
        """Whether nothing was heard for so long that this process had better begin anew."""
        return self._hopeless.is_set()

    async def open(self, stop: asyncio.Event | None = None) -> None:
        """Return once the first connection stands, there is no hope, or `stop` is set; the others follow."""
        for number in range(self._plan.count):
            self._spawn(self._keep(number))
        self._spawn(self._watch())
        await _first_of(self._greeted.wait(), self._hopeless.wait(), *([stop.wait()] if stop else []))

    async def close(self) -> None:
        """Close all connections; safe to call twice."""
        tasks, self._tasks = self._tasks, set()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.gather(*(line.end() for line in self._lines))
        self._lines.clear()

    async def _keep(self, number: int) -> None:
        """Keep one connection: when it is over its successor is opened first, then it is let go."""
        await asyncio.sleep(number * self._plan.apart)
        line: Line | None = None
        pause = 0.0
        while True:
            began = time.monotonic()
            successor = await self._open()
            if successor is not None:
                if line is not None:
                    self._spawn(self._let_go(line))
                line = successor
                await line.over.wait()
                if not line.gone.is_set() or time.monotonic() - began > A_SHORT_LIFE:
                    pause = 0.0
                    continue
            await asyncio.sleep(pause)  # the first time at once, then more and more slowly
            pause = min(max(2 * pause, SHORTEST_PAUSE), LONGEST_PAUSE)

    async def _open(self) -> Line | None:
        """Open a connection; None where Slack does not greet in time."""
        line = Line(self._app, self._token, self._plan.ping, self._hear, self._by_any)
        self._lines.add(line)
        try:
            async with asyncio.timeout(min(OPENING_SECONDS, self._plan.silence)):
                await line.open(Handler(self._app, line).connect_async)
        except TimeoutError:
            log.warning("socket_not_opened", connected=self.connected)
        except Exception as error:  # whatever it is: who keeps a connection must not give up
            log.exception("socket_not_opened", kind=type(error).__name__)
        if not line.greeted.is_set():
            await self._end(line)
            return None
        log.info("socket_opened", connected=self.connected)
        self._greeted.set()
        return line

    async def _let_go(self, line: Line) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(LINGER_SECONDS):
                await line.gone.wait()
        await self._end(line)

    async def _end(self, line: Line) -> None:
        try:
            await line.end()
        finally:
            self._lines.discard(line)

    async def _watch(self) -> None:
        """Count the beats without a frame. Beats, not seconds: a machine that slept has not listened in vain."""
        while True:
            await asyncio.sleep(self._plan.silence / BEATS)
            self._quiet_beats += 1
            for line in self._lines:
                line.quiet_beats += 1
                self._look_at(line)
            if self._quiet_beats >= 2 * BEATS and self._give_up is not None and not self.gave_up:
                log.error("no_socket_heard", seconds=round(self.frame_age, 1))
                self._hopeless.set()
                self._give_up()

    def _look_at(self, line: Line) -> None:
        if line.greeted.is_set() and not line.over.is_set() and line.quiet_beats > BEATS:
            self.silences += 1
            log.warning("socket_silent", connected=self.connected)
            line.over.set()

    def _hear(self) -> None:
        self._heard_at = time.monotonic()
        self._quiet_beats = 0

    async def _by_any(self, message: str) -> bool:
        for line in tuple(self._lines):
            if await line.deliver(message):
                return True
        return False

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _kind(frame: aiohttp.WSMessage) -> str:
    """Return what a frame is: the type that its text names, "ping" or "pong"; "" for an end."""
    if frame.type in (aiohttp.WSMsgType.PING, aiohttp.WSMsgType.PONG):
        return frame.type.name.lower()
    if frame.type is not aiohttp.WSMsgType.TEXT:
        return ""
    try:
        said = json.loads(frame.data)
    except ValueError:
        return "text"
    return str(said.get("type") or "text") if isinstance(said, dict) else "text"


def _listening(line: Line) -> type[aiohttp.ClientWebSocketResponse]:
    """Return the kind of socket that shows each frame to `line` as well: slack_sdk shows no pings and pongs."""

    class Listening(aiohttp.ClientWebSocketResponse):
        async def receive(self, timeout: float | None = None) -> Any:  # noqa: ASYNC109 - aiohttp's own signature
            frame = await super().receive(timeout)
            line.take(frame, ended=self.closed)
            return frame

    return Listening


async def _first_of(*waits: Coroutine[Any, Any, Any]) -> None:
    tasks = [asyncio.create_task(wait) for wait in waits]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
