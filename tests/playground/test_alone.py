"""The playground by itself, beside any app: a manifest, people, and the lines that an app needs."""

import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.cli import main
from bot.manifest import SHIPPED
from bot.playground.alone import Plan, greeting, laid_out
from tests.playground.parrot import MANIFEST

Json = dict[str, Any]
IMPORTS = (
    "import os",
    "from slack_bolt import App",
    "from slack_bolt.adapter.socket_mode import SocketModeHandler",
    "from slack_sdk import WebClient",
)
COMMAND = """app.command("/say")(lambda ack, command: ack("Heard: " + command["text"]))"""
PATIENCE = 15.0  # seconds: a busy machine takes its time to start Python


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps(MANIFEST))
    return path


@asynccontextmanager
async def running(*options: str) -> AsyncIterator[tuple[asyncio.subprocess.Process, dict[str, str]]]:
    """Run the command as one types it, until it says how it is reached; give what it said, by name."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.cli", "playground", "--port", "0", "--no-browser", *options,
        stdout=asyncio.subprocess.PIPE, env={**os.environ, "PYTHONWARNINGS": "ignore"},
    )  # fmt: skip
    try:
        assert process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            said = await process.stdout.readuntil(b"JavaScript")
        [line, start] = [row.strip() for row in said.decode().splitlines() if "client=" in row or ".start()" in row]
        words = said.decode().split()
        told = dict(word.split("=", 1) for word in words if word.startswith("SLACK_"))
        told |= {"app": line, "handler": start}
        yield process, told | {"page": next(word for word in words if word.startswith("http://127"))}
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


def refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    """What the command says when it cannot be carried out."""
    monkeypatch.setattr(sys, "argv", ["tandem", "playground", "--no-browser", "--port", "0", *options])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code not in (0, None)
    return capsys.readouterr().err.strip()


@pytest.mark.slow
async def test_what_it_prints_is_all_that_an_app_needs(manifest: Path) -> None:
    async with running("--manifest", str(manifest)) as (_, told), aiohttp.ClientSession() as session:
        client = AsyncWebClient(told["SLACK_BOT_TOKEN"], base_url=told["SLACK_API_URL"], session=session)
        who = await client.auth_test()
        opened = await client.apps_connections_open(app_token=told["SLACK_APP_TOKEN"])
        async with session.get(told["page"] + "/playground/state") as answer:
            state: Json = await answer.json()

    assert (who["user"], opened["ok"]) == ("polly_parrot", True)
    assert (state["limits"], state["clock"]["speed"]) == (True, 1)
    assert [person["name"] for person in state["people"]][:2] == ["maya", "tom"]
    assert [channel["name"] for channel in state["channels"]] == ["general", "quiet"]


@pytest.mark.slow
async def test_the_lines_for_slack_bolt_work_as_they_are_printed(manifest: Path) -> None:
    async with running("--manifest", str(manifest)) as (_, told), aiohttp.ClientSession() as session:
        script = "\n".join([*IMPORTS, told["app"], COMMAND, told["handler"]])
        app = await asyncio.create_subprocess_exec(sys.executable, "-c", script, env={**os.environ, **told})
        try:
            async with asyncio.timeout(PATIENCE):
                answer: Json = {}
                while not answer.get("ok"):
                    await asyncio.sleep(0.05)  # another process starts, and tells nobody
                    command = {"text": "/say hello"}
                    async with session.post(told["page"] + "/playground/people/UMAYA/command", json=command) as reply:
                        answer = await reply.json()
        finally:
            app.kill()
            await app.wait()

    assert answer["shown"]["text"] == "Heard: hello"


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_it_ends_at_once_when_it_is_told_to(manifest: Path, number: signal.Signals) -> None:
    async with (
        running("--manifest", str(manifest)) as (process, told),
        aiohttp.ClientSession() as session,
        session.get(told["page"] + "/playground/events"),  # somebody looks on
    ):
        began = time.perf_counter()
        process.send_signal(number)
        code = await process.wait()

    assert code == 0
    assert time.perf_counter() - began < 10  # a busy machine; a quiet one takes a fifth of a second


@pytest.mark.slow
async def test_the_next_one_goes_on_from_the_file_with_the_same_tokens(manifest: Path, tmp_path: Path) -> None:
    kept = ("--manifest", str(manifest), "--state", str(tmp_path / "state.json"), "--date", "2017-06-01", "--stand")
    async with running(*kept) as (process, first), aiohttp.ClientSession() as session:
        client = AsyncWebClient(first["SLACK_BOT_TOKEN"], base_url=first["SLACK_API_URL"], session=session)
        await client.chat_postMessage(channel="UMAYA", text="Remember me")
        process.terminate()
        await process.wait()

    async with (
        running(*kept) as (_, second),
        aiohttp.ClientSession() as session,
        session.get(second["page"] + "/playground/people/UMAYA") as answer,
    ):
        screen: Json = await answer.json()

    assert [one["text"] for one in screen["conversations"][0]["messages"]] == ["Remember me"]
    assert first["SLACK_BOT_TOKEN"] == second["SLACK_BOT_TOKEN"]
    assert first["SLACK_SIGNING_SECRET"] == second["SLACK_SIGNING_SECRET"]


async def test_a_plan_says_when_it_begins_how_fast_and_how_strict() -> None:
    plan = Plan(MANIFEST, day=date(2017, 6, 1), speed=0, limits=False)

    async with laid_out(plan, None) as playground:
        assert playground.clock.now() == datetime(2017, 6, 1, 14, tzinfo=UTC)
        assert (playground.pace.speed, playground.limits.on) == (0, False)


async def test_an_app_that_is_reached_by_requests_is_told_so() -> None:
    url = "http://127.0.0.1:3000/slack/events"

    async with laid_out(Plan(MANIFEST, request_url=url, speed=0), None) as playground:
        said = greeting(playground, url)

    assert f"is sent to {url}, signed" in said
    assert "signing_secret=" in said
    assert "SocketModeHandler" not in said


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        (None, "manifest.yml", "it cannot be read (No such file"),
        ("a: [", "manifest.yml", "neither YAML nor JSON"),
        ("{", "manifest.json", "neither YAML nor JSON"),
        ("just words", "manifest.yml", "it lacks display_information.name"),
        ("display_information: {name: Echo}", "manifest.yml", "it lacks oauth_config.scopes.bot"),
        (json.dumps({**MANIFEST, "features": ["x"]}), "manifest.yml", "features holds no names"),
        (json.dumps({**MANIFEST, "features": {"slash_commands": [{"name": "x"}]}}), "manifest.yml", "needs a command"),
    ],
)
def test_a_bad_manifest_is_refused_in_one_line(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    text: str | None,
    name: str,
    words: str,
) -> None:
    path = tmp_path / name
    if text is not None:
        path.write_text(text)

    said = refused(monkeypatch, capsys, "--manifest", str(path))

    assert said.startswith(f"{path}: ")
    assert words in said
    assert "\n" not in said


def test_mistakes_in_the_people_are_told_line_by_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    people = tmp_path / "people.toml"
    people.write_text('[[people]]\nname = "maya"\n\n[[people]]\nreal_name = "Tom Baker"\n')

    said = refused(monkeypatch, capsys, "--manifest", str(SHIPPED), "--people", str(people))

    assert said.splitlines() == [
        f"{people}: person 1 (maya): `real_name` is missing.",
        f"{people}: person 2: `name` is missing.",
    ]


def test_an_address_beyond_this_machine_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = refused(monkeypatch, capsys, "--manifest", str(SHIPPED), "--request-url", "https://example.org/slack")

    assert said.startswith("The playground sends nothing beyond this machine")


def test_a_state_of_another_release_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    state = tmp_path / "state.json"
    for text in ('{"now": "2017-06-01"}', "{", "[]"):
        state.write_text(text)

        said = refused(monkeypatch, capsys, "--manifest", str(SHIPPED), "--state", str(state))

        assert said.endswith("Name another file, or remove this one.")
        assert state.read_text() == text


async def test_a_port_that_is_taken_is_refused(
    manifest: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async with laid_out(Plan(MANIFEST, speed=0), None) as playground:
        port = playground.url.rsplit(":", 1)[1]
        said = await asyncio.to_thread(refused, monkeypatch, capsys, "--manifest", str(manifest), "--port", port)

    assert said.startswith(f"The playground cannot listen on port {port}")
