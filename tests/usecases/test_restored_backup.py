"""A backup is restored: what went out since stands in Slack, and is said by nobody again."""

import copy
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.notes import Later, Unreadable
from bot.rehearsal.memory import MemoryStore
from bot.usecases.after_restore import after_restore
from bot.usecases.ports import RESTORED
from bot.usecases.wake_workspaces import wake_workspaces
from tests.usecases.stage import TEAM, Desk, Stage, at


class Conversations(Desk):
    """Slack's memory of what was said, and how it lets itself be read."""

    def __init__(self) -> None:
        super().__init__()
        self.refusals: dict[str, Unreadable | Later] = {}
        self.asked: list[tuple[str, str, datetime]] = []

    async def marks_since(self, slack_id: str, channel: str, since: datetime) -> frozenset[str] | Unreadable | Later:
        self.asked.append((slack_id, channel, since))
        said = (note for who, note in self.given if f"U0{who.upper()}" == slack_id)
        return self.refusals.get(slack_id) or frozenset(mark for note in said for mark in note.marks)


@pytest.fixture
async def restored() -> Stage:
    """A backup of the evening before the first day, restored at noon of it: Tom, Noor and Ines have heard."""
    stage = Stage(MemoryStore())
    stage.desk = Conversations()
    stage.world = replace(stage.world, courier=stage.desk)
    await stage.load()
    await stage.walk(at(5, 31, 22))
    assert isinstance(stage.store, MemoryStore)
    backup = copy.deepcopy(stage.store.shelf)
    await stage.walk(at(6, 1, 12))
    assert stage.heard("tom") == stage.heard("noor") == stage.heard("ines") == [["first_move"]]
    stage.store.shelf = backup
    async with stage.store.begin() as records:
        await records.stop_workspace((await records.workspace(TEAM)).id, RESTORED, stage.now)
    return stage


async def stopped(stage: Stage) -> str:
    async with stage.store.begin() as records:
        return (await records.workspaces())[0].stopped


async def test_nothing_goes_out_before_slack_was_read(restored: Stage) -> None:
    before = len(restored.desk.given)

    await wake_workspaces(restored.world)
    await restored.tick()

    assert len(restored.desk.given) == before


async def test_what_went_out_since_is_not_said_again(restored: Stage) -> None:
    heard = await after_restore(restored.world)
    await restored.walk(at(6, 2, 12))

    assert (heard.read, heard.marks, heard.whole) == (8, 3, True)
    assert await stopped(restored) == ""
    assert restored.heard("tom") == restored.heard("noor") == restored.heard("ines") == [["first_move"]]


async def test_what_did_not_go_out_since_is_said(restored: Stage) -> None:
    restored.desk.given = [(who, note) for who, note in restored.desk.given if who != "tom"]

    await after_restore(restored.world)
    await restored.tick()

    assert restored.heard("tom") == [["first_move"]]


async def test_as_long_as_one_conversation_may_yet_be_read_nothing_is_sent(restored: Stage) -> None:
    assert isinstance(restored.desk, Conversations)
    restored.desk.refusals["U0TOM"] = Later(restored.now + timedelta(minutes=1), "ratelimited")

    first = await after_restore(restored.world)
    assert ([person.key for person in first.later], first.whole) == (["tom"], False)
    assert await stopped(restored) == RESTORED
    restored.desk.refusals.clear()
    second = await after_restore(restored.world)
    await restored.walk(at(6, 2, 12))

    assert second.whole
    assert restored.heard("tom") == [["first_move"]]


async def test_who_cannot_be_read_is_told_and_holds_nobody_back(restored: Stage) -> None:
    assert isinstance(restored.desk, Conversations)
    restored.desk.refusals["U0TOM"] = Unreadable("missing_scope")

    heard = await after_restore(restored.world)

    assert [person.key for person in heard.unreadable] == ["tom"]
    assert await stopped(restored) == ""


async def test_records_without_a_sign_of_life_are_held_against_everything_ever_said(restored: Stage) -> None:
    assert isinstance(restored.desk, Conversations)
    await after_restore(restored.world)

    assert {since for _, _, since in restored.desk.asked} == {datetime(2013, 7, 31, 23, tzinfo=UTC)}


async def test_doing_it_again_changes_nothing(restored: Stage) -> None:
    await after_restore(restored.world)
    again = await after_restore(restored.world)
    await restored.walk(at(6, 2, 12))

    assert again.marks == 3
    assert restored.heard("tom") == [["first_move"]]
