"""Two workers, and two people, at the same moment.

On SQLite the second transaction waits for the first; on PostgreSQL both run, and what one has locked the other passes
over or waits for. Tests of what happens in between two open transactions are PostgreSQL's alone.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import suppress
from dataclasses import replace

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.announcements import Announcement
from bot.domain.goals import Goal
from bot.domain.meetings import Meeting, Words
from bot.domain.nudges import Lane, Rule
from bot.domain.people import Person
from bot.domain.program import Role
from bot.store import SqlStore, make_engine
from bot.store.tables import agenda, notes, nudges, workspaces
from bot.usecases.ports import Started
from tests.store.cast import A_DAY, A_MINUTE, CHICAGO, NOW, Cast, a_program, all_rows, states
from tests.turns import whose_turn

PEOPLE = 12
on_postgresql = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


@pytest.fixture
async def other(url: str) -> AsyncIterator[SqlStore]:
    """Another process on the same database."""
    engine = make_engine(url)
    yield SqlStore(engine)
    await engine.dispose()


@pytest.fixture
async def crowd(store: SqlStore, cast: Cast) -> list[Person]:
    """Many mentees, each with a nudge that is due."""
    async with store.begin() as records:
        people = [
            await records.put_person(cast.workspace_id, Person("", f"p{n}", f"P {n}", CHICAGO)) for n in range(PEOPLE)
        ]
        for person in people:
            await records.put_roles(cast.program.id, person.id, frozenset({Role.MENTEE}), NOW)
        await records.put_nudges([cast.nudge(to=person) for person in people])
    return people


async def waits(task: asyncio.Task[object]) -> bool:
    """Tell whether the task is still waiting after a moment in which it could have been done."""
    with suppress(TimeoutError):
        await asyncio.wait_for(asyncio.shield(task), 0.15)
    return not task.done()


def begun(what: Awaitable[object]) -> asyncio.Task[object]:
    return asyncio.ensure_future(what)


# -- workers ------------------------------------------------------------------------------------------------------


async def test_workers_plan_each_row_once(store: SqlStore, other: SqlStore, cast: Cast, crowd: list[Person]) -> None:
    async def plan(own: SqlStore) -> list[str]:
        mine: list[str] = []
        while True:
            async with own.begin() as records:
                looks = await records.claim_looks(NOW, 3)
                await asyncio.sleep(0.001)
                await records.look_again([(look, None) for look in looks])
            mine += [look.id for look in looks]
            if not looks:
                return mine

    planned = await asyncio.gather(*(plan(own) for own in (store, other, store, other)))

    everything = [look_id for mine in planned for look_id in mine]
    assert len(everything) == len(set(everything)) == PEOPLE + 6


async def test_workers_make_one_note_for_each_person(
    store: SqlStore, other: SqlStore, cast: Cast, crowd: list[Person], engine: AsyncEngine
) -> None:
    async def send(own: SqlStore, name: str) -> None:
        for turn in range(PEOPLE):
            async with own.begin() as records:
                claimed = await whose_turn(records, NOW, 2)
                await asyncio.sleep(0.001)
                for nudge in await records.open_nudges(claimed, NOW):
                    note = replace(cast.note(f"{name}-{turn}-{nudge.id}"), person_id=nudge.person_id)
                    await records.start_notes([Started(note, (nudge.id,))], now=NOW, lease_until=NOW + A_MINUTE)

    await asyncio.gather(*(send(own, f"w{n}") for n, own in enumerate((store, other, store, other))))

    assert sorted(str(row["person_id"]) for row in await all_rows(engine, notes)) == sorted(p.id for p in crowd)
    assert await states(engine, nudges) == ["noted"] * PEOPLE


@on_postgresql
async def test_rows_that_one_worker_holds_the_other_passes_over(
    store: SqlStore, other: SqlStore, cast: Cast, crowd: list[Person]
) -> None:
    async with store.begin() as here, other.begin() as there:
        looks = await here.claim_looks(NOW, 5)

        looks_there = await there.claim_looks(NOW, 100)

    assert len(looks) == 5
    assert {look.id for look in looks}.isdisjoint(look.id for look in looks_there)
    assert len(looks_there) == PEOPLE + 6 - 5


@on_postgresql
async def test_a_workspace_s_turns_are_handed_out_by_one_worker_at_a_time(
    store: SqlStore, other: SqlStore, cast: Cast, crowd: list[Person]
) -> None:
    async with store.begin() as here, other.begin() as there:
        people = await whose_turn(here, NOW, 5)
        people_there = await whose_turn(there, NOW, 100)

    assert (len(people), people_there) == (5, [])


@on_postgresql
async def test_a_person_is_held_as_a_whole(store: SqlStore, other: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        second = await records.put_program(cast.workspace_id, a_program("second"))
        await records.put_nudges([cast.nudge(), cast.nudge(program=second)])

    async with store.begin() as here:
        claimed = await whose_turn(here, NOW, 10)
        async with other.begin() as there:
            meanwhile = await whose_turn(there, NOW, 10)
    async with other.begin() as there:
        afterwards = await whose_turn(there, NOW, 10)

    assert (len(claimed), meanwhile, len(afterwards)) == (1, [], 1)


@on_postgresql
async def test_a_worker_that_dies_lets_go(store: SqlStore, other: SqlStore, cast: Cast, crowd: list[Person]) -> None:
    async def claim_and_die() -> None:
        async with store.begin() as here:
            await whose_turn(here, NOW, 100)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await claim_and_die()

    async with other.begin() as there:
        assert len(await whose_turn(there, NOW, 100)) == PEOPLE


async def test_two_planners_write_a_slot_once(
    store: SqlStore, other: SqlStore, cast: Cast, engine: AsyncEngine
) -> None:
    many = [cast.nudge(f"{n:03}") for n in range(100)]

    async def put(own: SqlStore, order: int) -> int:
        async with own.begin() as records:
            return await records.put_nudges(many[::order])

    counts = await asyncio.gather(put(store, 1), put(other, -1), put(store, -1), put(other, 1))

    assert sum(counts) == len(many)
    assert len(await all_rows(engine, nudges)) == len(many)


@on_postgresql
async def test_what_changes_while_it_is_planned_is_looked_at_again(
    store: SqlStore, other: SqlStore, cast: Cast, engine: AsyncEngine
) -> None:
    async def change() -> None:
        async with other.begin() as there:
            await there.look_now(NOW + A_MINUTE, pair_id=cast.pair_id)

    async with store.begin() as here:
        looks = await here.claim_looks(NOW, 100)
        changed = begun(change())
        assert await waits(changed)
        await here.look_again([(look, NOW + A_DAY) for look in looks])
    await changed

    (row,) = [row for row in await all_rows(engine, agenda) if row["pair_id"] == cast.pair_id]
    assert row["due_at"] == NOW + A_MINUTE


async def test_changes_of_many_at_once_never_wait_in_a_circle(store: SqlStore, other: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        for n in range(6):
            swapped = {"mentor_id": cast.maya.id, "mentee_id": cast.tom.id} if n % 2 else {}
            await records.put_pair(cast.pair_row(key=f"pair-{n}", **swapped), NOW)

    async def change(own: SqlStore, person: Person) -> None:
        for _ in range(4):
            async with own.begin() as records:
                await records.look_now(NOW, person_id=person.id)

    people = (cast.maya, cast.tom, cast.lena)
    await asyncio.gather(*(change(own, person) for own in (store, other) for person in people))


@on_postgresql
async def test_a_copy_that_is_just_going_out_is_not_taken_back(
    store: SqlStore, other: SqlStore, cast: Cast, engine: AsyncEngine
) -> None:
    async with store.begin() as records:
        said = Announcement(cast.program.id, cast.ada.id, "Hello", frozenset(Role), "token", NOW)
        announcement, _ = await records.put_announcement(said)
        copies = [
            cast.nudge("", to=person, rule=Rule.ANNOUNCEMENT, subject=announcement.id, lane=Lane.ANNOUNCEMENT)
            for person in (cast.maya, cast.tom)
        ]
        await records.put_nudges(copies)

    async def stop() -> int:
        async with other.begin() as there:
            return await there.stop_announcement(announcement.id)

    async with store.begin() as here:
        (copy,) = await here.open_nudges([(cast.maya.id, cast.program.id)], NOW)
        stopped = begun(stop())
        assert await waits(stopped)
        await here.start_notes([Started(cast.note(), (copy.id,))], now=NOW, lease_until=NOW + A_MINUTE)

    assert await stopped == 1
    assert await states(engine, nudges) == ["noted", "stopped"]


# -- people -------------------------------------------------------------------------------------------------------


async def test_two_who_log_one_meeting_at_once_have_one_meeting(store: SqlStore, other: SqlStore, cast: Cast) -> None:
    async def log(own: SqlStore, person: Person) -> tuple[Meeting, bool]:
        async with own.begin() as records:
            return await records.put_meeting(cast.meeting(by=person, said=person.key))

    told = await asyncio.gather(log(store, cast.maya), log(other, cast.tom), log(store, cast.tom))

    async with store.begin() as records:
        (kept,) = await records.meetings(cast.pair_id, 10)
    assert [new for _, new in told].count(True) == 1
    assert [meeting for meeting, _ in told] == [kept] * 3


@on_postgresql
async def test_a_pair_that_somebody_changes_may_be_spoken_to_meanwhile_so_that_nobody_waits_in_a_circle(
    store: SqlStore, other: SqlStore, cast: Cast
) -> None:
    """The planner holds the pair's agenda and writes nudges of it; who changes the pair waits for the agenda next."""
    async with store.begin() as changing:
        await changing.lock_pair(cast.pair_id)
        async with asyncio.timeout(5), other.begin() as planning:
            assert await planning.put_nudges([replace(cast.nudge(), pair_id=cast.pair_id)]) == 1


async def test_two_who_write_about_one_meeting_at_once_lose_no_word(
    store: SqlStore, other: SqlStore, cast: Cast
) -> None:
    async with store.begin() as records:
        meeting, _ = await records.put_meeting(cast.meeting())

    async def write(own: SqlStore, person: Person) -> None:
        async with own.begin() as records:
            known = await records.meeting_on(cast.pair_id, meeting.day)
            assert known is not None
            await asyncio.sleep(0.01)
            await records.put_meeting(replace(known, words=(*known.words, Words(person.id, person.key))))

    await asyncio.gather(write(store, cast.maya), write(other, cast.tom))

    async with store.begin() as records:
        kept = await records.meeting(meeting.id)
    assert kept is not None
    assert {words.next_step for words in kept.words} == {"maya", "tom"}


async def test_confirming_an_announcement_twice_at_once_is_one(store: SqlStore, other: SqlStore, cast: Cast) -> None:
    said = Announcement(cast.program.id, cast.ada.id, "Hello", frozenset(Role), "token", NOW)

    async def announce(own: SqlStore) -> tuple[Announcement, bool]:
        async with own.begin() as records:
            return await records.put_announcement(said)

    told = await asyncio.gather(*(announce(own) for own in (store, other, store, other)))

    assert [new for _, new in told].count(True) == 1
    assert len({announcement.id for announcement, _ in told}) == 1


async def test_a_team_seen_twice_at_once_has_one_workspace(
    store: SqlStore, other: SqlStore, cast: Cast, engine: AsyncEngine
) -> None:
    async def arrive(own: SqlStore) -> str:
        async with own.begin() as records:
            return (await records.workspace("T9")).id

    ids = await asyncio.gather(*(arrive(own) for own in (store, other, store, other)))

    assert len(set(ids)) == 1
    assert len(await all_rows(engine, workspaces)) == 2  # the cast's, and this one


async def test_an_event_that_comes_twice_at_once_is_seen_once(store: SqlStore, other: SqlStore) -> None:
    async def see(own: SqlStore) -> bool:
        async with own.begin() as records:
            return await records.first_time("Ev1", NOW)

    seen = await asyncio.gather(*(see(own) for own in (store, other, store, other)))

    assert seen.count(True) == 1


async def test_two_forms_about_a_pair_s_goals_are_taken_one_after_the_other(
    store: SqlStore, other: SqlStore, cast: Cast
) -> None:
    """Both read no goal with these words; without the lock both would write one."""

    async def set_unless_there(one: SqlStore) -> None:
        async with one.begin() as records:
            await records.lock_pair(cast.pair_id)
            if not await records.goals(cast.pair_id):
                await records.put_goal(Goal(cast.pair_id, "Learn linked data", "Read along"), NOW)

    await asyncio.gather(set_unless_there(store), set_unless_there(other))

    async with store.begin() as records:
        assert len(await records.goals(cast.pair_id)) == 1
