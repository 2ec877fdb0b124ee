"""How a pair stands: in facts, worst first."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given

from bot.domain.days import Span
from bot.domain.endings import Ending
from bot.domain.people import Pair
from bot.domain.standing import Standing, Stands, standing, worst_first
from tests.domain.cast import MAYA, MONTHLY, PAIR, TOM, in_the_way, met, pausing
from tests.domain.test_pair_timetable import days, pairs


def june(day: int) -> date:
    return date(2017, 6, day)


def july(day: int) -> date:
    return date(2017, 7, day)


ENDING = replace(
    met(PAIR, june(5)), ends=june(30), ending=Ending("q", MAYA.id, datetime(2017, 6, 16, tzinfo=UTC), june(30))
)


@pytest.mark.parametrize(
    ("pair", "today", "stands", "since"),
    [
        (PAIR, june(7), Stands.ON_RHYTHM, 6),
        (PAIR, june(8), Stands.NOT_STARTED, 7),
        (met(PAIR, june(5)), june(19), Stands.ON_RHYTHM, 14),
        (met(PAIR, june(5)), june(20), Stands.OVERDUE, 15),
        (met(PAIR, june(5)), june(27), Stands.OVERDUE, 22),  # the day of the second reminder
        (met(PAIR, june(5)), june(28), Stands.UNANSWERED, 23),
        (replace(met(PAIR, june(5)), rhythm=MONTHLY), july(5), Stands.ON_RHYTHM, 30),
        (replace(met(PAIR, june(5)), rhythm=MONTHLY), july(6), Stands.OVERDUE, 31),
        (pausing(met(PAIR, june(5)), mentee=Span(june(10), july(10))), june(30), Stands.PAUSED, 25),
        (ENDING, june(20), Stands.ENDING, 15),  # overdue, were it not so
        (in_the_way(ENDING, MAYA, june(19)), june(20), Stands.HELP_ASKED, 15),
        (replace(PAIR, ends=june(9)), june(10), Stands.ENDED, 9),
        (PAIR, date(2017, 5, 30), Stands.ENDED, 0),  # not begun: not under way
        (in_the_way(met(PAIR, june(5)), MAYA, june(7)), june(8), Stands.HELP_ASKED, 3),
        (in_the_way(met(PAIR, june(5)), MAYA, june(7)), june(21), Stands.OVERDUE, 16),  # two weeks later
        (met(in_the_way(PAIR, MAYA, june(7)), june(8)), june(9), Stands.ON_RHYTHM, 1),  # they have met since
    ],
)
def test_how_a_pair_stands(pair: Pair, today: date, stands: Stands, since: int) -> None:
    found = standing(pair, today)

    assert (found.stands, found.days) == (stands, since)


def test_a_second_reminder_that_waits_for_monday_is_not_yet_unanswered_on_that_monday() -> None:
    pair = met(PAIR, june(2))  # reminded on the 17th and, for the second time, on Saturday the 24th

    assert standing(pair, june(26)).stands is Stands.OVERDUE
    assert standing(pair, june(27)).stands is Stands.UNANSWERED


def test_the_reason_has_its_day() -> None:
    assert standing(in_the_way(PAIR, TOM, june(5)), june(6)).day == june(5)
    assert standing(pausing(PAIR, mentor=Span(june(2), june(20))), june(12)).day == june(20)


def test_of_two_breaks_the_longer_one_counts() -> None:
    both = pausing(PAIR, mentor=Span(june(2), june(15)), mentee=Span(june(5), june(20)))

    assert standing(both, june(12)).day == june(20)


def test_a_break_at_the_start_is_no_slow_start() -> None:
    away = pausing(PAIR, mentee=Span(june(2), june(9)))

    assert standing(away, june(12)).stands is Stands.ON_RHYTHM
    assert standing(away, june(16)).stands is Stands.NOT_STARTED


def test_worst_comes_first_then_the_longest_silence_then_the_name() -> None:
    def stood(name: str, stands: Stands, since: int) -> Standing:
        return Standing(replace(PAIR, mentor=replace(TOM, name=name)), stands, since)

    ordered = worst_first(
        [
            stood("Zoe", Stands.ON_RHYTHM, 2),
            stood("Ben", Stands.OVERDUE, 20),
            stood("Ann", Stands.OVERDUE, 20),
            stood("Cem", Stands.OVERDUE, 40),
            stood("Dan", Stands.HELP_ASKED, 1),
        ]
    )

    assert [found.pair.mentor.name for found in ordered] == ["Dan", "Cem", "Ann", "Ben", "Zoe"]


@given(pairs(), days)
def test_a_pair_under_way_always_stands_somewhere(pair: Pair, today: date) -> None:
    found = standing(pair, today)

    assert (found.stands is Stands.ENDED) == (today not in pair.span)
    assert found.days >= 0
    if found.stands is Stands.PAUSED:
        assert found.day is not None
        assert found.day >= today


@given(pairs(), days)
def test_who_has_just_met_needs_no_look(pair: Pair, today: date) -> None:
    just = replace(met(pair, today), answer=None, help_asked=None)

    assert not standing(just, today + timedelta(days=1)).stands.needs_a_look
