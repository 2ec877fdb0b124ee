"""Two bots and two schedulers on one PostgreSQL: everything once, whoever does it; and on through a restart of it."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import time, timedelta

import pytest

from bot.domain.days import SpeakingHours
from bot.manifest import read_manifest
from bot.playground import Playground
from bot.store import SqlStore, make_engine
from bot.usecases.load_program import load_program
from tests.small_program import small_program
from tests.store.servers import make_database, postgresql, stopped
from tests.test_processes import NOW, members, process, ready, told_to_stop

LONG_ENOUGH = 60.0
FROM_TODAY = f"""key = "now"
name = "First Year"
zone = "UTC"
first_day = {NOW.date() - timedelta(days=1)}
last_day = {NOW.date() + timedelta(days=300)}
"""
ROUND_THE_CLOCK = SpeakingHours(time(0), time(0), frozenset(range(7)))  # whenever this test runs
PROCESSES = (
    ("bot", "bot_ready"),
    ("bot", "bot_ready"),
    ("scheduler", "scheduler_ready"),
    ("scheduler", "scheduler_ready"),
)
KIND = "Tandem cannot reach its records at the moment."

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgresql() as url:
        yield url


@dataclass
class Fleet:
    """Processes that run, the Slack that they serve, and their database."""

    playground: Playground
    running: list[asyncio.subprocess.Process]
    url: str

    def heard(self, words: str = "") -> Counter[str]:
        """Count, by user, the messages of the app's that hold these words."""
        channels = self.playground.slack.workspace.channels.values()
        return Counter(
            user
            for channel in channels
            for message in channel.messages.values()
            for user in channel.members
            if message.body.get("bot_id") and message.only_for is None and words in str(message.body)
        )


@pytest.fixture
async def fleet(server: str) -> AsyncIterator[Fleet]:
    """All four begin at the same moment, on a database without a table."""
    url = make_database(server, "fleet")
    async with Playground(dict(read_manifest().raw), members(), now=NOW) as playground, AsyncExitStack() as stack:
        environment = {
            "SLACK_BOT_TOKEN": playground.bot_token,
            "SLACK_APP_TOKEN": playground.app_token,
            "SLACK_API_URL": playground.api_url,
            "DATABASE_URL": url,
            "TANDEM_TICK_SECONDS": "0.2",
            "LOG_FORMAT": "json",
        }
        running = [await stack.enter_async_context(process(name, **environment)) for name, _ in PROCESSES]
        await asyncio.gather(*(ready(one, line) for one, (_, line) in zip(running, PROCESSES, strict=True)))
        yield Fleet(playground, running, url)


@asynccontextmanager
async def store_at(url: str) -> AsyncIterator[SqlStore]:
    engine = make_engine(url)
    yield SqlStore(engine)
    await engine.dispose()


async def load(fleet: Fleet) -> None:
    program, roster = small_program(FROM_TODAY)
    async with store_at(fleet.url) as store, store.begin() as records:
        workspace = await records.workspace(fleet.playground.team_id)
        await load_program(records, workspace.id, replace(program, hours=ROUND_THE_CLOCK), roster, NOW)


async def test_messages_arrive_once_acts_count_once_and_a_restart_of_the_database_is_survived(fleet: Fleet) -> None:
    playground, ada, maya = fleet.playground, fleet.playground.person("U0ADA"), fleet.playground.person("U0MAYA")
    assert playground.slack.deliveries.connected == 2
    await load(fleet)

    in_pairs = {"U0MAYA", "U0TOM", "U0NOOR", "U0BEN", "U0INES"}
    await playground.until(lambda: in_pairs <= set(fleet.heard()), LONG_ENOUGH)
    first = fleet.heard()

    await ada.types("/announce The training moves.")
    await ada.waits_for_form(LONG_ENOUGH)
    await ada.submits(audience=["mentor", "mentee"])
    await ada.waits_to_see("Send", LONG_ENOUGH)
    await asyncio.gather(ada.clicks("announce_send"), ada.clicks("announce_send"))
    await playground.until(lambda: in_pairs <= set(fleet.heard("The training moves.")), LONG_ENOUGH)

    with stopped(fleet.url):
        await maya.types("/checkin today 45 zoom")
        await maya.waits_to_see(KIND, LONG_ENOUGH)
    await maya.types("/checkin today 45 zoom")
    await maya.waits_to_see("Logged: ", LONG_ENOUGH)
    for word in ("/checkin today 45 zoom", "/mentoring help"):
        await maya.types(word)
    await playground.until(lambda: "The training moves." in ada.sees(), LONG_ENOUGH)
    assert [await told_to_stop(one) for one in fleet.running] == [0, 0, 0, 0]

    announced = fleet.heard("The training moves.")
    assert {user: announced[user] for user in in_pairs} == dict.fromkeys(in_pairs, 1)
    assert (fleet.heard()["U0BEN"], fleet.heard()["U0INES"]) == (2, 2)
    assert {user: first[user] for user in in_pairs} == dict.fromkeys(in_pairs, 1)
    async with store_at(fleet.url) as store, store.begin() as records:
        [workspace] = await records.workspaces()
        [program] = await records.programs(workspace.id)
        assert sum(pair.meetings for pair in await records.pairs(program.id)) == 1
        trouble = await records.trouble(NOW)
    assert (trouble.unknown, trouble.refused) == (0, {})
