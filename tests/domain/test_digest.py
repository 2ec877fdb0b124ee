"""The weekly digest: on Mondays, for who follows pairs that are under way."""

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.days import Span, SpeakingHours
from bot.domain.people import Member, Preferences
from bot.domain.program import Role
from bot.domain.rules.digest import digest
from tests.domain.cast import FIRST_DAY, LAST_DAY, LENA, PAIR, liaison, mentor, of_program

JUNE_5 = date(2017, 6, 5)


def digests(member: Member, today: date) -> list[tuple[str, date, date]]:
    return [(entry.slot.occurrence, entry.first, entry.last) for entry in digest(member, today)]


def test_this_week_s_and_the_next_week_s_are_known() -> None:
    assert digests(liaison(PAIR), date(2017, 6, 7)) == [
        ("2017-W23", JUNE_5, date(2017, 6, 6)),
        ("2017-W24", date(2017, 6, 12), date(2017, 6, 13)),
    ]


def test_only_liaisons_get_one() -> None:
    assert digests(mentor(PAIR), JUNE_5) == []


def test_who_follows_no_pair_gets_none() -> None:
    assert digests(liaison(), JUNE_5) == []


def test_who_follows_only_their_own_pair_gets_none() -> None:
    own = replace(PAIR, mentor=LENA)

    assert digests(liaison(own), JUNE_5) == []


def test_a_monday_before_the_first_day_has_none() -> None:
    assert [first for _, first, _ in digests(liaison(PAIR), date(2017, 5, 30))] == [JUNE_5, date(2017, 6, 12)]


def test_the_last_day_is_for_thanks() -> None:
    assert [first for _, first, _ in digests(liaison(PAIR), date(2018, 4, 24))] == [date(2018, 4, 23)]
    assert digests(liaison(PAIR), date(2018, 4, 30)) == []


def test_a_quiet_monday_has_none_and_the_next_one_is_known() -> None:
    assert [first for _, first, _ in digests(liaison(PAIR), date(2017, 12, 18))] == [
        date(2017, 12, 18),
        date(2018, 1, 8),
    ]


def test_a_break_of_three_months_does_not_end_the_digests() -> None:
    summer = of_program(quiet=(Span(date(2017, 6, 10), date(2017, 9, 10)),))
    lena = liaison(replace(PAIR, program=summer))

    assert [first for _, first, _ in digests(lena, date(2017, 6, 7))] == [JUNE_5, date(2017, 9, 11)]


def test_pairs_that_begin_in_two_months_have_a_first_digest_then() -> None:
    later = replace(PAIR, starts=date(2017, 8, 1))

    assert [first for _, first, _ in digests(liaison(later), date(2017, 6, 1))] == [date(2017, 8, 7), date(2017, 8, 14)]


def test_pairs_that_have_ended_have_no_digest() -> None:
    ended = replace(PAIR, ends=date(2017, 6, 9))

    assert [first for _, first, _ in digests(liaison(ended), JUNE_5)] == [JUNE_5]


def test_who_works_from_wednesday_on_hears_on_wednesdays() -> None:
    part_time = SpeakingHours(time(9), time(17), frozenset({2, 3, 4}))
    lena = replace(LENA, preferences=Preferences(hours=part_time))

    assert digests(liaison(PAIR, person=lena), JUNE_5)[0] == ("2017-W23", date(2017, 6, 7), date(2017, 6, 8))


@given(st.dates(date(2017, 5, 1), date(2018, 5, 31)), st.frozensets(st.integers(0, 6), min_size=1))
def test_digests_come_once_a_week_within_the_program(today: date, own: frozenset[int]) -> None:
    lena = replace(LENA, preferences=Preferences(hours=SpeakingHours(days=own)))

    found = digests(liaison(PAIR, person=lena), today)

    assert len({week for week, _, _ in found}) == len(found) <= 2
    for _, first, last in found:
        assert FIRST_DAY <= first <= last < LAST_DAY
        assert first.weekday() == min(own)
        assert not PAIR.program.is_quiet(first)


@pytest.mark.parametrize("roles", [{Role.COORDINATOR}, {Role.READER}, {Role.MENTOR, Role.MENTEE}])
def test_following_a_pair_without_being_a_liaison_brings_none(roles: set[Role]) -> None:
    assert digests(Member(PAIR.program, LENA, frozenset(roles), watched=(PAIR,)), JUNE_5) == []
