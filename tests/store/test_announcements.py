"""What coordinators say to many, and what became of each copy."""

from dataclasses import replace

from bot.domain.announcements import Announcement, Progress
from bot.domain.notes import Later, Outcome, Refused, Sent, Unknown, Unreadable
from bot.domain.nudges import Lane, Nudge, Rule
from bot.domain.people import Person
from bot.domain.program import Role
from bot.store import SqlStore
from bot.usecases.ports import Records, Started
from tests.store.cast import A_DAY, A_MINUTE, AN_HOUR, NOW, Cast, a_program


def said(cast: Cast, token: str = "token-1") -> Announcement:
    audience = frozenset({Role.MENTOR, Role.MENTEE})
    return Announcement(cast.program.id, cast.ada.id, "Hello *all*", audience, token, NOW, "https://example.org")


def copy(cast: Cast, announcement: Announcement, to: Person) -> Nudge:
    return cast.nudge("", to=to, rule=Rule.ANNOUNCEMENT, subject=announcement.id, lane=Lane.ANNOUNCEMENT)


async def put(records: Records, cast: Cast, *people: Person) -> Announcement:
    announcement, _ = await records.put_announcement(said(cast))
    await records.put_nudges([copy(cast, announcement, to=person) for person in people])
    return announcement


async def deliver(records: Records, cast: Cast, to: Person, outcome: Outcome | None) -> None:
    """Send a person what is open for them; None: it is on its way."""
    open_ones = await records.open_nudges([(to.id, cast.program.id)], NOW)
    note = cast.note(f"note to {to.key}", to=to, lane=Lane.ANNOUNCEMENT)
    await records.start_notes(
        [Started(note, tuple(nudge.id for nudge in open_ones))], now=NOW, lease_until=NOW + A_MINUTE
    )
    if outcome is not None:
        await records.settle_notes({note.id: outcome}, NOW)


LONG_AGO = NOW - 365 * A_DAY


async def test_an_announcement_comes_back_as_it_was_written(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        written, new = await records.put_announcement(said(cast))

        assert new
        assert written == replace(said(cast), id=written.id)
        assert await records.announcement(written.id) == written
        assert await records.announcement("no announcement") is None


async def test_pressing_twice_is_one_announcement(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        first, _ = await records.put_announcement(said(cast))

        again = await records.put_announcement(replace(said(cast), text="Other words"))

        assert again == (first, False)


async def test_another_token_or_program_is_another_announcement(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        second = await records.put_program(cast.workspace_id, a_program("second"))
        announcements = (said(cast), said(cast, "token-2"), replace(said(cast), program_id=second.id))
        told = [await records.put_announcement(announcement) for announcement in announcements]

    assert [new for _, new in told] == [True, True, True]
    assert len({announcement.id for announcement, _ in told}) == 3


async def test_an_announcement_is_under_way_until_its_line_is_final(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        newer, _ = await records.put_announcement(replace(said(cast, "token-2"), at=NOW + AN_HOUR))
        older, _ = await records.put_announcement(said(cast))
        shown = replace(older, channel="C1", ts="1.2")

        assert await records.put_announcement(shown) == (shown, False)
        assert await records.announcements_under_way() == [shown, newer]

        await records.put_announcement(replace(shown, done=True))
        assert await records.announcements_under_way() == [newer]
        assert await records.anything_to_do(LONG_AGO)
        await records.put_announcement(replace(newer, done=True))
        assert not await records.anything_to_do(LONG_AGO)
        assert await records.announcement(older.id) == replace(shown, done=True)


async def test_copies_are_counted_by_what_became_of_them(store: SqlStore, cast: Cast) -> None:
    outcomes = {"maya": Sent("D1", "1.1"), "tom": None, "lena": Refused("x"), "charlie": Refused("x")}
    async with store.begin() as records:
        announcement = await put(records, cast, cast.maya, cast.tom, cast.lena, cast.charlie, cast.ada)
        assert await records.progress(announcement.id) == Progress(waiting=5)

        for person in (cast.maya, cast.tom, cast.lena, cast.charlie):
            await deliver(records, cast, person, outcomes[person.key])

        progress = await records.progress(announcement.id)
    assert progress == Progress(waiting=2, sent=1, failed=2, unreached=("Charlie", "Lena"))


async def test_what_goes_out_later_is_waiting(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        announcement = await put(records, cast, cast.maya)
        await deliver(records, cast, cast.maya, Later(NOW + AN_HOUR, "ratelimited"))

        assert await records.progress(announcement.id) == Progress(waiting=1)


async def test_a_copy_of_which_nobody_knows_yet_is_waiting_until_it_was_looked_for(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        announcement = await put(records, cast, cast.maya, cast.tom)
        for person in (cast.maya, cast.tom):
            await deliver(records, cast, person, Unknown("TimeoutError"))

        assert await records.progress(announcement.id) == Progress(waiting=2)

        await records.settle_doubt("note to maya", Sent("D1", "1.1"), NOW + AN_HOUR)
        await records.settle_doubt("note to tom", Unreadable("missing_scope"), NOW + AN_HOUR)
        assert await records.progress(announcement.id) == Progress(sent=1, failed=1, unreached=("Tom",))


async def test_what_is_too_late_or_no_longer_wanted_has_failed(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        announcement = await put(records, cast, cast.maya, cast.tom)
        for person, state in ((cast.maya, "lapsed"), (cast.tom, "withdrawn")):
            found = await records.open_nudges([(person.id, cast.program.id)], NOW)
            await records.close_nudges([nudge.id for nudge in found], state)

        assert await records.progress(announcement.id) == Progress(failed=2, unreached=("Maya", "Tom"))


async def test_stopping_takes_back_what_is_open_for_good(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        announcement = await put(records, cast, cast.maya, cast.tom, cast.charlie)
        await records.put_nudges([cast.nudge()])
        await deliver(records, cast, cast.tom, Sent("D1", "1.1"))

        assert await records.stop_announcement(announcement.id) == 2
        assert await records.stop_announcement(announcement.id) == 0

        assert await records.progress(announcement.id) == Progress(sent=1, stopped=2)
        assert await records.put_nudges([copy(cast, announcement, cast.maya)]) == 0
        left = await records.open_nudges([(cast.maya.id, cast.program.id)], NOW + A_DAY)
        assert [nudge.slot.rule for nudge in left] == [Rule.CHECKIN_REMINDER]


async def test_an_announcement_that_is_not_there_has_no_copies(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        assert await records.stop_announcement("no announcement") == 0
        assert await records.progress("no announcement") == Progress()
