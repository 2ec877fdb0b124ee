"""The records cannot be reached for a while: nothing is lost, everybody gets an answer, and all goes on by itself."""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.busy import Busy
from bot.playground.wire import interactions
from bot.playground.wire.line import Retry
from bot.playground.workspace.installed_app import TEAM_ID
from bot.slack import doors
from bot.wiring import open_store
from scheduler.jobs import JOBS, _run
from tests.cut_lines import line_to
from tests.small_program import FRIDAY_MORNING, load_small_program
from tests.store.servers import drop_everything, make_database, postgresql
from tests.stories.conftest import Stage, staged
from tests.stories.people import Desk
from tests.stories.test_repeated import deliveries

KIND = "Tandem cannot reach its records at the moment. Nothing was lost: please try again in a minute."
MEETING = {"day": date(2017, 6, 12), "minutes": 45, "means": "Phone", "notes": "We spoke of maps"}


@dataclass
class Away:
    """A stage whose records can be taken away."""

    stage: Stage
    records: Callable[[], AbstractAsyncContextManager[None]]  # within the block nobody reaches them


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgresql() as url:
        yield make_database(url, "stories")


@asynccontextmanager
async def on_sqlite(file: Path) -> AsyncIterator[Away]:
    """Somebody else holds the file's lock for longer than Tandem waits for it."""

    @asynccontextmanager
    async def locked() -> AsyncIterator[None]:
        somebody = sqlite3.connect(file)
        somebody.execute("BEGIN IMMEDIATE")
        yield
        somebody.close()

    async with staged(f"sqlite:///{file}") as stage:
        async with stage.tandem.engine.connect() as connection:
            await connection.exec_driver_sql("PRAGMA busy_timeout=10")
        yield Away(stage, locked)


@asynccontextmanager
async def on_postgresql(url: str) -> AsyncIterator[Away]:
    """The line to the server is cut, and mended."""
    drop_everything(url)
    async with line_to(url) as line:

        @asynccontextmanager
        async def cut() -> AsyncIterator[None]:
            await line.cut()
            yield
            await line.mend()

        async with open_store(line.url) as (_, store):
            await load_small_program(store, FRIDAY_MORNING, TEAM_ID)
        async with staged(line.url) as stage:
            yield Away(stage, cut)


@pytest.fixture(params=["sqlite", "postgresql"])
async def away(request: pytest.FixtureRequest, template: Path, tmp_path: Path) -> AsyncIterator[Away]:
    if request.param == "sqlite":
        opened = on_sqlite(Path(shutil.copy(template, tmp_path)))
    else:
        opened = on_postgresql(request.getfixturevalue("server"))
    async with opened as found:
        yield found


@pytest.fixture
def stage(away: Away) -> Stage:
    return away.stage


async def test_a_command_is_answered_kindly_and_works_again_without_a_restart(away: Away, maya: Desk) -> None:
    async with away.records():
        await maya.types("/checkin yesterday 45 zoom")
        assert maya.reading == KIND

    await maya.types("/checkin yesterday 45 zoom")

    assert len(await away.stage.records.meetings("tom-maya")) == 1


async def test_a_form_stays_open_with_all_that_was_typed_and_is_taken_afterwards(away: Away, maya: Desk) -> None:
    await maya.types("/checkin")
    async with away.records():
        errors = await maya.submits(MEETING)

    assert list(errors.values()) == [KIND]
    assert "We spoke of maps" in str(maya.form)

    assert await maya.submits() == {}
    [meeting] = await away.stage.records.meetings("tom-maya")
    assert meeting.words[0].notes == "We spoke of maps"


async def test_a_click_is_answered_wherever_the_button_stands(away: Away, maya: Desk) -> None:
    await maya.says("hello")
    await maya.opens_home()
    async with away.records():
        await maya.clicks("Status")
        assert maya.reading == KIND
        await maya.clicks("Take a break", where="home")
        assert [message["text"] for message in maya.messages].count(KIND) == 2

    await maya.clicks("Take a break", where="home")

    assert maya.form is not None


async def test_an_event_is_not_acknowledged_and_answered_when_slack_brings_it_again(away: Away, maya: Desk) -> None:
    slack, sockets = away.stage.playground.slack, away.stage.playground.sockets
    channel = slack.im_with(maya.id).id
    body = {"type": "message", "channel_type": "im", "channel": channel, "user": maya.id, "text": "hello", "ts": "1.1"}
    event = interactions.event(slack, body)
    async with away.records():
        first = await sockets.carry("events_api", event, 0.5)
        await away.stage.settled()

    again = await sockets.carry("events_api", event, 15, Retry(1, "timeout"))
    await away.stage.settled()

    assert (first.reply, again.reply) == (None, {})
    assert len(maya.messages) == 1


async def test_somebody_who_leaves_meanwhile_is_known_to_have_left_afterwards(away: Away) -> None:
    slack, sockets = away.stage.playground.slack, away.stage.playground.sockets
    event = interactions.event(slack, {"type": "user_change", "user": {"id": "U0MAYA", "deleted": True}})
    async with away.records():
        first = await sockets.carry("events_api", event, 0.5)

    again = await sockets.carry("events_api", event, 15, Retry(1, "timeout"))

    assert (first.reply, again.reply) == (None, {})
    assert (await away.stage.records.person("maya")).unreachable == "deactivated"


async def test_the_scheduler_waits_says_so_once_and_goes_on(away: Away, maya: Desk, tom: Desk) -> None:
    await maya.types("/mentoring next today 10:40am")  # so soon that Tom is told at once

    with capture_logs() as logs:
        async with away.records():
            for job in [*JOBS[:2]] * 3:  # what looks and plans, and what sends
                await _run(job, away.stage.tandem, Busy())
        for job in [*JOBS[:2]] * 2:
            await _run(job, away.stage.tandem, Busy())

    assert [entry["event"] for entry in logs] == ["records_away", "records_back"]
    assert [message["text"].startswith("Maya suggests") for message in tom.messages] == [True]


async def test_a_form_is_answered_in_time_though_the_records_hang(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = Path(shutil.copy(template, tmp_path))
    async with staged(f"sqlite:///{file}") as stage:
        maya = stage.desk("U0MAYA")
        await maya.types("/checkin")
        monkeypatch.setattr(doors, "ACK_WITHIN_SECONDS", 0.05)  # far less than Tandem waits for the lock
        somebody = sqlite3.connect(file)
        somebody.execute("BEGIN IMMEDIATE")
        heard = asyncio.create_task(maya.submits(MEETING))
        await stage.playground.until(lambda: deliveries(stage)[-1].name == "view_submission")
        somebody.close()
        monkeypatch.setattr(doors, "ACK_WITHIN_SECONDS", 30.0)

        assert list((await heard).values()) == [KIND]
        assert await maya.submits() == {}
        assert len(await stage.records.meetings("tom-maya")) == 1
