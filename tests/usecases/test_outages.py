"""After an outage: what is too late lapses by its own rule, the rest comes at the normal budget, in normal hours."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta

import pytest

from bot.content.prompts import Prompts
from bot.domain.program import Phase
from bot.domain.rules import Prompt
from bot.domain.rules.phase_prompt import Whom
from bot.usecases.answer_reminder import remind_on, something_in_the_way
from bot.usecases.pause import pause
from tests.usecases.stage import STORES, Stage, at, opened

AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)
HELLO = Prompt(Phase.PLANNING, Whom.MENTEE, "hello", 0.0)  # on the first day, Thursday, June 1
PROMPTS = Prompts((HELLO,), {("planning", "mentee", "hello"): "Write three lines about yourself."})


@pytest.fixture(params=STORES)
async def stage(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    """The small program with one prompt for mentees, two days before it begins, on each of the stores."""
    async with opened(request.param) as store:
        made = Stage(store, PROMPTS)
        await made.load()
        yield made


async def asleep(stage: Stage, since: datetime, length: timedelta) -> None:
    """Let the scheduler do its work until `since`, and then be down for so long."""
    await stage.walk(since)
    stage.forget()
    await stage.sleep(since + length)


# -- a phase prompt: worth saying for a week --------------------------------------------------------------------------


@pytest.mark.parametrize("outage", [AN_HOUR, A_DAY])
async def test_a_prompt_comes_late_after_an_hour_or_a_day(stage: Stage, outage: timedelta) -> None:
    await asleep(stage, at(6, 1, 8, 59), outage + timedelta(minutes=1))

    assert stage.heard("maya") == [["phase_prompt"]]


async def test_a_prompt_of_last_week_is_not_sent(stage: Stage) -> None:
    await asleep(stage, at(6, 1, 8, 59), 7 * A_DAY)
    await stage.walk(at(6, 16, 8))

    assert ["phase_prompt"] not in stage.heard("maya")


async def test_a_prompt_that_was_planned_before_the_outage_lapses_too(stage: Stage) -> None:
    stage.now = at(6, 1, 1)
    await stage.plan()

    await stage.sleep(at(6, 8, 9))

    assert all("phase_prompt" not in rules for rules in stage.heard("maya"))


# -- a request for help: worth saying until somebody has looked --------------------------------------------------------


@pytest.mark.parametrize("outage", [AN_HOUR, A_DAY, 13 * A_DAY])
async def test_a_request_for_help_is_sent_however_late(stage: Stage, outage: timedelta) -> None:
    await stage.walk(at(6, 20, 12))
    pair = await stage.pair("tom-maya")
    await something_in_the_way(stage.world, pair, pair.mentee, "")
    stage.forget()

    await stage.sleep(stage.now + outage)
    await stage.walk(stage.now + A_DAY)

    assert ["in_the_way"] in [[rule for rule in rules if rule == "in_the_way"] for rules in stage.heard("lena")]


# -- a reminder that somebody asked for -------------------------------------------------------------------------------


async def test_a_reminder_that_was_asked_for_comes_when_we_are_back(stage: Stage) -> None:
    await stage.walk(at(6, 19, 12))
    pair = await stage.pair("tom-maya")
    await remind_on(stage.world, pair, pair.mentee, date(2017, 6, 21))

    await asleep(stage, at(6, 20, 18), A_DAY + 16 * AN_HOUR)  # until Thursday the 22nd, ten o'clock

    assert stage.heard("maya") == [["checkin_reminder"]]


# -- a reminder that a break puts off ----------------------------------------------------------------------------------


@pytest.mark.parametrize("awake", [at(6, 24, 9), at(6, 28, 9)])  # in the break, on the day after it
async def test_a_reminder_that_a_break_puts_off_comes_after_it_though_its_first_days_went_by_in_an_outage(
    stage: Stage, awake: datetime
) -> None:
    await stage.walk(at(6, 16, 7))  # both are to be reminded at nine, and until the 22nd
    stage.forget()
    maya = await stage.member("maya")
    await pause(stage.world, (maya,), maya.person, date(2017, 6, 27))

    await stage.sleep(awake)
    await stage.walk(at(7, 4, 12))  # before the second reminder

    assert stage.heard("maya") == stage.heard("tom") == [["checkin_reminder"]]


async def test_without_a_break_it_lapses_and_only_the_second_reminder_comes(stage: Stage) -> None:
    await asleep(stage, at(6, 16, 7), 8 * A_DAY)
    await stage.walk(at(7, 4, 12))

    for person in ("maya", "tom"):
        assert sum("checkin_reminder" in kinds for kinds in stage.heard(person)) == 1


# -- everything -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("outage", [AN_HOUR, A_DAY, 14 * A_DAY])
async def test_whatever_was_missed_comes_at_the_normal_budget_and_hours(stage: Stage, outage: timedelta) -> None:
    await asleep(stage, at(6, 16, 8, 30), outage)
    days: dict[str, list[date]] = {}
    end = stage.now + 14 * A_DAY
    while stage.now < end:
        stage.now += AN_HOUR
        before = len(stage.desk.given)
        await stage.tick()
        for who, _ in stage.desk.given[before:]:
            local = stage.now.astimezone((await stage.member(who)).person.zone)
            assert 9 <= local.hour < 17
            assert local.weekday() < 5
            days.setdefault(who, []).append(local.date())

    assert all(len(heard) == len(set(heard)) for heard in days.values())
    weeks = Counter((who, day.isocalendar()[:2]) for who, heard in days.items() for day in heard)
    assert max(weeks.values()) <= 3


async def test_after_the_last_day_an_outage_ends_in_silence(stage: Stage) -> None:
    await stage.walk(at(4, 20, 12, year=2018))
    stage.forget()

    await stage.sleep(at(5, 2, 10, year=2018))
    await stage.walk(at(6, 1, 12, year=2018))

    assert stage.desk.given == []
