"""The clock stands still, never runs backwards, and stops at what the app has due."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.playground import ActRefused, Clock, Hooks, Playground
from bot.playground.workspace.clock import microseconds_of, moment_of
from tests.playground.parrot import MORNING

HOUR = timedelta(hours=1)


class Chores:
    """An app with things to do at certain times."""

    def __init__(self, playground: Playground, *due: datetime):
        self.playground = playground
        self.due = sorted(due)
        self.done_at: list[datetime] = []
        self.visits: list[datetime] = []
        playground.hooks = Hooks(self.next_due, self.settle)

    async def next_due(self) -> datetime | None:
        return self.due[0] if self.due else None

    async def settle(self) -> None:
        now = self.playground.clock.now()
        self.visits.append(now)
        while self.due and self.due[0] <= now:
            self.due.pop(0)
            self.done_at.append(now)


def test_time_is_aware_and_in_utc() -> None:
    clock = Clock(datetime.fromisoformat("2017-06-01T09:00-05:00"))

    assert clock.now() == MORNING
    assert clock.now().tzinfo is UTC
    with pytest.raises(ValueError, match="time zone"):
        Clock(datetime(2017, 6, 1))  # noqa: DTZ001 (that is the point)


def test_the_clock_does_not_run_back() -> None:
    clock = Clock(MORNING)
    clock.set(MORNING + HOUR)

    with pytest.raises(ValueError, match="does not run back"):
        clock.set(MORNING)
    assert clock.now() == MORNING + HOUR


def test_a_stamp_can_be_read_back() -> None:
    clock = Clock(MORNING)

    assert moment_of(clock.stamp()) == MORNING
    assert microseconds_of("1496325600") == microseconds_of("1496325600.000000")
    with pytest.raises(ValueError, match="no ts: yesterday"):
        microseconds_of("yesterday")


async def test_without_hooks_the_clock_jumps(playground: Playground) -> None:
    await playground.move_clock(MORNING + HOUR)

    assert playground.clock.now() == MORNING + HOUR


async def test_the_clock_stops_at_each_thing_that_is_due(playground: Playground) -> None:
    chores = Chores(playground, MORNING + HOUR, MORNING + 2 * HOUR, MORNING + 9 * HOUR)

    await playground.move_clock(MORNING + 3 * HOUR)

    assert chores.done_at == [MORNING + HOUR, MORNING + 2 * HOUR]
    assert playground.clock.now() == MORNING + 3 * HOUR
    assert chores.visits[-1] == MORNING + 3 * HOUR


async def test_what_is_due_at_the_very_end_is_done(playground: Playground) -> None:
    chores = Chores(playground, MORNING + HOUR)

    await playground.move_clock(MORNING + HOUR)

    assert chores.done_at == [MORNING + HOUR]


async def test_what_is_overdue_is_done_now_and_not_back_then(playground: Playground) -> None:
    chores = Chores(playground, MORNING - HOUR)

    await playground.move_clock(MORNING + HOUR)

    assert chores.done_at == [MORNING]


async def test_something_that_never_gets_done_does_not_hold_the_clock(playground: Playground) -> None:
    async def stuck() -> datetime | None:
        return MORNING + HOUR

    visits: list[datetime] = []

    async def settle() -> None:
        visits.append(playground.clock.now())

    playground.hooks = Hooks(stuck, settle)

    await playground.move_clock(MORNING + 2 * HOUR)

    assert playground.clock.now() == MORNING + 2 * HOUR
    assert visits == [MORNING + HOUR] * 3 + [MORNING + 2 * HOUR]
    assert playground.walk.stuck == MORNING + HOUR


async def test_the_clock_goes_to_the_next_thing_that_is_due(playground: Playground) -> None:
    chores = Chores(playground, MORNING + HOUR, MORNING + 2 * HOUR)

    await playground.walk.to_next()
    assert playground.clock.now() == MORNING + HOUR
    await playground.walk.to_next()
    assert playground.clock.now() == MORNING + 2 * HOUR
    with pytest.raises(ActRefused, match="nothing_due"):
        await playground.walk.to_next()
    assert len(chores.done_at) == 2


async def test_an_app_that_is_often_silent_is_followed_to_where_it_says_something(playground: Playground) -> None:
    chores = Chores(playground, *[MORNING + number * HOUR for number in range(1, 6)])

    async def settle() -> None:
        await chores.settle()
        if playground.clock.now() == MORNING + 3 * HOUR:
            playground.slack.journal.called += 1  # as a call of the app's would

    playground.hooks = Hooks(chores.next_due, settle, often_silent=True)

    await playground.walk.to_next()

    assert playground.clock.now() == MORNING + 3 * HOUR


async def test_the_past_is_refused(playground: Playground) -> None:
    with pytest.raises(ActRefused, match="clock_runs_forward"):
        await playground.move_clock(MORNING - HOUR)


async def test_two_movers_go_one_after_the_other(playground: Playground) -> None:
    chores = Chores(playground, *[MORNING + number * HOUR for number in range(1, 6)])

    await asyncio.gather(playground.move_clock(MORNING + 3 * HOUR), playground.move_clock(MORNING + 5 * HOUR))

    assert chores.done_at == [MORNING + number * HOUR for number in range(1, 6)]
    assert playground.walk.moving is False


async def test_an_app_that_fails_stops_the_clock_where_it_was(playground: Playground) -> None:
    chores = Chores(playground, MORNING + HOUR)

    async def fail() -> None:
        raise RuntimeError("not today")

    playground.hooks = Hooks(chores.next_due, fail)

    with pytest.raises(RuntimeError):
        await playground.move_clock(MORNING + 2 * HOUR)
    assert playground.clock.now() == MORNING + HOUR
    assert playground.walk.moving is False
