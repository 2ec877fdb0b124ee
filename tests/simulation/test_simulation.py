"""Whole years of the real code in a world that breaks: nothing lost, nothing twice, nothing at night."""

from datetime import UTC, datetime

import pytest

from tests.simulation.calm import play_calmly
from tests.simulation.mutants import SOUND
from tests.simulation.play import Play
from tests.simulation.years import BAD, Tally, play_year

pytestmark = pytest.mark.slow

A_MONTH, A_FORTNIGHT = 30, 14


@pytest.mark.parametrize("seed", [3, 104])  # in 104 a backup was put back on a day on which somebody was told again
def test_a_year_in_which_everything_breaks_loses_and_repeats_nothing(seed: int) -> None:
    year = play_year(seed)

    assert year.verdict.details == []
    assert [getattr(year.verdict, name) for name in BAD] == [0] * len(BAD)
    assert year.verdict.expected > 400
    assert sum(year.faults.values()) > 250
    calls = {"refused", "cut before taking", "cut after taking", "500 after taking", "taken late", "429"}
    great = {"Slack away", "database away", "all workers away", "backup put back", "clock leap"}
    assert {"crash", "pause"} | calls | great <= set(year.faults)


def test_the_same_seed_plays_the_same_year_step_by_step() -> None:
    first, second, other = (Play(seed, days=A_FORTNIGHT).perform() for seed in (5, 5, 6))

    assert first.trace == second.trace
    assert first.messages == second.messages
    assert other.trace != first.trace


def test_a_calm_year_through_sqlite_and_slack_is_the_calm_year_in_memory() -> None:
    play = Play(7, calm=True, days=A_MONTH)

    told = play.perform()

    slots = [told.slots[mark].slot for message in told.messages for mark in message.marks]
    assert sorted(slots) == sorted(one.slot for one in play_calmly(play.script, play.start))
    assert told.faults == []


def test_the_last_line_says_what_was_counted() -> None:
    tally = Tally()
    tally.add(play_year(8, days=A_FORTNIGHT))

    faults, expected = tally.all_faults, tally.counts["expected"]
    wanted = f"years=1 faults={faults} expected={expected} lost=0 twice=0 late=0 night=0 after_end=0 over_budget=0"
    assert tally.lines()[-1] == wanted


def test_the_sound_world_lacks_nothing() -> None:
    assert SOUND.settling
    assert SOUND.fencing
    assert SOUND.unique_slot
    assert SOUND.after_restore
    assert not SOUND.sdk_retries
    assert Play(1).start == datetime(2017, 5, 30, 5, tzinfo=UTC)  # midnight in Chicago, two days before the program
