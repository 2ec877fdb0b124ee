"""Goals: who writes what, what a choice does to a story, and who is asked for the first one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.days import Span
from bot.domain.evidence import Evidence
from bot.domain.goals import (
    A_MISTAKE,
    BOTH,
    Goal,
    GoalDraft,
    GoalMove,
    GoalState,
    Said,
    Side,
    Turn,
    at_meeting,
    carried,
    sides_of,
    stands,
    story,
    turn,
    written,
)
from bot.domain.meetings import Confirmed, Means, Meeting
from bot.domain.people import Pair, Person
from bot.domain.program import PairTerms
from bot.domain.rules.goals import goals, goals_due, no_goal_yet
from tests.domain.cast import FIRST_DAY, LAST_DAY, MAYA, PAIR, TOM, of_program, pausing

NOON = datetime(2017, 6, 14, 17, tzinfo=UTC)
GOAL = Goal("q", "Maps", "Show me one", id="g")


def line(state: GoalState, minutes: float = 0, who: Person = MAYA, *, words: str = "", meeting: str = "") -> GoalMove:
    at = NOON + timedelta(minutes=minutes)
    return GoalMove("g", who.id, at, state, words, meeting or None, f"{minutes}-{state}")


SET = line(GoalState.NOT_STARTED, -1)


# -- who writes what --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "drafted_by", "sides"),
    [
        (MAYA, MAYA.id, BOTH),
        (TOM, TOM.id, BOTH),
        (MAYA, TOM.id, {Side.WORDS}),
        (TOM, MAYA.id, {Side.HELP}),
        (MAYA, "", {Side.WORDS}),
        (TOM, "", {Side.HELP}),
    ],
)
def test_the_words_are_the_mentee_s_and_the_help_the_mentor_s(who: Person, drafted_by: str, sides: set[Side]) -> None:
    assert sides_of(replace(GOAL, set_by=drafted_by), PAIR, who.id) == sides
    assert sides_of(None, PAIR, who.id) == BOTH


drafts = st.builds(GoalDraft, *[st.sampled_from("abc")] * 4, st.none() | st.dates(FIRST_DAY, LAST_DAY))


@given(st.sampled_from([MAYA, TOM]), st.lists(st.tuples(st.sampled_from([MAYA, TOM]), drafts), max_size=6))
def test_whoever_writes_in_whatever_order_nobody_s_own_side_is_ever_overwritten(
    drafter: Person, edits: Sequence[tuple[Person, GoalDraft]]
) -> None:
    goal = replace(GOAL, set_by=drafter.id)
    newest: dict[Person, GoalDraft] = {}
    for who, draft in edits:
        goal = written(goal, draft, sides_of(goal, PAIR, who.id), who.id)
        newest[who] = draft
        if by_maya := newest.get(MAYA):
            assert (goal.what, goal.why, goal.measure, goal.target) == (
                by_maya.what,
                by_maya.why,
                by_maya.measure,
                by_maya.target,
            )
        if by_tom := newest.get(TOM):
            assert goal.help == by_tom.help


# -- how it goes ------------------------------------------------------------------------------------------------------


def test_a_choice_is_a_line_and_the_same_once_more_is_none() -> None:
    done = line(GoalState.DONE, 30)

    assert turn([SET], done) == Turn(new=done)
    assert turn([SET, done], line(GoalState.DONE, 60)) == Turn()


def test_the_same_once_more_with_a_word_is_a_line() -> None:
    said = line(GoalState.STUCK, 60, words="Waiting for the room")

    assert turn([SET, line(GoalState.STUCK)], said) == Turn(new=said)


def test_a_choice_that_is_made_anew_within_minutes_has_never_been() -> None:
    mistake = line(GoalState.DONE, 30)

    assert turn([SET, mistake], line(GoalState.NOT_STARTED, 32)) == Turn(mistake)
    assert turn([SET, mistake], line(GoalState.MOVING, 32)) == Turn(mistake, line(GoalState.MOVING, 32))


def test_what_has_stood_for_longer_stays_in_the_story() -> None:
    later = line(GoalState.NOT_STARTED, 41)

    assert turn([SET, line(GoalState.DONE, 30)], later) == Turn(new=later)


@pytest.mark.parametrize(
    "kept",
    [
        line(GoalState.DONE, who=TOM),
        line(GoalState.DONE, words="At last"),
        line(GoalState.DONE, meeting="m"),
    ],
)
def test_what_the_other_said_or_was_said_in_words_or_at_a_meeting_is_no_mistake(kept: GoalMove) -> None:
    moving = line(GoalState.MOVING, 1)

    assert turn([SET, kept], moving) == Turn(new=moving)


def test_how_it_was_set_stays_though_it_moves_at_once() -> None:
    moving = line(GoalState.MOVING)

    assert turn([SET], moving) == Turn(new=moving)


choices = st.lists(
    st.tuples(st.sampled_from([MAYA, TOM]), st.sampled_from(GoalState), st.integers(0, 25), st.sampled_from(["", "w"])),
    max_size=12,
)


@given(choices)
def test_a_story_ends_where_the_goal_stands_and_holds_nothing_that_was_taken_back(
    chosen: list[tuple[Person, GoalState, int, str]],
) -> None:
    lines, minutes, state = [SET], 0, GoalState.NOT_STARTED
    for who, state, after, words in chosen:
        minutes += after
        done = turn(lines, replace(line(state, minutes, who, words=words), id=str(minutes)))
        lines = [one for one in lines if one is not done.gone] + ([done.new] if done.new else [])

    assert lines[0] is SET
    assert lines[-1].state is state
    assert all(one.at <= two.at for one, two in pairwise(lines))
    assert all(one.state is not two.state or two.words for one, two in pairwise(lines))
    for one, two in pairwise(lines[1:]):
        assert one.person_id != two.person_id or one.words or one.state is two.state or two.at - one.at > A_MISTAKE


def said(state: GoalState | None, minutes: float, who: Person = MAYA, *, anew: bool = True) -> Said:
    return Said("g", who.id, NOON + timedelta(minutes=minutes), state, "m", anew)


def at_m(state: GoalState, minutes: float, who: Person = MAYA) -> GoalMove:
    """Return a line that is not on record yet."""
    return replace(line(state, minutes, who, meeting="m"), id="")


def test_a_meeting_says_a_thing_of_a_goal_once_however_often_it_is_saved() -> None:
    stuck = line(GoalState.STUCK, meeting="m")

    assert at_meeting([SET], GOAL, said(GoalState.STUCK, 0)) == (Turn(new=at_m(GoalState.STUCK, 0)),)
    for anew in (True, False):
        assert at_meeting([SET, stuck], GOAL, said(GoalState.STUCK, 9, anew=anew)) == ()
        assert at_meeting([SET, stuck], GOAL, said(GoalState.DONE, 9, anew=anew)) == (
            Turn(gone=stuck),
            Turn(new=at_m(GoalState.DONE, 9)),
        )


def test_nothing_said_takes_back_what_was_seen_and_leaves_what_was_not() -> None:
    stuck = line(GoalState.STUCK, meeting="m")

    assert at_meeting([SET, stuck], GOAL, said(None, 9, anew=False)) == (Turn(gone=stuck),)
    assert at_meeting([SET, stuck], GOAL, said(None, 9)) == ()
    assert at_meeting([SET, replace(stuck, meeting_id="another")], GOAL, said(None, 9, anew=False)) == ()


def test_what_the_other_one_said_at_the_meeting_stays_and_the_later_word_comes_after_it() -> None:
    stuck, done = line(GoalState.STUCK, meeting="m"), line(GoalState.DONE, 5, TOM, meeting="m")

    assert at_meeting([SET, stuck], GOAL, said(GoalState.DONE, 5, TOM)) == (Turn(new=at_m(GoalState.DONE, 5, TOM)),)
    assert at_meeting([SET, stuck, done], GOAL, said(None, 9, anew=False)) == (Turn(gone=stuck),)
    assert at_meeting([SET, stuck, done], GOAL, said(GoalState.STUCK, 9, anew=False)) == ()
    assert at_meeting([SET, stuck, done], GOAL, said(GoalState.STUCK, 9)) == (
        Turn(gone=stuck),
        Turn(new=at_m(GoalState.STUCK, 9)),
    )


def test_a_goal_that_was_closed_elsewhere_is_not_opened_by_a_meeting() -> None:
    closed = replace(GOAL, state=GoalState.DONE)
    elsewhere, here = line(GoalState.DONE, 2), line(GoalState.DONE, 1, meeting="m")
    moving = said(GoalState.MOVING, 9)

    assert at_meeting([SET, elsewhere], closed, moving) == ()
    assert at_meeting([], closed, moving) == ()  # closed before there were stories
    assert at_meeting([SET, here, elsewhere], closed, moving) == (Turn(gone=here),)
    assert at_meeting([SET, here], closed, moving) == (Turn(gone=here), Turn(new=at_m(GoalState.MOVING, 9)))
    assert at_meeting([SET, elsewhere], closed, said(GoalState.DROPPED, 9)) == (Turn(new=at_m(GoalState.DROPPED, 9)),)


def test_two_meetings_that_become_one_keep_the_newest_word_of_each() -> None:
    early, late = line(GoalState.STUCK, 1, meeting="m"), line(GoalState.DONE, 3, meeting="gone")
    toms = line(GoalState.MOVING, 2, TOM, meeting="gone")

    assert carried([early, toms, late], "m") == (
        Turn(gone=early),
        Turn(toms, replace(toms, meeting_id="m", id="")),
        Turn(late, replace(late, meeting_id="m", id="")),
    )


def test_the_last_word_holds() -> None:
    other = replace(line(GoalState.DONE, 9), goal_id="other")

    assert stands(GOAL, [SET, line(GoalState.STUCK, 1), other]).state is GoalState.STUCK
    assert stands(replace(GOAL, state=GoalState.MOVING), [other]).state is GoalState.NOT_STARTED


def test_a_story_has_the_day_of_the_meeting_and_leaves_out_what_was_denied() -> None:
    met = Meeting("q", date(2017, 6, 10), 45, Means.PHONE, "p-maya", NOON, id="m1")
    denied = replace(met, id="m2", confirmed=Confirmed.DENIED)
    moves = [SET, line(GoalState.MOVING, 1, meeting="m1"), line(GoalState.STUCK, 2, meeting="m2")]
    others = [replace(SET, goal_id="other")]

    told = story(GOAL, [*others, *reversed(moves)], [met, denied])

    assert [(step.state, step.day) for step in told.steps] == [
        (GoalState.NOT_STARTED, None),
        (GoalState.MOVING, date(2017, 6, 10)),
    ]


# -- who is asked for the first one -----------------------------------------------------------------------------------


def asked(pair: Pair) -> list[tuple[str, date, date]]:
    return [(entry.person.key, entry.first, entry.last) for entry in goals(pair)]


def test_the_mentee_is_asked_a_week_before_the_day_and_the_mentor_on_it() -> None:
    assert asked(PAIR) == [
        ("maya", date(2017, 6, 24), date(2017, 6, 30)),
        ("tom", date(2017, 7, 1), date(2017, 7, 7)),
    ]
    assert goals_due(PAIR) == date(2017, 7, 1)


def test_a_pair_that_has_a_goal_is_not_asked_even_when_it_is_closed() -> None:
    assert asked(replace(PAIR, evidence=Evidence(goals=1))) == []


def test_days_of_a_break_do_not_count() -> None:
    away = pausing(PAIR, mentee=Span(date(2017, 6, 5), date(2017, 6, 14)))

    assert [first for _, first, _ in asked(away)] == [date(2017, 7, 4), date(2017, 7, 11)]


def test_a_program_in_a_hurry_asks_from_the_second_day_on() -> None:
    hurried = replace(PAIR, program=of_program(pairs=PairTerms(goals_due=3)))

    assert [first for _, first, _ in asked(hurried)] == [date(2017, 6, 2), date(2017, 6, 4)]


def test_nobody_is_asked_after_the_pair_s_last_day() -> None:
    assert asked(replace(PAIR, ends=date(2017, 6, 20))) == []
    assert asked(replace(PAIR, ends=date(2017, 6, 26))) == [("maya", date(2017, 6, 24), date(2017, 6, 26))]


def test_that_there_is_no_goal_yet_is_a_fact_only_after_the_day() -> None:
    assert not no_goal_yet(PAIR, date(2017, 7, 1))
    assert no_goal_yet(PAIR, date(2017, 7, 2))
    assert not no_goal_yet(replace(PAIR, evidence=Evidence(goals=1)), date(2017, 7, 2))
