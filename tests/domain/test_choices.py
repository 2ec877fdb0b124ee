"""What a person can switch off, and what stays as it was."""

from dataclasses import replace
from datetime import date

from bot.domain.choices import kinds_for, with_kinds
from bot.domain.days import Span
from bot.domain.nudges import Rule
from bot.domain.people import Member, Person, Preferences
from bot.domain.program import KeyDate, Role, Training
from tests.domain.cast import LENA, MAYA, PROGRAM

OF_A_PAIR = (Rule.FIRST_MOVE, Rule.CHECKIN_REMINDER, Rule.PHASE_PROMPT, Rule.GOALS, Rule.MEETING_LOGGED, Rule.PAUSE)
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


def test_whether_one_goes_to_a_meeting_can_be_switched_off_where_there_is_one() -> None:
    winter = KeyDate("winter", "Winter Meeting", Span(date(2018, 2, 9), date(2018, 2, 13)), meet=True)
    traveling = Member(replace(UNTRAINED, key_dates=(winter,)), MAYA, frozenset({Role.MENTEE}))

    assert set(kinds_for([traveling])) == {*OF_A_PAIR, Rule.MEET_THERE}


def test_what_people_say_to_people_and_the_farewell_cannot_be_switched_off() -> None:
    everything = kinds_for([member(MAYA, *Role)])

    assert not {Rule.ANNOUNCEMENT, Rule.IN_THE_WAY, Rule.FAREWELL, Rule.DIGEST} & set(everything)


def test_what_was_offered_and_not_chosen_is_switched_off_and_the_rest_stays() -> None:
    before = Preferences(muted=frozenset({"pause", "training"}))

    muted = with_kinds(before, [Rule.PAUSE, Rule.FIRST_MOVE], ["pause"])

    assert muted == frozenset({"first_move", "training"})
