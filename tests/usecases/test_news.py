"""News: what one of a pair does in one sitting reaches the other as one note, and never too late to be of use."""

from datetime import date, datetime, time, timedelta

from bot.domain.meetings import Means
from bot.usecases.log_meeting import MeetingDraft, log_meeting
from bot.usecases.news import A_SITTING
from bot.usecases.plan_meeting import Plan, plan_meeting
from tests.usecases.conftest import Setting

FRIDAY, NEXT_FRIDAY = date(2017, 6, 16), date(2017, 6, 23)
A_MINUTE = timedelta(minutes=1)


async def logs(setting: Setting) -> None:
    pair = await setting.pair("tom-maya")
    await log_meeting(setting.world, pair, pair.mentee, MeetingDraft(FRIDAY, 30, Means.VIDEO))


async def plans(setting: Setting, day: date, at: time) -> None:
    pair = await setting.pair("tom-maya")
    await plan_meeting(setting.world, pair, pair.mentee, Plan(day, at))


async def test_the_partner_hears_after_the_sitting_and_not_before(setting: Setting) -> None:
    await logs(setting)

    assert await setting.told("tom", within=A_SITTING - A_MINUTE) == []
    assert len(await setting.told("tom", within=A_MINUTE)) == 1


async def test_who_logs_and_plans_fifty_minutes_later_is_told_of_in_one_note(setting: Setting) -> None:
    await logs(setting)
    await setting.told("tom", within=timedelta(minutes=50))
    await plans(setting, NEXT_FRIDAY, time(15))

    told = await setting.told("tom", within=timedelta(minutes=10))

    assert ["Maya logged" in told[0], "Maya suggests" in told[0], len(told)] == [True, True, 1]
    assert await setting.told("tom", within=timedelta(hours=3)) == told


async def test_a_meeting_in_forty_minutes_is_told_of_at_once(setting: Setting) -> None:
    pair = await setting.pair("tom-maya")
    soon = (setting.now + timedelta(minutes=40)).astimezone(pair.mentee.zone)

    await plans(setting, soon.date(), soon.time())

    assert ["Maya suggests" in text for text in await setting.told("tom")] == [True]


async def test_a_plan_for_early_tomorrow_is_told_of_in_the_last_hour_of_today(setting: Setting) -> None:
    pair = await setting.pair("tom-maya")
    ends = pair.mentor.hours_in(pair.program).end
    setting.now = datetime.combine(FRIDAY - timedelta(days=1), ends, pair.mentor.zone) - timedelta(minutes=20)

    await plans(setting, FRIDAY, time(7))

    assert ["Maya suggests" in text for text in await setting.told("tom")] == [True]
