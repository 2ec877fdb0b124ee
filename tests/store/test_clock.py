"""Whose clock counts: the database's where it has one, so that machines whose clocks are hours off do no harm."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import Clock
from bot.domain.pace import POSTS
from bot.store import SqlStore
from tests.store.cast import AN_HOUR, Cast

A_MINUTE = timedelta(minutes=1)


async def nobody_answers() -> datetime | None:
    return None


async def slack_says() -> datetime | None:
    return datetime.now(UTC)


async def test_the_store_tells_the_time_in_utc(store: SqlStore) -> None:
    told = await store.clock()

    assert told.utcoffset() == timedelta(0)
    assert abs(told - datetime.now(UTC)) < A_MINUTE


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
@pytest.mark.parametrize("hours", [-5, 5])
async def test_a_process_whose_own_clock_is_hours_off_claims_nothing_early_nor_late(
    store: SqlStore, cast: Cast, hours: int
) -> None:
    true = await store.clock()
    clock = Clock(store.clock, nobody_answers, wall=lambda: datetime.now(UTC) + timedelta(hours=hours))
    async with store.begin() as records:
        due = cast.nudge(not_before=true - AN_HOUR)
        later = cast.nudge(to=cast.tom, not_before=true + AN_HOUR)
        await records.put_nudges([due, later])

    await clock.check()
    async with store.begin() as records:
        (turn,) = await records.claim_turns(POSTS, clock.now(), 10)

    assert abs(clock.now() - true) < A_MINUTE
    assert turn.people == ((cast.maya.id, cast.program.id),)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_sqlite_lives_on_the_machine_s_clock_and_slack_is_its_second_witness(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    class FiveHoursAhead:
        @staticmethod
        def now(tz: object) -> datetime:
            return datetime.now(UTC) + 5 * AN_HOUR

    monkeypatch.setattr("bot.store.records.datetime", FiveHoursAhead)
    clock = Clock(store.clock, slack_says)

    await clock.check()

    assert abs(await store.clock() - datetime.now(UTC) - 5 * AN_HOUR) < A_MINUTE
    assert abs(clock.now() - datetime.now(UTC)) < A_MINUTE
