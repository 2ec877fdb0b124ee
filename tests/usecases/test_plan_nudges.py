"""Planning: what is due becomes nudges, once, whoever plans and however often."""

import asyncio
from datetime import timedelta
from itertools import pairwise

from bot.domain.meetings import Means
from bot.domain.nudges import Nudge
from bot.domain.people import Preferences
from bot.usecases.log_meeting import MeetingDraft, log_meeting
from bot.usecases.pause import pause, resume
from bot.usecases.plan_nudges import plan_nudges
from tests.usecases.stage import Stage, at

FAR = timedelta(days=400)


async def open_nudges(stage: Stage, key: str) -> list[Nudge]:
    member = await stage.member(key)
    async with stage.store.begin() as records:
        return await records.open_nudges([(member.person.id, member.program.id)], stage.now + FAR)


async def occurrences(stage: Stage, key: str) -> list[str]:
    return [f"{n.slot.rule} {n.slot.occurrence}" for n in await open_nudges(stage, key)]


async def test_before_the_first_day_nothing_is_planned(stage: Stage) -> None:
    assert await stage.plan() > 0
    assert await stage.plan() == 0

    assert await occurrences(stage, "tom") == []


async def test_on_the_first_day_the_mentor_s_nudge_is_planned_for_nine_in_new_york(stage: Stage) -> None:
    stage.now = at(6, 1, 0)

    await stage.plan()

    (nudge,) = await open_nudges(stage, "tom")
    assert nudge.slot.rule == "first_move"
    assert nudge.not_before == at(6, 1, 8)
    assert nudge.too_late == at(6, 7, 23)  # midnight in New York


async def test_planning_twice_writes_once(stage: Stage) -> None:
    stage.now = at(6, 1, 9)
    await stage.plan()
    tom = (await stage.pair("tom-maya")).mentor
    async with stage.store.begin() as records:
        await records.look_now(stage.now, person_id=tom.id)

    assert await stage.plan() > 0

    assert await occurrences(stage, "tom") == ["first_move mentor"]


async def test_two_planners_write_once(stage: Stage) -> None:
    stage.now = at(6, 1, 9)

    await asyncio.gather(stage.plan(), stage.plan())

    assert await occurrences(stage, "tom") == ["first_move mentor"]


async def test_between_two_batches_it_is_everybody_else_s_turn(stage: Stage) -> None:
    stage.now = at(6, 1, 9)
    turns: list[str] = []

    async def somebody_else() -> None:
        while turns.count("batch") < 3:
            turns.append("else")
            await asyncio.sleep(0)

    other = asyncio.ensure_future(somebody_else())
    while await plan_nudges(stage.store, (), stage.now, limit=1):
        turns.append("batch")
    await other

    first_three = [place for place, turn in enumerate(turns) if turn == "batch"][:3]
    assert all("else" in turns[before:after] for before, after in pairwise([0, *first_three]))


async def test_a_form_is_read_between_two_batches(stage: Stage) -> None:
    stage.now = at(6, 1, 9)
    planned: list[int] = []
    begun = asyncio.Event()

    async def plan_everything() -> None:
        while rows := await plan_nudges(stage.store, (), stage.now, limit=1):
            planned.append(rows)
            begun.set()

    planning = asyncio.ensure_future(plan_everything())
    await begun.wait()
    await stage.pair("tom-maya")
    in_between = len(planned)
    await planning

    assert 0 < in_between < len(planned)


async def test_a_kind_that_is_switched_off_is_not_planned(stage: Stage) -> None:
    await stage.prefers("tom", Preferences(muted=frozenset({"first_move"})))
    stage.now = at(6, 1, 9)

    await stage.plan()

    assert await occurrences(stage, "tom") == []


async def test_what_would_come_too_late_in_a_break_is_not_planned_and_is_when_the_break_ends(stage: Stage) -> None:
    member = await stage.member("lena")
    stage.now = at(6, 4, 12)
    await pause(stage.world, (member,), member.person, at(6, 30, 12).date())
    stage.now = at(6, 8, 10)
    await stage.tick()
    assert await occurrences(stage, "lena") == []

    lena = await stage.member("lena")
    await resume(stage.world, (lena,), lena.person)
    await stage.plan()

    assert await occurrences(stage, "lena") == ["first_move liaison"] * 3


async def test_a_meeting_moves_the_next_look_to_when_its_rhythm_has_run(stage: Stage) -> None:
    stage.now = at(6, 1, 12)
    await stage.tick()
    pair = await stage.pair("tom-maya")

    await log_meeting(stage.world, pair, pair.mentee, MeetingDraft(at(6, 1, 12).date(), 30, Means.PHONE))
    await stage.walk(at(6, 15, 23))
    assert await occurrences(stage, "maya") == []
    await stage.walk(at(6, 16, 0))

    assert await occurrences(stage, "maya") == ["checkin_reminder 2017-06-01/first"]


async def test_who_is_no_member_any_more_is_not_looked_at(stage: Stage) -> None:
    stage.now = at(6, 1, 9)
    await stage.plan()
    member = await stage.member("charlie")
    async with stage.store.begin() as records:
        await records.put_roles(member.program.id, member.person.id, frozenset(), stage.now)

    await stage.tick()

    assert stage.heard("charlie") == []


async def test_walking_by_the_agenda_comes_to_an_end_after_the_last_day(stage: Stage) -> None:
    await stage.walk(at(7, 1, 12, year=2018))

    async with stage.store.begin() as records:
        assert await records.next_due() is None
    assert stage.heard("maya")[-1] == ["farewell"]
