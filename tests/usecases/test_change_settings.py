"""Changing settings: hours and kinds of one's own."""

from datetime import time

import pytest

from bot.domain.days import SpeakingHours
from bot.domain.errors import RuleBroken
from bot.domain.people import Preferences
from bot.usecases.change_settings import change_settings
from tests.usecases.stage import Stage, at


async def test_hours_of_one_s_own_may_end_at_midnight(stage: Stage) -> None:
    evening = Preferences(hours=SpeakingHours(time(18), time(0)))
    await change_settings(stage.world, (await stage.member("tom")).person, evening)

    await stage.walk(at(6, 1, 16, 59))
    assert stage.heard("tom") == []
    await stage.walk(at(6, 1, 17))  # six in the evening in New York

    assert stage.heard("tom") == [["first_move"]]


@pytest.mark.parametrize(("end", "days"), [(time(9), {0}), (time(8), {0}), (time(17), set())])
async def test_hours_that_never_come_are_refused_and_nothing_is_changed(
    stage: Stage, end: time, days: set[int]
) -> None:
    tom = (await stage.member("tom")).person

    with pytest.raises(RuleBroken):
        await change_settings(stage.world, tom, Preferences(hours=SpeakingHours(time(9), end, frozenset(days))))

    assert (await stage.member("tom")).person == tom


async def test_a_kind_that_is_switched_on_again_is_said_if_it_is_still_true(stage: Stage) -> None:
    tom = (await stage.member("tom")).person
    await change_settings(stage.world, tom, Preferences(muted=frozenset({"first_move"})))
    await stage.walk(at(6, 2, 12))
    assert stage.heard("tom") == []

    await change_settings(stage.world, tom, Preferences())
    await stage.tick()

    assert stage.heard("tom") == [["first_move"]]
