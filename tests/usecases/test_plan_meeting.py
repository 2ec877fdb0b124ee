"""Planning, as two people may do it in any order: one meeting is ahead, and nobody hears anything twice or in vain."""

import asyncio
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.appointments import Appointment, Planned
from bot.domain.errors import RuleBroken
from bot.domain.people import Pair
from bot.rehearsal.memory import MemoryStore
from bot.usecases.plan_meeting import Plan, call_off, plan_meeting
from tests.small_program import FRIDAY_MORNING, load_small_program
from tests.usecases.conftest import Setting

PLAN = Plan(date(2017, 6, 28), time(15), 45, "the lobby")


async def ahead(setting: Setting, pair: Pair) -> list[Appointment]:
    async with setting.world.store.begin() as records:
        return [one for one in await records.appointments(pair.id) if one.state is Planned.AHEAD]


async def test_what_has_passed_is_over_and_the_next_one_is_another_entry(setting: Setting) -> None:
    pair = await setting.pair("tom-maya")
    first = (await plan_meeting(setting.world, pair, pair.mentee, PLAN)).now
    setting.now += timedelta(days=14)

    second = (await plan_meeting(setting.world, pair, pair.mentor, Plan(date(2017, 7, 12), time(15)))).now

    assert (second.id == first.id, second.sequence) == (False, 0)
    assert [one.id for one in await ahead(setting, pair)] == [second.id]


async def test_the_same_plan_again_changes_nothing(setting: Setting) -> None:
    pair = await setting.pair("tom-maya")
    first = (await plan_meeting(setting.world, pair, pair.mentee, PLAN)).now

    assert (await plan_meeting(setting.world, pair, pair.mentee, PLAN)).now == first


async def test_an_hour_that_the_clocks_leave_out_is_the_moment_at_which_they_jump(setting: Setting) -> None:
    pair = await setting.pair("tom-maya")
    planned = (await plan_meeting(setting.world, pair, pair.mentee, Plan(date(2018, 3, 11), time(2, 30)))).now

    assert planned.starts.astimezone(pair.mentee.zone).time() == time(3)


async def test_nobody_plans_past_the_end(setting: Setting) -> None:
    pair = await setting.pair("tom-maya")

    with pytest.raises(RuleBroken) as refusal:
        await plan_meeting(setting.world, pair, pair.mentee, Plan(date(2018, 5, 1), time(15)))

    assert refusal.value.field == "day"


async def test_another_pair_s_appointment_cannot_be_called_off(setting: Setting) -> None:
    pair, other = await setting.pair("tom-maya"), await setting.pair("ines-noor")
    planned = (await plan_meeting(setting.world, pair, pair.mentee, PLAN)).now

    assert await call_off(setting.world, other, other.mentor, planned.id) is None
    assert len(await ahead(setting, pair)) == 1


async def test_who_heard_of_it_before_a_backup_was_restored_hears_that_it_is_called_off(setting: Setting) -> None:
    pair = await setting.pair("tom-maya")
    planned = (await plan_meeting(setting.world, pair, pair.mentee, PLAN)).now
    async with setting.world.store.begin() as records:
        (told,) = await records.open_nudges([(pair.mentor.id, pair.program.id)], setting.now + timedelta(days=3))
        workspace = await records.workspace("T0TANDEM")
        await records.put_heard(workspace.id, pair.mentor.id, {told.mark: None}, setting.now)  # as `after_restore` does

    await call_off(setting.world, pair, pair.mentee, planned.id)

    (off,) = _news(await setting.told("tom", within=timedelta(days=4)))  # Friday's note has gone out: on Monday
    assert "called off your" in off


@dataclass(frozen=True, slots=True)
class Act:
    """What one of the two does, and how long it is quiet afterwards."""

    by_mentor: bool
    day: int | None  # of July; None calls off
    hours: int


ACTS = st.lists(st.builds(Act, st.booleans(), st.none() | st.integers(12, 14), st.sampled_from([0, 1, 30])), max_size=8)


@dataclass
class Mind:
    """What one of the two has heard, could have heard at most, and believes."""

    heard: int = 0
    changes: int = 0
    believes: datetime | None = None


@given(ACTS)
@settings(max_examples=40, deadline=None)
def test_whatever_two_people_do_each_hears_of_a_change_once_at_most_and_knows_in_the_end(acts: list[Act]) -> None:
    asyncio.run(_play(acts))


async def _play(acts: list[Act]) -> None:
    store = MemoryStore()
    await load_small_program(store, FRIDAY_MORNING)
    setting = Setting(store)
    minds = {"maya": Mind(), "tom": Mind()}
    for act in acts:
        await _act(setting, act, minds)
        await _listen(setting, minds, timedelta(hours=act.hours))
    await _listen(setting, minds, timedelta(days=6))

    pair = await setting.pair("tom-maya")
    assert len(await ahead(setting, pair)) <= 1
    for mind in minds.values():
        assert mind.heard <= mind.changes
        assert mind.believes == (pair.appointment.starts if pair.appointment else None)


async def _act(setting: Setting, act: Act, minds: dict[str, Mind]) -> None:
    pair = await setting.pair("tom-maya")
    by, other = (pair.mentor, pair.mentee) if act.by_mentor else (pair.mentee, pair.mentor)
    before = pair.appointment
    if act.day is not None:
        await plan_meeting(setting.world, pair, by, Plan(date(2017, 7, act.day), time(15)))
    elif before is not None:
        await call_off(setting.world, pair, by, before.id)
    after = (await setting.pair("tom-maya")).appointment
    minds[other.key].changes += after != before
    minds[by.key].believes = after.starts if after else None


async def _listen(setting: Setting, minds: dict[str, Mind], within: timedelta) -> None:
    """Let time pass; who is told believes what is so."""
    await setting.told("maya", within=within)
    planned = (await setting.pair("tom-maya")).appointment
    for key, mind in minds.items():
        heard = len(_news([text for who, text in setting.postbag.brought if who == key]))
        if heard > mind.heard:
            mind.heard, mind.believes = heard, planned.starts if planned else None


def _news(told: list[str]) -> list[str]:
    said = ("your next meeting", "you meet next", "called off your")
    return [text for text in told if any(words in text for words in said)]
