"""Tandem as people run it: a process of its own, by Socket Mode, beside a playground in ours."""

from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from bot.manifest import read_manifest
from bot.playground import Member, Playground
from bot.playground.workspace.installed_app import TEAM_ID
from tests.benchmarks.stage.crowd import LONG_AFTER, Crowd, thursday_before
from tests.benchmarks.stage.processes import python

PATIENCE = 30.0  # seconds


def crowd_of_today(pairs: int, due_at: datetime = LONG_AFTER) -> Crowd:
    """Return a crowd whose program is under way, in the playground's workspace."""
    return Crowd(pairs, due_at=due_at, first_day=thursday_before(datetime.now(UTC).date()), team_id=TEAM_ID)


def mentor(number: int) -> Member:
    """Return the account of a mentor of a crowd."""
    return Member(id=f"UMENTOR{number:09d}", name=f"mentor-{number:09d}", real_name=f"Robin mentor {number}")


def playground_with(mentors: int) -> Playground:
    """Lay out a Slack, without limits, in which so many of a crowd's mentors have accounts; it has not started."""
    return Playground(dict(read_manifest().raw), [mentor(number) for number in range(mentors)])


@asynccontextmanager
async def tandem_process(command: tuple[str, ...], playground: Playground, database_url: str) -> AsyncIterator[Process]:
    """Run `python -m command`, and wait until it has connected."""
    settings = {
        "SLACK_BOT_TOKEN": playground.bot_token,
        "SLACK_APP_TOKEN": playground.app_token,
        "SLACK_API_URL": playground.api_url,
        "DATABASE_URL": database_url,
        "LOG_LEVEL": "ERROR",
    }
    async with python(*command, **settings) as process:
        await playground.until(lambda: playground.slack.deliveries.connected, PATIENCE)
        yield process
