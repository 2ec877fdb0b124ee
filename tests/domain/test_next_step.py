"""What is next for a pair, and how a program stands in figures."""

from dataclasses import replace
from datetime import date, timedelta

from bot.domain.appointments import Appointment
from bot.domain.days import Span
from bot.domain.evidence import Evidence
from bot.domain.glance import glance
from bot.domain.goals import GoalState
from bot.domain.next_step import NextStep, Step, next_step
from bot.domain.people import Answer, AnswerKind
from tests.slack.people import GOALS, LENA, MAYA, MAYA_AND_TOM, NOON, TOM, pair

TODAY = date(2017, 6, 14)
AGREED = Evidence(in_force=1)
MET = replace(MAYA_AND_TOM, evidence=AGREED)  # on June 12, and every two weeks
TALKED = frozenset({("talked", "", "maya", "yes")})
NOT_YET = Answer("pair1", "maya", AnswerKind.NOT_YET, date(2017, 6, 13), NOON, remind_on=date(2017, 6, 20))


def test_a_pair_that_has_not_met_is_told_to_say_hello() -> None:
    fresh = replace(MET, meetings=0, last_meeting=None)

    assert next_step(fresh, "maya", GOALS, TODAY) == NextStep(Step.FIRST_HELLO, date(2017, 6, 15))


def test_a_pair_that_has_met_is_led_to_its_first_goal_and_then_left_in_peace() -> None:
    assert next_step(MET, "maya", (), TODAY) == NextStep(Step.FIRST_GOAL, date(2017, 6, 26))
    assert next_step(MET, "maya", GOALS, TODAY) == NextStep(Step.ON_RHYTHM, date(2017, 6, 26))


def test_an_agreement_that_nobody_has_begun_comes_before_a_goal_and_after_all_that_is_urgent() -> None:
    never = replace(MET, evidence=Evidence())

    assert next_step(never, "maya", (), TODAY) == NextStep(Step.AGREE, date(2017, 6, 26))
    assert next_step(never, "tom", GOALS, TODAY).step is Step.AGREE
    assert next_step(never, "tom", GOALS, date(2017, 6, 27)).step is Step.OVERDUE
    assert next_step(replace(never, meetings=0, last_meeting=None), "tom", GOALS, TODAY).step is Step.FIRST_HELLO
    begun = replace(never, evidence=Evidence(draft=1, drafted="tom", signed=frozenset({"tom"})))
    assert next_step(begun, "tom", GOALS, TODAY).step is Step.ON_RHYTHM


def test_a_pair_without_an_open_goal_is_asked_for_one_while_there_is_time() -> None:
    closed = tuple(replace(goal, state=GoalState.DROPPED) for goal in GOALS)
    late = replace(MET, last_meeting=date(2018, 4, 5), evidence=replace(AGREED, replies=TALKED))

    assert next_step(MET, "maya", closed, TODAY) == NextStep(Step.NEXT_GOAL, date(2017, 6, 26))
    assert next_step(MET, "maya", (*closed, GOALS[0]), TODAY).step is Step.ON_RHYTHM
    assert next_step(late, "maya", closed, date(2018, 4, 10)).step is Step.ON_RHYTHM


def test_a_pair_is_overdue_on_the_day_after_its_rhythm_and_not_before() -> None:
    assert next_step(MET, "tom", GOALS, date(2017, 6, 26)).step is Step.ON_RHYTHM
    assert next_step(MET, "tom", GOALS, date(2017, 6, 27)).step is Step.OVERDUE


def test_a_partner_who_cannot_be_reached_is_said_to_be_so_and_nothing_is_expected() -> None:
    gone = replace(MET, mentor=replace(TOM, unreachable="user_disabled"))

    assert next_step(gone, "maya", GOALS, date(2017, 6, 27)) == NextStep(Step.OUT_OF_REACH, date(2017, 6, 27))
    assert next_step(gone, "tom", GOALS, TODAY).step is Step.ON_RHYTHM
    resting = replace(gone, mentee=replace(MAYA, pauses=(Span(TODAY, TODAY),)))
    assert next_step(resting, "maya", GOALS, TODAY).step is Step.OWN_PAUSE


def test_a_break_comes_before_everything_and_each_is_told_whose_it_is() -> None:
    resting = replace(MET, mentee=replace(MAYA, pauses=(Span(date(2017, 6, 14), date(2017, 6, 30)),)))

    assert next_step(resting, "maya", GOALS, TODAY) == NextStep(Step.OWN_PAUSE, date(2017, 6, 30))
    assert next_step(resting, "tom", GOALS, TODAY) == NextStep(Step.PARTNERS_PAUSE, date(2017, 6, 30))
    assert next_step(resting, "tom", GOALS, date(2017, 7, 1)).step is Step.ON_RHYTHM


def test_who_said_not_yet_is_told_the_day_until_the_pair_meets_or_the_day_has_come() -> None:
    waiting = replace(MET, answer=NOT_YET)
    later = NOT_YET.at + timedelta(hours=1)

    assert next_step(waiting, "maya", GOALS, TODAY) == NextStep(Step.NOT_YET, date(2017, 6, 20))
    assert next_step(waiting, "maya", GOALS, date(2017, 6, 20)).step is Step.ON_RHYTHM
    assert next_step(replace(waiting, last_meeting=TODAY, logged_at=later), "maya", GOALS, TODAY).step is Step.ON_RHYTHM


def test_no_meeting_is_expected_after_the_pairs_last_day() -> None:
    ending = replace(MET, ends=date(2017, 6, 20))

    assert next_step(ending, "maya", GOALS, TODAY).day == date(2017, 6, 20)


def test_a_meeting_that_is_planned_is_next_and_asked_after_once_its_day_is_over() -> None:
    planned = replace(MET, appointment=Appointment("pair1", NOON + timedelta(days=3), 45, "maya", NOON))

    assert next_step(planned, "maya", GOALS, TODAY) == NextStep(Step.APPOINTMENT, date(2017, 6, 17))
    assert next_step(planned, "maya", GOALS, date(2017, 6, 18)).step is Step.DID_YOU_MEET
    logged = replace(planned, last_meeting=date(2017, 6, 17))
    assert next_step(logged, "maya", GOALS, date(2017, 6, 18)).step is Step.ON_RHYTHM


def test_an_agreement_waits_for_the_one_who_has_not_signed() -> None:
    drafted = replace(MET, evidence=Evidence(draft=1, drafted="maya", signed=frozenset({"maya"})))

    assert next_step(drafted, "tom", GOALS, TODAY).step is Step.SIGN
    assert next_step(drafted, "maya", GOALS, TODAY).step is Step.ON_RHYTHM


def test_who_wrote_the_agreement_last_is_not_told_that_it_waits_for_them() -> None:
    written = replace(MET, evidence=Evidence(draft=1, drafted="maya"))

    assert next_step(written, "tom", GOALS, TODAY).step is Step.SIGN
    assert next_step(written, "maya", GOALS, TODAY).step is Step.ON_RHYTHM


def test_the_last_phase_is_for_rounding_off_until_the_last_conversation_is_settled() -> None:
    april = date(2018, 4, 10)
    late = replace(MET, last_meeting=date(2018, 4, 5))

    assert next_step(late, "maya", GOALS, april) == NextStep(Step.ROUND_OFF, date(2018, 4, 30))
    settled = replace(late, evidence=Evidence(replies=TALKED))
    assert next_step(settled, "maya", GOALS, april).step is Step.ON_RHYTHM


def test_a_glance_counts_the_pairs_under_way_and_no_others() -> None:
    ended = pair(1, ends=date(2017, 6, 2), meetings=7, last_meeting=date(2017, 6, 1))
    resting = pair(2, mentor=replace(TOM, id="t2", pauses=(Span(TODAY, TODAY),)))
    silent, unfinished = pair(3), pair(4, mentor=LENA, starts=date(2017, 6, 10))

    found = glance((MET, ended, resting, silent, unfinished), TODAY)

    assert (found.pairs, found.on_rhythm, found.need_a_look, found.paused) == (4, 2, 1, 1)
    assert (found.met, found.meetings) == (1, 2)
    assert not found.points_at_nobody


def test_of_a_partner_out_of_reach_it_says_since_when_and_expects_nothing() -> None:
    gone = replace(MET, mentee=replace(MAYA, unreachable="deactivated", unreachable_at=NOON))

    assert next_step(gone, "tom", GOALS, date(2017, 7, 20)) == NextStep(Step.OUT_OF_REACH, NOON.date())
