"""What can be said to a reminder, other than a meeting."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.errors import RuleBroken
from bot.domain.people import AnswerKind
from bot.usecases.answer_reminder import remind_on, something_in_the_way
from tests.usecases.conftest import Setting


async def test_the_reminder_rests_until_the_day_that_was_asked_for(setting: Setting) -> None:
    pair = await setting.pair("tom-maya")

    assert await remind_on(setting.world, pair, pair.mentee, date(2017, 6, 21)) == date(2017, 6, 21)

    answer = (await setting.pair("tom-maya")).answer
    assert answer is not None
    assert (answer.kind, answer.remind_on, answer.person_id) == (AnswerKind.NOT_YET, date(2017, 6, 21), pair.mentee.id)
    assert await setting.told("maya", within=timedelta(days=4)) == []
    assert "You asked to be reminded today." in (await setting.told("maya", within=timedelta(days=1)))[0]


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2017, 6, 16), "Choose a day after today."),
        (date(2017, 6, 1), "Choose a day after today."),
        (date(2018, 5, 1), "This is after the last day, Monday, April 30. Choose that day or an earlier one."),
    ],
)
async def test_a_day_that_has_begun_or_lies_past_the_end_is_refused(setting: Setting, day: date, sentence: str) -> None:
    pair = await setting.pair("tom-maya")

    with pytest.raises(RuleBroken) as broken:
        await remind_on(setting.world, pair, pair.mentee, day)

    assert str(broken.value) == sentence
    assert (await setting.pair("tom-maya")).answer is None


async def test_only_the_liaison_hears_that_something_is_in_the_way(setting: Setting) -> None:
    pair = await setting.pair("tom-maya")

    await something_in_the_way(setting.world, pair, pair.mentee, "")
    await something_in_the_way(setting.world, pair, pair.mentee, "")

    assert "".join(await setting.told("lena")).count("*Maya Okafor* says that something is in the way with Tom.") == 1
    assert all("in the way with" not in text for who, text in setting.postbag.brought if who != "lena")


async def test_words_that_are_added_at_once_go_out_with_it(setting: Setting) -> None:
    pair = await setting.pair("tom-maya")
    await something_in_the_way(setting.world, pair, pair.mentee, "")

    await something_in_the_way(setting.world, pair, pair.mentee, "  We keep missing each other.  ")

    told = "".join(await setting.told("lena"))
    assert told.count("something is in the way") == 1
    assert "In their own words: “We keep missing each other.”" in told


async def test_words_that_are_added_after_the_liaison_was_told_reach_the_liaison_too(setting: Setting) -> None:
    pair = await setting.pair("tom-maya")
    await something_in_the_way(setting.world, pair, pair.mentee, "")
    assert len(await setting.told("lena")) == 1

    await something_in_the_way(setting.world, pair, pair.mentee, "We keep missing each other.")

    later = await setting.told("lena", within=timedelta(days=4))
    assert sum("We keep missing each other." in text for text in later) == 1


async def test_where_nobody_follows_the_pair_those_who_coordinate_hear_it(setting: Setting) -> None:
    pair = await setting.pair("tom-maya")

    hearers = await something_in_the_way(setting.world, replace(pair, liaison=None), pair.mentee, "")

    assert [person.key for person in hearers.people] == ["ada"]
    assert (await setting.pair("tom-maya")).help_asked is None
    assert (await setting.pair("tom-maya")).help_past is not None


async def test_past_the_liaison_the_liaison_hears_and_sees_nothing(setting: Setting) -> None:
    pair = await setting.pair("tom-maya")

    await something_in_the_way(setting.world, pair, pair.mentee, "Only for Ada.", past_liaison=True)

    assert "Only for Ada." in "".join(await setting.told("ada", within=timedelta(days=10)))
    assert "Maya asked for a word" not in "".join(await setting.told("lena"))
    assert "Only for Ada." not in "".join(await setting.told("lena") + await setting.told("tom"))
