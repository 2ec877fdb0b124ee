"""When a person may be spoken to: in every zone, on every day, through every change of the clocks."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.days import (
    Span,
    Speaking,
    SpeakingHours,
    midnight,
    monday_of,
    running_day,
    stopped_days,
    wall,
    week_name,
)

ZONES = sorted(available_timezones())
YEARS = Span(date(2017, 1, 1), date(2018, 12, 31))
START = datetime(2017, 1, 1, tzinfo=UTC)
EVERY_DAY = frozenset(range(7))
zones = st.sampled_from(ZONES).map(ZoneInfo)
days = st.dates(YEARS.first, YEARS.last)
moments = st.integers(-31 * 24 * 60, 760 * 24 * 60).map(lambda n: START + timedelta(minutes=n))
spans = st.builds(lambda first, more: Span(first, first + timedelta(days=more)), days, st.integers(0, 40))


@st.composite
def hours(draw: st.DrawFn) -> SpeakingHours:
    start, end = sorted(draw(st.sets(st.integers(0, 23 * 4 + 3), min_size=2, max_size=2)))
    chosen = draw(st.frozensets(st.integers(0, 6), min_size=1))
    return SpeakingHours(time(start // 4, start % 4 * 15), time(end // 4, end % 4 * 15), chosen)


@st.composite
def speakings(draw: st.DrawFn) -> Speaking:
    said = draw(st.lists(days, max_size=20, unique=True))
    first, last = sorted((draw(days), draw(days)))
    closed = tuple(draw(st.lists(spans, max_size=3)))
    return Speaking(draw(zones), draw(hours()), Span(first, last), closed, tuple(said), draw(st.integers(1, 5)))


def office(zone: str, within: Span = YEARS) -> Speaking:
    return Speaking(ZoneInfo(zone), SpeakingHours(), within)


# -- the next moment --------------------------------------------------------------------------------------------------


def test_within_the_hours_it_is_now() -> None:
    tuesday_noon = datetime(2017, 6, 6, 17, tzinfo=UTC)  # 12:00 in Chicago

    assert office("America/Chicago").next_moment(tuesday_noon) == tuesday_noon


def test_before_the_hours_it_is_when_they_begin() -> None:
    assert office("America/Chicago").next_moment(datetime(2017, 6, 6, 6, tzinfo=UTC)) == datetime(
        2017, 6, 6, 14, tzinfo=UTC
    )


def test_at_the_minute_when_they_end_it_is_the_next_day() -> None:
    five = datetime(2017, 6, 6, 22, tzinfo=UTC)

    assert office("America/Chicago").next_moment(five - timedelta(seconds=1)) == five - timedelta(seconds=1)
    assert office("America/Chicago").next_moment(five) == datetime(2017, 6, 7, 14, tzinfo=UTC)


def test_after_friday_comes_monday() -> None:
    friday_night = datetime(2017, 6, 10, 3, tzinfo=UTC)

    assert office("America/Chicago").next_moment(friday_night) == datetime(2017, 6, 12, 14, tzinfo=UTC)


def test_in_guam_monday_begins_while_it_is_sunday_in_chicago() -> None:
    sunday_in_chicago = datetime(2017, 6, 11, 18, tzinfo=UTC)

    assert office("Pacific/Guam").next_moment(sunday_in_chicago) == datetime(2017, 6, 11, 23, tzinfo=UTC)


def test_nothing_comes_before_the_first_day_or_after_the_last() -> None:
    june = office("America/Chicago", Span(date(2017, 6, 5), date(2017, 6, 9)))

    assert june.next_moment(datetime(2017, 1, 1, tzinfo=UTC)) == datetime(2017, 6, 5, 14, tzinfo=UTC)
    assert june.next_moment(datetime(2017, 6, 9, 21, 59, tzinfo=UTC)) == datetime(2017, 6, 9, 21, 59, tzinfo=UTC)
    assert june.next_moment(datetime(2017, 6, 9, 22, tzinfo=UTC)) is None


def test_one_note_a_day_and_three_a_week_is_the_most() -> None:
    monday, tuesday, wednesday = (date(2017, 6, day) for day in (5, 6, 7))
    noon = datetime(2017, 6, 7, 17, tzinfo=UTC)
    speaking = office("America/Chicago")

    twice = replace(speaking, spoken=(monday, tuesday))
    today = replace(speaking, spoken=(wednesday,))
    thrice = replace(speaking, spoken=(monday, tuesday, wednesday))

    assert twice.next_moment(noon) == noon
    assert today.next_moment(noon) == datetime(2017, 6, 8, 14, tzinfo=UTC)
    assert thrice.next_moment(noon) == datetime(2017, 6, 12, 14, tzinfo=UTC)


def test_a_week_begins_on_monday_for_the_person() -> None:
    said = (date(2017, 6, 7), date(2017, 6, 8), date(2017, 6, 9))
    guam = replace(office("Pacific/Guam"), spoken=said)

    assert guam.next_moment(datetime(2017, 6, 9, 8, tzinfo=UTC)) == datetime(2017, 6, 11, 23, tzinfo=UTC)


def test_hours_may_end_at_midnight() -> None:
    evening = Speaking(ZoneInfo("America/Chicago"), SpeakingHours(time(18), time(0)), YEARS)

    assert evening.next_moment(datetime(2017, 6, 6, 12, tzinfo=UTC)) == datetime(2017, 6, 6, 23, tzinfo=UTC)
    late = datetime(2017, 6, 7, 4, 59, tzinfo=UTC)  # 23:59
    assert evening.next_moment(late) == late
    assert evening.next_moment(late + timedelta(minutes=1)) == datetime(2017, 6, 7, 23, tzinfo=UTC)


@given(speakings(), moments)
def test_nobody_is_spoken_to_outside_of_what_they_allow(speaking: Speaking, after: datetime) -> None:
    moment = speaking.next_moment(after)
    assume(moment is not None)
    assert moment is not None

    local = moment.astimezone(speaking.zone)
    day = local.date()
    assert moment >= after
    assert moment.utcoffset() == timedelta(0)
    assert day in speaking.within
    assert day.weekday() in speaking.hours.days
    assert not any(day in span for span in speaking.closed)
    assert day not in speaking.spoken
    assert sum(monday_of(said) == monday_of(day) for said in speaking.spoken) < speaking.weekly
    assert speaking.hours.start <= local.time() < speaking.hours.end


@given(speakings(), moments)
def test_no_earlier_moment_was_passed_over(speaking: Speaking, after: datetime) -> None:
    moment = speaking.next_moment(after)
    limit = after + timedelta(days=30)

    probe = after
    while probe < min(moment or limit, limit):
        assert speaking.next_moment(probe) == moment
        probe += timedelta(hours=7, minutes=13)


@pytest.mark.parametrize("name", ZONES)
def test_in_every_zone_nine_o_clock_is_nine_o_clock_through_two_years(name: str) -> None:
    zone = ZoneInfo(name)
    for ahead in range(0, 730, 3):
        day = YEARS.first + timedelta(days=ahead)
        local = wall(day, time(9), zone).astimezone(zone)
        assert (local.date(), local.time()) == (day, time(9))


# -- clocks that jump -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "day", "at", "moment"),
    [
        (
            "America/Chicago",
            date(2018, 3, 11),
            time(2, 30),
            datetime(2018, 3, 11, 8, tzinfo=UTC),
        ),  # a gap
        ("America/Chicago", date(2018, 3, 11), time(2), datetime(2018, 3, 11, 8, tzinfo=UTC)),
        ("America/Chicago", date(2018, 3, 11), time(3), datetime(2018, 3, 11, 8, tzinfo=UTC)),
        ("America/Chicago", date(2017, 11, 5), time(1, 30), datetime(2017, 11, 5, 6, 30, tzinfo=UTC)),  # the first
        (
            "Australia/Lord_Howe",
            date(2017, 10, 1),
            time(2, 15),
            datetime(2017, 9, 30, 15, 30, tzinfo=UTC),
        ),  # of 30 min
        (
            "Australia/Lord_Howe",
            date(2018, 4, 1),
            time(1, 45),
            datetime(2018, 3, 31, 14, 45, tzinfo=UTC),
        ),  # twice
        ("America/Sao_Paulo", date(2017, 10, 15), time(0), datetime(2017, 10, 15, 3, tzinfo=UTC)),  # no midnight
        ("Pacific/Apia", date(2011, 12, 30), time(9), datetime(2011, 12, 30, 10, tzinfo=UTC)),  # no such day
        ("Pacific/Apia", date(2011, 12, 31), time(9), datetime(2011, 12, 30, 19, tzinfo=UTC)),
        ("Asia/Kathmandu", date(2017, 6, 1), time(9), datetime(2017, 6, 1, 3, 15, tzinfo=UTC)),
        ("Pacific/Chatham", date(2017, 6, 1), time(9), datetime(2017, 5, 31, 20, 15, tzinfo=UTC)),
    ],
)
def test_a_clock_on_the_wall(zone: str, day: date, at: time, moment: datetime) -> None:
    assert wall(day, at, ZoneInfo(zone)) == moment


def test_on_a_day_that_is_left_out_nobody_hears() -> None:
    samoa = Speaking(
        ZoneInfo("Pacific/Apia"), SpeakingHours(days=EVERY_DAY), Span(date(2011, 12, 1), date(2012, 1, 31))
    )
    evening_of_the_29th = datetime(2011, 12, 30, 3, 0, 1, tzinfo=UTC)

    moment = samoa.next_moment(evening_of_the_29th)

    assert moment == datetime(2011, 12, 30, 19, tzinfo=UTC)  # nine o'clock on the 31st


def test_hours_that_begin_in_a_gap_begin_when_the_clock_jumps_over_it() -> None:
    night = Speaking(ZoneInfo("America/Chicago"), SpeakingHours(time(2, 30), time(4), EVERY_DAY), YEARS)
    eight = datetime(2018, 3, 11, 8, tzinfo=UTC)

    assert night.next_moment(datetime(2018, 3, 11, 5, tzinfo=UTC)) == eight
    assert eight.astimezone(night.zone).time() == time(3)


def test_hours_that_lie_wholly_in_a_gap_are_left_out_that_night() -> None:
    night = Speaking(ZoneInfo("America/Chicago"), SpeakingHours(time(2), time(2, 45), EVERY_DAY), YEARS)

    assert night.next_moment(datetime(2018, 3, 11, 5, tzinfo=UTC)) == datetime(2018, 3, 12, 7, tzinfo=UTC)


def test_in_an_hour_that_comes_twice_nothing_is_said_again_before_the_hours_begin() -> None:
    night = Speaking(ZoneInfo("America/Chicago"), SpeakingHours(time(1, 30), time(4), EVERY_DAY), YEARS)
    ten_past_one_again = datetime(2017, 11, 5, 7, 10, tzinfo=UTC)

    assert night.next_moment(datetime(2017, 11, 5, 5, tzinfo=UTC)) == datetime(2017, 11, 5, 6, 30, tzinfo=UTC)
    assert night.next_moment(ten_past_one_again) == datetime(2017, 11, 5, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize("name", ZONES)
def test_in_every_zone_the_hours_are_kept_in_the_nights_in_which_clocks_are_changed(name: str) -> None:
    zone = ZoneInfo(name)
    night = Speaking(zone, SpeakingHours(time(0, 45), time(3, 15), EVERY_DAY), YEARS)
    for day in _days_of_change(zone):
        begins = midnight(day, zone) - timedelta(hours=1)
        for quarter in range(4 * 7):
            moment = night.next_moment(begins + timedelta(minutes=15 * quarter))
            assert moment is not None
            assert time(0, 45) <= moment.astimezone(zone).time() < time(3, 15), (name, moment)


def _days_of_change(zone: ZoneInfo) -> list[date]:
    """Return the days of two years on which the clocks are changed."""
    days = (YEARS.first + timedelta(days=ahead) for ahead in range(730))
    return [day for day in days if midnight(day + timedelta(days=1), zone) - midnight(day, zone) != timedelta(days=1)]


@given(zones, st.dates(date(1990, 1, 1), date(2037, 12, 30)))
def test_a_day_begins_where_the_day_before_ends(zone: ZoneInfo, day: date) -> None:
    begins, ends = midnight(day, zone), midnight(day + timedelta(days=1), zone)

    assert timedelta(0) <= ends - begins <= timedelta(hours=48)
    if begins < ends:
        assert begins.astimezone(zone).date() == day


# -- days that stand still --------------------------------------------------------------------------------------------


def test_stopped_days_count_once_though_spans_overlap() -> None:
    holidays = Span(date(2017, 12, 20), date(2018, 1, 2))
    pause = Span(date(2017, 12, 28), date(2018, 1, 5))

    assert stopped_days([holidays, pause], date(2017, 12, 1), date(2018, 1, 31)) == 17
    assert stopped_days([pause, holidays], date(2017, 12, 20), date(2017, 12, 31)) == 11
    assert stopped_days([], date(2017, 12, 20), date(2017, 12, 31)) == 0


@given(st.lists(spans, max_size=5), days, st.integers(0, 60))
def test_stopped_days_are_those_that_lie_in_a_span(stops: list[Span], after: date, length: int) -> None:
    until = after + timedelta(days=length)

    by_hand = [after + timedelta(days=n) for n in range(1, length + 1)]

    assert stopped_days(stops, after, until) == sum(any(day in span for span in stops) for day in by_hand)


@given(st.lists(spans, max_size=5), days, st.integers(1, 60))
def test_a_clock_runs_on_the_days_that_are_not_stopped(stops: list[Span], since: date, length: int) -> None:
    day, left = since, length
    while left:
        day += timedelta(days=1)
        left -= not any(day in span for span in stops)

    assert running_day(stops, since, length) == day


def test_a_week_has_its_iso_name() -> None:
    assert week_name(date(2018, 1, 1)) == "2018-W01"
    assert week_name(date(2017, 1, 1)) == "2016-W52"
