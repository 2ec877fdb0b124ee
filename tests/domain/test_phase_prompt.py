"""Phase prompts: one idea at a time, each role its own, while the pair is under way."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.days import Span
from bot.domain.people import Member
from bot.domain.program import Phase, Role
from bot.domain.rules.phase_prompt import Prompt, Whom, phase_prompt
from tests.domain.cast import MAYA, PAIR, PROGRAM, TOM, liaison, mentee, mentor, of_program

HELLO = Prompt(Phase.CONNECTING, Whom.MENTEE, "hello", 0.0)  # Monday, 19 June
HALF = Prompt(Phase.CONNECTING, Whom.MENTEE, "half", 0.5)
LISTEN = Prompt(Phase.CONNECTING, Whom.MENTOR, "listen", 0.0)
ALL = (HELLO, HALF, LISTEN)


def said(member: Member, *prompts: Prompt, today: date = date(2017, 6, 16)) -> list[tuple[str, date, date]]:
    return [(dict(e.facts)["key"], e.first, e.last) for e in phase_prompt(member, prompts or ALL, today)]


def test_prompts_come_in_the_order_of_their_days() -> None:
    assert [key for key, _, _ in said(mentee(PAIR), HALF, HELLO)] == ["hello", "half"]


def test_a_week_later_a_prompt_is_over() -> None:
    assert [key for key, _, _ in said(mentee(PAIR), today=date(2017, 8, 8))] == ["half"]
    assert said(mentee(PAIR), today=date(2017, 8, 9)) == []


def test_each_role_hears_its_own() -> None:
    assert [key for key, _, _ in said(mentee(PAIR))] == ["hello", "half"]
    assert [key for key, _, _ in said(mentor(PAIR))] == ["listen"]
    assert said(liaison(PAIR)) == []


def test_prompts_are_spaced_over_the_window_and_worth_saying_for_a_week() -> None:
    assert said(mentee(PAIR)) == [
        ("hello", date(2017, 6, 19), date(2017, 6, 25)),
        ("half", date(2017, 8, 2), date(2017, 8, 8)),  # 44 of 89 days in
    ]


def test_a_prompt_for_a_weekend_waits_for_monday() -> None:
    assert said(mentee(PAIR), replace(HELLO, place=5 / 89)) == [("hello", date(2017, 6, 26), date(2017, 7, 2))]


def test_who_is_both_mentor_and_mentee_hears_both() -> None:
    other = replace(PAIR, id="q2", key="tom-ben", mentor=MAYA, mentee=TOM)
    maya = Member(PROGRAM, MAYA, frozenset({Role.MENTOR, Role.MENTEE}), (PAIR, other))

    assert [key for key, _, _ in said(maya)] == ["hello", "listen", "half"]


def test_a_role_without_a_pair_hears_nothing() -> None:
    assert said(Member(PROGRAM, MAYA, frozenset({Role.MENTEE}))) == []
    assert said(Member(PROGRAM, MAYA, frozenset({Role.MENTOR}), (PAIR,))) == []


def test_a_pair_that_begins_later_does_not_hear_what_came_before() -> None:
    assert [key for key, _, _ in said(mentee(replace(PAIR, starts=date(2017, 7, 1))))] == ["half"]


def test_a_pair_that_ends_hears_nothing_after_its_last_day() -> None:
    ending = replace(PAIR, ends=date(2017, 6, 21))

    assert said(mentee(ending)) == [("hello", date(2017, 6, 19), date(2017, 6, 21))]


def test_a_second_pair_goes_on_hearing() -> None:
    ending, other = replace(PAIR, ends=date(2017, 6, 21)), replace(PAIR, id="q2", key="maya-noor")

    assert said(mentee(ending, other), HELLO) == [("hello", date(2017, 6, 19), date(2017, 6, 25))]


def test_a_prompt_that_would_come_after_its_phase_is_left_out() -> None:
    quiet_end = of_program(quiet=(Span(date(2017, 9, 11), date(2017, 9, 20)),))
    late = replace(HELLO, place=0.99)

    assert said(mentee(replace(PAIR, program=quiet_end)), late) == []


def test_a_phase_before_the_program_has_no_prompts() -> None:
    program = of_program(span=Span(date(2017, 7, 1), date(2018, 4, 30)))
    early = replace(HELLO, phase=Phase.PLANNING)

    assert said(mentee(replace(PAIR, program=program)), early) == []


@pytest.mark.parametrize("place", [-0.1, 1, 1.5])
def test_a_place_outside_of_the_phase_is_refused(place: float) -> None:
    with pytest.raises(ValueError, match="from 0 to below 1"):
        Prompt(Phase.PLANNING, Whom.MENTOR, "hello", place)
