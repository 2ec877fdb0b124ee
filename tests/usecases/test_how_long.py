"""How long an announcement takes is known before it goes out, and while it does."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.domain.announcements import Announcement, Progress
from bot.domain.nudges import Lane, Nudge, Rule, Slot
from bot.domain.pace import Limits
from bot.domain.people import Person
from bot.domain.program import Role
from bot.store import SqlStore, make_engine
from bot.store.tables import metadata
from bot.usecases.announce import announce, how_long, show_progress
from tests.usecases.stage import A_DAY, Stage, at

ONE_A_SECOND = {"chat.postMessage": Limits(start=1.0, least=1.0, most=1.0, burst=1)}
MORNING = at(6, 1, 10)


class Board:
    """A courier that only shows progress lines."""

    def __init__(self) -> None:
        self.shown: list[Progress] = []

    async def show_progress(self, announcement: Announcement, progress: Progress) -> bool:
        self.shown.append(progress)
        return True


@pytest.fixture
async def limited() -> AsyncIterator[Stage]:
    """The small program where Slack takes one message a second."""
    engine = make_engine("sqlite://")
    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    stage = Stage(SqlStore(engine, limits=ONE_A_SECOND))
    await stage.load()
    stage.now = MORNING
    yield stage
    await engine.dispose()


async def waits(stage: Stage, number: int, *, lane: Lane = Lane.REMINDER) -> None:
    """Let so many messages wait for Tom."""
    member = await stage.member("tom")
    async with stage.store.begin() as records:
        await records.put_nudges([_due(stage, member.person, member.program.id, n, lane) for n in range(number)])


def _due(stage: Stage, person: Person, program_id: str, number: int, lane: Lane) -> Nudge:
    slot = Slot(Rule.CHECKIN_REMINDER, "tom-maya", f"{number}", person.key)
    return Nudge(slot, program_id, person.id, lane, stage.now, stage.now + A_DAY)


async def on_its_way(stage: Stage) -> None:
    ada = await stage.member("ada")
    word = Announcement(
        ada.program.id, ada.person.id, "Hello", frozenset({Role.MENTOR}), "t1", stage.now, channel="D1", ts="1.0"
    )
    await announce(stage.world, ada, word)


async def shown(stage: Stage) -> Progress:
    board = Board()
    await show_progress(stage.store, board, stage.now)  # type: ignore[arg-type]
    return board.shown[-1]


async def test_it_is_known_beforehand_with_what_waits_ahead(limited: Stage) -> None:
    ada = await limited.member("ada")
    assert await how_long(limited.world, ada, 81) == timedelta(seconds=80)

    await waits(limited, 100)

    assert await how_long(limited.world, ada, 81) == timedelta(minutes=3)


async def test_a_few_seconds_are_not_worth_a_word(limited: Stage) -> None:
    assert await how_long(limited.world, await limited.member("ada"), 9) == timedelta(0)


async def test_the_line_says_how_long_is_to_go(limited: Stage) -> None:
    await waits(limited, 40)
    await on_its_way(limited)  # to Tom, Noor and Inês

    assert (await shown(limited)).to_go == timedelta(seconds=40)


async def test_the_line_says_nothing_where_all_copies_wait_for_a_good_hour(limited: Stage) -> None:
    limited.now = at(6, 1, 23)
    await on_its_way(limited)
    await waits(limited, 40)

    progress = await shown(limited)

    assert (progress.waiting, progress.to_go) == (3, timedelta(0))


async def test_where_there_are_no_limits_no_time_is_told(stage: Stage) -> None:
    stage.now = MORNING
    await waits(stage, 1000)

    assert await how_long(stage.world, await stage.member("ada"), 1000) == timedelta(0)
