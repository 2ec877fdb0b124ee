"""The farewell: one word of thanks on the last day, and then silence."""

from dataclasses import replace
from datetime import date, time

from bot.domain.days import Span, SpeakingHours
from bot.domain.people import Member, Preferences
from bot.domain.program import Role
from bot.domain.rules.farewell import farewell
from tests.domain.cast import ADA, LAST_DAY, LENA, MAYA, PAIR, PROGRAM, liaison, mentee, mentor, of_program


def thanks(member: Member) -> list[tuple[str, date, date]]:
    return [(entry.slot.occurrence, entry.first, entry.last) for entry in farewell(member)]


def test_everybody_who_carried_something_is_thanked_for_it() -> None:
    ada = Member(PROGRAM, ADA, frozenset({Role.COORDINATOR}))

    assert thanks(mentee(PAIR)) == thanks(mentor(PAIR)) == [("pair", LAST_DAY, LAST_DAY)]
    assert thanks(liaison(PAIR)) == [("liaison", LAST_DAY, LAST_DAY)]
    assert thanks(ada) == [("coordinator", LAST_DAY, LAST_DAY)]


def test_who_only_reads_along_hears_nothing() -> None:
    assert thanks(Member(PROGRAM, ADA, frozenset({Role.READER}))) == []


def test_who_is_several_things_is_thanked_once() -> None:
    roles = frozenset({Role.MENTEE, Role.LIAISON, Role.COORDINATOR})

    assert thanks(Member(PROGRAM, MAYA, roles, (PAIR,), (PAIR,))) == [("pair", LAST_DAY, LAST_DAY)]


def test_a_pair_that_ended_earlier_is_not_thanked_at_the_end() -> None:
    assert thanks(mentee(replace(PAIR, ends=date(2018, 3, 1)))) == []


def test_a_program_that_ends_on_a_sunday_thanks_on_friday() -> None:
    program = of_program(span=Span(date(2017, 6, 1), date(2018, 4, 29)))

    assert thanks(mentee(replace(PAIR, program=program))) == [("pair", date(2018, 4, 27), date(2018, 4, 29))]


def test_who_listens_on_thursdays_only_is_thanked_on_the_last_thursday() -> None:
    thursdays = SpeakingHours(time(9), time(17), frozenset({3}))
    lena = replace(LENA, preferences=Preferences(hours=thursdays))

    assert thanks(liaison(PAIR, person=lena)) == [("liaison", date(2018, 4, 26), LAST_DAY)]


def test_who_listens_on_no_day_of_the_last_week_is_due_on_the_last_day_all_the_same() -> None:
    program = of_program(quiet=(Span(date(2018, 4, 20), date(2018, 4, 29)),))
    lena = replace(LENA, preferences=Preferences(hours=SpeakingHours(days=frozenset({3}))))

    assert thanks(liaison(replace(PAIR, program=program), person=lena)) == [("liaison", LAST_DAY, LAST_DAY)]
