"""The playground by itself, beside any app: it says how to be reached, and stays until it is told to end."""

import asyncio
import json
import signal
import webbrowser
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.playground.people_file import Cast
from bot.playground.server import Playground
from bot.playground.workspace.saved import NotSaved, tokens_in

ZONE = "America/Chicago"
MORNING = time(9)
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to run. `day` is where the clock begins, at nine; without it, now. `state` is kept between two runs."""

    manifest: Mapping[str, Any]
    cast: Cast = field(default_factory=Cast)
    port: int = 0
    request_url: str | None = None
    day: date | None = None
    speed: float = 1.0
    limits: bool = True
    open_page: bool = True
    state: Path | None = None


async def run_alone(plan: Plan, say: Say) -> None:
    """Run until SIGINT or SIGTERM. Raises OSError when it cannot listen, ValueError when the plan cannot be kept."""
    kept = _kept_in(plan.state)
    async with laid_out(plan, kept) as playground:
        say(greeting(playground, plan.request_url))
        if plan.open_page:
            webbrowser.open(playground.url)
        await until_told()
    if plan.state is not None:
        plan.state.write_text(json.dumps(playground.save()), encoding="utf8")


@asynccontextmanager
async def laid_out(plan: Plan, kept: Mapping[str, Any] | None) -> AsyncIterator[Playground]:
    """The playground of a plan, running; with `kept`, where that one ended, and with its tokens."""
    playground = Playground(
        plan.manifest,
        plan.cast.members,
        rooms=plan.cast.rooms,
        now=_begin(plan.day),
        port=plan.port,
        zone=ZONE,
        request_url=plan.request_url,
        tokens=tokens_in(kept) if kept else None,
        limits=plan.limits,
    )
    if kept:
        playground.restore(kept)
    async with playground:
        playground.run_clock(plan.speed)
        yield playground


def greeting(playground: Playground, request_url: str | None) -> str:
    """Where the page is, and what an app needs to know: the environment, and a line or two for each Bolt."""
    env = {
        "SLACK_BOT_TOKEN": playground.bot_token,
        "SLACK_APP_TOKEN": playground.app_token,
        "SLACK_SIGNING_SECRET": playground.signing_secret,
        "SLACK_API_URL": playground.api_url,
    }
    lines = [f"The playground is at {playground.url}  (Ctrl-C ends it)", "", "Give your app this environment:", ""]
    lines += [f"    export {name}={value}" for name, value in env.items()]
    return "\n".join([*lines, "", *(_by_request(request_url) if request_url else _by_socket())])


def _by_socket() -> list[str]:
    return [
        "slack_bolt (Python):",
        '    app = App(client=WebClient(os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"]))',
        '    SocketModeHandler(app, os.environ["SLACK_APP_TOKEN"]).start()',
        "",
        "@slack/bolt (JavaScript):",
        "    const { SLACK_BOT_TOKEN: token, SLACK_APP_TOKEN: appToken, SLACK_API_URL: slackApiUrl } = process.env",
        "    const app = new App({ token, appToken, socketMode: true, clientOptions: { slackApiUrl } })",
    ]


def _by_request(url: str) -> list[str]:
    return [
        f"What people do is sent to {url}, signed.",
        "",
        "slack_bolt (Python):",
        '    client = WebClient(os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])',
        '    app = App(client=client, signing_secret=os.environ["SLACK_SIGNING_SECRET"])',
        "",
        "@slack/bolt (JavaScript):",
        "    const { SLACK_BOT_TOKEN: token, SLACK_SIGNING_SECRET: signingSecret, SLACK_API_URL: slackApiUrl }"
        " = process.env",
        "    const app = new App({ token, signingSecret, clientOptions: { slackApiUrl } })",
    ]


def _begin(day: date | None) -> datetime | None:
    return datetime.combine(day, MORNING, ZoneInfo(ZONE)) if day else None


def _kept_in(state: Path | None) -> Mapping[str, Any] | None:
    """What the last run put down there; None if there is nothing yet."""
    if state is None or not state.exists():
        return None
    try:
        kept: Mapping[str, Any] = json.loads(state.read_text(encoding="utf8"))
        tokens_in(kept)
    except ValueError as wrong:
        reason = str(wrong) if isinstance(wrong, NotSaved) else "It is no saved playground."
        raise NotSaved(f"{state}: {reason} Name another file, or remove this one.") from None
    return kept


async def until_told() -> None:
    """Wait for Ctrl-C or SIGTERM."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await stop.wait()
