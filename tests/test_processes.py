"""Real processes: they begin, serve people, and end cleanly when they are told to."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from socket import socket

import pytest

from bot.manifest import read_manifest
from bot.playground import Member, Playground
from bot.wiring import open_store
from tests.small_program import load_small_program, small_program

ENDS_WITHIN_SECONDS = 10
NOW = datetime.now(UTC)


def free_port() -> int:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def members() -> list[Member]:
    return [
        Member(id=str(person.slack_id), name=person.key, real_name=person.name, email=person.email)
        for person in small_program()[1].people
    ]


@asynccontextmanager
async def process(*command: str, **environment: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run one of our processes; whatever happens, it does not outlive the test."""
    inherited = {name: value for name, value in os.environ.items() if name not in ("TZ",)}
    running = await asyncio.create_subprocess_exec(
        sys.executable, "-m", *command, env=inherited | environment, stderr=asyncio.subprocess.PIPE
    )
    try:
        yield running
    finally:
        if running.returncode is None:
            running.kill()
        await running.communicate()


async def ready(running: asyncio.subprocess.Process, line: str) -> None:
    """Wait until the process has logged `line`."""
    assert running.stderr is not None
    async with asyncio.timeout(20):
        while line not in (said := (await running.stderr.readline()).decode()):
            assert said, f"it ended before it said {line}"


async def told_to_stop(running: asyncio.subprocess.Process) -> int:
    """Send SIGTERM and return the exit code; more than ten seconds are too long."""
    running.send_signal(signal.SIGTERM)
    async with asyncio.timeout(ENDS_WITHIN_SECONDS):
        return await running.wait()


async def environment_for(playground: Playground, folder: Path) -> dict[str, str]:
    """Load the small program, and return the settings of a process that is to serve it."""
    url = f"sqlite:///{folder / 'tandem.sqlite3'}"
    async with open_store(url) as (_, store):
        await load_small_program(store, NOW, playground.team_id)
    return {
        "SLACK_BOT_TOKEN": playground.bot_token,
        "SLACK_APP_TOKEN": playground.app_token,
        "SLACK_API_URL": playground.api_url,
        "DATABASE_URL": url,
        "TANDEM_TICK_SECONDS": "0.2",
    }


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "line"), [(("bot",), "bot_ready"), (("bot.cli", "run"), "scheduler_ready")], ids=["bot", "tandem run"]
)
async def test_it_answers_a_command_and_ends_cleanly_when_told(
    command: tuple[str, ...], line: str, tmp_path: Path
) -> None:
    async with Playground(dict(read_manifest().raw), members(), now=NOW) as playground:
        environment = await environment_for(playground, tmp_path)
        async with process(*command, **environment) as running:
            await ready(running, line)
            await playground.person("U0MAYA").types("/mentoring help")
            await playground.person("U0MAYA").waits_to_see("/mentoring")

            assert await told_to_stop(running) == 0


@pytest.mark.slow
async def test_the_scheduler_alone_ends_cleanly_when_told(tmp_path: Path) -> None:
    async with Playground(dict(read_manifest().raw), members(), now=NOW) as playground:
        environment = await environment_for(playground, tmp_path)
        async with process("scheduler", **environment) as running:
            await ready(running, "scheduler_ready")

            assert await told_to_stop(running) == 0


@pytest.mark.slow
async def test_by_http_it_answers_signed_requests(tmp_path: Path) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}/slack/events"
    async with Playground(dict(read_manifest().raw), members(), now=NOW, request_url=url) as playground:
        environment = await environment_for(playground, tmp_path) | {
            "SLACK_APP_TOKEN": "",
            "SLACK_SIGNING_SECRET": playground.signing_secret,
            "TANDEM_PORT": str(port),
        }
        async with process("bot", **environment) as running:
            await ready(running, "bot_ready")
            await playground.person("U0MAYA").types("/mentoring help")
            await playground.person("U0MAYA").waits_to_see("/mentoring")

            assert await told_to_stop(running) == 0


@pytest.mark.slow
async def test_the_doctor_is_content_with_a_workspace_in_order_and_names_a_scope_that_is_missing(
    tmp_path: Path,
) -> None:
    manifest = dict(read_manifest().raw)
    async with Playground(manifest, members(), now=NOW) as playground:
        environment = await environment_for(playground, tmp_path)
        said, code = await doctor(environment)
        assert "the bot token is good" in said
        assert "the token has every scope of the manifest" in said
        assert "Messages: none hang" in said
        assert code == 0, said

    poorer = manifest | {"oauth_config": {"scopes": {"bot": ["chat:write", "commands"]}}}
    async with Playground(poorer, members(), now=NOW) as playground:
        said, code = await doctor(environment | {"SLACK_BOT_TOKEN": playground.bot_token} | address_of(playground))
        assert "the token lacks im:history, users:read" in said
        assert code == 1


@pytest.mark.slow
async def test_the_doctor_says_when_slack_refuses_the_token(tmp_path: Path) -> None:
    async with Playground(dict(read_manifest().raw), members(), now=NOW) as playground:
        environment = await environment_for(playground, tmp_path)
        said, code = await doctor(environment | {"SLACK_BOT_TOKEN": "xoxb-wrong"})

    assert "SLACK_BOT_TOKEN is refused (invalid_auth)" in said
    assert code == 1


def address_of(playground: Playground) -> dict[str, str]:
    return {"SLACK_APP_TOKEN": playground.app_token, "SLACK_API_URL": playground.api_url}


async def doctor(environment: dict[str, str]) -> tuple[str, int]:
    """Run `tandem doctor`; return what it said and its exit code."""
    running = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.cli", "doctor", env=os.environ | environment, stdout=asyncio.subprocess.PIPE
    )
    said, _ = await running.communicate()
    return said.decode(), int(running.returncode or 0)
