"""The conference finder: each is asked once, and both hear once that both go."""

from dataclasses import replace
from datetime import date

from bot.domain.days import Span
from bot.domain.evidence import Evidence
from bot.domain.people import Pair, Person
from bot.domain.program import KeyDate
from bot.domain.replies import Question
from bot.domain.rules.meet_there import meet_there
from tests.domain.cast import MAYA, PAIR, TOM, met, of_program

WINTER = KeyDate("winter", "Winter Meeting, Denver", Span(date(2018, 2, 9), date(2018, 2, 13)), meet=True)
DUE = KeyDate("forms", "Forms due", Span(date(2018, 2, 9), date(2018, 2, 9)))
TRAVELING = replace(PAIR, program=of_program(key_dates=(WINTER, DUE)))


def said(*answers: tuple[Person, str], pair: Pair = TRAVELING) -> Pair:
    replies = frozenset((Question.GOING.value, "winter/2018-02-09", who.id, choice) for who, choice in answers)
    return replace(pair, evidence=Evidence(replies=replies))


def told(pair: Pair) -> list[tuple[str, str, date, date]]:
    return [(e.slot.occurrence, e.person.key, e.first, e.last) for e in meet_there(pair)]


def test_each_is_asked_on_the_day_of_an_idea_that_comes_one_to_three_weeks_before() -> None:
    # Advancing is 166 days from 16 September: its sixth turn is 138 days in, on 1 February.
    assert told(TRAVELING) == [
        ("winter/2018-02-09/ask", "tom", date(2018, 2, 1), date(2018, 2, 7)),
        ("winter/2018-02-09/ask", "maya", date(2018, 2, 1), date(2018, 2, 7)),
    ]


def test_without_such_an_idea_they_are_asked_two_weeks_before() -> None:
    march = replace(WINTER, span=Span(date(2018, 2, 27), date(2018, 2, 27)))

    assert told(replace(PAIR, program=of_program(key_dates=(march,))))[0][2] == date(2018, 2, 13)


def test_who_has_answered_is_not_asked_again() -> None:
    assert [person for _, person, _, _ in told(said((MAYA, "unsure")))] == ["tom"]
    assert told(said((MAYA, "no"), (TOM, "yes"))) == []


def test_where_both_go_both_hear_it_until_the_meeting_is_over() -> None:
    assert told(said((MAYA, "yes"), (TOM, "yes"))) == [
        ("winter/2018-02-09/both", "tom", date(2018, 1, 19), date(2018, 2, 13)),
        ("winter/2018-02-09/both", "maya", date(2018, 1, 19), date(2018, 2, 13)),
    ]


def test_who_has_met_there_needs_no_suggestion() -> None:
    there = met(said((MAYA, "yes"), (TOM, "yes")), date(2018, 2, 10))

    assert told(there) == []


def test_a_day_on_which_a_form_is_due_is_no_meeting() -> None:
    assert told(replace(PAIR, program=of_program(key_dates=(DUE,)))) == []


def test_a_pair_that_begins_after_the_meeting_or_ends_before_it_hears_nothing() -> None:
    assert told(replace(TRAVELING, starts=date(2018, 2, 9))) == []
    assert told(replace(TRAVELING, ends=date(2018, 1, 31))) == []


def test_a_pair_that_begins_shortly_before_is_asked_on_its_first_day() -> None:
    late = replace(TRAVELING, starts=date(2018, 2, 6))

    assert told(late)[0] == ("winter/2018-02-09/ask", "tom", date(2018, 2, 6), date(2018, 2, 8))


def test_who_still_goes_hears_once_that_the_other_does_not_any_more() -> None:
    assert told(said((MAYA, "yes"), (TOM, "off"))) == [
        ("winter/2018-02-09/off", "maya", date(2018, 1, 19), date(2018, 2, 13)),
    ]
    assert told(said((MAYA, "no"), (TOM, "off"))) == []


def test_who_goes_after_all_has_the_other_told_and_nobody_who_knows() -> None:
    assert [(occurrence, person) for occurrence, person, _, _ in told(said((MAYA, "yes"), (TOM, "again")))] == [
        ("winter/2018-02-09/both", "tom"),
        ("winter/2018-02-09/again", "maya"),
    ]


def test_where_a_meeting_is_moved_who_has_answered_is_asked_anew_until_its_eve() -> None:
    march = replace(WINTER, span=Span(date(2018, 2, 23), date(2018, 2, 26)))
    moved = replace(said((MAYA, "yes"), (TOM, "yes")), program=of_program(key_dates=(march,)))

    assert told(moved) == [
        ("winter/2018-02-23/moved", "tom", date(2018, 2, 9), date(2018, 2, 22)),
        ("winter/2018-02-23/moved", "maya", date(2018, 2, 9), date(2018, 2, 22)),
    ]
