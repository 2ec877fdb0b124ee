"""Phase prompts: about one idea a month, the one that fits, while the pair is under way or plans."""

from dataclasses import replace
from datetime import date, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.prompts import load_prompts
from bot.domain.appointments import Appointment
from bot.domain.days import Span, wall
from bot.domain.evidence import Evidence
from bot.domain.people import Member, Pair
from bot.domain.program import Phase, Role
from bot.domain.rules.phase_prompt import Prompt, Whom, chosen, ideas_for, phase_prompt
from bot.domain.tasks import Task
from tests.domain.cast import CHICAGO, MAYA, PAIR, PROGRAM, TOM, liaison, mentee, mentor, met, of_program, pausing

# Connecting is 19 June to 15 September, 89 days: three turns, on 19 June, 18 July and 17 August.
HELLO = Prompt(Phase.CONNECTING, Whom.MENTEE, "hello", 0.0)
HALF = Prompt(Phase.CONNECTING, Whom.MENTEE, "half", 0.5)
LATE = Prompt(Phase.CONNECTING, Whom.MENTEE, "late", 0.8)
LISTEN = Prompt(Phase.CONNECTING, Whom.MENTOR, "listen", 0.0)
US = Prompt(Phase.CONNECTING, Whom.PAIR, "us", 0.4)
ALL = (HELLO, HALF, LATE, LISTEN, US)
BEFORE = date(2017, 6, 16)
SIGNED = replace(PAIR, evidence=Evidence(in_force=1))


def said(member: Member, *prompts: Prompt, today: date = BEFORE) -> list[tuple[str, date, date]]:
    """Return what would be said in each turn as things stand, going on from each day to the next one."""
    found: dict[str, tuple[str, date, date]] = {}
    while True:
        entries = list(phase_prompt(member, prompts or ALL, today))
        for entry in entries:
            facts = dict(entry.facts)
            pair = next(pair for pair in member.pairs if pair.id == entry.pair_id)
            prompt = chosen(pair, member.person.id, prompts or ALL, facts["phase"], int(facts["turn"]))
            assert prompt is not None
            found[str(entry.slot)] = (prompt.key, entry.first, entry.last)
        following = [entry.first for entry in entries if entry.first > today]
        if not following:
            return list(found.values())
        today = min(following)


def keys(member: Member, *prompts: Prompt, today: date = BEFORE) -> list[str]:
    return [key for key, _, _ in said(member, *prompts, today=today)]


def test_a_phase_has_about_one_turn_in_four_weeks_and_each_is_worth_saying_for_a_week() -> None:
    assert said(mentee(PAIR)) == [
        ("hello", date(2017, 6, 19), date(2017, 6, 25)),
        ("us", date(2017, 7, 18), date(2017, 7, 24)),
        ("late", date(2017, 8, 17), date(2017, 8, 23)),
    ]


def test_of_several_that_belong_to_a_turn_one_is_said() -> None:
    more = tuple(replace(HELLO, key=f"more-{n}", place=n / 100) for n in range(5))

    assert keys(mentee(PAIR), *more) == ["more-0"]


def test_in_every_second_turn_what_is_for_both_goes_first() -> None:
    both = replace(US, key="both", place=0.0)

    assert keys(mentee(PAIR), HELLO, HALF, both, US) == ["hello", "us"]


def test_what_is_to_go_first_does() -> None:
    assert keys(mentee(PAIR), HELLO, replace(US, key="both", place=0.2, first=True)) == ["both"]


def test_each_role_hears_its_own_and_both_what_is_for_both() -> None:
    assert keys(mentor(PAIR)) == ["listen", "us"]
    assert said(liaison(PAIR)) == []


def test_where_a_meeting_is_reminded_of_within_a_week_the_idea_comes_with_that() -> None:
    def planned(day: date) -> Pair:
        first_of_june = wall(date(2017, 6, 1), time(9), CHICAGO)
        one = Appointment(PAIR.id, wall(day, time(15), CHICAGO), 45, TOM.id, first_of_june, id="a1")
        return replace(PAIR, appointment=one)

    assert said(mentee(planned(date(2017, 6, 23))))[0] == ("hello", date(2017, 6, 22), date(2017, 6, 25))
    assert said(mentee(planned(date(2017, 6, 27))))[0] == ("hello", date(2017, 6, 19), date(2017, 6, 25))


def test_on_a_day_on_which_the_closing_form_is_asked_for_there_is_no_idea() -> None:
    # The second turn of transitioning is on 2 April, four weeks before the end.
    goodbye = Prompt(Phase.TRANSITIONING, Whom.MENTEE, "goodbye", 0.5)

    assert keys(mentee(PAIR), goodbye) == ["goodbye"]  # without a meeting there is no such form
    assert keys(mentee(met(PAIR, BEFORE)), goodbye) == []


def test_what_is_done_is_left_out_and_the_next_that_fits_comes() -> None:
    sign = replace(HELLO, key="sign", unless=Task.AGREEMENT)

    assert keys(mentee(PAIR), sign, HELLO) == ["sign"]
    assert keys(mentee(SIGNED), sign, HELLO) == ["hello"]
    assert keys(mentee(SIGNED), sign) == []


def test_what_needs_something_waits_for_it_and_another_comes() -> None:
    after = replace(HELLO, key="after", needs=Task.FIRST_MEETING)

    assert keys(mentee(PAIR), after, HELLO) == ["hello"]
    assert keys(mentee(met(PAIR, BEFORE)), after, HELLO) == ["after"]


def test_what_needs_something_is_not_said_without_it_at_the_end_of_a_phase_either() -> None:
    after = replace(LATE, needs=Task.FIRST_MEETING)

    assert keys(mentee(PAIR), after) == []
    assert keys(mentee(met(PAIR, BEFORE)), after) == ["late"]


def test_a_turn_that_was_had_does_not_come_again_when_something_else_fits() -> None:
    sign = replace(HELLO, key="sign", unless=Task.AGREEMENT)
    monday = date(2017, 6, 19)

    before = list(phase_prompt(mentee(PAIR), (sign, HELLO), monday))
    after = list(phase_prompt(mentee(SIGNED), (sign, HELLO), monday))

    assert [entry.slot for entry in before] == [entry.slot for entry in after]


def test_a_week_later_a_turn_is_over() -> None:
    assert keys(mentee(PAIR), today=date(2017, 7, 24)) == ["us", "late"]
    assert keys(mentee(PAIR), today=date(2017, 7, 25)) == ["late"]


def test_a_turn_on_a_weekend_waits_for_monday() -> None:
    sunday = of_program(windows={**PROGRAM.windows, Phase.CONNECTING: Span(date(2017, 6, 18), date(2017, 9, 15))})

    assert said(mentee(replace(PAIR, program=sunday)), HELLO)[0][1] == date(2017, 6, 19)


def test_who_is_both_mentor_and_mentee_hears_both_on_one_day() -> None:
    other = replace(PAIR, id="q2", key="tom-ben", mentor=MAYA, mentee=TOM)
    maya = Member(PROGRAM, MAYA, frozenset({Role.MENTOR, Role.MENTEE}), (PAIR, other))

    assert [(key, first) for key, first, _ in said(maya)] == [
        ("hello", date(2017, 6, 19)),
        ("listen", date(2017, 6, 19)),
        ("us", date(2017, 7, 18)),
        ("us", date(2017, 7, 18)),
        ("late", date(2017, 8, 17)),
    ]


def test_a_role_without_a_pair_hears_nothing() -> None:
    assert said(Member(PROGRAM, MAYA, frozenset({Role.MENTEE}))) == []
    assert said(Member(PROGRAM, MAYA, frozenset({Role.MENTOR}), (PAIR,))) == []


def test_a_pair_that_begins_later_does_not_hear_what_came_before() -> None:
    assert keys(mentee(replace(PAIR, starts=date(2017, 7, 1)))) == ["us", "late"]


def test_a_pair_that_ends_hears_nothing_after_its_last_day() -> None:
    ending = replace(PAIR, ends=date(2017, 6, 21))

    assert said(mentee(ending)) == [("hello", date(2017, 6, 19), date(2017, 6, 21))]


def test_a_second_pair_goes_on_hearing() -> None:
    ending, other = replace(PAIR, ends=date(2017, 6, 18)), replace(PAIR, id="q2", key="maya-noor")

    assert keys(mentee(ending, other), HELLO) == ["hello"]


def test_nothing_is_suggested_while_one_of_the_two_takes_a_break() -> None:
    away = Span(date(2017, 6, 19), date(2017, 6, 21))

    assert said(mentee(pausing(PAIR, mentor=away)), HELLO) == [("hello", date(2017, 6, 22), date(2017, 6, 25))]
    assert said(mentee(pausing(PAIR, mentor=Span(date(2017, 6, 1), date(2017, 6, 30)))), HELLO) == []


def test_nothing_is_suggested_while_messages_do_not_reach_one_of_the_two() -> None:
    gone = replace(PAIR, mentor=replace(TOM, unreachable="user_disabled"))

    assert said(mentee(gone)) == []


def test_a_turn_that_would_come_after_its_phase_is_left_out() -> None:
    short = of_program(
        windows={**PROGRAM.windows, Phase.CONNECTING: Span(date(2017, 6, 19), date(2017, 6, 20))},
        quiet=(Span(date(2017, 6, 19), date(2017, 6, 21)),),
    )

    assert said(mentee(replace(PAIR, program=short)), HELLO) == []


def test_planning_may_begin_before_the_first_day() -> None:
    early = replace(HELLO, phase=Phase.PLANNING)

    assert said(mentee(PAIR), early, today=date(2017, 5, 1)) == [("hello", date(2017, 5, 15), date(2017, 5, 21))]


def test_a_pair_that_begins_after_the_first_day_hears_nothing_before_its_own() -> None:
    early = replace(HELLO, phase=Phase.PLANNING)

    assert said(mentee(replace(PAIR, starts=date(2017, 6, 2))), early, today=date(2017, 5, 1)) == []


@pytest.mark.parametrize("place", [-0.1, 1, 1.5])
def test_a_place_outside_of_the_phase_is_refused(place: float) -> None:
    with pytest.raises(ValueError, match="from 0 to below 1"):
        Prompt(Phase.PLANNING, Whom.MENTOR, "hello", place)


# -- the others, to be had ---------------------------------------------------------------------------------------------


def ideas(pair: Pair, today: date, *prompts: Prompt) -> list[str]:
    return [prompt.key for prompt in ideas_for(pair, MAYA.id, prompts or ALL, today)]


def test_the_ideas_of_a_phase_are_those_for_who_asks_and_what_has_had_its_turn_comes_last() -> None:
    assert ideas(PAIR, date(2017, 6, 20)) == ["us", "half", "late", "hello"]
    assert ideas(PAIR, date(2017, 8, 1)) == ["half", "late", "hello", "us"]
    assert ideas(PAIR, date(2017, 10, 1)) == []


def test_an_idea_that_is_done_or_has_to_wait_is_not_shown() -> None:
    sign, after = replace(HELLO, key="sign", unless=Task.AGREEMENT), replace(HALF, key="after", needs=Task.AGREEMENT)
    summer, autumn = date(2017, 6, 20), date(2017, 9, 1)

    assert ideas(PAIR, summer, sign, after) == ["sign"]
    assert ideas(SIGNED, summer, sign, after) == ["after"]
    assert ideas(PAIR, autumn, sign, after) == ["sign"]


# -- Tandem's own, through a year --------------------------------------------------------------------------------------

OWN = load_prompts().all


@given(
    st.booleans(),
    st.builds(Evidence, in_force=st.integers(0, 2), goals=st.integers(0, 3)),
    st.integers(0, 3),
)
def test_whatever_is_done_a_person_hears_an_idea_about_once_a_month_and_none_twice(
    is_mentor: bool, evidence: Evidence, meetings: int
) -> None:
    pair = replace(PAIR, evidence=evidence, meetings=meetings)

    heard = said(mentor(pair) if is_mentor else mentee(pair), *OWN, today=date(2017, 5, 1))

    assert 10 <= len(heard) <= 13
    days = [first for _, first, _ in heard]
    assert all(later - earlier >= timedelta(days=14) for earlier, later in pairwise(days))
    assert max(later - earlier for earlier, later in pairwise(days)) <= timedelta(days=45)
    assert len({key for key, _, _ in heard}) >= len(heard) - 1  # the ending is planned in two phases


@pytest.mark.parametrize("who", [mentor, mentee])
def test_the_ending_is_planned_in_connecting_and_again_in_transitioning(who: object) -> None:
    assert callable(who)
    heard = said(who(PAIR), *OWN, today=date(2017, 5, 1))

    endings = [first for key, first, _ in heard if key == "plan-the-ending"]
    assert endings == [date(2017, 8, 17), date(2018, 4, 2)]  # 31 March is a Saturday
