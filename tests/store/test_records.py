"""What is seen for the first time, and what needs a person's eye."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.days import Span
from bot.domain.notes import Outcome, Refused, Sent, Unknown
from bot.domain.people import Person
from bot.domain.program import Role
from bot.store import SqlStore
from bot.store.records import KEEP_EVENTS
from bot.store.tables import events
from bot.usecases.ports import Started, Trouble
from tests.store.cast import A_DAY, A_MINUTE, AN_HOUR, CHICAGO, NOW, Cast, a_program, all_rows
from tests.store.test_statements import counted


async def test_an_event_is_seen_for_the_first_time_once(store: SqlStore) -> None:
    async with store.begin() as records:
        assert await records.first_time("Ev1", NOW)
        assert not await records.first_time("Ev1", NOW + A_MINUTE)
        assert await records.first_time("Ev2", NOW)


async def test_an_event_of_a_transaction_that_failed_may_come_again(store: SqlStore) -> None:
    async def see_and_fail() -> None:
        async with store.begin() as records:
            await records.first_time("Ev1", NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await see_and_fail()

    async with store.begin() as records:
        assert await records.first_time("Ev1", NOW)


async def test_events_are_forgotten_after_a_day(store: SqlStore, engine: AsyncEngine) -> None:
    async with store.begin() as records:
        await records.first_time("old", NOW)
        await records.first_time("young", NOW + timedelta(seconds=1))

        await records.first_time("new", NOW + KEEP_EVENTS + timedelta(seconds=1))

    assert {row["id"] for row in await all_rows(engine, events)} == {"young", "new"}
    assert KEEP_EVENTS > A_DAY  # Slack repeats an event for up to a day


async def test_an_event_that_is_forgotten_counts_as_never_seen(store: SqlStore) -> None:
    async with store.begin() as records:
        await records.first_time("Ev1", NOW)

    async with store.begin() as records:
        await records.forget_event("Ev1")
        await records.forget_event("Ev of nobody")

    async with store.begin() as records:
        assert await records.first_time("Ev1", NOW)


async def test_old_events_are_swept_out_now_and_then_and_not_with_each_new_one(
    store: SqlStore, engine: AsyncEngine
) -> None:
    async with store.begin() as records:
        await records.first_time("the first", NOW)

    with counted(engine) as said:
        async with store.begin() as records:
            for n in range(20):
                await records.first_time(f"Ev{n}", NOW + A_MINUTE)

    assert len(said) == 20


async def test_all_is_well(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        await records.put_nudges([cast.nudge(not_before=NOW + AN_HOUR)])

        assert await records.trouble(NOW) == Trouble()


async def test_notes_that_hang_are_unknown_or_were_refused_are_counted(store: SqlStore, cast: Cast) -> None:
    outcomes: list[Outcome | None] = [
        Refused("x"),
        Refused("y"),
        Refused("x"),
        Unknown("cut"),
        Sent("D1", "1.1"),
        None,
        None,
    ]
    async with store.begin() as records:
        for n, outcome in enumerate(outcomes):
            lease = NOW + (AN_HOUR if n == 6 else A_MINUTE)
            await records.start_notes([Started(cast.note(f"note-{n}"), ())], now=NOW, lease_until=lease)
            if outcome is not None:
                await records.settle_notes({f"note-{n}": outcome}, NOW)

        trouble = await records.trouble(NOW + 2 * A_MINUTE)

    assert (trouble.stuck, trouble.unknown, trouble.refused) == (1, 1, {"x": 2, "y": 1})


async def test_what_has_been_due_longest_is_told(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        waiting = [cast.nudge(str(n), not_before=NOW - n * AN_HOUR) for n in range(4)]
        await records.put_nudges(waiting)
        oldest = next(
            nudge
            for nudge in await records.open_nudges([(cast.maya.id, cast.program.id)], NOW)
            if nudge.not_before == NOW - 3 * AN_HOUR
        )
        await records.close_nudges([oldest.id], "lapsed")

        assert (await records.trouble(NOW)).oldest_due == NOW - 2 * AN_HOUR


async def test_members_of_a_running_program_without_a_slack_id_are_named(store: SqlStore, cast: Cast) -> None:
    over = a_program("over", Span(date(2016, 6, 1), date(2017, 6, 11)))
    async with store.begin() as records:
        nameless = {
            key: await records.put_person(cast.workspace_id, Person("", key, key, CHICAGO))
            for key in ("in both", "in the old one", "in none")
        }
        old = await records.put_program(cast.workspace_id, over)
        for key in ("in both", "in the old one"):
            await records.put_roles(old.id, nameless[key].id, frozenset({Role.MENTEE}), NOW)
        await records.put_roles(cast.program.id, nameless["in both"].id, frozenset({Role.MENTEE}), NOW)

        assert (await records.trouble(NOW)).without_slack == (nameless["in both"],)
        after_the_end = await records.trouble(NOW + 400 * A_DAY)
        assert after_the_end.without_slack == ()


async def test_who_cannot_be_reached_is_named(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        await records.mark_unreachable(cast.tom.id, "account_inactive", NOW)

        assert (await records.trouble(NOW)).unreachable == (
            replace(cast.tom, unreachable="account_inactive", unreachable_at=NOW),
        )
