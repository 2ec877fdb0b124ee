"""A pair's own phases: the program's, unless a liaison moved one."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.days import Span
from bot.domain.endings import PhaseMove
from bot.domain.people import Pair
from bot.domain.phases import phase_of, room_for, starts_of, turns_of, windows_of
from bot.domain.program import Phase
from tests.domain.cast import LENA, PAIR, PROGRAM

NOON = datetime(2017, 6, 16, 17, tzinfo=UTC)


def moved(pair: Pair, phase: Phase, day: date) -> Pair:
    return replace(pair, phase_moves=(*pair.phase_moves, PhaseMove(pair.id, phase, day, LENA.id, NOON)))


def test_without_a_move_a_pair_goes_with_its_program() -> None:
    assert windows_of(PAIR) == PROGRAM.windows
    assert phase_of(PAIR, date(2017, 6, 18)) is Phase.PLANNING
    assert phase_of(PAIR, date(2017, 6, 19)) is Phase.CONNECTING
    assert phase_of(PAIR, date(2017, 5, 14)) is None
    assert phase_of(PAIR, date(2018, 5, 1)) is None


def test_a_phase_that_begins_earlier_ends_the_one_before() -> None:
    pair = moved(PAIR, Phase.ADVANCING, date(2017, 8, 1))

    assert windows_of(pair)[Phase.CONNECTING] == Span(date(2017, 6, 19), date(2017, 7, 31))
    assert windows_of(pair)[Phase.ADVANCING] == Span(date(2017, 8, 1), date(2018, 2, 28))
    assert phase_of(pair, date(2017, 8, 1)) is Phase.ADVANCING
    assert starts_of(pair) == ((Phase.ADVANCING, date(2017, 8, 1)),)


def test_a_phase_that_begins_later_lengthens_the_one_before() -> None:
    pair = moved(PAIR, Phase.CONNECTING, date(2017, 7, 10))

    assert windows_of(pair)[Phase.PLANNING] == Span(date(2017, 5, 15), date(2017, 7, 9))
    assert windows_of(pair)[Phase.ADVANCING] == PROGRAM.windows[Phase.ADVANCING]


def test_the_last_move_of_a_phase_counts_and_moving_it_back_is_no_move() -> None:
    there = moved(PAIR, Phase.ADVANCING, date(2017, 8, 1))
    back = moved(there, Phase.ADVANCING, date(2017, 9, 16))

    assert windows_of(moved(there, Phase.ADVANCING, date(2017, 8, 8)))[Phase.ADVANCING].first == date(2017, 8, 8)
    assert windows_of(back) == PROGRAM.windows
    assert starts_of(back) == ()


def test_each_phase_keeps_a_day() -> None:
    assert room_for(PAIR, Phase.PLANNING) is None
    assert room_for(PAIR, Phase.CONNECTING) == Span(date(2017, 6, 2), date(2017, 9, 15))
    assert room_for(PAIR, Phase.ADVANCING) == Span(date(2017, 6, 20), date(2018, 2, 28))
    assert room_for(PAIR, Phase.TRANSITIONING) == Span(date(2017, 9, 17), date(2018, 4, 30))


def test_turns_are_about_four_weeks_apart_and_begin_with_the_phase() -> None:
    days = {phase: [turn.day for turn in turns_of(PAIR) if turn.phase is phase] for phase in Phase}

    assert days[Phase.PLANNING] == [date(2017, 5, 15)]
    assert days[Phase.CONNECTING] == [date(2017, 6, 19), date(2017, 7, 18), date(2017, 8, 17)]
    assert days[Phase.TRANSITIONING] == [date(2018, 3, 1), date(2018, 4, 2)]
    assert len(days[Phase.ADVANCING]) == 6


def test_a_moved_phase_has_its_first_turn_on_its_own_first_day() -> None:
    pair = moved(PAIR, Phase.ADVANCING, date(2017, 8, 1))

    assert next(turn.day for turn in turns_of(pair) if turn.phase is Phase.ADVANCING) == date(2017, 8, 1)


@given(st.data())
def test_however_a_liaison_moves_them_the_phases_follow_each_other_without_a_gap(data: st.DataObject) -> None:
    pair = PAIR
    for phase in data.draw(st.lists(st.sampled_from(list(Phase)[1:]), max_size=5)):
        room = room_for(pair, phase)
        if room is not None:
            pair = moved(pair, phase, data.draw(st.dates(room.first, room.last)))

    windows = list(windows_of(pair).values())

    assert windows[0].first == date(2017, 5, 15)
    assert windows[-1].last == date(2018, 4, 30)
    for earlier, later in pairwise(windows):
        assert earlier.first <= earlier.last
        assert (later.first - earlier.last).days == 1


@pytest.mark.parametrize("phase", list(Phase))
def test_no_turn_lies_outside_of_its_phase(phase: Phase) -> None:
    pair = moved(PAIR, Phase.TRANSITIONING, date(2018, 1, 15))

    assert all(turn.day in windows_of(pair)[phase] for turn in turns_of(pair) if turn.phase is phase)
