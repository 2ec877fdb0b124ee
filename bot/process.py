"""A process that begins with its settings and ends cleanly when it is told to."""

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress

from bot.logs import set_up_logs
from bot.settings import Settings, SettingsWrong, read_settings

OK, WRONG_SETTINGS = 0, 2
PATIENCE_SECONDS = 8.0  # and ten in all

HOW_TO_GET_TOKENS = """\
Tandem has no Slack tokens yet. To connect a workspace:
  1. Open https://api.slack.com/apps, choose "Create New App", then "From a manifest", and pick your workspace.
  2. Paste manifest.yml (it lies beside the README), and create the app.
  3. "Basic Information" -> "App-Level Tokens": generate one with the scope connections:write. It begins with xapp-.
  4. "Install App": install it to the workspace. The Bot User OAuth Token begins with xoxb-.
  5. Set SLACK_APP_TOKEN and SLACK_BOT_TOKEN (see .env.example), and start again.
No account at hand? "make demo" needs no token."""

Main = Callable[[Settings, asyncio.Event], Awaitable[None]]


def run_process(main: Main) -> int:
    """Read the settings, run `main` until SIGTERM or SIGINT sets its event, and return the exit code.

    What does not end by itself then (a Slack that cannot be reached is tried for ever) is cancelled.
    """
    try:
        settings = read_settings()
    except SettingsWrong as wrong:
        print(wrong, file=sys.stderr)  # noqa: T201 - the logs are not set up without settings
        return WRONG_SETTINGS
    if missing := what_is_missing(settings):
        print(missing, file=sys.stderr)  # noqa: T201
        return WRONG_SETTINGS
    set_up_logs(settings.log_level, settings.log_format)
    asyncio.run(_until_told(main, settings))
    return OK


def what_is_missing(settings: Settings) -> str:
    """Say what a process that talks to Slack still needs; "" when it has all."""
    if not settings.bot_token and not settings.app_token:
        return HOW_TO_GET_TOKENS
    if not settings.bot_token:
        return "SLACK_BOT_TOKEN: missing; it begins with xoxb- and stands under Install App in your app's settings."
    if not settings.app_token and not settings.signing_secret:
        return (
            "SLACK_APP_TOKEN: missing; set it for Socket Mode (xapp-…), or set SLACK_SIGNING_SECRET to be reached "
            f"by HTTP on {settings.tandem_host}:{settings.tandem_port}/slack/events."
        )
    return ""


async def _until_told(main: Main, settings: Settings) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    running, told = asyncio.ensure_future(main(settings, stop)), asyncio.create_task(stop.wait())
    await asyncio.wait({running, told}, return_when=asyncio.FIRST_COMPLETED)
    told.cancel()
    if stop.is_set():
        await asyncio.wait({running}, timeout=PATIENCE_SECONDS)
    if not running.done():
        running.cancel()
    with suppress(asyncio.CancelledError):
        await running
