"""A program's windows and days."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.days import Span
from bot.domain.program import Minimum, Phase, usual_windows
from tests.domain.cast import PROGRAM, of_program

PHASES = list(Phase)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(4, 1100))
def test_the_usual_windows_cover_the_program_without_gap_or_overlap(first: date, length: int) -> None:
    span = Span(first, first + timedelta(days=length - 1))

    windows = usual_windows(span)

    assert list(windows) == PHASES
    assert windows[Phase.PLANNING].first == span.first
    assert windows[Phase.TRANSITIONING].last == span.last
    for earlier, later in pairwise(PHASES):
        assert windows[later].first == windows[earlier].last + timedelta(days=1)
    assert all(window.days >= 1 for window in windows.values())


@pytest.mark.parametrize("length", [1, 2, 3])
def test_in_a_shorter_program_the_later_phases_have_no_days(length: int) -> None:
    span = Span(date(2017, 6, 1), date(2017, 6, length))

    windows = usual_windows(span)

    assert [window.days for window in windows.values()] == [1] * length + [0] * (4 - length)
    assert [phase for phase in PHASES if date(2017, 6, length + 1) in windows[phase]] == []


def test_a_year_is_mostly_advancing() -> None:
    windows = usual_windows(Span(date(2018, 1, 1), date(2018, 12, 31)))

    assert [window.days for window in windows.values()] == [18, 92, 182, 73]


@pytest.mark.parametrize(
    ("day", "phase"),
    [
        (date(2017, 5, 14), None),
        (date(2017, 5, 15), Phase.PLANNING),
        (date(2017, 6, 18), Phase.PLANNING),
        (date(2017, 6, 19), Phase.CONNECTING),
        (date(2018, 4, 30), Phase.TRANSITIONING),
        (date(2018, 5, 1), None),
    ],
)
def test_a_day_lies_in_one_phase_or_in_none(day: date, phase: Phase | None) -> None:
    assert PROGRAM.phase_on(day) is phase


def test_a_window_that_begins_before_the_program_is_cut() -> None:
    assert PROGRAM.window_within(Phase.PLANNING) == Span(date(2017, 6, 1), date(2017, 6, 18))


def test_a_window_outside_of_the_program_is_none() -> None:
    late = of_program(span=Span(date(2017, 7, 1), date(2018, 4, 30)))

    assert late.window_within(Phase.PLANNING) is None


def test_a_working_day_is_neither_at_the_weekend_nor_quiet() -> None:
    assert PROGRAM.working_day_from(date(2017, 6, 1)) == date(2017, 6, 1)
    assert PROGRAM.working_day_from(date(2017, 6, 3)) == date(2017, 6, 5)
    assert PROGRAM.working_day_from(date(2017, 11, 23)) == date(2017, 11, 24)
    assert PROGRAM.working_day_from(date(2017, 12, 20)) == date(2018, 1, 3)


def test_the_last_working_day_is_the_last_on_which_anything_is_said() -> None:
    assert PROGRAM.last_working_day() == date(2018, 4, 30)
    assert of_program(span=Span(date(2017, 6, 1), date(2018, 4, 29))).last_working_day() == date(2018, 4, 27)
    assert of_program(span=Span(date(2017, 6, 1), date(2018, 1, 1))).last_working_day() == date(2017, 12, 19)


def test_a_minimum_is_said_in_words() -> None:
    assert str(Minimum(2, "hours a month")) == "2 hours a month"
    assert str(Minimum(1.5, "hours a week")) == "1.5 hours a week"


def test_the_least_time_is_said_in_english_also_where_it_is_one() -> None:
    assert str(Minimum(2, "hours a month")) == "2 hours a month"
    assert str(Minimum(1, "hours a month")) == "1 hour a month"
    assert str(Minimum(1.5, "hours a month")) == "1.5 hours a month"
