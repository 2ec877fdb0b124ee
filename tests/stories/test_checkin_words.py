"""`/checkin` with words: a day to come is offered to be planned, a refusal repeats what was typed."""

from datetime import UTC, date, datetime, time

import pytest

from bot.domain.appointments import Appointment
from bot.domain.meetings import Means
from tests.stories.conftest import Lookup, Stage
from tests.stories.people import Desk


async def planned(records: Lookup, key: str = "tom-maya") -> list[Appointment]:
    pair = await records.pair(key)
    async with records.tandem.store.begin() as all_records:
        return await all_records.appointments(pair.id)


@pytest.mark.parametrize(
    ("typed", "day", "minutes", "means"),
    [
        ("last Tuesday an hour by phone", 13, 60, Means.PHONE),
        ("12 June 45m at the conference", 12, 45, Means.IN_PERSON),
        ("this morning three quarters of an hour", 16, 45, Means.VIDEO),
        ("yesterday evening 30 zoom", 15, 30, Means.VIDEO),
        ("last night 30", 15, 30, Means.VIDEO),
    ],
)
async def test_what_people_type_is_understood_and_repeated(
    maya: Desk, records: Lookup, typed: str, day: int, minutes: int, means: Means
) -> None:
    await maya.types(f"/checkin {typed}")

    [meeting] = await records.meetings("tom-maya")
    assert meeting.facts == (date(2017, 6, day), minutes, means)
    assert f"June {day}, " in maya.reading


async def test_a_day_to_come_is_offered_to_be_planned_with_all_that_was_understood(maya: Desk, records: Lookup) -> None:
    await maya.types("/checkin tomorrow 3pm 50m coffee")
    assert maya.reading.startswith(
        "Saturday, June 17 is still to come, so there is nothing to log yet. Shall it be planned?\n[Plan it]"
    )
    assert await records.meetings("tom-maya") == []

    await maya.clicks("Plan it")
    assert await maya.submits() == {}

    [one] = await planned(records)
    assert (one.starts, one.minutes, one.place) == (datetime(2017, 6, 17, 20, tzinfo=UTC), 50, "coffee")


@pytest.mark.parametrize("typed", ["tomorrow", "20 June 45", "next tuesday", "in a week"])
async def test_a_day_to_come_needs_nothing_beside_it(maya: Desk, records: Lookup, typed: str) -> None:
    await maya.types(f"/checkin {typed}")

    assert "is still to come, so there is nothing to log yet." in maya.reading
    assert await records.meetings("tom-maya") == []


async def test_who_is_in_two_pairs_says_in_the_form_with_whom(noor: Desk, records: Lookup) -> None:
    await noor.types("/checkin tomorrow 45")
    await noor.clicks("Plan it")
    assert noor.fields()[0] == "With whom"
    assert await noor.submits(pair="Ben Castillo", at=time(15)) == {}

    assert [one.minutes for one in await planned(records, "noor-ben")] == [45]
    assert await planned(records, "ines-noor") == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1 May 2016 45", "This is before your first day, Thursday, June 1. Choose that day or a later one."),
        ("5 May 2018 45", "This is after the last day, Monday, April 30"),
        ("yesterday", "How long was it?"),
        ("6/12 45", "“6/12” cannot be read as a day."),
        ("yesterday 45 with `ticks`", "is not clear here"),
    ],
)
async def test_a_refusal_is_kind_and_keeps_what_was_typed(maya: Desk, records: Lookup, typed: str, said: str) -> None:
    await maya.types(f"/checkin {typed}")

    assert said in maya.reading
    assert maya.reading.endswith(f"You wrote: `/checkin {typed.replace('`', '’')}`")
    assert await records.meetings("tom-maya") == []
    assert await planned(records) == []


async def test_help_names_the_words_that_work(stage: Stage, maya: Desk) -> None:
    await maya.types("/checkin help")

    for word in ("last tuesday", "3 May", "45m", "an hour"):
        assert f"`{word}`" in maya.reading
