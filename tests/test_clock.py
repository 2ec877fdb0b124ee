"""The time: the database's, carried forward; a leap is believed when a second witness says the same."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import Clock, followed, steady_clock

NOON = datetime(2017, 6, 12, 12, 0, tzinfo=UTC)
A_SECOND, A_MINUTE, AN_HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


@dataclass
class Clocks:
    """Every clock that there is: how far each is off, and how many seconds have really passed."""

    passed: float = 0.0
    database_off: timedelta = timedelta(0)
    slack_off: timedelta | None = timedelta(0)  # None: Slack does not answer
    machine_off: timedelta = timedelta(0)
    answers_take: float = 0.0
    asked: list[float] = field(default_factory=list)

    @property
    def true(self) -> datetime:
        return NOON + timedelta(seconds=self.passed)

    async def database(self) -> datetime:
        return self.true + self.database_off

    async def slack(self) -> datetime | None:
        self.asked.append(self.passed)
        self.passed += self.answers_take
        return None if self.slack_off is None else self.true + self.slack_off

    def steady(self) -> float:
        return 1000.0 + self.passed

    def wall(self) -> datetime:
        return self.true + self.machine_off

    def clock(self) -> Clock:
        return Clock(self.database, self.slack, self.steady, self.wall)

    def passes(self, seconds: float) -> None:
        self.passed += seconds


async def started(clocks: Clocks) -> Clock:
    """A clock that has looked once, all being well."""
    clock = clocks.clock()
    await clock.check()
    return clock


# -- all is well ------------------------------------------------------------------------------------------------------


async def test_it_shows_the_database_s_time_and_carries_it_forward() -> None:
    clocks = Clocks(machine_off=AN_HOUR)
    clock = await started(clocks)
    clocks.passes(90)

    assert clock.now() == NOON + timedelta(seconds=90)


async def test_slack_is_asked_once_and_not_with_every_look() -> None:
    clocks = Clocks()
    clock = await started(clocks)
    for _ in range(200):
        clocks.passes(2)
        await clock.check()

    assert clocks.asked == [0]
    assert clock.leaps == 0


async def test_the_database_is_asked_every_few_seconds_however_often_one_looks() -> None:
    clocks = Clocks()
    clock = await started(clocks)
    clocks.passes(3)
    clocks.database_off = A_SECOND

    await clock.check()
    assert clock.now() == NOON + 3 * A_SECOND

    clocks.passes(1)
    await clock.check()
    assert clock.now() == NOON + 5 * A_SECOND


async def test_a_small_drift_is_followed_in_small_steps() -> None:
    clocks = Clocks()
    clock = await started(clocks)
    for _ in range(40):
        clocks.passes(60)
        clocks.database_off += A_SECOND
        await clock.check()

    assert clock.now() == clocks.true + 40 * A_SECOND
    assert (clock.leaps, len(clocks.asked)) == (0, 1)


async def test_before_the_first_look_it_shows_the_machine_s_time() -> None:
    assert Clocks(machine_off=AN_HOUR).clock().now() == NOON + AN_HOUR


async def test_a_slow_answer_of_slack_s_makes_it_no_slower() -> None:
    clocks = Clocks(answers_take=14)
    clock = await started(clocks)

    assert clock.now() == clocks.true == NOON + timedelta(seconds=14)


# -- leaps ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("leap", [AN_HOUR, -AN_HOUR, 400 * 24 * AN_HOUR, timedelta(seconds=-31)])
async def test_a_leap_that_slack_confirms_is_believed(leap: timedelta) -> None:
    """Both agree: it was our time that was wrong."""
    clocks = Clocks()
    clock = await started(clocks)
    clocks.passes(5)
    clocks.database_off = clocks.slack_off = leap

    await clock.check()

    assert clock.now() == clocks.true + leap
    assert clock.leaps == 1


@pytest.mark.parametrize("leap", [AN_HOUR, -AN_HOUR])
async def test_a_leap_that_slack_denies_changes_nothing(leap: timedelta) -> None:
    clocks = Clocks()
    clock = await started(clocks)
    clocks.passes(5)
    clocks.database_off = leap

    await clock.check()

    assert clock.now() == clocks.true
    assert clock.leaps == 1


@pytest.mark.parametrize("leap", [AN_HOUR, -AN_HOUR])
async def test_a_leap_that_nobody_confirms_is_not_believed_and_asked_about_a_minute_later(leap: timedelta) -> None:
    clocks = Clocks()
    clock = await started(clocks)
    clocks.passes(100)
    clocks.database_off, clocks.slack_off = leap, None

    for _ in range(60):
        clocks.passes(2)
        await clock.check()
        assert clock.now() == clocks.true
    assert clocks.asked == [0, 102, 162]

    clocks.slack_off = leap
    clocks.passes(60)
    await clock.check()
    assert clock.now() == clocks.true + leap


async def test_a_database_that_comes_to_its_senses_is_followed_again() -> None:
    clocks = Clocks()
    clock = await started(clocks)
    clocks.database_off = AN_HOUR
    await clock.check()
    clocks.passes(5)
    clocks.database_off = 2 * A_SECOND

    await clock.check()

    assert clock.now() == clocks.true + 2 * A_SECOND


# -- at the start -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("off", [AN_HOUR, -AN_HOUR])
async def test_a_database_that_is_wrong_at_the_start_is_not_believed(off: timedelta) -> None:
    clocks = Clocks(database_off=off, machine_off=off)  # SQLite: the machine's clock is the database's
    clock = await started(clocks)
    clocks.passes(3600)
    await clock.check()

    assert clock.now() == clocks.true


async def test_a_wrong_time_of_the_start_is_put_right_once_slack_can_be_asked() -> None:
    clocks = Clocks(database_off=AN_HOUR, slack_off=None)
    clock = await started(clocks)
    assert clock.now() == clocks.true + AN_HOUR  # there is nobody else to ask

    clocks.slack_off = timedelta(0)  # from here on a message could be sent: not one of them by a wrong time
    clocks.passes(2)
    await clock.check()

    assert clock.now() == clocks.true


async def test_a_right_time_of_the_start_is_confirmed_later_and_then_let_be() -> None:
    clocks = Clocks(slack_off=None)
    clock = await started(clocks)
    clocks.slack_off = 3 * A_SECOND
    for _ in range(5):
        clocks.passes(60)
        await clock.check()

    assert clock.now() == clocks.true
    assert clocks.asked == [0, 60]
    assert clock.leaps == 0


# -- whatever happens -------------------------------------------------------------------------------------------------

LEAPS = st.sampled_from([timedelta(0), AN_HOUR, -AN_HOUR, 5 * A_SECOND, timedelta(days=-3)])


@given(st.lists(st.tuples(st.floats(0, 300), LEAPS, st.booleans()), max_size=25))
async def test_as_long_as_slack_is_right_no_leap_of_the_database_is_ever_followed(
    steps: list[tuple[float, timedelta, bool]],
) -> None:
    clocks = Clocks()
    clock = await started(clocks)
    for seconds, off, answers in steps:
        clocks.passes(seconds)
        clocks.database_off = off
        clocks.slack_off = timedelta(0) if answers else None
        await clock.check()
        assert abs(clock.now() - clocks.true) < 6 * A_SECOND


async def test_a_database_that_is_away_leaves_the_time_as_it_was() -> None:
    clocks = Clocks()
    clock = await started(clocks)
    clock.database = _away
    clocks.passes(5)

    with pytest.raises(ConnectionError):
        await clock.check()
    clocks.passes(7)

    assert clock.now() == clocks.true


async def _gone() -> datetime:
    raise ConnectionError


_away: Callable[[], Awaitable[datetime]] = _gone


def test_seconds_only_ever_go_forward() -> None:
    seen = [steady_clock() for _ in range(1000)]

    assert seen == sorted(seen)


# -- a process without a beat -----------------------------------------------------------------------------------------


async def test_whoever_only_answers_follows_the_clock_as_well() -> None:
    clocks = Clocks()
    clock = await started(clocks)
    clocks.passes(5)
    clocks.database_off = timedelta(seconds=20)

    async with followed(clock, every=0.0), asyncio.timeout(10):
        while clock.now() != clocks.true + timedelta(seconds=20):  # noqa: ASYNC110 - the clock has no event
            await asyncio.sleep(0)


async def test_an_answer_that_comes_when_the_process_has_slept_is_no_witness() -> None:
    clocks = Clocks(database_off=timedelta(minutes=16), answers_take=600.0)  # asked in a leap, and then paused
    clock = await started(clocks)
    clocks.answers_take = 0.0

    await clock.check()

    assert clock.now() == clocks.true
