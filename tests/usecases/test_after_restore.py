"""After a backup was restored: what stands in the conversations is not said again, and nothing is sent before."""

from datetime import UTC, datetime

import pytest

from bot.domain.notes import Later, Unreadable
from bot.usecases.after_restore import after_restore, mark_restored
from bot.usecases.ports import HeardMarks
from bot.usecases.wake_workspaces import RESTORED, wake_workspaces
from tests.usecases.stage import Desk, Stage, at

MORNING = at(6, 1, 10)
BUSY, ODD = Later(MORNING, "ratelimited"), Later(MORNING, "internal_error", cause="answer")


class Archive(Desk):
    """A courier whose conversations answer as the test says, by Slack id; else with all that was brought."""

    def __init__(self, said: dict[str, HeardMarks] | None = None) -> None:
        super().__init__()
        self.said = said or {}
        self.read: dict[str, list[HeardMarks | Unreadable | Later]] = {}
        self.asked: list[str] = []
        self.since: set[datetime] = set()

    async def marks_since(self, slack_id: str, channel: str, since: datetime) -> HeardMarks | Unreadable | Later:
        self.asked.append(slack_id)
        self.since.add(since)
        waiting = self.read.get(slack_id, [])
        return waiting.pop(0) if waiting else self.said.get(slack_id, {})


@pytest.fixture
async def restored(stage: Stage) -> Stage:
    """Records of a moment before the first messages, which Tom has had all the same."""
    stage.now = MORNING
    await stage.plan()
    tom = await stage.member("tom")
    async with stage.store.begin() as records:
        (nudge,) = await records.open_nudges([(tom.person.id, tom.program.id)], stage.now)
    archive = Archive({"U0TOM": {nudge.mark: MORNING}})
    stage.use(archive)
    await mark_restored(stage.store, stage.now)
    return stage


def archive_of(stage: Stage) -> Archive:
    assert isinstance(stage.desk, Archive)
    return stage.desk


async def stopped(stage: Stage) -> str:
    async with stage.store.begin() as records:
        (workspace,) = await records.workspaces()
    return workspace.stopped


async def test_nothing_is_sent_to_what_was_restored(restored: Stage) -> None:
    await restored.tick()

    assert restored.desk.given == []
    assert await stopped(restored) == RESTORED


async def test_a_good_token_alone_does_not_start_it_again(restored: Stage) -> None:
    assert await wake_workspaces(restored.world) == 0
    assert await stopped(restored) == RESTORED


async def test_what_stands_there_is_not_said_again_and_the_rest_is(restored: Stage) -> None:
    heard = await after_restore(restored.world)
    await restored.tick()

    assert heard.whole
    assert (heard.read, heard.marks) == (8, 1)
    assert restored.heard("tom") == []
    assert restored.heard("ines") == [["first_move"]]


async def test_as_long_as_slack_is_busy_nothing_is_sent(restored: Stage) -> None:
    archive_of(restored).read["U0INES"] = [BUSY]

    heard = await after_restore(restored.world)
    await restored.tick()

    assert "Inês Duarte" in [person.name for person in heard.later]
    assert archive_of(restored).asked[-1] == "U0INES"  # a busy Slack is not asked for the others
    assert restored.desk.given == []


async def test_with_patience_it_is_asked_again(restored: Stage) -> None:
    archive_of(restored).read["U0INES"] = [BUSY, BUSY]
    tries: list[int] = []

    async def patience(later: Later, tried: int) -> bool:
        tries.append(tried)
        return True

    heard = await after_restore(restored.world, patience)

    assert heard.whole
    assert tries == [1, 2]


async def test_one_conversation_that_fails_does_not_keep_the_others_from_being_read(restored: Stage) -> None:
    archive_of(restored).read["U0ADA"] = [ODD]

    heard = await after_restore(restored.world)

    assert [person.name for person in heard.later] == ["Ada Novak"]
    assert heard.read == 7
    assert await stopped(restored) == RESTORED


async def test_once_more_reads_what_was_left(restored: Stage) -> None:
    archive_of(restored).read["U0ADA"] = [ODD]
    await after_restore(restored.world)

    assert (await after_restore(restored.world)).whole
    assert await stopped(restored) == ""


async def test_what_can_never_be_read_is_named_and_holds_nothing_up(restored: Stage) -> None:
    archive_of(restored).read["U0CHARLIE"] = [Unreadable("missing_scope")]

    heard = await after_restore(restored.world)

    assert [person.name for person in heard.unreadable] == ["Charlie Price"]
    assert heard.whole
    assert await stopped(restored) == ""


async def test_it_tells_how_far_it_is(restored: Stage) -> None:
    told: list[tuple[int, int]] = []

    await after_restore(restored.world, tell=lambda done, of: told.append((done, of)))

    assert told[0] == (0, 8)
    assert told[-1] == (8, 8)


async def test_records_without_a_sign_of_life_are_held_against_everything_ever_said(restored: Stage) -> None:
    await after_restore(restored.world)

    assert archive_of(restored).since == {datetime(2013, 7, 31, 23, tzinfo=UTC)}  # an hour before there was a Slack


async def test_doing_it_again_changes_nothing(restored: Stage) -> None:
    await after_restore(restored.world)
    again = await after_restore(restored.world)
    await restored.tick()

    assert again.marks == 1
    assert restored.heard("tom") == []
