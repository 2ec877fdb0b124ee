"""What is remembered after a backup was restored: the last sign of life, and what was heard since."""

from datetime import timedelta

from bot.domain.pace import POSTS
from bot.store import SqlStore
from bot.usecases.ports import RESTORED, Started
from tests.store.cast import A_DAY, A_MINUTE, AN_HOUR, NOW, Cast, write_cast


async def start(store: SqlStore, cast: Cast, note_id: str, minutes: int) -> None:
    at = NOW + minutes * A_MINUTE
    async with store.begin() as records:
        await records.start_notes([Started(cast.note(note_id), ())], now=at, lease_until=at + A_MINUTE)


async def test_without_a_note_or_an_event_there_is_no_sign_of_life(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        assert await records.last_sign(cast.workspace_id) is None


async def test_the_last_sign_is_the_newest_note_of_the_workspace_or_event(store: SqlStore, cast: Cast) -> None:
    elsewhere = await write_cast(store, "T2", "autumn")
    await start(store, cast, "n1", 1)
    await start(store, cast, "n2", 5)
    await start(store, elsewhere, "n3", 50)
    async with store.begin() as records:
        assert await records.last_sign(cast.workspace_id) == NOW + 5 * A_MINUTE
        assert await records.first_time("Ev1", NOW + 9 * A_MINUTE)
        assert await records.last_sign(cast.workspace_id) == NOW + 9 * A_MINUTE


async def test_what_people_do_while_a_backup_is_looked_through_is_no_sign_of_it(store: SqlStore, cast: Cast) -> None:
    """Else a second look would begin there, and overlook what went out between the backup and its restoring."""
    await start(store, cast, "n1", 1)
    async with store.begin() as records:
        await records.stop_workspace(cast.workspace_id, RESTORED, NOW + A_DAY)
        assert await records.first_time("Ev1", NOW + A_DAY + AN_HOUR)

        assert await records.last_sign(cast.workspace_id) == NOW + A_MINUTE


async def test_marks_are_kept_once_and_for_each_person(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        await records.put_heard(cast.workspace_id, cast.maya.id, {"a": None, "b": None}, NOW)
        await records.put_heard(cast.workspace_id, cast.maya.id, {"b": None, "c": None}, NOW + AN_HOUR)
        await records.put_heard(cast.workspace_id, cast.tom.id, {}, NOW)

        assert await records.heard_marks([cast.maya.id, cast.tom.id]) == {"a", "b", "c"}
        assert await records.heard_marks([cast.tom.id]) == frozenset()
        assert await records.heard_marks([]) == frozenset()


async def test_what_a_restored_workspace_has_due_waits(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        await records.put_nudges([cast.nudge()])
        assert await records.stop_workspace(cast.workspace_id, "token_revoked", NOW)
        assert await records.stop_workspace(cast.workspace_id, RESTORED, NOW + A_MINUTE)
        assert not await records.stop_workspace(cast.workspace_id, RESTORED, NOW + A_DAY)

        assert await records.claim_turns(POSTS, NOW + timedelta(hours=2), 10) == []
        (workspace,) = await records.workspaces()
        assert workspace.stopped == RESTORED
