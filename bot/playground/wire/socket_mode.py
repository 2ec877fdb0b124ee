"""Socket Mode: the app connects to us with a ticket, and gets each envelope on one of its connections."""

import asyncio
import json
import secrets
import uuid
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSCloseCode, WSMessage, WSMsgType, web

from bot.playground.wire.line import FIRST, Kind, Outcome, Retry
from bot.playground.workspace.state import Json
from bot.playground.workspace.violations import may_be_answered

MOST_CONNECTIONS = 10
LIFETIME, DEBUG_LIFETIME = 3600.0, 360.0  # real seconds until Slack wants the app to connect anew
NOTICE = 10.0  # real seconds between the warning and the end, and between the end and our closing the line
PING_SECONDS = 10.0


@dataclass(slots=True, eq=False)
class Connection:
    """One open socket.

    `unanswered` while our last ping has found no pong; `asked` once the app shall connect anew, `hurried` once it has
    no more time for that; `ending` once we said that we shall close it; `gone` once it is closed.
    """

    socket: web.WebSocketResponse
    request: web.Request
    unanswered: bool = False
    asked: bool = False
    ending: bool = False
    hurried: asyncio.Event = field(default_factory=asyncio.Event)
    gone: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, frame: Json) -> None:
        """Send one frame."""
        await self.socket.send_str(json.dumps(frame))

    def cut(self) -> None:
        """End the connection without a word."""
        if self.request.transport is not None:
            self.request.transport.abort()


class SocketLine:
    """The app's connections; envelopes go to each in turn. `changed` is called when one opens or closes."""

    def __init__(self, app_id: str, changed: Callable[[], None], ping_seconds: float = PING_SECONDS):
        self._app_id = app_id
        self._changed = changed
        self.ping_seconds = ping_seconds
        self._tickets: set[str] = set()
        self._connections: list[Connection] = []
        self._turn = 0
        self.taken = 0  # how many connections there have been
        self.silent = False
        self.enabled = True
        self._awaited: dict[str, asyncio.Future[Json]] = {}
        self._watching: set[asyncio.Task[None]] = set()

    @property
    def open_ends(self) -> int:
        """How many connections the app holds."""
        return len(self._connections)

    def ticket(self) -> str:
        """A fresh ticket, good for one connection."""
        ticket = secrets.token_urlsafe(24)
        self._tickets.add(ticket)
        return ticket

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Take one connection, until it closes."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.json_response({"ok": False, "error": "invalid_ticket"}, status=403)
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse(autoping=False)  # while it is silent it answers no ping either
        await socket.prepare(request)
        connection = Connection(socket, request)
        if self.open_ends >= MOST_CONNECTIONS or not self.enabled:
            await connection.send(_farewell("too_many_websockets" if self.enabled else "link_disabled"))
            await socket.close()
        else:
            await self._converse(connection)
        return socket

    async def carry(self, kind: Kind, payload: Json, within: float, retry: Retry = FIRST) -> Outcome:
        """Send one envelope, and wait for its acknowledgement.

        Slack names no reason of its own for an event that found nobody connected: it is a `timeout` too.
        """
        if not self._connections:
            return Outcome(None, "timeout")
        envelope = _envelope(kind, payload, retry)
        awaited: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._awaited[envelope["envelope_id"]] = awaited
        try:
            async with asyncio.timeout(within):
                await self._send(self._next(), envelope)
                return Outcome(await awaited)
        except (TimeoutError, ConnectionError):
            return Outcome(None, "timeout")
        finally:
            del self._awaited[envelope["envelope_id"]]

    def silence(self) -> None:
        """Keep every connection, but send nothing on any, and answer no ping: a line that is dead unnoticed."""
        self.silent = True

    def talk(self) -> None:
        """End the silence. What was not sent meanwhile stays unsent, but for the further tries of events."""
        self.silent = False

    def refresh(self, notice: float = NOTICE) -> None:
        """Ask the app to connect anew, as Slack does every few hours: a warning, the end, and our closing the line."""
        for connection in tuple(self._connections):
            self._spawn(self._retire, connection, notice)

    def hurry(self) -> None:
        """Let the notice be over at once of those connections that were asked to go."""
        for connection in self._connections:
            if connection.asked:
                connection.hurried.set()

    async def disable(self) -> None:
        """Switch Socket Mode off for this app: its connections end, and it gets no new ones."""
        self.enabled = False
        await self.hang_up()
        self._changed()

    async def hang_up(self) -> None:
        """Say goodbye on every connection and close it."""
        for task in tuple(self._watching):
            task.cancel()
        connections, self._connections = self._connections, []
        for connection in connections:
            if not connection.socket.closed:
                await connection.send(_farewell("link_disabled"))
                await connection.socket.close(code=WSCloseCode.GOING_AWAY)

    def cut(self) -> None:
        """Cut every connection without a word, as a failing network does."""
        connections, self._connections = self._connections, []
        for connection in connections:
            connection.cut()
        self._changed()

    async def _converse(self, connection: Connection) -> None:
        self._connections.append(connection)
        self.taken += 1
        self._changed()
        lifetime = DEBUG_LIFETIME if connection.request.query.get("debug_reconnects") == "true" else LIFETIME
        tasks = [self._spawn(self._age, connection, lifetime), self._spawn(self._watch, connection)]
        try:
            await self._send(connection, self._hello(connection.request.host, lifetime))
            async for frame in connection.socket:
                await self._take(connection, frame)
        except ConnectionError:
            pass  # the app went while we were answering
        finally:
            connection.gone.set()
            for task in tasks:
                task.cancel()
            if connection in self._connections:
                self._connections.remove(connection)
            self._changed()

    async def _take(self, connection: Connection, frame: WSMessage) -> None:
        if frame.type == WSMsgType.TEXT:
            self._take_acknowledgement(frame.data)
        elif frame.type == WSMsgType.PONG:
            connection.unanswered = False
        elif frame.type == WSMsgType.PING and not self.silent:
            await connection.socket.pong(frame.data)

    def _take_acknowledgement(self, text: str) -> None:
        try:
            frame = json.loads(text)
        except ValueError:
            return
        awaited = self._awaited.get(str(frame.get("envelope_id"))) if isinstance(frame, dict) else None
        if awaited is not None and not awaited.done():
            payload = frame.get("payload")
            awaited.set_result(payload if isinstance(payload, dict) else {})

    async def _watch(self, connection: Connection) -> None:
        """Ping the app again and again, and drop it if it does not answer."""
        while True:
            await asyncio.sleep(self.ping_seconds)
            if connection.unanswered:
                return connection.cut()
            if not self.silent:
                connection.unanswered = True
                await connection.socket.ping()

    async def _age(self, connection: Connection, lifetime: float) -> None:
        await asyncio.sleep(lifetime - NOTICE)
        await self._retire(connection, NOTICE)

    async def _retire(self, connection: Connection, notice: float) -> None:
        connection.asked = True
        for reason in ("warning", "refresh_requested"):
            connection.ending = reason == "refresh_requested"
            await self._send(connection, _farewell(reason))
            if await _gone_within(connection, notice):
                return
        if not self.silent:
            await connection.socket.close()

    async def _send(self, connection: Connection, frame: Json) -> None:
        if not self.silent:
            await connection.send(frame)

    def _next(self) -> Connection:
        """Take each connection in turn; one that is about to be closed only where there is no other."""
        self._turn += 1
        staying = [connection for connection in self._connections if not connection.ending] or self._connections
        return staying[self._turn % len(staying)]

    def _hello(self, host: str, lifetime: float) -> Json:
        return {
            "type": "hello",
            "num_connections": self.open_ends,
            "debug_info": {"host": host, "build_number": 1, "approximate_connection_time": int(lifetime)},
            "connection_info": {"app_id": self._app_id},
        }

    def _spawn(self, work: Callable[..., Awaitable[None]], *args: Any) -> asyncio.Task[None]:
        async def quietly() -> None:
            with suppress(ConnectionError):  # the app has gone meanwhile, as the connection itself finds out
                await work(*args)

        task = asyncio.create_task(quietly())
        self._watching.add(task)
        task.add_done_callback(self._watching.discard)
        return task


def _farewell(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "playground"}}


def _envelope(kind: Kind, payload: Json, retry: Retry) -> Json:
    envelope: Json = {
        "envelope_id": str(uuid.uuid4()),
        "type": kind,
        "payload": payload,
        "accepts_response_payload": may_be_answered(kind, payload),
    }
    if kind == "events_api":
        envelope |= {"retry_attempt": retry.number, "retry_reason": retry.reason}
    return envelope


async def _gone_within(connection: Connection, seconds: float) -> bool:
    """Whether the app went while it had notice."""
    waiting = [asyncio.ensure_future(event.wait()) for event in (connection.gone, connection.hurried)]
    try:
        await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for one in waiting:
            one.cancel()
    return connection.gone.is_set()
