"""A real process on a real database is killed at each step (kill -9) and started again: nothing lost, nothing twice."""

from random import Random

import pytest

from tests.kills.nursery import Kill
from tests.kills.program import EXPECTED
from tests.kills.scenario import Killer, every_call, every_point, some_pairs

pytestmark = pytest.mark.slow

# What a worker does on that day, by what it writes: each of these is a step at which it is killed.
STEPS = {
    "after INSERT nudges",  # plan
    "after UPDATE agenda",
    "after INSERT notes",  # claim
    "after UPDATE nudges",
    "after INSERT paces",
    "call: request start",  # send, look up
    "call: response chunk received",
    "call: request end",
    "after UPDATE notes",  # settle
    "after UPDATE people",
    "after INSERT announcements",
    "before commit",
    "after the transaction",
}


async def test_undisturbed_everybody_hears_what_is_due_once(killer: Killer) -> None:
    (calm,) = await killer.run()

    assert not calm.killed
    assert killer.tally.bad == []
    assert killer.tally.messages == len(EXPECTED)
    assert set(calm.points) == STEPS


@pytest.mark.parametrize("first", [1, 2], ids=["odd", "even"])  # half each: two workers share them
async def test_killed_at_any_step_it_loses_nothing_and_says_nothing_twice(killer: Killer, first: int) -> None:
    lives = await every_point(killer, first=first, step=2)

    assert killer.tally.bad == []
    assert len(lives) > 30
    assert all(last.killed is False for *_, last in lives)


@pytest.mark.parametrize("when", ["dropped", "taken"])
async def test_killed_while_slack_has_its_call_it_loses_nothing_and_says_nothing_twice(
    killer: Killer, when: str
) -> None:
    lives = await every_call(killer, when)

    assert killer.tally.bad == []
    assert len(lives) == 13  # nine posts (one of them again), a conversation opened, two looks, one progress line


async def test_killed_while_it_recovers_from_a_kill_it_loses_nothing_and_says_nothing_twice(killer: Killer) -> None:
    await some_pairs(killer, Random(4), 12)

    assert killer.tally.bad == []
    assert killer.tally.kills > 18


async def test_one_that_settles_before_it_sends_would_be_found_out(killer: Killer) -> None:
    killer.mutant = "settles first"

    await killer.run(Kill(1, "dropped"))

    assert killer.tally.lost > 0


async def test_one_that_sends_again_after_a_crash_without_a_look_would_be_found_out(killer: Killer) -> None:
    killer.mutant = "opens after a crash"

    await killer.run(Kill(1, "taken"))

    assert killer.tally.twice > 0
