"""A process that begins with its settings and ends cleanly when it is told to."""

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog

from bot.logs import set_up_logs
from bot.settings import Settings, SettingsWrong, read_settings
from bot.usecases.ports import RecordsAway

log = structlog.get_logger()

OK, CRASHED, WRONG_SETTINGS, GAVE_UP = 0, 1, 2, 3
PATIENCE_SECONDS, LAST_SECONDS = 8.0, 9.5  # then it is cancelled; then, whatever it waits for, it ends

HOW_TO_GET_TOKENS = """\
Tandem has no Slack tokens yet. To connect a workspace:
  1. Open https://api.slack.com/apps, choose "Create New App", then "From a manifest", and pick your workspace.
  2. Paste manifest.yml (it lies beside the README), and create the app.
  3. "Basic Information" -> "App-Level Tokens": generate one with the scope connections:write. It begins with xapp-.
  4. "Install App": install it to the workspace. The Bot User OAuth Token begins with xoxb-.
  5. Set SLACK_APP_TOKEN and SLACK_BOT_TOKEN (see .env.example), and start again.
No account at hand? "make demo" needs no token."""


class GaveUp(Exception):
    """This process cannot do what it is for, and had better be started anew by who supervises it."""


Main = Callable[[Settings, asyncio.Event], Awaitable[None]]


def run_process(main: Main) -> int:
    """Read the settings, run `main` until SIGTERM or SIGINT sets its event, and return the exit code.

    What does not end by itself then is cancelled. 0: it was told to end; 1: a bug, or no database; 2: a setting is
    wrong; 3: it heard nothing from Slack any more.
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
    return _run(main, settings)


def _run(main: Main, settings: Settings) -> int:
    last = threading.Timer(LAST_SECONDS, os._exit, (CRASHED,))  # a thread, because the loop itself may hang
    last.daemon = True

    def end_at_last() -> None:
        if not last.is_alive():
            last.start()

    try:
        asyncio.run(_until_told(main, settings, end_at_last))
    except SettingsWrong as wrong:
        print(wrong, file=sys.stderr)  # noqa: T201
        return WRONG_SETTINGS
    except GaveUp as why:
        log.error("gave_up", why=str(why))  # noqa: TRY400 - where it was raised tells nothing
        return GAVE_UP
    except RecordsAway as away:
        # Whoever supervises starts it again; a traceback would say no more.
        log.error("records_not_reached", reason=str(away))  # noqa: TRY400
        return CRASHED
    except Exception as error:
        log.exception("crashed", kind=type(error).__name__)
        return CRASHED
    finally:
        last.cancel()
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


async def _until_told(main: Main, settings: Settings, end_at_last: Callable[[], None]) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def told_to_stop() -> None:
        end_at_last()  # before anybody who awaits `stop` gets a chance to hang
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told_to_stop)
    running, told = asyncio.ensure_future(main(settings, stop)), asyncio.create_task(stop.wait())
    await asyncio.wait({running, told}, return_when=asyncio.FIRST_COMPLETED)
    told.cancel()
    if stop.is_set():
        end_at_last()
        await asyncio.wait({running}, timeout=PATIENCE_SECONDS)
    if not running.done():
        running.cancel()
    with suppress(asyncio.CancelledError):
        await running
