"""Is the simulation awake? Without any one protection it finds something within a few seeds; with all, nothing."""

from dataclasses import replace

import pytest

from tests.simulation.mutants import MUTANTS, SOUND, Mutant
from tests.simulation.years import play_year

pytestmark = pytest.mark.slow

SEEDS = (1, 2, 3, 4, 5, 6)
DAYS = {"after-restore left out": 60, "fencing removed": 14, "lease too short": 90}
A_WEEK = 8


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_without_this_protection_people_hear_things_twice_or_at_night(mutant: Mutant) -> None:
    verdicts = (play_year(seed, mutant, DAYS.get(mutant.name, A_WEEK)).verdict for seed in SEEDS)

    found = next((verdict for verdict in verdicts if not verdict.clean), None)

    assert found is not None, f"{mutant.name}: the simulation has slept through {len(SEEDS)} seeds"
    assert found.twice or found.night


@pytest.mark.parametrize("mutant", [m for m in MUTANTS if m.weather != SOUND.weather], ids=lambda mutant: mutant.name)
def test_with_all_protections_the_same_weather_does_no_harm(mutant: Mutant) -> None:
    sound = replace(SOUND, weather=mutant.weather)

    assert play_year(1, sound, DAYS.get(mutant.name, A_WEEK)).verdict.details == []
