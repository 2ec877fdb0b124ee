"""The playground, measured: how fast it answers the real SDK, how soon a story is told, what a year in it weighs."""

import asyncio
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.content.rosters import Roster
from bot.demo import OPENS_AT, playground_for, running, sample
from bot.domain.days import wall
from bot.domain.program import Program
from bot.manifest import SHIPPED
from bot.playground import PersonDriver, Playground
from bot.wiring import Tandem
from tests.benchmarks.progress import say
from tests.benchmarks.table import Line, less, more

STORIES, MESSAGES, STARTS = 20, 500, 5
PATIENCE = 5.0  # seconds
AFTER_THE_END = timedelta(days=1)
MEGABYTE = 1024  # Linux counts in KiB


async def measure() -> AsyncIterator[Line]:
    """Measure the Slack in which all of this is tried and tested."""
    say("playground")
    yield more("playground, direct messages", await messages_a_second(), "messages/s", at_least=100)
    yield less("playground, a whole story", await story_milliseconds(), "ms", at_most=60)
    yield less("playground, start to address", await asyncio.to_thread(start_seconds), "s", at_most=1)
    yield less("demo, a year lived", await asyncio.to_thread(year_megabytes), "MB", at_most=150)


async def messages_a_second() -> float:
    """Return how many direct messages a second one client of the real SDK gets through, one after the other."""
    program, roster = sample()
    playground = playground_for(program, roster)
    async with playground, aiohttp.ClientSession() as session:
        client = AsyncWebClient(playground.bot_token, base_url=playground.api_url, session=session)
        users = [str(person.slack_id) for person in roster.people]
        began = time.perf_counter()
        for number in range(MESSAGES):
            await client.chat_postMessage(channel=users[number % len(users)], text="Good morning")
        return MESSAGES / (time.perf_counter() - began)


async def story_milliseconds() -> float:
    """Return the median of a whole story through Bolt and sockets: command, form, submission, row, message."""
    program, roster = sample()
    with TemporaryDirectory() as folder:
        async with _demo(program, roster, Path(folder)) as (playground, tandem):
            maya = next(person for person in roster.people if person.name == "Maya Okafor")
            desk = playground.person(str(maya.slack_id))
            return statistics.median([await _story(desk, tandem) for _ in range(STORIES)])


def start_seconds() -> float:
    """Return the median from the start of the process to its address: `tandem playground`, imports and all."""
    return statistics.median(_start() for _ in range(STARTS))


def year_megabytes() -> float:
    """Return the most memory that a process of its own holds while it lives the sample's year: bot, records and all."""
    words = subprocess.run([sys.executable, "-m", __name__], check=True, capture_output=True, text=True).stdout
    return float(words.split()[-1])


async def _story(desk: PersonDriver, tandem: Tandem) -> float:
    """Log a meeting by form and see the answer; then take it back, so that the next one finds the same day free."""
    seen = len(desk.messages)
    began = time.perf_counter()
    await desk.types("/checkin")
    form = await desk.waits_for_form()
    names = {block["block_id"].rpartition("-")[0] or block["block_id"]: block["block_id"] for block in form["blocks"]}
    await desk.submits({names["minutes"]: 30, names["means"]: "Video"})
    await desk.waits_until(lambda: len(desk.messages) > seen)
    took = (time.perf_counter() - began) * 1000
    await tandem.doors.busy.finish(PATIENCE)
    await desk.clicks("Undo")
    await tandem.doors.busy.finish(PATIENCE)
    return took


def _start() -> float:
    command = [sys.executable, "-m", "bot.cli", "playground", "--manifest", str(SHIPPED), "--no-browser", "--port", "0"]
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        took = time.perf_counter() - began
        process.terminate()
    return took


async def _live_a_year() -> None:
    program, roster = sample()
    with TemporaryDirectory() as folder:
        async with _demo(program, roster, Path(folder)) as (playground, _):
            await playground.move_clock(wall(program.span.last, OPENS_AT, program.zone) + AFTER_THE_END)


@asynccontextmanager
async def _demo(program: Program, roster: Roster, folder: Path) -> AsyncIterator[tuple[Playground, Tandem]]:
    """Yield the demo as people run it, on the first day, without its beat: only a moved clock lets it work."""
    playground = playground_for(program, roster)
    async with playground, running(playground, program, roster, folder / "t.sqlite3", ticking=False) as tandem:
        yield playground, tandem


def _most_held() -> float:
    """Return the most megabytes that this process has held: of its own, ru_maxrss remembers who started it as well."""
    status = Path("/proc/self/status").read_text(encoding="utf8")
    return int(status.partition("VmHWM:")[2].split()[0]) / MEGABYTE


if __name__ == "__main__":
    asyncio.run(_live_a_year())
    print(_most_held())  # noqa: T201 - the answer to whoever started it
