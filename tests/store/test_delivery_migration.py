"""Revision 0002, up and down, on records that a release before it has written."""

from datetime import timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.notes import Sent, Unknown
from bot.domain.pace import LIMITS, POSTS
from bot.store import SqlStore, upgrade
from bot.store.migrate import downgrade
from bot.store.tables import notes, nudges, paces
from bot.usecases.ports import Started
from tests.store.cast import A_DAY, A_MINUTE, NOW, Cast, all_rows, states, write_cast


async def written_by_0001(engine: AsyncEngine) -> Cast:
    """Records with a note of each state, as the release before left them."""
    await upgrade(engine)
    store = SqlStore(engine, limits=LIMITS)
    cast = await write_cast(store)
    async with store.begin() as records:
        for number, person in enumerate((cast.maya, cast.tom, cast.lena)):
            await records.put_nudges([cast.nudge(to=person)])
            (nudge,) = await records.open_nudges([(person.id, cast.program.id)], NOW)
            started = Started(cast.note(f"note-{number}", to=person), (nudge.id,))
            await records.start_notes([started], now=NOW, lease_until=NOW + A_MINUTE)
        await records.settle_notes({"note-0": Unknown("TimeoutError"), "note-1": Sent("D1TOM", "1.0")}, NOW)
        await records.put_nudges([cast.nudge("open", to=cast.ada)])
        await records.put_paces([await records.pace(cast.workspace_id, POSTS, NOW)])
        await records.put_heard(cast.workspace_id, cast.maya.id, {"m1": None}, NOW)
    await downgrade(engine, "0001")
    return cast


async def columns(engine: AsyncEngine, table: str) -> set[str]:
    async with engine.connect() as connection:
        return set((await connection.execute(text(f"SELECT * FROM {table}"))).keys())


async def test_down_takes_away_what_is_new_and_nothing_else(empty: AsyncEngine) -> None:
    await written_by_0001(empty)

    assert {"look_at"}.isdisjoint(await columns(empty, "notes"))
    assert {"again"}.isdisjoint(await columns(empty, "nudges"))
    assert {"channel"}.isdisjoint(await columns(empty, "people"))
    assert {"stopped", "stopped_at"}.isdisjoint(await columns(empty, "workspaces"))
    async with empty.connect() as connection:
        rows = await connection.execute(text("SELECT id, state FROM notes ORDER BY id"))
        assert rows.all() == [("note-0", "unknown"), ("note-1", "sent"), ("note-2", "sending")]


async def test_up_keeps_every_row(empty: AsyncEngine) -> None:
    cast = await written_by_0001(empty)

    await upgrade(empty)

    assert await states(empty, notes) == ["sending", "sent", "unknown"]
    assert await states(empty, nudges) == ["noted", "noted", "noted", "open"]
    assert {row["again"] for row in await all_rows(empty, nudges)} == {False}
    assert await all_rows(empty, paces) == []
    async with SqlStore(empty).begin() as records:
        (workspace,) = await records.workspaces()
        assert workspace.stopped == ""
        assert await records.person(cast.maya.id) == cast.maya


async def test_notes_that_were_unknown_are_looked_up_at_once(empty: AsyncEngine) -> None:
    """Until now they stayed unknown for good."""
    await written_by_0001(empty)
    await upgrade(empty)

    async with SqlStore(empty).begin() as records:
        doubts = await records.claim_doubts(NOW + A_MINUTE, 10, NOW + A_DAY)

    assert [(doubt.note_id, doubt.channel, doubt.started_at) for doubt in doubts] == [("note-0", "", NOW)]


async def test_notes_that_were_on_their_way_are_given_up_settle_and_are_looked_up(empty: AsyncEngine) -> None:
    await written_by_0001(empty)
    await upgrade(empty)
    later = NOW + A_MINUTE

    async with SqlStore(empty).begin() as records:
        assert await records.give_up_leases(later) == 1
        before = await records.claim_doubts(later + timedelta(seconds=119), 10, later + A_DAY)
        after = await records.claim_doubts(later + timedelta(seconds=120), 10, later + A_DAY)

    assert [doubt.note_id for doubt in before] == ["note-0"]
    assert [doubt.note_id for doubt in after] == ["note-2"]


async def test_conversations_are_known_from_the_notes_that_arrived(empty: AsyncEngine) -> None:
    cast = await written_by_0001(empty)
    await upgrade(empty)

    async with SqlStore(empty).begin() as records:
        tom, maya = await records.person(cast.tom.id), await records.person(cast.maya.id)
    assert tom is not None
    assert maya is not None
    assert (tom.channel, maya.channel) == ("D1TOM", "")


async def test_what_the_release_before_writes_is_read_as_ever(empty: AsyncEngine) -> None:
    """It knows none of the new columns: each has a default or may be empty."""
    cast = await written_by_0001(empty)
    await upgrade(empty)
    async with empty.begin() as connection:
        await connection.execute(
            text(
                "INSERT INTO notes (id, workspace_id, program_id, person_id, lane, state, lease_until, started_at, "
                "channel, ts, reason) SELECT 'old', workspace_id, program_id, person_id, lane, 'unknown', lease_until, "
                "started_at, '', '', 'TimeoutError' FROM notes WHERE id = 'note-1'"
            )
        )

    async with SqlStore(empty).begin() as records:
        waiting = await records.unknown_notes(cast.program.id)

    assert [unclear.note_id for unclear in waiting] == ["old"]  # it waits for a person, and is not lost from sight
