"""Sending: from rows that are due to messages that Slack has taken, when Slack sets no limit.

Five thousand people in a thousand workspaces: no workspace's own limit is met.
"""

import time
from collections.abc import AsyncIterator

from slack_sdk.web.async_client import AsyncWebClient

from scheduler.jobs import plan, send
from tests.benchmarks.progress import say
from tests.benchmarks.stage.app import BOT_TOKEN, tandem_on
from tests.benchmarks.stage.crowd import MONDAY, Crowd
from tests.benchmarks.stage.databases import BOTH, empty, filled
from tests.benchmarks.stage.naive import NaiveReminders
from tests.benchmarks.stage.quick_slack import QuickSlack, quick_slack
from tests.benchmarks.table import Line, more

ALL_DUE = Crowd(2, workspaces=1_000, due_at=MONDAY)
NAIVE_JOBS = 1_000

naive_clients: list[AsyncWebClient] = []  # a job of APScheduler's finds what it needs by name


async def measure() -> AsyncIterator[Line]:
    """Measure ours, all the way and sending alone, and jobs that call Slack by the SDK's default client."""
    for kind in BOTH:
        async with quick_slack() as slack:
            say(f"sending: {kind}, {ALL_DUE.people:,} people")
            messages, planning, sending = await _ours(kind, slack)
            say(f"sending: {kind}, {NAIVE_JOBS:,} jobs of the naive design")
            naive = await _naive(kind, slack)
        rate = messages / (planning + sending)
        yield more(f"plan to posted message, {kind}", rate, "messages/s", at_least=3_000, naive=naive)
        yield more("  sending alone", messages / sending, "messages/s")


async def _ours(kind: str, slack: QuickSlack) -> tuple[int, float, float]:
    """Return how many messages arrived, and the seconds that planning and sending took."""
    async with filled(kind, ALL_DUE) as url, tandem_on(url, MONDAY, slack.api_url) as tandem:
        began = time.perf_counter()
        await plan(tandem)
        planned = time.perf_counter()
        await send(tandem)
        sent = time.perf_counter()
    return await slack.calls("chat.postMessage"), planned - began, sent - planned


async def _naive(kind: str, slack: QuickSlack) -> float:
    """Return how many messages a second the jobs send."""
    naive_clients[:] = [AsyncWebClient(BOT_TOKEN, base_url=slack.api_url)]
    with empty(kind) as url:
        reminders = NaiveReminders(url, NAIVE_JOBS, remind)
        await reminders.come_due()
        await reminders.fire()
        return NAIVE_JOBS / reminders.seconds


async def remind(number: int) -> None:
    """Do what a naive reminder does: one message, by the client as it comes."""
    await naive_clients[0].chat_postMessage(channel=f"U{number:09d}", text="Time to meet your partner again?")
