"""Deciding: what of a timetable may be said now, and when to look again."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.domain.nudges import Decision, Entry, Rule, Slot, decide, up_to_the_next
from tests.domain.cast import GUAM, MAYA

JUNE_6 = date(2017, 6, 6)
SLOT = Slot(Rule.TRAINING, "spring", "listening/ahead", "maya")
ENTRY = Entry(SLOT, MAYA, JUNE_6, date(2017, 6, 8))
BEGINS = datetime(2017, 6, 6, 5, tzinfo=UTC)  # midnight in Chicago
ENDS = datetime(2017, 6, 9, 5, tzinfo=UTC)
A_SECOND = timedelta(seconds=1)


def test_what_has_not_begun_is_looked_at_when_it_begins() -> None:
    assert decide([ENTRY], BEGINS - A_SECOND) == Decision((), BEGINS)


def test_from_its_first_midnight_to_its_last_it_may_be_said() -> None:
    assert decide([ENTRY], BEGINS) == Decision((ENTRY,), None)
    assert decide([ENTRY], ENDS - A_SECOND) == Decision((ENTRY,), None)
    assert decide([ENTRY], ENDS) == Decision((), None)


def test_the_next_look_is_when_the_next_entry_begins() -> None:
    later = replace(ENTRY, first=date(2017, 6, 20), last=date(2017, 6, 20))
    sooner = replace(ENTRY, first=date(2017, 6, 10), last=date(2017, 6, 10))

    assert decide([later, ENTRY, sooner], BEGINS) == Decision((ENTRY,), datetime(2017, 6, 10, 5, tzinfo=UTC))


def test_a_day_begins_on_the_person_s_own_calendar() -> None:
    in_guam = replace(ENTRY, person=replace(MAYA, zone=GUAM))

    assert in_guam.begins == datetime(2017, 6, 5, 14, tzinfo=UTC)


def test_an_empty_timetable_is_never_looked_at_again() -> None:
    assert decide([], BEGINS) == Decision((), None)


def test_a_slot_is_said_as_its_four_names() -> None:
    assert str(SLOT) == "training/spring/listening/ahead/maya"


def test_a_timetable_need_not_go_further_than_the_next_day_that_changes_it() -> None:
    on_the = {day: replace(ENTRY, first=date(2017, 6, day), last=date(2017, 6, day + 2)) for day in (6, 10, 20)}
    twin = replace(on_the[10], slot=replace(SLOT, occurrence="listening/today-1"))
    entries = [on_the[6], on_the[10], twin, on_the[20]]

    assert list(up_to_the_next(entries, date(2017, 6, 5))) == [on_the[6]]
    assert list(up_to_the_next(entries, JUNE_6)) == [on_the[6], on_the[10], twin]
    assert list(up_to_the_next(entries, date(2017, 6, 20))) == entries
