"""The least time that a program asks for, in whatever unit it says so, and in whatever way the pair does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.agreements import Terms
from bot.domain.least_time import LeastUnit, read_unit, short_at
from bot.domain.program import Minimum
from bot.domain.rhythm import Rhythm, Unit

MONTHLY, WEEKLY, FORTNIGHTLY = Rhythm(1, Unit.MONTH), Rhythm(1, Unit.WEEK), Rhythm(2, Unit.WEEK)
TWO_HOURS = Minimum(2, "hours a month")


@pytest.mark.parametrize(
    ("some", "minimum", "short"),
    [
        (Terms(MONTHLY, 60), TWO_HOURS, "minutes"),
        (Terms(MONTHLY, 120), TWO_HOURS, None),
        (Terms(FORTNIGHTLY, 55), TWO_HOURS, None),  # 1.99 hours: the calendar's doing
        (Terms(FORTNIGHTLY, 45), TWO_HOURS, "minutes"),
        (Terms(hours_a_month=1), TWO_HOURS, "hours_a_month"),
        (Terms(MONTHLY, 120, hours_a_month=1), TWO_HOURS, "hours_a_month"),
        (Terms(MONTHLY, 60, hours_a_month=3), TWO_HOURS, "minutes"),  # both are said, and both have to be enough
        (Terms(MONTHLY), TWO_HOURS, None),  # not said yet
        (Terms(minutes=10), TWO_HOURS, None),
        (Terms(MONTHLY, 60), None, None),
        (Terms(MONTHLY, 60), Minimum(90, "minutes a month"), "minutes"),
        (Terms(WEEKLY, 30), Minimum(1, "hour a week"), "minutes"),
        (Terms(hours_a_month=4), Minimum(1, "hour a week"), "hours_a_month"),
        (Terms(hours_a_month=4.5), Minimum(1, "hour a week"), None),
        (Terms(MONTHLY, 60), Minimum(24, "hours a year"), "minutes"),
        (Terms(hours_a_month=2), Minimum(24, "hours a year"), None),
        (Terms(minutes=30), Minimum(45, "minutes a meeting"), "minutes"),
        (Terms(MONTHLY, 45), Minimum(45, "minutes per meeting"), None),
        (Terms(FORTNIGHTLY, hours_a_month=1), Minimum(45, "minutes each meeting"), "hours_a_month"),
        (Terms(MONTHLY, hours_a_month=1), Minimum(1, "hour each meeting"), None),
        (Terms(hours_a_month=1), Minimum(45, "minutes each meeting"), None),  # nobody knows how often
        (Terms(Rhythm(3, Unit.MONTH), 60), Minimum(6, "meetings a year"), "rhythm"),
        (Terms(Rhythm(2, Unit.MONTH), 60), Minimum(6, "meetings a year"), None),
        (Terms(MONTHLY, 1), Minimum(6, "coffees"), None),  # of a program that was loaded long ago
    ],
)
def test_less_than_the_program_asks_for_is_found_at_its_field(
    some: Terms, minimum: Minimum | None, short: str | None
) -> None:
    assert short_at(some, minimum) == short


@given(st.integers(1, 600), st.sampled_from([WEEKLY, FORTNIGHTLY, MONTHLY]), st.integers(1, 20))
def test_the_same_minimum_is_the_same_in_hours_and_in_minutes(minutes: int, rhythm: Rhythm, least: int) -> None:
    terms = Terms(rhythm, minutes)

    assert short_at(terms, Minimum(least, "hours a month")) == short_at(terms, Minimum(least * 60, "minutes a month"))


def test_a_unit_is_read_in_the_words_that_people_use() -> None:
    assert read_unit("Hours  per month") == LeastUnit("hour", "month")
    assert read_unit("minute every meeting") == LeastUnit("minute", "meeting")


@pytest.mark.parametrize("words", ["", "hours", "coffees a month", "meetings a meeting", "hours a fortnight"])
def test_a_unit_that_cannot_be_checked_is_refused_with_a_sentence(words: str) -> None:
    with pytest.raises(ValueError, match="is not a unit that can be checked: write"):
        read_unit(words)
