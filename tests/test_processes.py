"""Real processes: they begin, serve people, and end cleanly when they are told to."""

import asyncio
import os
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from socket import socket

import aiohttp
import pytest

from bot.domain.days import SpeakingHours
from bot.domain.nudges import Lane, Nudge, Rule, Slot
from bot.domain.people import Preferences
from bot.manifest import read_manifest
from bot.playground import Call, Fault, Member, Playground
from bot.usecases.load_program import load_program
from bot.wiring import open_store
from tests.small_program import DESIGN, load_small_program, small_program

ENDS_WITHIN_SECONDS = 10
AT_THE_VERY_LAST = 30  # where it takes all of its ten seconds, on a machine that is busy
GAVE_UP = 3
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
    async with asyncio.timeout(60):
        while line not in (said := (await running.stderr.readline()).decode()):
            assert said, f"it ended before it said {line}"


async def told_to_stop(running: asyncio.subprocess.Process, within: float = ENDS_WITHIN_SECONDS) -> int:
    """Send SIGTERM and return the exit code; more than ten seconds are too long."""
    running.send_signal(signal.SIGTERM)
    async with asyncio.timeout(within):
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


def by_http(playground: Playground, port: int) -> dict[str, str]:
    """Return the settings that make a process listen for signed requests instead of connecting."""
    return {"SLACK_APP_TOKEN": "", "SLACK_SIGNING_SECRET": playground.signing_secret, "TANDEM_PORT": str(port)}


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
        environment = await environment_for(playground, tmp_path) | by_http(playground, port)
        async with process("bot", **environment) as running:
            await ready(running, "bot_ready")
            await playground.person("U0MAYA").types("/mentoring help")
            await playground.person("U0MAYA").waits_to_see("/mentoring")

            assert await told_to_stop(running) == 0


@pytest.mark.slow
@pytest.mark.parametrize("by", ["socket", "http"])
async def test_fifty_commands_under_way_are_all_answered_though_it_is_told_to_stop(by: str, tmp_path: Path) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}/slack/events" if by == "http" else None
    async with Playground(dict(read_manifest().raw), members(), now=NOW, ack_seconds=8, request_url=url) as playground:
        environment = await environment_for(playground, tmp_path)
        if by == "http":
            environment |= by_http(playground, port)
        async with process("bot", **environment) as running:
            await ready(running, "bot_ready")
            maya = playground.person("U0MAYA")
            typing = [asyncio.create_task(maya.types("/mentoring help")) for _ in range(50)]
            await playground.until(lambda: bool(maya.messages), 10)  # the first was answered

            assert await told_to_stop(running) == 0
            outcomes = await asyncio.gather(*typing, return_exceptions=True)

        acknowledged = [one for one in outcomes if not isinstance(one, BaseException)]
        answers = [message for message in maya.messages if "/mentoring" in message["text"]]
        assert len(acknowledged) > 0
        assert len(answers) >= len(acknowledged)  # whoever was told "I heard you" got the answer


@pytest.mark.slow
async def test_a_note_on_its_way_is_settled_before_the_scheduler_ends(tmp_path: Path) -> None:
    async with Playground(dict(read_manifest().raw), members(), now=NOW) as playground:
        playground.faults.append(Fault("chat.postMessage", "slow", times=None, seconds=1.5))
        environment = await environment_for(playground, tmp_path)
        await ada_is_to_hear_something_now(environment["DATABASE_URL"], playground.team_id)
        async with process("scheduler", **environment) as running:
            await ready(running, "scheduler_ready")
            await playground.until(lambda: bool(posted(playground)), 20)  # it is taken, and not yet answered

            assert await told_to_stop(running) == 0

        async with open_store(environment["DATABASE_URL"]) as (_, store), store.begin() as records:
            trouble = await records.trouble(datetime.now(UTC))
        assert (trouble.stuck, trouble.unknown, trouble.refused) == (0, 0, {})
        assert len(posted(playground)) == 1


@pytest.mark.slow
async def test_even_with_the_records_locked_by_another_it_ends_in_time(tmp_path: Path) -> None:
    async with Playground(dict(read_manifest().raw), members(), now=NOW) as playground:
        environment = await environment_for(playground, tmp_path)
        async with process("bot.cli", "run", **environment) as running:
            await ready(running, "scheduler_ready")
            with closing(sqlite3.connect(tmp_path / "tandem.sqlite3", isolation_level=None, timeout=20)) as other:
                other.execute("BEGIN EXCLUSIVE")

                await told_to_stop(running, AT_THE_VERY_LAST)


@pytest.mark.slow
async def test_even_where_the_loop_hangs_it_ends_and_says_that_it_was_not_in_order(tmp_path: Path) -> None:
    (tmp_path / "stuck.py").write_text(
        "import time\nfrom bot.process import run_process\n"
        "async def main(settings, stop):\n"
        "    print('stuck_ready', file=__import__('sys').stderr, flush=True)\n"
        "    await stop.wait()\n"
        "    time.sleep(600)\n"
        "raise SystemExit(run_process(main))\n"
    )
    environment = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "PYTHONPATH": str(tmp_path)}
    async with process("stuck", **environment) as running:
        await ready(running, "stuck_ready")

        assert await told_to_stop(running, AT_THE_VERY_LAST) == 1


@pytest.mark.slow
async def test_a_bot_that_hears_nothing_any_more_ends_for_its_supervisor(tmp_path: Path) -> None:
    async with Playground(dict(read_manifest().raw), members(), now=NOW) as playground:
        environment = await environment_for(playground, tmp_path) | {"TANDEM_SOCKET_SILENCE_SECONDS": "1"}
        async with process("bot", **environment) as running:
            await ready(running, "bot_ready")
            playground.sockets.silence()

            async with asyncio.timeout(30):
                assert await running.wait() == GAVE_UP


@pytest.mark.slow
async def test_a_bot_that_never_gets_a_connection_ends_for_its_supervisor_too(tmp_path: Path) -> None:
    async with Playground(dict(read_manifest().raw), members(), now=NOW) as playground:
        environment = await environment_for(playground, tmp_path) | {"TANDEM_SOCKET_SILENCE_SECONDS": "1"}
        await playground.sockets.disable()
        async with process("bot", **environment) as running, asyncio.timeout(30):
            assert await running.wait() == GAVE_UP


@pytest.mark.slow
async def test_while_it_waits_for_its_first_connection_it_can_be_told_to_stop(tmp_path: Path) -> None:
    async with Playground(dict(read_manifest().raw), members(), now=NOW) as playground:
        environment = await environment_for(playground, tmp_path)
        playground.sockets.silence()
        async with process("bot", **environment) as running:
            await playground.until(lambda: playground.sockets.taken > 0, 20)

            assert await told_to_stop(running) == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "parts"),
    [
        (("bot",), {"database", "process", "slack"}),
        (("scheduler",), {"database", "process", "ticks"}),
        (("bot.cli", "run"), {"database", "process", "slack", "ticks"}),
    ],
    ids=["bot", "scheduler", "tandem run"],
)
async def test_each_process_tells_its_health_and_its_figures(
    command: tuple[str, ...], parts: set[str], tmp_path: Path
) -> None:
    port = free_port()
    async with Playground(dict(read_manifest().raw), members(), now=NOW) as playground:
        environment = await environment_for(playground, tmp_path) | {"TANDEM_OPERATOR_PORT": str(port)}
        async with process(*command, **environment) as running, aiohttp.ClientSession() as session:
            await ready(running, "scheduler_ready" if "ticks" in parts else "bot_ready")
            if "slack" in parts:
                await playground.person("U0MAYA").types("/mentoring help")
            async with session.get(f"http://127.0.0.1:{port}/healthz") as answer:
                told = await answer.json()
            async with session.get(f"http://127.0.0.1:{port}/metrics") as answer:
                page = await answer.text()

            assert (told["ready"], set(told["parts"])) == (True, parts), told
            assert "tandem_database_up 1.0" in page
            assert ('tandem_acknowledgement_seconds_count{kind="command"} 1.0' in page) == ("slack" in parts)
            assert await told_to_stop(running) == 0


@pytest.mark.slow
async def test_an_operator_s_port_that_is_taken_is_told_and_ends_it(tmp_path: Path) -> None:
    with socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        async with Playground(dict(read_manifest().raw), members(), now=NOW) as playground:
            environment = await environment_for(playground, tmp_path) | {"TANDEM_OPERATOR_PORT": str(port)}
            async with process("scheduler", **environment) as running:
                assert running.stderr is not None
                said = (await running.stderr.read()).decode()

                assert await running.wait() == 2
        assert f"TANDEM_OPERATOR_PORT: 127.0.0.1:{port} cannot be used" in said


@pytest.mark.slow
async def test_a_database_that_cannot_be_reached_ends_it_without_a_word_of_the_password(tmp_path: Path) -> None:
    environment = {
        "SLACK_BOT_TOKEN": "xoxb-canary",
        "SLACK_APP_TOKEN": "xapp-canary",
        "DATABASE_URL": f"postgresql://tandem:canary@127.0.0.1:{free_port()}/tandem",
        "LOG_LEVEL": "DEBUG",
    }
    async with process("bot", **environment) as running:
        assert running.stderr is not None
        said = (await running.stderr.read()).decode()

        assert await running.wait() == 1
    assert "records_not_reached" in said
    assert "canary" not in said


def posted(playground: Playground) -> list[Call]:
    """What Ada was sent so far."""
    return [c for c in playground.calls if c.method == "chat.postMessage" and c.args["channel"] == "U0ADA"]


async def ada_is_to_hear_something_now(url: str, team_id: str) -> None:
    """Let the program run at this very moment, at all hours for Ada, with an announcement to her that is due."""
    design = DESIGN.replace("2017-06-01", f"{NOW - timedelta(days=30):%Y-%m-%d}")
    program, roster = small_program(design.replace("2018-04-30", f"{NOW + timedelta(days=300):%Y-%m-%d}"))
    always = Preferences(hours=SpeakingHours(time(0), time(0), frozenset(range(7))))
    async with open_store(url) as (_, store), store.begin() as records:
        workspace = await records.workspace(team_id)
        await load_program(records, workspace.id, program, roster, NOW)
        loaded = (await records.programs(workspace.id))[0]
        ada = next(person for person in await records.people(workspace.id) if person.key == "ada")
        await records.put_preferences(ada.id, always)
        slot = Slot(Rule.ANNOUNCEMENT, "first-year", "once", "ada")
        facts = {"author": "Ada", "text": "The training moves.", "announcement": "A1"}
        span = (NOW - timedelta(hours=1), NOW + timedelta(days=1))
        await records.put_nudges([Nudge(slot, loaded.id, ada.id, Lane.ANNOUNCEMENT, *span, facts=facts)])


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
    return await tandem(environment, "doctor")


async def tandem(environment: dict[str, str], *arguments: str) -> tuple[str, int]:
    """Run a command; return what it said and its exit code."""
    running = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot.cli", *arguments),
        env=os.environ | environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await running.communicate()
    return said.decode(), int(running.returncode or 0)


@pytest.mark.slow
async def test_a_copy_is_made_while_tandem_runs_and_put_back_only_when_it_has_stopped(tmp_path: Path) -> None:
    copy = str(tmp_path / "copy.sqlite3")
    async with Playground(dict(read_manifest().raw), members(), now=NOW) as playground:
        environment = await environment_for(playground, tmp_path)
        async with process("bot.cli", "run", **environment) as running:
            await ready(running, "scheduler_ready")
            said, code = await tandem(environment, "backup", copy)
            assert code == 0, said
            said, code = await tandem(environment, "restore", copy, "--yes")
            assert (code, "Tandem is running on" in said) == (1, True), said
            await playground.person("U0MAYA").types("/mentoring help")
            await playground.person("U0MAYA").waits_to_see("/mentoring")
            assert await told_to_stop(running) == 0

        said, code = await tandem(environment, "restore", copy, "--yes")
        assert code == 0, said
        async with process("bot.cli", "run", **environment) as running:
            await ready(running, "scheduler_ready")
            await playground.person("U0MAYA").types("/mentoring help")
            assert await told_to_stop(running) == 0
