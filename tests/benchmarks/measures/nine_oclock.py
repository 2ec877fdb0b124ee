"""Nine o'clock: a hundred thousand rows come due at one moment, and people go on typing commands meanwhile."""

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.wiring import Tandem
from scheduler.jobs import plan
from tests.benchmarks.progress import say
from tests.benchmarks.stage.app import BOT_TOKEN, tandem_on
from tests.benchmarks.stage.commands import acknowledged_during, p99
from tests.benchmarks.stage.crowd import MONDAY, Crowd
from tests.benchmarks.stage.databases import BOTH, empty, filled
from tests.benchmarks.stage.naive import DEFAULT_GRACE, NaiveReminders
from tests.benchmarks.stage.quick_slack import QuickSlack, quick_slack
from tests.benchmarks.table import Line, less

ALL_DUE = Crowd(41, workspaces=782, due_at=MONDAY)
NAIVE_JOBS = 5_000  # with more it hangs for minutes


@dataclass(frozen=True, slots=True)
class Nine:
    """How long it took until all was planned, how much was not, and how soon commands were acknowledged."""

    seconds: float
    dropped_percent: float
    ack_p99: float


async def measure() -> AsyncIterator[Line]:
    """Measure ours with all of them, and the naive design with a few thousand: its jobs hold up its loop."""
    for kind in BOTH:
        async with quick_slack() as slack:
            say(f"nine o'clock: {kind}, {ALL_DUE.rows:,} rows due")
            ours = await _ours(kind, slack)
            say(f"nine o'clock: {kind}, {NAIVE_JOBS:,} jobs of the naive design")
            naive = await _naive(kind, slack)
        yield less(f"{ALL_DUE.rows:,} due at nine, planned after, {kind}", ours.seconds, "s", at_most=10)
        yield less("  never planned", ours.dropped_percent, "%", at_most=0, naive=naive.dropped_percent)
        yield less("  commands meanwhile, acknowledged, p99", ours.ack_p99, "ms", at_most=50, naive=naive.ack_p99)


async def _ours(kind: str, slack: QuickSlack) -> Nine:
    async with filled(kind, ALL_DUE) as url, tandem_on(url, MONDAY, slack.api_url) as tandem:
        began = time.perf_counter()
        acknowledged = await acknowledged_during(tandem.app, plan(tandem))
        seconds = time.perf_counter() - began
        return Nine(seconds, await _percent_due(tandem), p99(acknowledged))


async def _percent_due(tandem: Tandem) -> float:
    """Return the share of the agenda that nobody has looked at."""
    async with tandem.store.begin() as records:
        return 100 * len(await records.claim_looks(MONDAY, ALL_DUE.rows)) / ALL_DUE.rows


async def _naive(kind: str, slack: QuickSlack) -> Nine:
    with empty(kind) as url:
        reminders = NaiveReminders(url, NAIVE_JOBS, grace=DEFAULT_GRACE)
        app = _naive_app(slack)
        await reminders.come_due()
        acknowledged = await acknowledged_during(app, reminders.fire())
        return Nine(reminders.seconds, 100 * reminders.missed / NAIVE_JOBS, p99(acknowledged))


def _naive_app(slack: QuickSlack) -> AsyncApp:
    """Return an app that acknowledges `/checkin` and opens a form: the same loop serves it and its reminders."""
    app = AsyncApp(client=AsyncWebClient(BOT_TOKEN, base_url=slack.api_url), signing_secret="unused")

    @app.command("/checkin")
    async def check_in(ack: AsyncAck, client: AsyncWebClient, body: dict[str, str]) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view={"type": "modal", "blocks": []})

    return app
