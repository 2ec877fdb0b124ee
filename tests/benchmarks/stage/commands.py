"""People who type commands into an app that has something else to do, and how long each acknowledgement takes."""

import asyncio
import statistics
import time
from collections.abc import Awaitable
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest

EVERY = 0.05  # seconds
BY_A_MENTOR: dict[str, Any] = {
    "command": "/checkin",
    "text": "",
    "team_id": "T000000000",
    "user_id": "UMENTOR000000000",
    "channel_id": "D000000001",
    "trigger_id": "1.2.3",
    "response_url": "",
    "api_app_id": "A000000001",
}


async def acknowledged_during(app: AsyncApp, work: Awaitable[object]) -> list[float]:
    """Type a command every 50 ms until `work` is done; return the milliseconds until each was acknowledged.

    They count from the moment at which the command was due to be typed: people do not wait for a loop that hangs.
    """
    await _acknowledged(app, time.perf_counter())  # the first one asks Slack who the app is
    working = asyncio.ensure_future(work)
    ended: list[float] = []
    working.add_done_callback(lambda _: ended.append(time.perf_counter()))
    typed, due = [], time.perf_counter()
    while not ended or due < ended[0]:
        await asyncio.sleep(max(due - time.perf_counter(), 0))
        typed.append(asyncio.create_task(_acknowledged(app, due)))
        due += EVERY
    await working
    return await asyncio.gather(*typed)


def p99(milliseconds: list[float]) -> float:
    """Return what all but one in a hundred stay below."""
    return statistics.quantiles(milliseconds, n=100)[98]


async def _acknowledged(app: AsyncApp, since: float) -> float:
    answer = await app.async_dispatch(AsyncBoltRequest(body=BY_A_MENTOR, mode="socket_mode"))
    if answer.status != 200:
        raise RuntimeError(f"the command was answered with {answer.status}")
    return (time.perf_counter() - since) * 1000
