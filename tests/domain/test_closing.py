"""When a pair rounds off, looks back, and is asked one thing later: days by hand, and silence as a property."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.days import Span
from bot.domain.endings import PhaseMove
from bot.domain.evidence import Evidence
from bot.domain.nudges import Entry, Lane, Nudge, Rule, Slot
from bot.domain.people import Pair
from bot.domain.program import PairTerms, Phase
from bot.domain.release import release
from bot.domain.replies import Question
from bot.domain.rules.closing import celebration, closing, closing_days, follow_up
from tests.domain.cast import LAST_DAY, MAYA, PAIR, TOM, mentee, met, of_program

MET = met(PAIR, date(2017, 9, 4))
LATER = of_program(pairs=PairTerms(follow_up_months=3))


def said(pair: Pair, *replies: tuple[Question, str, str]) -> Pair:
    """Return the pair after somebody (by id) chose something."""
    kept = frozenset((question, "", who, choice) for question, who, choice in replies)
    return replace(pair, evidence=Evidence(replies=kept))


def lines(entries: Iterable[Entry]) -> set[tuple[str, str, date, date]]:
    """Entries as (step, person, first day, last day)."""
    return {(entry.slot.occurrence, entry.person.key, entry.first, entry.last) for entry in entries}


def test_the_talk_comes_with_the_last_phase_and_the_form_four_and_two_weeks_before_the_end() -> None:
    for_each = [
        ("talk", date(2018, 3, 1), date(2018, 3, 14)),
        ("form-1", date(2018, 4, 2), date(2018, 4, 15)),
        ("form-2", date(2018, 4, 16), date(2018, 4, 29)),
    ]

    assert lines(closing(MET)) == {(step, who, *days) for step, *days in for_each for who in ("maya", "tom")}


def test_who_has_sent_the_form_is_asked_no_more_and_the_other_is() -> None:
    pair = said(MET, (Question.WHAT_NEXT, MAYA.id, "finish"), (Question.TALKED, MAYA.id, "yes"))

    assert {entry.person.key for entry in closing(pair)} == {"tom"}
    assert {entry.slot.occurrence for entry in closing(pair)} == {"form-1", "form-2"}  # they have talked


def test_a_pair_that_never_met_is_asked_for_nothing() -> None:
    assert lines(closing(PAIR)) == set()
    assert lines(celebration(PAIR)) == set()


def test_a_pair_that_ends_early_rounds_off_by_its_own_last_day() -> None:
    pair = replace(MET, ends=date(2017, 12, 15))

    assert {line for line in lines(closing(pair)) if line[1] == "maya"} == {
        ("talk/2017-12-15", "maya", date(2017, 12, 1), date(2017, 12, 7)),
        ("form-1/2017-12-15", "maya", date(2017, 12, 8), date(2017, 12, 15)),
    }
    assert closing_days(pair).look_back == date(2017, 12, 8)


def test_what_was_said_before_an_early_end_is_not_what_is_said_at_the_end_of_the_year() -> None:
    ended, later = replace(MET, ends=date(2017, 12, 15)), replace(MET, ends=date(2018, 1, 31))

    for rule in (closing, celebration):
        said = [{entry.slot for entry in rule(pair)} for pair in (ended, later, MET)]
        assert all(said)
        assert not said[0] & said[1]
        assert not said[0] & said[2]


def test_a_phase_that_a_liaison_has_moved_brings_the_talk_sooner() -> None:
    move = PhaseMove(PAIR.id, Phase.TRANSITIONING, date(2018, 2, 5), "p-lena", datetime(2018, 1, 8, tzinfo=UTC))

    assert closing_days(replace(MET, phase_moves=(move,))).talk == date(2018, 2, 5)


def test_the_look_back_comes_five_working_days_before_the_end_or_when_both_have_sent_the_form() -> None:
    both = said(MET, (Question.WHAT_NEXT, MAYA.id, "finish"), (Question.WHAT_NEXT, TOM.id, "go on"))

    assert lines(celebration(MET)) == {("year", who, date(2018, 4, 23), LAST_DAY) for who in ("maya", "tom")}
    assert lines(celebration(both)) == {
        (step, who, date(2018, 3, 1), LAST_DAY) for step in ("year", "next") for who in ("maya", "tom")
    }


def test_thanks_go_to_the_partner_only_and_a_choice_that_stands_alone_to_nobody() -> None:
    pair = said(MET, (Question.THANKS, MAYA.id, "written"), (Question.WHAT_NEXT, MAYA.id, "finish"))

    assert {line[:2] for line in lines(celebration(pair))} == {("year", "maya"), ("year", "tom"), ("thanks", "tom")}


@pytest.mark.parametrize(
    ("may", "months", "asked"),
    [("yes", 3, {"maya"}), ("no", 3, set()), ("yes", 0, set()), ("", 3, set())],
)
def test_the_question_comes_only_where_the_program_and_the_person_agreed(
    may: str, months: int, asked: set[str]
) -> None:
    program = of_program(pairs=PairTerms(follow_up_months=months))
    pair = said(replace(MET, program=program), (Question.MAY_ASK_LATER, MAYA.id, may))

    assert {entry.person.key for entry in follow_up(pair)} == asked


def test_who_has_answered_the_question_is_not_asked_again() -> None:
    pair = said(
        replace(MET, program=LATER), (Question.MAY_ASK_LATER, MAYA.id, "yes"), (Question.FOLLOW_UP, MAYA.id, "no")
    )

    assert lines(follow_up(pair)) == set()


def test_the_question_comes_three_months_after_the_last_day_for_two_weeks() -> None:
    pair = said(replace(MET, program=LATER), (Question.MAY_ASK_LATER, MAYA.id, "yes"))

    assert lines(follow_up(pair)) == {("once", "maya", date(2018, 7, 30), date(2018, 8, 12))}


OPEN = st.lists(st.sampled_from(list(Rule)), min_size=1, max_size=6)


@given(rules=OPEN, days=st.integers(1, 500), hour=st.integers(0, 23), lane=st.sampled_from(list(Lane)))
def test_after_the_last_day_nothing_but_that_question_is_ever_said(
    rules: list[Rule], days: int, hour: int, lane: Lane
) -> None:
    """Whatever is still open, and even if somebody believed it to be true."""
    now = datetime(2018, 5, 1, hour, tzinfo=UTC) + timedelta(days=days)
    nudges = [
        Nudge(Slot(rule, "spring", str(n), "maya"), "g", MAYA.id, lane, now, now + timedelta(days=9))
        for n, rule in enumerate(rules)
    ]
    member = mentee(replace(MET, program=LATER))

    told = release(member, nudges, {nudge.slot for nudge in nudges}, (), now).say

    assert {nudge.slot.rule for nudge in told} <= {Rule.FOLLOW_UP}
    assert not told or MAYA.today(now) in Span(date(2018, 7, 30), date(2018, 8, 12))


@given(days=st.integers(1, 500))
def test_where_the_program_asks_nothing_later_not_even_that_is_said(days: int) -> None:
    now = datetime(2018, 5, 1, 16, tzinfo=UTC) + timedelta(days=days)
    slot = Slot(Rule.FOLLOW_UP, "maya-tom", "once", "maya")
    nudge = Nudge(slot, "g", MAYA.id, Lane.REMINDER, now, now + timedelta(days=9))

    assert release(mentee(MET), [nudge], {slot}, (), now).say == ()
