"""The check-in reminder: by the pair's own rhythm, twice at most, and any sign of life begins anew."""

from dataclasses import replace
from datetime import date, time

import pytest

from bot.domain.days import Span, wall
from bot.domain.people import Pair
from bot.domain.rhythm import Rhythm, Unit
from bot.domain.rules.checkin_reminder import checkin_reminder, overdue_since, reminders_of
from tests.domain.cast import CHICAGO, LENA, MAYA, MONTHLY, PAIR, TOM, WEEKLY, asked, in_the_way, met, pausing

Line = tuple[str, str, date, date]


def lines(pair: Pair) -> list[Line]:
    """Return the timetable as (step, person, first day, last day)."""
    return [(dict(e.facts)["step"], e.person.key, e.first, e.last) for e in checkin_reminder(pair)]


def june(day: int) -> date:
    return date(2017, 6, day)


def test_a_pair_that_never_met_is_reminded_when_its_first_two_weeks_are_over() -> None:
    assert lines(PAIR) == [
        ("first", "tom", june(16), june(22)),
        ("first", "maya", june(16), june(22)),
        ("second", "tom", june(23), june(29)),
        ("second", "maya", june(23), june(29)),
    ]


def test_a_pair_that_met_is_reminded_when_its_rhythm_has_run_since() -> None:
    assert reminders_of(met(PAIR, june(5), june(12))).first == june(27)


@pytest.mark.parametrize(
    ("rhythm", "first", "second"),
    [
        (WEEKLY, june(9), june(16)),
        (MONTHLY, date(2017, 7, 2), date(2017, 7, 17)),
        (Rhythm(3, Unit.WEEK), june(23), date(2017, 7, 3)),
        (Rhythm(3, Unit.DAY), june(5), june(12)),
    ],
)
def test_overdue_is_measured_by_the_pair_s_own_rhythm(rhythm: Rhythm, first: date, second: date) -> None:
    reminders = reminders_of(replace(PAIR, rhythm=rhythm))

    assert (reminders.first, reminders.second) == (first, second)


def test_a_pair_that_starts_late_is_given_its_time() -> None:
    late = replace(PAIR, starts=date(2017, 8, 1))

    assert reminders_of(late).first == date(2017, 8, 16)


def test_the_clock_stands_still_over_the_year_s_end() -> None:
    december = met(PAIR, date(2017, 12, 15))  # five days before the quiet ones, which are fourteen

    assert reminders_of(december).first == date(2018, 1, 13)


def test_the_clock_stands_still_while_either_takes_a_break() -> None:
    assert reminders_of(pausing(PAIR, mentee=Span(june(5), june(11)))).first == june(23)
    assert reminders_of(pausing(PAIR, mentor=Span(june(5), june(11)))).first == june(23)


def test_breaks_of_both_that_overlap_count_once() -> None:
    both = pausing(PAIR, mentee=Span(june(5), june(11)), mentor=Span(june(9), june(12)))

    assert reminders_of(both).first == june(24)


def test_a_break_that_begins_on_the_day_of_the_reminder_moves_it() -> None:
    pair = pausing(PAIR, mentee=Span(june(16), june(25)))

    assert reminders_of(pair).first == june(26)
    assert overdue_since(pair) == june(26)


def test_a_meeting_begins_anew() -> None:
    occurrences = {entry.slot.occurrence for entry in checkin_reminder(met(PAIR, june(20)))}

    assert occurrences == {"2017-06-20/first", "2017-06-20/second"}


def test_who_asked_to_be_reminded_is_asked_on_that_day_and_the_other_is_not() -> None:
    assert lines(asked(PAIR, MAYA, june(16), until=june(20))) == [
        ("asked", "maya", june(20), june(26)),
        ("second", "tom", june(27), date(2017, 7, 3)),
        ("second", "maya", june(27), date(2017, 7, 3)),
    ]


def test_a_meeting_after_the_answer_takes_its_place() -> None:
    pair = met(asked(PAIR, MAYA, june(16), until=june(20)), june(17))

    assert reminders_of(pair).asked == ()
    assert reminders_of(pair).first == date(2017, 7, 2)


def test_a_meeting_that_is_logged_after_the_answer_takes_its_place_even_if_it_was_before_it() -> None:
    answered = asked(met(PAIR, june(2)), MAYA, june(16), until=june(20))
    logged_later = replace(answered, last_meeting=june(14), logged_at=wall(june(17), time(9), CHICAGO))

    assert reminders_of(logged_later).asked == ()
    assert reminders_of(logged_later).first == june(29)


def test_each_of_the_two_is_asked_on_the_day_that_they_chose() -> None:
    pair = asked(asked(PAIR, MAYA, june(16), until=june(20)), TOM, june(17), until=june(22))

    assert [line for line in lines(pair) if line[0] == "asked"] == [
        ("asked", "tom", june(22), june(28)),
        ("asked", "maya", june(20), june(26)),
    ]


def test_an_answer_after_the_meeting_counts() -> None:
    pair = asked(met(PAIR, june(2)), TOM, june(17), until=june(30))

    assert reminders_of(pair).asked == ((TOM, june(30)),)
    assert reminders_of(pair).first == june(30)


def test_a_day_past_the_pair_s_end_is_never_asked_about() -> None:
    pair = replace(asked(PAIR, MAYA, june(16), until=june(28)), ends=june(24))

    assert lines(pair) == []


def test_something_in_the_way_gives_the_pair_its_rhythm_again() -> None:
    assert reminders_of(in_the_way(PAIR, MAYA, june(16))).first == date(2017, 7, 1)


def test_a_pair_that_ends_soon_is_asked_until_its_last_day() -> None:
    assert lines(replace(PAIR, ends=june(19))) == [
        ("first", "tom", june(16), june(19)),
        ("first", "maya", june(16), june(19)),
    ]


def test_a_pair_that_has_ended_is_never_asked() -> None:
    assert lines(replace(PAIR, ends=june(10))) == []


def test_the_last_reminder_falls_before_the_program_s_end() -> None:
    last_days = date(2018, 4, 28), date(2018, 4, 30)

    assert lines(met(PAIR, date(2018, 4, 13))) == [("first", "tom", *last_days), ("first", "maya", *last_days)]


def test_the_liaison_is_never_reminded() -> None:
    assert LENA.key not in {person for _, person, _, _ in lines(PAIR)}


def test_who_chose_a_day_within_a_break_is_asked_when_it_is_over() -> None:
    chosen = asked(met(PAIR, date(2017, 12, 1)), MAYA, date(2017, 12, 15), until=date(2017, 12, 22))

    assert lines(chosen)[0] == ("asked", "maya", date(2017, 12, 22), date(2018, 1, 9))


def test_the_second_reminder_waits_for_the_end_of_a_break() -> None:
    away = pausing(PAIR, mentee=Span(june(23), date(2017, 7, 31)))

    assert lines(away)[2:] == [
        ("second", "tom", date(2017, 8, 1), date(2017, 8, 7)),
        ("second", "maya", date(2017, 8, 1), date(2017, 8, 7)),
    ]


def test_days_of_a_break_are_not_days_that_the_pair_ran() -> None:
    assert PAIR.days_run(date(2017, 12, 15), date(2018, 1, 5)) == 7
    assert pausing(PAIR, mentee=Span(june(5), june(11))).days_run(june(1), june(16)) == 8
    assert PAIR.days_run(june(16), june(1)) == 0
