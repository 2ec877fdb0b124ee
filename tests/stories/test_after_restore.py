"""A backup is restored: nothing comes twice, and what was not said yet comes."""

import sqlite3
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from rich.console import Console

from bot.playground import Hooks, Playground
from bot.recovery import recover, sentences
from bot.settings import Settings, SettingsWrong
from bot.usecases.after_restore import Heard, mark_restored
from bot.wiring import Tandem, open_store, open_tandem
from scheduler.jobs import tick
from tests.stories.conftest import Stage

MONDAY_MORNING = datetime(2017, 6, 19, 13, 30, tzinfo=UTC)  # some prompts are out, others come later in the morning
FRIDAY = datetime(2017, 6, 23, 21, tzinfo=UTC)


@asynccontextmanager
async def awake(playground: Playground, settings: Settings) -> AsyncIterator[Tandem]:
    """Let a scheduler of its own follow the playground's clock."""
    async with open_tandem(settings, playground.clock.now) as tandem:

        async def next_due() -> datetime | None:
            async with tandem.store.begin() as records:
                return await records.next_due()

        playground.hooks = Hooks(next_due, lambda: tick(tandem))
        yield tandem
        playground.hooks = None


def back_up(database: Path, to: Path) -> None:
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(to)) as copy:
        source.backup(copy)


def heard(playground: Playground) -> Counter[tuple[str, str]]:
    """Count what stands in the conversations, by person and words."""
    return Counter(
        (person, message["text"])
        for person in playground.slack.workspace.people
        for message in playground.person(person).messages
    )


@pytest.fixture
async def restored(stage: Stage, tmp_path: Path) -> tuple[Playground, Settings]:
    """A backup of Friday, restored on Monday morning, after more had gone out."""
    playground, copy = stage.playground, tmp_path / "backup.sqlite3"
    database = Path(stage.settings.database_url.removeprefix("sqlite:///"))
    await stage.tick()
    back_up(database, copy)
    said_by_then = heard(playground).total()
    await stage.goes_to(MONDAY_MORNING)
    assert heard(playground).total() > said_by_then
    await stage.tandem.engine.dispose()
    settings = stage.settings.model_copy(update={"database_url": f"sqlite:///{copy}"})
    async with open_store(settings.database_url) as (_, store):
        await mark_restored(store, stage.now)
    return playground, settings


async def test_nothing_comes_twice_and_what_was_not_said_yet_comes(restored: tuple[Playground, Settings]) -> None:
    playground, settings = restored
    before = heard(playground)

    found = await recover(settings, Console(quiet=True), now=playground.clock.now)
    async with awake(playground, settings) as tandem:
        await tick(tandem)
        assert heard(playground) == before
        await playground.move_clock(FRIDAY)

    assert found.whole
    assert found.marks >= before.total()
    assert set(heard(playground).values()) == {1}
    assert heard(playground).total() > before.total()


async def test_before_the_conversations_are_read_nothing_is_sent(restored: tuple[Playground, Settings]) -> None:
    playground, settings = restored
    before = heard(playground)

    async with awake(playground, settings) as tandem:
        await tick(tandem)

    assert heard(playground) == before


async def test_a_busy_slack_is_waited_for_as_long_as_it_asks(restored: tuple[Playground, Settings]) -> None:
    playground, settings = restored
    playground.fail("conversations.history", how="429", retry_after=40, times=2)
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)
        playground.clock.set(playground.clock.now() + timedelta(seconds=seconds))

    found = await recover(settings, Console(quiet=True), now=playground.clock.now, sleep=sleep)

    assert found.whole
    assert waited == [40, 40]


async def test_a_slack_that_stays_busy_leaves_it_for_later(restored: tuple[Playground, Settings]) -> None:
    playground, settings = restored
    playground.fail("conversations.history", how="429", times=None)
    before = heard(playground)

    async def sleep(seconds: float) -> None:
        """Have no patience in a test."""

    found = await recover(settings, Console(quiet=True), now=playground.clock.now, sleep=sleep)
    async with awake(playground, settings) as tandem:
        await tick(tandem)

    assert not found.whole
    assert "run `tandem doctor --after-restore` once more" in list(sentences(found))[-1]
    assert heard(playground) == before


async def test_who_cannot_be_looked_up_is_named(restored: tuple[Playground, Settings]) -> None:
    playground, settings = restored
    playground.fail("conversations.open", how={"error": "missing_scope"}, times=None)

    found = await recover(settings, Console(quiet=True), now=playground.clock.now)

    assert "Charlie Price" in list(sentences(found))[1]
    assert found.whole


async def test_without_a_token_it_says_what_is_missing(stage: Stage) -> None:
    with pytest.raises(SettingsWrong, match="SLACK_BOT_TOKEN: missing"):
        await recover(stage.settings.model_copy(update={"slack_bot_token": None}), Console(quiet=True))


def test_it_says_what_was_found() -> None:
    assert list(sentences(Heard(read=1, marks=3))) == [
        "Read 1 conversation: 3 things that were said there are not said again.",
        "Tandem sends again.",
    ]
