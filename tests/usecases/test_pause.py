"""Pausing and coming back, on real records."""

from datetime import date, timedelta

import pytest

from bot.domain.days import Span
from bot.domain.errors import RuleBroken
from bot.domain.people import Member, Person
from bot.usecases.news import A_SITTING
from bot.usecases.pause import pause, resume
from tests.usecases.conftest import Setting
from tests.usecases.stage import Stage, at

FRIDAY, IN_TWO_WEEKS = date(2017, 6, 16), date(2017, 6, 30)
A_WEEKEND = timedelta(days=4)


async def members(setting: Setting, slack_id: str) -> tuple[Member, ...]:
    async with setting.world.store.begin() as records:
        workspace = await records.workspace("T0TANDEM")
        return await records.members_of_slack_user(workspace.id, slack_id)


async def person(setting: Setting, slack_id: str) -> Person:
    return (await members(setting, slack_id))[0].person


async def pauses(setting: Setting, slack_id: str, until: date) -> Span:
    who = await members(setting, slack_id)
    return await pause(setting.world, who, who[0].person, until)


async def resumes(setting: Setting, slack_id: str) -> bool:
    who = await members(setting, slack_id)
    return await resume(setting.world, who, who[0].person)


async def about_the_break(setting: Setting, key: str, within: timedelta = timedelta(0)) -> list[str]:
    return [
        text for text in await setting.told(key, within=within) if "days of a break" not in text and "break" in text
    ]


async def test_a_break_lasts_from_today_through_the_day_that_was_named(setting: Setting) -> None:
    assert await pauses(setting, "U0MAYA", IN_TWO_WEEKS) == Span(FRIDAY, IN_TWO_WEEKS)

    maya = await person(setting, "U0MAYA")
    assert maya.pause_on(IN_TWO_WEEKS)
    assert maya.pause_on(IN_TWO_WEEKS + timedelta(days=1)) is None


async def test_a_break_for_today_alone_and_one_to_the_last_day_are_possible(setting: Setting) -> None:
    assert await pauses(setting, "U0MAYA", FRIDAY) == Span(FRIDAY, FRIDAY)
    assert await pauses(setting, "U0MAYA", date(2018, 4, 30)) == Span(FRIDAY, date(2018, 4, 30))


@pytest.mark.parametrize("day", [date(2017, 6, 15), date(2018, 5, 1)])
async def test_a_day_that_is_past_or_after_the_program_is_refused_at_the_field(setting: Setting, day: date) -> None:
    with pytest.raises(RuleBroken) as refused:
        await pauses(setting, "U0MAYA", day)

    assert refused.value.field == "until"
    assert (await person(setting, "U0MAYA")).pauses == ()


async def test_today_is_a_day_of_the_persons_own_calendar(setting: Setting) -> None:
    with pytest.raises(RuleBroken):
        await pauses(setting, "U0BEN", FRIDAY)  # it is Saturday in Guam

    assert await pauses(setting, "U0BEN", date(2017, 6, 17)) == Span(date(2017, 6, 17), date(2017, 6, 17))


async def test_the_partner_is_told_once_however_often_it_is_said(setting: Setting) -> None:
    for _ in range(3):
        await pauses(setting, "U0MAYA", IN_TWO_WEEKS)

    assert len(await about_the_break(setting, "tom", A_WEEKEND)) == 1


async def test_saying_the_same_day_again_on_another_day_tells_nobody_anew(setting: Setting) -> None:
    await pauses(setting, "U0MAYA", IN_TWO_WEEKS)
    await setting.told("tom", within=A_WEEKEND)

    assert await pauses(setting, "U0MAYA", IN_TWO_WEEKS) == Span(FRIDAY, IN_TWO_WEEKS)

    assert len(await about_the_break(setting, "tom", A_WEEKEND)) == 1


async def test_the_partner_hears_of_a_new_day_for_a_break_that_they_know_of(setting: Setting) -> None:
    await pauses(setting, "U0MAYA", IN_TWO_WEEKS)
    await setting.told("tom", within=A_SITTING)

    await pauses(setting, "U0MAYA", date(2017, 7, 7))

    told = await about_the_break(setting, "tom", A_WEEKEND)
    assert ["June 30" in told[0], "July 7" in told[1], len(told)] == [True, True, 2]


async def test_a_date_that_the_partner_has_not_heard_yet_is_left_unsaid_when_it_changes(setting: Setting) -> None:
    await pauses(setting, "U0NOOR", IN_TWO_WEEKS)  # Ben, in Guam, sleeps
    await pauses(setting, "U0NOOR", date(2017, 7, 7))

    told = await about_the_break(setting, "ben", A_WEEKEND)

    assert ["July 7" in text for text in told] == [True]


async def test_going_back_to_the_first_date_says_that_date(setting: Setting) -> None:
    await pauses(setting, "U0NOOR", IN_TWO_WEEKS)
    await pauses(setting, "U0NOOR", date(2017, 7, 7))
    await pauses(setting, "U0NOOR", IN_TWO_WEEKS)

    told = await about_the_break(setting, "ben", A_WEEKEND)

    assert ["June 30" in text for text in told] == [True]


async def test_a_break_that_is_over_before_the_partner_wakes_is_not_mentioned(setting: Setting) -> None:
    await pauses(setting, "U0NOOR", date(2017, 6, 17))  # Saturday; Ben hears nothing before Monday

    assert await about_the_break(setting, "ben", A_WEEKEND) == []


async def test_a_partner_on_a_break_of_their_own_is_left_in_peace(setting: Setting) -> None:
    await pauses(setting, "U0TOM", IN_TWO_WEEKS)
    await pauses(setting, "U0MAYA", date(2017, 6, 23))

    assert await about_the_break(setting, "tom", timedelta(days=20)) == []


async def test_coming_back_ends_the_break_with_yesterday(setting: Setting) -> None:
    await pauses(setting, "U0MAYA", IN_TWO_WEEKS)
    setting.now += timedelta(days=3)

    assert await resumes(setting, "U0MAYA")

    assert (await person(setting, "U0MAYA")).pauses == (Span(FRIDAY, date(2017, 6, 18)),)
    assert not await resumes(setting, "U0MAYA")


async def test_coming_back_takes_back_what_partners_have_not_heard(setting: Setting) -> None:
    await pauses(setting, "U0NOOR", IN_TWO_WEEKS)
    await resumes(setting, "U0NOOR")

    assert await about_the_break(setting, "ben", A_WEEKEND) == []


async def test_without_a_break_coming_back_changes_nothing(setting: Setting) -> None:
    assert not await resumes(setting, "U0MAYA")

    assert (await person(setting, "U0MAYA")).pauses == ()


async def test_one_partners_coming_back_leaves_the_others_break_alone(setting: Setting) -> None:
    await pauses(setting, "U0TOM", IN_TWO_WEEKS)
    await pauses(setting, "U0MAYA", IN_TWO_WEEKS)

    await resumes(setting, "U0MAYA")

    assert (await person(setting, "U0TOM")).pauses == (Span(FRIDAY, IN_TWO_WEEKS),)


async def test_what_was_held_for_a_break_is_said_when_the_break_ends_early(stage: Stage) -> None:
    await stage.walk(at(6, 15, 23))
    stage.forget()
    stage.now = at(6, 16, 10)
    await stage.plan()  # Maya and Tom are to be reminded
    maya = await stage.member("maya")
    async with stage.store.begin() as records:
        held = await records.open_nudges([(maya.person.id, maya.program.id)], stage.now + timedelta(days=1))
        await records.hold({nudge.id: at(6, 20, 9) for nudge in held})  # until a break is over, say

    await pause(stage.world, (maya,), maya.person, at(6, 19, 12).date())
    stage.now = at(6, 16, 11)
    maya = await stage.member("maya")
    await resume(stage.world, (maya,), maya.person)
    await stage.tick()

    assert stage.heard("maya") == [["checkin_reminder"]]
