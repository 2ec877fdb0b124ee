"""A Slack on a raw socket, that misbehaves in the ways in which lines and servers do."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import StrEnum
from urllib.parse import parse_qsl

from tests.kills.slack import Json, LeanSlack

POST = "chat.postMessage"


class Fault(StrEnum):
    """What becomes of a post: whether Slack takes it is one thing, what its caller hears is another."""

    NONE = "answered"
    REFUSED = "port refused"
    CUT_BEFORE = "cut, not taken"
    CUT_AFTER = "taken, cut"
    HANG_AFTER = "taken, no answer"
    SERVER_ERROR = "taken, answered with 500"
    FATAL_ERROR = "taken, answered with fatal_error"
    LIMITED = "not taken, 429"
    PERMANENT = "refused for good"


TAKEN = {Fault.NONE, Fault.CUT_AFTER, Fault.HANG_AFTER, Fault.SERVER_ERROR, Fault.FATAL_ERROR}


class RoughSlack:
    """Serves `slack` on one port. `faults` are for the next posts, one after the other; then all goes well."""

    def __init__(self, slack: LeanSlack) -> None:
        self.slack, self.faults = slack, list[Fault]()
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._port = 0

    @property
    def url(self) -> str:
        """Where it is reached."""
        return f"http://127.0.0.1:{self._port}/api/"

    async def listen(self) -> None:
        """Open the port; unless the next fault is a port that refuses: that one is over then."""
        if self.faults[:1] == [Fault.REFUSED]:
            del self.faults[0]
            await self.close()
        elif self._server is None:
            self._server = await asyncio.start_server(self._serve, "127.0.0.1", self._port)
            self._port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """Close the port and every line."""
        for writer in self._writers:
            writer.transport.abort()
        if self._server is not None:
            self._server.close()
            self._server = None

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        try:
            while True:
                method, said = await _read(reader)
                await self._answer(method, said, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.transport.abort()
        finally:
            self._writers.discard(writer)

    async def _answer(self, method: str, said: Json, writer: asyncio.StreamWriter) -> None:
        fault = self.faults.pop(0) if method == POST and self.faults else Fault.NONE
        told = self.slack.take(method, said) if fault in TAKEN else {}
        match fault:
            case Fault.NONE:
                _write(writer, "200 OK", json.dumps(told))
            case Fault.CUT_BEFORE | Fault.CUT_AFTER:
                raise ConnectionError
            case Fault.HANG_AFTER:
                pass
            case Fault.SERVER_ERROR:
                _write(writer, "500 Internal Server Error", "<html>oops</html>")
            case Fault.FATAL_ERROR:
                _write(writer, "200 OK", '{"ok": false, "error": "fatal_error"}')
            case Fault.LIMITED:
                _write(writer, "429 Slow Down", '{"ok": false, "error": "ratelimited"}', more="Retry-After: 7\r\n")
            case Fault.PERMANENT:
                _write(writer, "200 OK", '{"ok": false, "error": "invalid_blocks"}')
        await writer.drain()


async def _read(reader: asyncio.StreamReader) -> tuple[str, Json]:
    """Read one request: the method of Slack's that it calls, and its arguments."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    fields = {line.partition(":")[0].lower(): line.partition(":")[2].strip() for line in head.split("\r\n")[1:]}
    path, _, query = head.split(" ", 2)[1].partition("?")
    body = (await reader.readexactly(int(fields.get("content-length", 0)))).decode()
    said: Json = json.loads(body) if "json" in fields.get("content-type", "") else dict(parse_qsl(body))
    return path.rpartition("/")[2], {**dict(parse_qsl(query)), **said}


def _write(writer: asyncio.StreamWriter, status: str, body: str, *, more: str = "") -> None:
    kind = "application/json" if body.startswith("{") else "text/html"
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body.encode())}\r\n{more}\r\n"
    writer.write(head.encode() + body.encode())


@asynccontextmanager
async def serve_roughly(slack: LeanSlack) -> AsyncIterator[RoughSlack]:
    """Serve a Slack on a raw socket."""
    rough = RoughSlack(slack)
    await rough.listen()
    try:
        yield rough
    finally:
        await rough.close()
