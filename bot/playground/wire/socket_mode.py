"""Socket Mode: the app connects to us with a ticket, and gets each envelope on one of its connections."""

import asyncio
import json
import secrets
import uuid
from collections.abc import Callable

from aiohttp import WSCloseCode, WSMsgType, web

from bot.playground.wire.deliveries import Kind
from bot.playground.workspace.state import Json

MOST_CONNECTIONS = 10


class SocketLine:
    """The app's connections; envelopes go to each in turn. `changed` is called when one opens or closes."""

    def __init__(self, app_id: str, changed: Callable[[], None]):
        self._app_id = app_id
        self._changed = changed
        self._tickets: set[str] = set()
        self._sockets: dict[web.WebSocketResponse, web.Request] = {}
        self._turn = 0
        self.taken = 0  # how many connections there have been
        self._awaited: dict[str, asyncio.Future[Json]] = {}

    @property
    def open_ends(self) -> int:
        """How many connections the app holds."""
        return len(self._sockets)

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
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        if self.open_ends >= MOST_CONNECTIONS:
            await _send(socket, self._farewell("too_many_websockets"))
            await socket.close()
            return socket
        await self._converse(socket, request)
        return socket

    async def carry(self, kind: Kind, payload: Json, within: float, retry: int = 0) -> Json | None:
        """Send one envelope, and wait for its acknowledgement."""
        if not self._sockets:
            return None
        envelope = _envelope(kind, payload, retry)
        awaited: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._awaited[envelope["envelope_id"]] = awaited
        try:
            async with asyncio.timeout(within):
                await _send(self._next_socket(), envelope)
                return await awaited
        except (TimeoutError, ConnectionError):
            return None
        finally:
            del self._awaited[envelope["envelope_id"]]

    async def refresh(self) -> None:
        """Ask the app to connect anew, as Slack does every few hours."""
        for socket in tuple(self._sockets):
            await _send(socket, self._farewell("refresh_requested"))

    async def hang_up(self) -> None:
        """Say goodbye on every connection and close it."""
        sockets, self._sockets = self._sockets, {}
        for socket in sockets:
            if not socket.closed:
                await _send(socket, self._farewell("link_disabled"))
                await socket.close(code=WSCloseCode.GOING_AWAY)

    def cut(self) -> None:
        """Cut every connection without a word, as a failing network does."""
        sockets, self._sockets = self._sockets, {}
        for request in sockets.values():
            if request.transport is not None:
                request.transport.abort()
        self._changed()

    async def _converse(self, socket: web.WebSocketResponse, request: web.Request) -> None:
        self._sockets[socket] = request
        self.taken += 1
        self._changed()
        try:
            await _send(socket, self._hello(request.host))
            async for frame in socket:
                if frame.type == WSMsgType.TEXT:
                    self._take_acknowledgement(frame.data)
        finally:
            self._sockets.pop(socket, None)
            self._changed()

    def _take_acknowledgement(self, text: str) -> None:
        try:
            frame = json.loads(text)
        except ValueError:
            return
        awaited = self._awaited.get(str(frame.get("envelope_id"))) if isinstance(frame, dict) else None
        if awaited is not None and not awaited.done():
            payload = frame.get("payload")
            awaited.set_result(payload if isinstance(payload, dict) else {})

    def _next_socket(self) -> web.WebSocketResponse:
        self._turn += 1
        return tuple(self._sockets)[self._turn % len(self._sockets)]

    def _hello(self, host: str) -> Json:
        return {
            "type": "hello",
            "num_connections": self.open_ends,
            "debug_info": {"host": host, "build_number": 1, "approximate_connection_time": 3600},
            "connection_info": {"app_id": self._app_id},
        }

    def _farewell(self, reason: str) -> Json:
        return {"type": "disconnect", "reason": reason, "debug_info": {"host": "playground"}}


def _envelope(kind: Kind, payload: Json, retry: int) -> Json:
    envelope: Json = {
        "envelope_id": str(uuid.uuid4()),
        "type": kind,
        "payload": payload,
        "accepts_response_payload": kind != "events_api",
    }
    if kind == "events_api":
        envelope |= {"retry_attempt": retry, "retry_reason": "timeout" if retry else ""}
    return envelope


async def _send(socket: web.WebSocketResponse, frame: Json) -> None:
    await socket.send_str(json.dumps(frame))
