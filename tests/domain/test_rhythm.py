"""How often a pair means to meet: on the calendar, and in words that can be read again."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.rhythm import Rhythm, Unit, read_rhythm


@given(st.builds(Rhythm, st.integers(1, 366), st.sampled_from(Unit)))
def test_what_is_said_can_be_read_again(rhythm: Rhythm) -> None:
    assert read_rhythm(str(rhythm)) == rhythm


@pytest.mark.parametrize(
    ("words", "rhythm"),
    [
        ("weekly", Rhythm(1, Unit.WEEK)),
        (" Monthly ", Rhythm(1, Unit.MONTH)),
        ("daily", Rhythm(1, Unit.DAY)),
        ("every week", Rhythm(1, Unit.WEEK)),
        ("every 2 weeks", Rhythm(2, Unit.WEEK)),
        ("Every  Three   Weeks", Rhythm(3, Unit.WEEK)),
        ("every 10 days", Rhythm(10, Unit.DAY)),
        ("every one month", Rhythm(1, Unit.MONTH)),
    ],
)
def test_people_write_it_in_their_own_way(words: str, rhythm: Rhythm) -> None:
    assert read_rhythm(words) == rhythm


@pytest.mark.parametrize(
    "words",
    [
        "",
        "often",
        "biweekly",
        "every",
        "2 weeks",
        "every 0 days",
        "every 367 days",
        "every -2 weeks",
        "every 1.5 weeks",
    ],
)
def test_what_is_no_rhythm_is_refused_with_what_would_be_right(words: str) -> None:
    with pytest.raises(ValueError, match=r"is not a rhythm: (write \"weekly\"|the number must be from 1 to 366)"):
        read_rhythm(words)


@pytest.mark.parametrize(
    ("rhythm", "day", "expected"),
    [
        (Rhythm(1, Unit.MONTH), date(2017, 6, 15), date(2017, 7, 15)),
        (Rhythm(1, Unit.MONTH), date(2018, 1, 31), date(2018, 2, 28)),
        (Rhythm(1, Unit.MONTH), date(2020, 1, 31), date(2020, 2, 29)),
        (Rhythm(1, Unit.MONTH), date(2017, 12, 31), date(2018, 1, 31)),
        (Rhythm(2, Unit.MONTH), date(2017, 12, 31), date(2018, 2, 28)),
        (Rhythm(12, Unit.MONTH), date(2016, 2, 29), date(2017, 2, 28)),
        (Rhythm(2, Unit.WEEK), date(2017, 12, 25), date(2018, 1, 8)),
        (Rhythm(10, Unit.DAY), date(2017, 6, 25), date(2017, 7, 5)),
    ],
)
def test_a_month_is_a_month_and_not_thirty_days(rhythm: Rhythm, day: date, expected: date) -> None:
    assert rhythm.after(day) == expected


@given(st.builds(Rhythm, st.integers(1, 366), st.sampled_from(Unit)), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_the_next_meeting_is_always_later(rhythm: Rhythm, day: date) -> None:
    assert rhythm.after(day) > day


def test_a_rhythm_is_said_as_people_say_it() -> None:
    assert str(Rhythm(1, Unit.WEEK)) == "every week"
    assert str(Rhythm(2, Unit.WEEK)) == "every two weeks"
    assert str(Rhythm(10, Unit.DAY)) == "every 10 days"
