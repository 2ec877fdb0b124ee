"""The clock runs by itself: at its speed, through everything that is due, while somebody may step it by hand."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.playground import ActRefused, Hooks, Playground
from tests.playground.conftest import RealTime
from tests.playground.parrot import MORNING
from tests.playground.time.test_clock import Chores

HOUR = timedelta(hours=1)


async def passes(playground: Playground, seconds: RealTime, real: float) -> None:
    """Let real time pass, and wait until the clock has seen it."""
    seconds.now += real
    await playground.pace.beat()


async def test_the_clock_stands_unless_it_is_told_to_run(playground: Playground, seconds: RealTime) -> None:
    await passes(playground, seconds, 0.5)

    assert (playground.pace.speed, playground.clock.now()) == (0, MORNING)


@pytest.mark.parametrize(("speed", "later"), [(1, 0.5), (60, 30), (86_400, 43_200)])
async def test_half_a_second_is_as_long_as_the_speed_says(
    playground: Playground, seconds: RealTime, speed: float, later: float
) -> None:
    playground.run_clock(speed)

    await passes(playground, seconds, 0.5)

    assert playground.clock.now() == MORNING + timedelta(seconds=later)


async def test_it_runs_without_being_looked_at(playground: Playground, seconds: RealTime) -> None:
    playground.run_clock(3600)

    seconds.now += 0.5
    await playground.until(lambda: playground.clock.now() > MORNING)

    assert playground.clock.now() == MORNING + 0.5 * HOUR


async def test_another_speed_holds_from_now_on(playground: Playground, seconds: RealTime) -> None:
    playground.run_clock(3600)
    await passes(playground, seconds, 0.5)

    playground.run_clock(1)
    await passes(playground, seconds, 0.5)
    playground.run_clock(0)
    await passes(playground, seconds, 0.5)

    assert playground.clock.now() == MORNING + 0.5 * HOUR + timedelta(seconds=0.5)


@pytest.mark.parametrize("speed", [-1, 86_401, float("nan")])
async def test_no_speed_is_negative_or_beyond_a_day_a_second(playground: Playground, speed: float) -> None:
    with pytest.raises(ActRefused, match="invalid_speed"):
        playground.run_clock(speed)

    assert playground.pace.speed == 0


async def test_it_runs_through_everything_that_is_due(playground: Playground, seconds: RealTime) -> None:
    chores = Chores(playground, MORNING + HOUR, MORNING + 2 * HOUR, MORNING + 9 * HOUR)
    playground.run_clock(8 * 3600)

    await passes(playground, seconds, 0.5)

    assert chores.done_at == [MORNING + HOUR, MORNING + 2 * HOUR]
    assert playground.clock.now() == MORNING + 4 * HOUR


async def test_it_can_be_stepped_by_hand_while_it_runs(playground: Playground, seconds: RealTime) -> None:
    playground.run_clock(60)
    await passes(playground, seconds, 0.5)

    await playground.move_clock(MORNING + HOUR)
    await passes(playground, seconds, 0.5)

    assert playground.clock.now() == MORNING + HOUR + timedelta(seconds=30)


async def test_the_next_due_moment_is_found_while_it_runs(playground: Playground, seconds: RealTime) -> None:
    chores = Chores(playground, MORNING + HOUR)
    playground.run_clock(60)
    await passes(playground, seconds, 0.5)

    await playground.walk.to_next()

    assert chores.done_at == [MORNING + HOUR]


async def test_a_machine_that_slept_does_not_run_over_the_app(playground: Playground, seconds: RealTime) -> None:
    playground.run_clock(60)

    await passes(playground, seconds, 3600)

    assert playground.clock.now() == MORNING + timedelta(minutes=1)  # one beat makes up for a second at most


async def test_messages_are_stamped_by_the_clock_that_runs(playground: Playground, seconds: RealTime) -> None:
    playground.run_clock(60)
    await passes(playground, seconds, 0.5)

    assert playground.clock.stamp() == "1496325630.000000"


async def test_an_app_that_fails_stops_the_clock(
    playground: Playground, seconds: RealTime, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail() -> None:
        raise RuntimeError("not today")

    async def due() -> datetime | None:
        return MORNING + timedelta(minutes=10)

    playground.hooks = Hooks(due, fail)
    playground.run_clock(3600)

    seconds.now += 0.5
    await playground.until(lambda: playground.pace.speed == 0)

    assert playground.clock.now() == MORNING + timedelta(minutes=10)
    assert "the app failed" in caplog.text


async def test_what_never_gets_done_is_told_once_and_left_behind(
    playground: Playground, seconds: RealTime, caplog: pytest.LogCaptureFixture
) -> None:
    async def due() -> datetime | None:
        return MORNING

    async def nothing() -> None: ...

    playground.hooks = Hooks(due, nothing)
    playground.run_clock(60)

    await passes(playground, seconds, 0.5)
    await passes(playground, seconds, 0.5)

    assert playground.clock.now() == MORNING + timedelta(minutes=1)
    assert playground.walk.stuck == MORNING
    assert caplog.text.count("does not get on") == 1


async def test_those_who_look_on_hear_of_it_once_a_second(playground: Playground, seconds: RealTime) -> None:
    playground.run_clock(1)
    heard = []

    for _ in range(20):
        before = playground.slack.bell.revision
        await passes(playground, seconds, 0.25)
        heard.append(playground.slack.bell.revision - before)

    assert sum(heard) == 5


async def test_what_slack_has_due_comes_before_what_the_app_has(playground: Playground) -> None:
    order: list[str] = []
    due = {"slack": MORNING + HOUR, "app": MORNING + HOUR}

    def source(name: str) -> Hooks:
        async def next_due() -> datetime | None:
            return due.get(name)

        async def settle() -> None:
            if due.get(name, datetime.max.replace(tzinfo=UTC)) <= playground.clock.now():
                order.append(name)
                del due[name]

        return Hooks(next_due, settle)

    playground.hooks = source("app")
    playground.walk.sources.append(source("slack"))

    await playground.move_clock(MORNING + 2 * HOUR)

    assert order == ["slack", "app"]


async def test_an_app_that_is_often_silent_does_not_hide_what_slack_itself_has_due(playground: Playground) -> None:
    Chores(playground, *[MORNING + number * HOUR for number in range(1, 6)])
    assert playground.hooks is not None
    playground.hooks = Hooks(playground.hooks.next_due, playground.hooks.settle, often_silent=True)
    scheduled = [MORNING + 3 * HOUR]

    async def next_due() -> datetime | None:
        return scheduled[0] if scheduled else None

    async def post() -> None:
        scheduled[:] = [moment for moment in scheduled if moment > playground.clock.now()]

    playground.walk.sources.append(Hooks(next_due, post))

    await playground.walk.to_next()

    assert playground.clock.now() == MORNING + 3 * HOUR


async def test_a_clock_that_runs_ends_with_the_playground(playground: Playground, seconds: RealTime) -> None:
    playground.run_clock(60)

    await playground.stop()
    seconds.now += 0.5
    await playground.pace.beat()

    assert playground.clock.now() == MORNING
