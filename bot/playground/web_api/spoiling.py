"""How an answer goes wrong on its way to the app, when a fault is on order."""

import asyncio
import json
from contextlib import suppress

from aiohttp import web

from bot.playground.workspace.faults import Fault
from bot.playground.workspace.state import Json

GATEWAY = "<!doctype html><title>502 Bad Gateway</title><h1>Bad Gateway</h1>"
NO_JSON = "upstream connect error or disconnect/reset before headers"


async def send_spoiled(request: web.Request, answer: Json, fault: Fault, closing: asyncio.Event) -> web.StreamResponse:
    """Send `answer` the way that the fault says. What never ends, ends with the playground (`closing`)."""
    how = fault.how if isinstance(fault.how, str) else ""
    if how in ("drop_before", "drop_after") and request.transport is not None:
        request.transport.abort()
    elif how in ("hang", "hang_before"):
        await _wait(closing, None)
    elif how == "slow":
        await _wait(closing, fault.seconds)
    if how == "429":
        return web.json_response(answer, status=429, headers={"Retry-After": str(fault.retry_after)})
    if how[:3] in ("500", "503"):
        return web.json_response(answer, status=int(how[:3]))
    body = _unreadable(how, answer)
    return body if body is not None else web.json_response(answer)


def _unreadable(how: str, answer: Json) -> web.Response | None:
    """A body that is no JSON, as some fault asks for."""
    if how == "html":
        return web.Response(status=502, text=GATEWAY, content_type="text/html")
    if how == "not_json":
        return web.Response(text=NO_JSON, content_type="application/json")
    if how == "empty":
        return web.Response(text="", content_type="application/json")
    if how == "truncated":
        whole = json.dumps(answer)
        return web.Response(text=whole[: len(whole) // 2], content_type="application/json")
    return None


async def _wait(closing: asyncio.Event, seconds: float | None) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await closing.wait()
