"""The day before a meeting that is planned; and what a plan does to the other reminders."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.appointments import Appointment, Known, News, news
from bot.domain.days import Span, wall
from bot.domain.people import Pair
from bot.domain.rules.appointment import appointment
from bot.domain.rules.checkin_reminder import reminders_of
from bot.domain.rules.first_move import first_move
from tests.domain.cast import CHICAGO, GUAM, MAYA, NEW_YORK, PAIR, TOM, asked, met, pausing


def june(day: int) -> date:
    return date(2017, 6, day)


def planned(starts: datetime, pair: Pair = PAIR, set_on: date = date(2017, 6, 1)) -> Pair:
    """Return the pair after Tom has planned a meeting, in the morning of `set_on`."""
    one = Appointment(pair.id, starts, 45, TOM.id, wall(set_on, time(9), CHICAGO), id="a1")
    return replace(pair, appointment=one)


def days(pair: Pair) -> list[tuple[str, date, date]]:
    return [(entry.person.key, entry.first, entry.last) for entry in appointment(pair)]


def test_each_is_reminded_on_the_day_before_on_their_own_calendar() -> None:
    guam = replace(PAIR, mentee=replace(MAYA, zone=GUAM))
    wednesday = wall(june(21), time(19), NEW_YORK)  # Thursday morning in Guam

    assert days(planned(wednesday, guam)) == [("tom", june(20), june(20)), ("maya", june(21), june(21))]


def test_a_monday_is_reminded_of_on_friday_and_a_long_weekend_is_looked_over() -> None:
    assert days(planned(wall(june(19), time(15), CHICAGO))) == [
        ("tom", june(16), june(16)),
        ("maya", june(16), june(16)),
    ]
    after_thanksgiving = wall(date(2017, 11, 24), time(15), CHICAGO)
    assert {first for _, first, _ in days(planned(after_thanksgiving))} == {date(2017, 11, 22)}


def test_what_was_planned_on_that_day_needs_no_reminder() -> None:
    assert days(planned(wall(june(21), time(15), CHICAGO), set_on=june(20))) == []
    assert len(days(planned(wall(june(21), time(15), CHICAGO), set_on=june(19)))) == 2


def test_nobody_is_reminded_during_a_break_nor_of_what_has_been_held() -> None:
    away = pausing(PAIR, mentee=Span(june(12), june(30)))
    assert days(planned(wall(june(21), time(15), CHICAGO), away)) == []
    assert days(met(planned(wall(june(21), time(15), CHICAGO)), june(21))) == []


def test_a_plan_quiets_the_check_in_reminder_which_counts_from_its_day() -> None:
    pair = met(PAIR, june(5))
    assert reminders_of(pair).first == june(20)

    assert reminders_of(planned(wall(june(28), time(15), CHICAGO), pair)).first == date(2017, 7, 13)
    held = replace(planned(wall(june(28), time(15), CHICAGO), pair), last_meeting=june(28))
    assert reminders_of(held).since == june(28)


def test_of_a_plan_and_a_not_yet_the_newer_one_counts() -> None:
    later = asked(planned(wall(june(28), time(15), CHICAGO)), MAYA, june(16), june(20))
    assert reminders_of(later).first == june(20)
    earlier = planned(wall(june(28), time(15), CHICAGO), asked(PAIR, MAYA, june(16), june(20)), set_on=june(17))
    assert reminders_of(earlier).first == date(2017, 7, 13)


def test_a_first_meeting_that_is_planned_is_a_first_move() -> None:
    assert list(first_move(PAIR))
    assert list(first_move(planned(wall(june(28), time(15), CHICAGO)))) == []


NOON = datetime(2017, 6, 21, 17, tzinfo=UTC)


def test_what_there_is_to_tell() -> None:
    one, other = Known(NOON, 45), Known(NOON.replace(day=22), 45)

    assert news(Known(), Known()) is News.NOTHING
    assert news(one, one) is News.NOTHING
    assert news(Known(), one) is News.PLANNED
    assert news(one, other) is News.MOVED
    assert news(one, Known(NOON, 60)) is News.CHANGED
    assert news(one, Known()) is News.OFF


@given(st.dates(june(2), date(2018, 4, 29)), st.times(), st.dates(june(1), date(2018, 4, 1)))
def test_whenever_it_is_each_hears_once_at_most_and_before_its_day(day: date, at: time, set_on: date) -> None:
    pair = planned(datetime.combine(day, at, UTC), replace(PAIR, mentee=replace(MAYA, zone=GUAM)), set_on)
    one = pair.appointment
    assert one is not None

    entries = list(appointment(pair))

    assert len({entry.person.key for entry in entries}) == len(entries)
    assert all(entry.last < one.day_in(entry.person.zone) for entry in entries)
    assert all(pair.program.speaks_on(entry.first, pair.program.hours) for entry in entries)
