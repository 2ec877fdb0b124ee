"""Reminders of an agreement: to whose turn it is, twice at most; then the digest; halfway one question."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime

from bot.domain.days import Span
from bot.domain.evidence import Evidence
from bot.domain.nudges import Entry
from bot.domain.people import Pair
from bot.domain.program import KeyDate
from bot.domain.replies import Question
from bot.domain.rules.agreement import agreement, midpoint, midpoint_of, unsigned_since
from bot.domain.standing import Stands, standing
from tests.domain.cast import MAYA, PAIR, TOM, met, of_program, pausing

JULY_1 = date(2017, 7, 1)  # thirty days after the first one
IN_FORCE = replace(PAIR, evidence=Evidence(in_force=1))


def july(day: int) -> date:
    return date(2017, 7, day)


def begun(drafted: str, day: date, *signed: str) -> Pair:
    since = datetime(day.year, day.month, day.day, 17, tzinfo=UTC)
    return replace(PAIR, evidence=Evidence(0, 1, drafted, frozenset(signed), since))


def lines(entries: Iterable[Entry]) -> list[tuple[str, str, date, date]]:
    return [(entry.person.key, entry.slot.occurrence, entry.first, entry.last) for entry in entries]


def test_while_nobody_has_begun_the_mentee_is_reminded_and_then_the_mentor() -> None:
    assert lines(agreement(PAIR)) == [
        ("maya", "first", JULY_1, july(7)),
        ("tom", "first", july(8), july(14)),
    ]


def test_once_one_of_them_has_begun_the_other_is_reminded_twice() -> None:
    expected = [("first", JULY_1, july(7)), ("second", july(8), july(14))]

    assert lines(agreement(begun(MAYA.id, date(2017, 6, 10)))) == [("tom", *line) for line in expected]
    assert lines(agreement(begun(TOM.id, date(2017, 6, 10)))) == [("maya", *line) for line in expected]


def test_who_has_signed_waits_for_the_other_whoever_wrote() -> None:
    assert {who for who, *_ in lines(agreement(begun(MAYA.id, date(2017, 6, 10), MAYA.id)))} == {"tom"}
    assert {who for who, *_ in lines(agreement(begun(MAYA.id, date(2017, 6, 10), TOM.id)))} == {"maya"}


def test_what_was_written_a_moment_ago_has_its_week() -> None:
    assert [first for _, _, first, _ in lines(agreement(begun(MAYA.id, july(5))))] == [july(12), july(19)]


def test_an_agreement_that_holds_is_never_reminded_of_nor_is_its_change() -> None:
    changing = replace(PAIR, evidence=Evidence(1, 2, MAYA.id, frozenset(), datetime(2017, 7, 1, tzinfo=UTC)))

    assert lines(agreement(IN_FORCE)) == []
    assert lines(agreement(changing)) == []
    assert unsigned_since(IN_FORCE) is None


def test_quiet_dates_and_breaks_stop_the_clock() -> None:
    away = pausing(PAIR, mentor=Span(date(2017, 6, 5), date(2017, 6, 14)))
    quiet = replace(PAIR, program=of_program(quiet=(Span(date(2017, 6, 10), date(2017, 6, 12)),)))

    assert lines(agreement(away))[0][2] == july(11)
    assert lines(agreement(quiet))[0][2] == july(4)


def test_a_pair_that_ends_before_it_is_due_is_never_asked() -> None:
    assert lines(agreement(replace(PAIR, ends=date(2017, 6, 25)))) == []


def test_after_both_reminders_the_standing_says_so_and_is_news_for_four_weeks() -> None:
    def stood(day: date) -> tuple[bool, bool]:
        found = standing(met(PAIR, day), day)
        return found.unsigned, found.unsigned_news

    assert stood(july(14)) == (False, False)
    assert stood(july(15)) == (True, True)
    assert stood(date(2017, 8, 11)) == (True, True)
    assert stood(date(2017, 8, 12)) == (True, False)
    assert not standing(met(IN_FORCE, july(15)), july(15)).unsigned


def test_a_pair_on_a_break_is_said_to_be_on_a_break_and_nothing_else() -> None:
    away = pausing(met(PAIR, date(2017, 8, 1)), mentee=Span(date(2017, 8, 5), date(2017, 8, 20)))

    found = standing(away, date(2017, 8, 10))

    assert (found.stands, found.unsigned) == (Stands.PAUSED, False)


def test_halfway_both_are_asked() -> None:
    assert midpoint_of(PAIR) == date(2017, 11, 14)
    assert lines(midpoint(IN_FORCE)) == [
        ("tom", "1", date(2017, 11, 14), date(2017, 11, 20)),
        ("maya", "1", date(2017, 11, 14), date(2017, 11, 20)),
    ]


def test_the_program_s_own_midpoint_comes_first_where_it_lies_in_the_pair_s_days() -> None:
    own = of_program(key_dates=(KeyDate("midpoint", "Halfway", Span(date(2017, 12, 4), date(2017, 12, 8))),))

    assert midpoint_of(replace(PAIR, program=own)) == date(2017, 12, 4)
    assert midpoint_of(replace(PAIR, program=own, ends=date(2017, 8, 1))) == date(2017, 7, 3)  # a Monday


def test_without_an_agreement_nobody_is_asked_nor_while_it_changes_nor_who_has_answered() -> None:
    answered = replace(IN_FORCE.evidence, replies=frozenset({(Question.MIDPOINT.value, "", MAYA.id, "keep")}))

    assert lines(midpoint(PAIR)) == []
    assert lines(midpoint(replace(PAIR, evidence=Evidence(in_force=1, draft=2, drafted=TOM.id)))) == []
    assert [who for who, *_ in lines(midpoint(replace(PAIR, evidence=answered)))] == ["tom"]


def test_a_reminder_that_falls_into_a_break_is_said_after_it() -> None:
    away = pausing(PAIR, mentor=Span(july(2), july(31)))
    quiet = replace(PAIR, program=of_program(quiet=(Span(july(1), july(20)),)))

    assert lines(agreement(away))[0][2:] == (JULY_1, date(2017, 8, 6))
    assert lines(agreement(quiet))[0][2:] == (july(21), july(27))


def test_the_question_of_halfway_waits_for_the_end_of_a_break() -> None:
    middle = midpoint_of(IN_FORCE)

    away = pausing(IN_FORCE, mentee=Span(middle, date(2017, 12, 10)))

    assert {entry.last for entry in midpoint(away)} == {date(2017, 12, 17)}
