"""What a person can switch off, and what stays as it was."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.choices import (
    CHOOSABLE,
    KINDS,
    asleep_until,
    kind_of,
    kinds_for,
    sleeping,
    with_kind,
    with_kinds,
    without_kind,
)
from bot.domain.nudges import Rule
from bot.domain.people import Member, Person, Preferences
from bot.domain.program import Role, Training
from tests.domain.cast import LENA, MAYA, PROGRAM

OF_A_PAIR = (
    Rule.FIRST_MOVE,
    Rule.CHECKIN_REMINDER,
    Rule.PHASE_PROMPT,
    Rule.MEETING_LOGGED,
    Rule.AGREEMENT,
    Rule.PAUSE,
    Rule.CLOSING,
)
UNTRAINED = replace(PROGRAM, trainings=())


def member(person: Person, *roles: Role, trainings: tuple[Training, ...] = ()) -> Member:
    return Member(replace(PROGRAM, trainings=trainings), person, frozenset(roles))


def test_the_two_of_a_pair_choose_among_what_concerns_a_pair() -> None:
    assert kinds_for([member(MAYA, Role.MENTEE)]) == OF_A_PAIR
    assert kinds_for([member(MAYA, Role.MENTOR)]) == OF_A_PAIR


def test_who_is_in_two_programs_chooses_once_for_both() -> None:
    assert kinds_for([member(LENA, Role.LIAISON), member(LENA, Role.MENTEE)]) == OF_A_PAIR


def test_a_training_can_be_switched_off_by_those_whom_it_is_for() -> None:
    course = Training("listening", "Listening well", frozenset({Role.LIAISON}), ())

    assert kinds_for([member(LENA, Role.LIAISON, trainings=(course,))]) == (Rule.FIRST_MOVE, Rule.TRAINING)
    assert kinds_for([member(MAYA, Role.MENTEE, trainings=(course,))]) == OF_A_PAIR


def test_what_people_say_to_people_and_the_farewell_cannot_be_switched_off() -> None:
    everything = kinds_for([member(MAYA, *Role)])

    never = {Rule.ANNOUNCEMENT, Rule.IN_THE_WAY, Rule.FAREWELL, Rule.DIGEST, Rule.ENDING, Rule.REMATCH, Rule.HANDOVER}
    assert not never & set(everything)
    assert [kind_of(rule) for rule in (*never, Rule.PARTNER_UNREACHABLE, Rule.UNREACHABLE)] == [None] * 9


def test_there_are_no_more_kinds_than_slack_lets_one_tick_and_each_rule_is_in_one() -> None:
    assert len(KINDS) <= 10
    assert len([rule for kind in KINDS for rule in kind.rules]) == len(CHOOSABLE)


@given(
    st.lists(
        st.tuples(st.sampled_from(["off", "sleep", "on"]), st.sampled_from([kind.name for kind in KINDS])), max_size=12
    )
)
def test_whatever_is_chosen_in_whatever_order_waking_a_kind_brings_all_of_it_back(
    acts: list[tuple[str, Rule]],
) -> None:
    chosen, day = Preferences(), date(2017, 6, 30)
    for act, kind in acts:
        if act == "off":
            chosen = without_kind(chosen, kind)
        else:
            chosen = asleep_until(chosen, kind, day) if act == "sleep" else with_kind(chosen, kind)

    last = {kind: act for act, kind in acts}
    for one in KINDS:
        wanted = all(chosen.wants(rule, day) for rule in one.rules)
        assert wanted is (last.get(one.name, "on") == "on")
        assert all(with_kind(chosen, one.name).wants(rule, day) for rule in one.rules)
        asleep_only = not any(rule in chosen.muted for rule in one.rules)
        assert all(chosen.wants(rule, date(2017, 7, 1)) for rule in one.rules) is asleep_only


def test_a_kind_that_sleeps_is_named_with_its_last_day_until_it_is_over() -> None:
    chosen = asleep_until(Preferences(), Rule.MEETING_LOGGED, date(2017, 6, 30))

    assert sleeping(chosen, date(2017, 6, 30)) == {Rule.MEETING_LOGGED: date(2017, 6, 30)}
    assert sleeping(chosen, date(2017, 7, 1)) == {}


def test_what_was_offered_and_not_chosen_is_switched_off_and_the_rest_stays() -> None:
    before = Preferences(muted=frozenset({"pause", "training"}))

    muted = with_kinds(before, [Rule.PAUSE, Rule.FIRST_MOVE], ["pause"])

    assert muted == frozenset({"first_move", "training"})
