"""A pair that ends, or has rounded off, is not urged to anything; what is fixed and what rounds off goes on."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.prompts import load_prompts
from bot.domain.appointments import Appointment
from bot.domain.days import Span, wall
from bot.domain.endings import Ending
from bot.domain.evidence import Evidence
from bot.domain.nudges import Rule
from bot.domain.people import Pair
from bot.domain.program import KeyDate
from bot.domain.replies import Question
from bot.domain.rules import member_timetable, pair_timetable
from bot.domain.rules.closing import closing_days, rests_from
from tests.domain.cast import CHICAGO, FIRST_DAY, LAST_DAY, MAYA, PAIR, TOM, mentee, met, of_program

URGING = {Rule.FIRST_MOVE, Rule.CHECKIN_REMINDER, Rule.AGREEMENT, Rule.GOALS, Rule.MIDPOINT, Rule.PHASE_PROMPT}
PROMPTS = load_prompts().all
ASKED_AT = datetime(2017, 10, 2, 16, tzinfo=UTC)
MET = met(PAIR, date(2017, 9, 4))


def ending(pair: Pair, last: date = date(2017, 10, 20)) -> Pair:
    """Return the pair after Maya has asked that it ends."""
    return replace(pair, ends=last, ending=Ending(pair.id, MAYA.id, ASKED_AT, last))


def both_sent_the_form(pair: Pair, *others: tuple[Question, str, str]) -> Pair:
    """Return the pair after both have said what comes next, and perhaps more."""
    said = ((Question.WHAT_NEXT, MAYA.id, "finish"), (Question.WHAT_NEXT, TOM.id, "go on"), *others)
    return replace(pair, evidence=Evidence(replies=frozenset((one, "", who, what) for one, who, what in said)))


def rules_of(pair: Pair, today: date = FIRST_DAY) -> set[Rule]:
    """Return the rules that still have anything to say."""
    to_both = (*pair_timetable(pair), *member_timetable(mentee(pair), PROMPTS, today))
    return {Rule(entry.slot.rule) for entry in to_both}


def test_a_pair_that_goes_on_is_urged() -> None:
    assert rests_from(PAIR) is None
    assert rules_of(PAIR) >= {Rule.FIRST_MOVE, Rule.CHECKIN_REMINDER, Rule.AGREEMENT, Rule.GOALS, Rule.PHASE_PROMPT}
    assert Rule.MIDPOINT in rules_of(replace(PAIR, evidence=Evidence(in_force=1)))


@pytest.mark.parametrize("pair", [PAIR, MET, replace(MET, evidence=Evidence(in_force=1))])
def test_while_an_ending_stands_nobody_is_urged(pair: Pair) -> None:
    assert not rules_of(ending(pair)) & URGING
    assert not rules_of(ending(pair, LAST_DAY)) & URGING


def test_while_an_ending_stands_a_meeting_that_is_planned_is_reminded_of_and_the_two_round_off() -> None:
    starts = wall(date(2017, 10, 12), datetime.min.time().replace(hour=15), CHICAGO)
    planned = Appointment(MET.id, starts, 45, MAYA.id, datetime(2017, 9, 20, 16, tzinfo=UTC), id="a")

    assert rules_of(ending(replace(MET, appointment=planned))) >= {Rule.APPOINTMENT, Rule.CLOSING, Rule.CELEBRATION}


@given(st.dates(FIRST_DAY + timedelta(days=1), LAST_DAY))
def test_an_ending_that_is_taken_back_leaves_the_timetable_as_it_was(last: date) -> None:
    back = replace(ending(MET, last), ends=MET.ends, ending=None)

    assert list(pair_timetable(back)) == list(pair_timetable(MET))


def test_once_both_have_said_what_comes_next_nobody_is_urged_from_the_talk_on() -> None:
    pair = both_sent_the_form(MET)
    talk = closing_days(pair).talk

    urged = [entry for entry in pair_timetable(pair) if entry.slot.rule in URGING]
    ideas = [e for e in member_timetable(mentee(pair), PROMPTS, talk) if e.slot.rule == Rule.PHASE_PROMPT]

    assert rests_from(pair) == talk == date(2018, 3, 1)
    assert urged
    assert all(entry.last < talk for entry in urged)
    assert ideas == []


def test_while_one_has_not_said_it_both_are_urged_as_before() -> None:
    one = replace(MET, evidence=Evidence(replies=frozenset({(Question.WHAT_NEXT, "", MAYA.id, "finish")})))

    assert rests_from(one) is None


def test_words_of_an_ending_that_is_taken_back_hold_until_the_talk_of_the_whole_year() -> None:
    closed = both_sent_the_form(ending(MET))
    back = replace(closed, ends=None, ending=None)

    assert rests_from(closed) == closed.hears.first
    assert rests_from(back) == date(2018, 3, 1)
    assert Rule.CHECKIN_REMINDER in rules_of(back)


WINTER = KeyDate("winter", "Winter Meeting, Denver", Span(date(2018, 2, 9), date(2018, 2, 13)), meet=True)


@pytest.mark.parametrize(("last", "asked"), [(date(2018, 2, 8), False), (date(2018, 2, 9), True)])
def test_who_is_no_pair_any_more_by_then_is_not_asked_to_meet_at_a_conference(last: date, asked: bool) -> None:
    pair = ending(replace(PAIR, program=of_program(key_dates=(WINTER,))), last)

    both_go = (
        (Question.GOING, "winter/2018-02-09", MAYA.id, "yes"),
        (Question.GOING, "winter/2018-02-09", TOM.id, "yes"),
    )
    suggested = replace(pair, evidence=Evidence(replies=frozenset(both_go)))

    assert (Rule.MEET_THERE in rules_of(pair)) is asked
    assert (Rule.MEET_THERE in rules_of(suggested)) is asked
