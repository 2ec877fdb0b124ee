"""Whose turn it is where Slack's limits are kept: fair between workspaces, the urgent first, a second for each talk."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.notes import Absent, Sent, Unknown
from bot.domain.nudges import Lane, Nudge
from bot.domain.pace import LIMITS, POSTS, READS, Limits, Pace
from bot.domain.people import Person
from bot.domain.program import Role
from bot.store import SqlStore, make_engine
from bot.store.tables import notes, paces
from bot.usecases.ports import Started, Turn
from tests.store.cast import A_MINUTE, AN_HOUR, CHICAGO, NOW, Cast, all_rows, states, write_cast

A_SECOND, NUMBERS = timedelta(seconds=1), count(1)
on_postgresql = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


@pytest.fixture
async def limited(engine: AsyncEngine) -> SqlStore:
    """The records, where four messages a second may go out, five at once."""
    return SqlStore(engine, limits=LIMITS)


@pytest.fixture
async def elsewhere(store: SqlStore, cast: Cast) -> Cast:
    """The same people in another workspace."""
    return await write_cast(store, "T2", "autumn")


async def crowd(store: SqlStore, cast: Cast, people: int, lane: Lane, not_before: datetime = NOW) -> list[Nudge]:
    """Let so many people have something due."""
    async with store.begin() as records:
        made = [
            await records.put_person(cast.workspace_id, Person("", f"p{n}", f"P {n}", CHICAGO)) for n in range(people)
        ]
        for person in made:
            await records.put_roles(cast.program.id, person.id, frozenset({Role.MENTEE}), NOW)
        due = [cast.nudge(to=person, lane=lane, not_before=not_before) for person in made]
        await records.put_nudges(due)
    return due


async def sends(store: SqlStore, cast: Cast, now: datetime, limit: int = 100, method: str = POSTS) -> list[Turn]:
    """Claim turns, begin a note for each person, and write the paces, as a worker does."""
    async with store.begin() as records:
        turns = await records.claim_turns(method, now, limit)
        members = [member for turn in turns for member in turn.people]
        for person_id, program_id in members:
            held = tuple(nudge.id for nudge in await records.open_nudges([(person_id, program_id)], now))
            note = replace(cast.note(f"note-{next(NUMBERS)}"), person_id=person_id, program_id=program_id)
            await records.start_notes([Started(note, held)], now=now, lease_until=now + A_MINUTE)
        await records.put_paces([turn.pace.taken(len(turn.people), now) for turn in turns])
    return turns


# -- one workspace ----------------------------------------------------------------------------------------------------


async def test_a_burst_goes_out_at_once_and_then_as_many_as_the_pace_allows(limited: SqlStore, cast: Cast) -> None:
    await crowd(limited, cast, 30, Lane.REMINDER)

    went = [
        sum(len(turn.people) for turn in await sends(limited, cast, NOW + n * A_SECOND / 4)) for n in (0, 0, 1, 2, 6)
    ]

    assert went == [5, 0, 1, 1, 4]


async def test_a_thousand_announcements_do_not_keep_a_reminder_waiting(limited: SqlStore, cast: Cast) -> None:
    await crowd(limited, cast, 60, Lane.ANNOUNCEMENT, NOW - AN_HOUR)
    await sends(limited, cast, NOW)
    async with limited.begin() as records:
        await records.put_nudges(
            [
                cast.nudge(to=cast.tom, lane=Lane.DIGEST, not_before=NOW - AN_HOUR),
                cast.nudge(to=cast.maya, lane=Lane.REMINDER, not_before=NOW),
                cast.nudge(to=cast.lena, lane=Lane.ESCALATION, not_before=NOW),
            ]
        )

    (turn,) = await sends(limited, cast, NOW + A_SECOND)

    assert [person_id for person_id, _ in turn.people][:3] == [cast.lena.id, cast.maya.id, cast.tom.id]
    assert len(turn.people) == 4


async def test_two_messages_to_one_person_are_a_second_apart(limited: SqlStore, cast: Cast) -> None:
    async with limited.begin() as records:
        await records.put_nudges([cast.nudge("1")])
    await sends(limited, cast, NOW)
    async with limited.begin() as records:
        await records.put_nudges([cast.nudge("2"), cast.nudge("2", to=cast.tom)])

    (soon,) = await sends(limited, cast, NOW + 0.9 * A_SECOND)
    (later,) = await sends(limited, cast, NOW + 1.1 * A_SECOND)

    assert soon.people == ((cast.tom.id, cast.program.id),)
    assert later.people == ((cast.maya.id, cast.program.id),)


async def test_without_limits_nobody_waits_for_a_second(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        await records.put_nudges([cast.nudge("1")])
    await sends(store, cast, NOW)
    async with store.begin() as records:
        await records.put_nudges([cast.nudge("2")])

    assert len(await sends(store, cast, NOW)) == 1


async def test_nobody_is_called_while_slack_wants_its_rest(limited: SqlStore, cast: Cast) -> None:
    await crowd(limited, cast, 20, Lane.REMINDER)
    await sends(limited, cast, NOW)
    async with limited.begin() as records:
        pace = await records.pace(cast.workspace_id, POSTS, NOW)
        await records.put_paces([pace.limited(NOW + A_MINUTE, NOW)])

    assert await sends(limited, cast, NOW + 59.9 * A_SECOND) == []
    async with limited.begin() as records:
        assert await records.next_turn(POSTS, NOW + A_SECOND) == NOW + A_MINUTE
    (turn,) = await sends(limited, cast, NOW + A_MINUTE)
    assert len(turn.people) == 1
    assert turn.pace.rate == pytest.approx(3.2)


async def test_a_pace_that_was_kept_with_other_limits_is_brought_within_today_s(store: SqlStore, cast: Cast) -> None:
    """A release may know better than the one that wrote the row; a demo on the same records keeps none at all."""
    async with store.begin() as records:
        await records.put_paces([await records.pace(cast.workspace_id, POSTS, NOW)])
    narrow = SqlStore(store._engine, limits={POSTS: Limits(1.0, 0.5, 2.0, 5)})

    async with narrow.begin() as records:
        assert (await records.pace(cast.workspace_id, POSTS, NOW)).rate == 2.0


# -- several workspaces -----------------------------------------------------------------------------------------------


async def test_each_workspace_has_its_own_pace(limited: SqlStore, cast: Cast, elsewhere: Cast) -> None:
    await crowd(limited, cast, 20, Lane.ANNOUNCEMENT, NOW - AN_HOUR)
    await crowd(limited, elsewhere, 20, Lane.REMINDER)

    turns = await sends(limited, cast, NOW)

    assert {turn.pace.workspace_id: len(turn.people) for turn in turns} == {
        cast.workspace_id: 5,
        elsewhere.workspace_id: 5,
    }


async def test_who_had_to_wait_goes_first_the_next_time(limited: SqlStore, cast: Cast, elsewhere: Cast) -> None:
    for one in (cast, elsewhere):
        await crowd(limited, one, 40, Lane.REMINDER)
    served: dict[str, int] = {}
    for n in range(40):
        for turn in await sends(limited, cast, NOW + n * A_SECOND, limit=2):
            served[turn.pace.workspace_id] = served.get(turn.pace.workspace_id, 0) + len(turn.people)

    assert sorted(served.values()) == [40, 40]


async def test_a_few_turns_are_shared_fairly(limited: SqlStore, cast: Cast, elsewhere: Cast) -> None:
    third = await write_cast(limited, "T3", "winter")
    for one in (cast, elsewhere, third):  # the last two were never sent to: they do not wait until the first is done
        await crowd(limited, one, 40, Lane.REMINDER)
    served: dict[str, int] = {}
    for n in range(30):
        for turn in await sends(limited, cast, NOW + n * A_SECOND, limit=3):
            served[turn.pace.workspace_id] = served.get(turn.pace.workspace_id, 0) + len(turn.people)

    assert sum(served.values()) == 90
    assert max(served.values()) - min(served.values()) <= 5  # a burst


async def test_a_rest_in_one_workspace_is_none_in_another(limited: SqlStore, cast: Cast, elsewhere: Cast) -> None:
    await crowd(limited, cast, 5, Lane.REMINDER)
    await crowd(limited, elsewhere, 5, Lane.REMINDER)
    async with limited.begin() as records:
        pace = await records.pace(cast.workspace_id, POSTS, NOW)
        await records.put_paces([pace.limited(NOW + AN_HOUR, NOW)])

    (turn,) = await sends(limited, cast, NOW)

    assert turn.pace.workspace_id == elsewhere.workspace_id


async def test_a_stopped_workspace_gets_no_turn_until_it_is_started(
    limited: SqlStore, cast: Cast, elsewhere: Cast
) -> None:
    await crowd(limited, cast, 5, Lane.ESCALATION)
    await crowd(limited, elsewhere, 5, Lane.REMINDER)
    async with limited.begin() as records:
        assert await records.stop_workspace(cast.workspace_id, "token_revoked", NOW)
        assert not await records.stop_workspace(cast.workspace_id, "account_inactive", NOW)  # one alarm is enough
        assert [one.stopped for one in await records.workspaces()] == ["token_revoked", ""]

    (turn,) = await sends(limited, cast, NOW)
    assert turn.pace.workspace_id == elsewhere.workspace_id
    async with limited.begin() as records:
        assert await records.next_turn(POSTS, NOW) is None
        await records.start_workspace(cast.workspace_id)
        assert await records.next_turn(POSTS, NOW) == NOW
    (turn,) = await sends(limited, cast, NOW)
    assert turn.pace.workspace_id == cast.workspace_id


async def test_the_next_turn_is_the_first_of_those_for_whom_something_is_due(
    limited: SqlStore, cast: Cast, elsewhere: Cast
) -> None:
    async with limited.begin() as records:
        assert await records.next_turn(POSTS, NOW) is None
    await crowd(limited, cast, 10, Lane.REMINDER)
    await crowd(limited, elsewhere, 10, Lane.REMINDER, NOW + A_MINUTE)
    await sends(limited, cast, NOW)

    async with limited.begin() as records:
        assert await records.next_turn(POSTS, NOW) == NOW + A_SECOND / 4
        assert await records.next_turn(POSTS, NOW + A_MINUTE) == NOW + A_MINUTE
        assert await records.next_turn(POSTS, NOW - A_MINUTE) is None


# -- many workers -----------------------------------------------------------------------------------------------------


@pytest.fixture
async def others(url: str) -> AsyncIterator[list[SqlStore]]:
    """Three more processes on the same database."""
    engines = [make_engine(url) for _ in range(3)]
    yield [SqlStore(engine, limits=LIMITS) for engine in engines]
    for engine in engines:
        await engine.dispose()


async def test_no_turn_is_handed_out_twice_however_many_workers_ask(
    limited: SqlStore, others: list[SqlStore], cast: Cast, elsewhere: Cast
) -> None:
    for one in (cast, elsewhere):
        await crowd(limited, one, 30, Lane.REMINDER)

    async def works(own: SqlStore) -> list[tuple[str, str]]:
        return [member for _ in range(8) for turn in await sends(own, cast, NOW, limit=3) for member in turn.people]

    handed = [one for each in await asyncio.gather(*map(works, [limited, *others])) for one in each]

    assert len(handed) == len(set(handed)) == 10  # a burst in each workspace


@on_postgresql
async def test_a_pace_that_another_worker_has_just_used_is_not_read_as_it_was(
    limited: SqlStore, others: list[SqlStore], cast: Cast
) -> None:
    """The claim waits for nobody: while one holds the workspace the other gets nothing, and then what is left."""
    await crowd(limited, cast, 30, Lane.REMINDER)
    async with limited.begin() as here:
        (turn,) = await here.claim_turns(POSTS, NOW, 3)
        async with others[0].begin() as there:
            assert await there.claim_turns(POSTS, NOW, 100) == []
        await here.put_paces([turn.pace.taken(3, NOW)])

    async with others[0].begin() as there:
        (left,) = await there.claim_turns(POSTS, NOW, 100)
    assert len(left.people) == 2


@on_postgresql
async def test_a_429_that_one_worker_tells_counts_for_one_that_was_waiting(
    limited: SqlStore, others: list[SqlStore], cast: Cast
) -> None:
    async def learns(own: SqlStore, seconds: int) -> Pace:
        async with own.begin() as records:
            pace = (await records.pace(cast.workspace_id, POSTS, NOW)).limited(NOW + seconds * A_SECOND, NOW)
            await records.put_paces([pace])
        return pace

    await asyncio.gather(
        *(learns(own, seconds) for own, seconds in zip([limited, *others], (30, 5, 17, 9), strict=True))
    )

    async with limited.begin() as records:
        pace = await records.pace(cast.workspace_id, POSTS, NOW)
    assert pace.resumes_at == NOW + 30 * A_SECOND
    assert pace.rate == pytest.approx(3.2)  # slowed once


async def test_senders_lookers_and_those_who_come_back_late_never_wait_in_a_circle(
    limited: SqlStore, others: list[SqlStore], cast: Cast, elsewhere: Cast, engine: AsyncEngine
) -> None:
    """All at once and in all orders; PostgreSQL would end one of them with a deadlock."""
    for one in (cast, elsewhere):
        await crowd(limited, one, 12, Lane.REMINDER)
    for n in range(4):
        await sends(limited, cast, NOW + n * A_MINUTE)
    begun = [str(row["id"]) for row in await all_rows(engine, notes)]
    late = NOW + AN_HOUR
    async with limited.begin() as records:
        await records.settle_notes({note_id: Unknown("x") for note_id in begun[::2]}, NOW)

    async def looks_up(own: SqlStore) -> None:
        async with own.begin() as records:
            await records.give_up_leases(late)
        async with own.begin() as records:
            doubts = await records.claim_doubts(late, 5, late + A_MINUTE)
            for workspace_id in sorted({doubt.workspace_id for doubt in doubts}):
                await records.put_paces([(await records.pace(workspace_id, READS, late)).taken(1, late)])
        for workspace_id in sorted({doubt.workspace_id for doubt in doubts}):
            async with own.begin() as records:
                await records.put_paces([await records.pace(workspace_id, READS, late)])
                for doubt in sorted(doubts, key=lambda one: one.note_id):
                    if doubt.workspace_id == workspace_id:
                        await records.settle_doubt(doubt.note_id, Absent(), late)

    async def comes_back(own: SqlStore, part: int) -> None:
        async with own.begin() as records:
            for workspace_id in sorted((cast.workspace_id, elsewhere.workspace_id)):
                pace = await records.pace(workspace_id, POSTS, late)
                await records.put_paces([pace.limited(late + A_SECOND, late)])
            await records.settle_notes({note_id: Sent("D1", "1.0") for note_id in begun[part::24]}, late)

    workers = (limited, *others)
    await asyncio.gather(
        *(looks_up(own) for _ in range(4) for own in workers),
        *(comes_back(own, part) for part in range(4) for own in workers),
        *(sends(own, cast, late) for _ in range(4) for own in workers),
    )

    assert set(await states(engine, notes)) <= {"sent", "absent", "unknown", "sending"}
    assert sorted(row["method"] for row in await all_rows(engine, paces)) == [POSTS] * 2 + [READS] * 2  # type: ignore[type-var]
