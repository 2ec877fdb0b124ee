"""The first-move ladder: the mentor, the mentee, the liaison; until the first meeting is logged."""

from dataclasses import replace
from datetime import date

from bot.domain.days import Span
from bot.domain.nudges import Lane
from bot.domain.people import Pair
from bot.domain.rules.first_move import first_move
from tests.domain.cast import MAYA, PAIR, TOM, asked, in_the_way, met, of_program, pausing

JUNE_1 = date(2017, 6, 1)


def june(day: int) -> date:
    return date(2017, 6, day)


def rungs(pair: Pair) -> list[tuple[str, date, date]]:
    return [(entry.person.key, entry.first, entry.last) for entry in first_move(pair)]


def test_the_mentor_moves_first_then_the_mentee_then_the_liaison() -> None:
    assert rungs(PAIR) == [("tom", JUNE_1, june(7)), ("maya", june(4), june(10)), ("lena", june(8), june(14))]


def test_only_the_liaison_s_rung_is_an_escalation() -> None:
    assert [entry.lane for entry in first_move(PAIR)] == [Lane.REMINDER, Lane.REMINDER, Lane.ESCALATION]


def test_a_pair_that_has_met_has_no_ladder() -> None:
    assert rungs(met(PAIR, JUNE_1)) == []


def test_a_pair_that_begins_at_a_weekend_begins_on_monday() -> None:
    saturday = replace(PAIR, starts=june(3))

    assert [first for _, first, _ in rungs(saturday)] == [june(5), june(8), june(12)]


def test_once_somebody_has_answered_nobody_else_is_sent_up_the_ladder() -> None:
    assert [who for who, _, _ in rungs(asked(PAIR, MAYA, JUNE_1, june(6)))] == ["tom"]
    assert [who for who, _, _ in rungs(in_the_way(PAIR, TOM, JUNE_1))] == ["tom"]


def test_without_a_liaison_the_ladder_has_two_rungs() -> None:
    assert [who for who, _, _ in rungs(replace(PAIR, liaison=None))] == ["tom", "maya"]


def test_a_liaison_is_not_told_of_their_own_pair() -> None:
    assert [who for who, _, _ in rungs(replace(PAIR, liaison=TOM))] == ["tom", "maya"]


def test_the_ladder_waits_while_one_of_them_takes_a_break() -> None:
    away = pausing(PAIR, mentee=Span(june(2), june(11)))

    assert [first for _, first, _ in rungs(away)] == [JUNE_1, june(14), june(18)]


def test_a_break_from_the_first_day_on_moves_the_whole_ladder() -> None:
    away = pausing(PAIR, mentor=Span(JUNE_1, june(11)))

    assert [first for _, first, _ in rungs(away)] == [june(12), june(15), june(19)]


def test_a_rung_never_falls_into_a_break() -> None:
    away = pausing(PAIR, mentee=Span(june(4), june(20)))

    assert [first for _, first, _ in rungs(away)] == [JUNE_1, june(21), june(25)]


def test_a_quiet_day_counts_for_nobody() -> None:
    program = of_program(quiet=(Span(june(2), june(4)),))

    assert [first for _, first, _ in rungs(replace(PAIR, program=program))] == [JUNE_1, june(7), june(11)]


def test_a_rung_after_the_pair_s_end_is_left_out() -> None:
    assert rungs(replace(PAIR, ends=june(6))) == [("tom", JUNE_1, june(6)), ("maya", june(4), june(6))]
    assert rungs(replace(PAIR, ends=june(3))) == [("tom", JUNE_1, june(3))]


def test_a_pair_that_begins_on_the_program_s_last_days_asks_nothing_after_them() -> None:
    late = replace(PAIR, starts=date(2018, 4, 29))  # a Sunday; the last day is Monday

    assert rungs(late) == [("tom", date(2018, 4, 30), date(2018, 4, 30))]


def test_a_rung_that_would_lapse_within_a_break_is_said_after_it() -> None:
    quiet = replace(PAIR, program=of_program(quiet=(Span(june(5), june(20)),)))

    assert rungs(quiet)[1] == ("maya", june(4), june(26))
