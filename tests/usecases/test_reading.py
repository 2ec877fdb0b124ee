"""Reading a check-in in a few words, and a day."""

from datetime import date, time
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.meetings import Means
from bot.usecases.reading import (
    NotUnderstood,
    QuickCheckin,
    QuickPlan,
    Wanted,
    read_checkin,
    read_day,
    read_day_ahead,
    read_plan,
)

FRIDAY = date(2017, 6, 16)


@pytest.mark.parametrize(
    ("text", "day", "minutes", "means"),
    [
        ("45", date(2017, 6, 16), 45, Means.VIDEO),
        ("yesterday 45 zoom", date(2017, 6, 15), 45, Means.VIDEO),
        ("today 1h by phone", date(2017, 6, 16), 60, Means.PHONE),
        ("monday 30m email", date(2017, 6, 12), 30, Means.EMAIL),
        ("friday 30", date(2017, 6, 9), 30, Means.VIDEO),
        ("last Thursday, 20 minutes, phone call", date(2017, 6, 15), 20, Means.PHONE),
        ("2017-06-12 90 in person", date(2017, 6, 12), 90, Means.IN_PERSON),
        ("June 12 45", date(2017, 6, 12), 45, Means.VIDEO),
        ("45 June 12", date(2017, 6, 12), 45, Means.VIDEO),
        ("12 June 45 min video", date(2017, 6, 12), 45, Means.VIDEO),
        ("12 June 45", date(2017, 6, 12), 45, Means.VIDEO),
        ("10 June 12", date(2017, 6, 12), 10, Means.VIDEO),
        ("June 12th, 2017 an hour and a half", date(2017, 6, 12), 90, Means.VIDEO),
        ("the 12th of June 1h30", date(2017, 6, 12), 90, Means.VIDEO),
        ("December 5 45", date(2016, 12, 5), 45, Means.VIDEO),
        ("an hour yesterday coffee", date(2017, 6, 15), 60, Means.IN_PERSON),
        ("half an hour slack huddle", date(2017, 6, 16), 30, Means.SLACK),
        ("We met on Wed for 1.5 hours over lunch.", date(2017, 6, 14), 90, Means.IN_PERSON),
        ("2 hours conference 3 days ago", date(2017, 6, 13), 120, Means.IN_PERSON),
        ("the day before yesterday 1h", date(2017, 6, 14), 60, Means.VIDEO),
        ("1h 12 June", date(2017, 6, 12), 60, Means.VIDEO),
        ("12 June 30", date(2017, 6, 12), 30, Means.VIDEO),
        ("Feb 29 45", date(2016, 2, 29), 45, Means.VIDEO),
        ("coffee chat 45", date(2017, 6, 16), 45, Means.IN_PERSON),
        ("ZOOM CALL 25'", date(2017, 6, 16), 25, Means.VIDEO),
        ("1 hr 15 mins teams", date(2017, 6, 16), 75, Means.VIDEO),
        ("tomorrow 45", date(2017, 6, 17), 45, Means.VIDEO),
        ("10000", date(2017, 6, 16), 10_000, Means.VIDEO),
        ("0 zoom", date(2017, 6, 16), 0, Means.VIDEO),
        ("last Tuesday an hour by phone", date(2017, 6, 13), 60, Means.PHONE),
        ("3 May 45m at the conference", date(2017, 5, 3), 45, Means.IN_PERSON),
        ("this friday 45", date(2017, 6, 16), 45, Means.VIDEO),
        ("past thurs 45", date(2017, 6, 15), 45, Means.VIDEO),
        ("Monday, June 12, 45", date(2017, 6, 12), 45, Means.VIDEO),
    ],
)
def test_a_check_in_is_read(text: str, day: date, minutes: int, means: Means) -> None:
    assert read_checkin(text, FRIDAY) == QuickCheckin(day, minutes, means)


@pytest.mark.parametrize(
    ("text", "word", "wanted"),
    [
        ("", "", Wanted.MINUTES),
        ("yesterday zoom", "", Wanted.MINUTES),
        ("45 60", "60", Wanted.MINUTES),
        ("-5", "-5", Wanted.MINUTES),
        ("1234567", "1234567", Wanted.MINUTES),
        ("6/12 45", "6/12", Wanted.DAY),
        ("12.06.2017 45", "12.06.2017", Wanted.DAY),
        ("2017-02-30 45", "2017-02-30", Wanted.DAY),
        ("June 31 45", "June 31", Wanted.DAY),
        ("45 June 60", "45 June 60", Wanted.DAY),
        ("monday tuesday 45", "tuesday", Wanted.DAY),
        ("45 zoom coffee", "coffee", Wanted.ANYTHING),
        ("45 mintues", "mintues", Wanted.ANYTHING),
        ("<!here> 45", "<!here>", Wanted.ANYTHING),
        ("yesterday, 45 with a friend", "friend", Wanted.ANYTHING),
        ("Tuesday, June 12, 45", "Tuesday, June 12", Wanted.DAY),  # it was a Monday
    ],
)
def test_what_is_not_understood_is_named(text: str, word: str, wanted: Wanted) -> None:
    with pytest.raises(NotUnderstood) as refusal:
        read_checkin(text, FRIDAY)

    assert (refusal.value.word, refusal.value.wanted) == (word, wanted)


@pytest.mark.parametrize("words", [("yesterday", "45 min", "zoom"), ("June 15", "1h", "by phone"), ("45", "in person")])
def test_the_order_of_the_words_does_not_matter(words: tuple[str, ...]) -> None:
    assert len({read_checkin(" ".join(order), FRIDAY) for order in permutations(words)}) == 1


@given(st.text(), st.dates())
def test_whatever_is_typed_is_read_or_kindly_refused(text: str, today: date) -> None:
    try:
        read_checkin(text, today)
    except NotUnderstood as refusal:
        assert refusal.word in text  # noqa: PT017 - the refusal is one of the two things that may happen


WORDS = [
    "45",
    "1h",
    "30 min",
    "June",
    "12",
    "2017",
    "monday",
    "last",
    "in",
    "3",
    "weeks",
    "ago",
    "an",
    "hour",
    "and a half",
]
WORDS += [
    "zoom",
    "call",
    "-",
    "9999-12-31",
    "0001-01-01",
    "February 29",
    "day",
    "999 months ago",
    "in 999 weeks",
    "31st of",
]


@given(st.lists(st.sampled_from(WORDS)).map(" ".join), st.dates(), st.booleans())
def test_words_that_nearly_make_sense_are_read_or_kindly_refused(text: str, today: date, ahead: bool) -> None:
    for read in (read_checkin, read_plan, lambda text, today: read_day(text, today, ahead=ahead)):
        try:
            read(text, today)
        except NotUnderstood:
            continue


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", date(2017, 6, 16)),
        ("tomorrow", date(2017, 6, 17)),
        ("friday", date(2017, 6, 23)),
        ("next Friday", date(2017, 6, 23)),
        ("until monday", date(2017, 6, 19)),
        ("in 2 weeks", date(2017, 6, 30)),
        ("in a month", date(2017, 7, 16)),
        ("15 October", date(2017, 10, 15)),
        ("October 15th, 2018", date(2018, 10, 15)),
        ("the 3rd of July", date(2017, 7, 3)),
        ("1 May", date(2018, 5, 1)),
        ("16 June", date(2017, 6, 16)),
        ("2017-10-15", date(2017, 10, 15)),
        ("Friday, 13 October", date(2017, 10, 13)),
        ("friday 16 june", date(2017, 6, 16)),
        ("this friday", date(2017, 6, 16)),
        ("coming thur", date(2017, 6, 22)),
    ],
)
def test_a_day_to_come_is_read(text: str, day: date) -> None:
    assert read_day(text, FRIDAY, ahead=True) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [("friday", date(2017, 6, 9)), ("1 July", date(2016, 7, 1)), ("16 June", date(2017, 6, 16))],
)
def test_a_day_past_is_read(text: str, day: date) -> None:
    assert read_day(text, FRIDAY, ahead=False) == day


@pytest.mark.parametrize("text", ["", "soon", "2 weeks", "6/12", "friday monday", "June 31", "tomorrow 45"])
def test_what_is_no_day_is_refused_as_it_was_typed(text: str) -> None:
    with pytest.raises(NotUnderstood) as refusal:
        read_day(text, FRIDAY, ahead=True)

    assert refusal.value.word == text


@pytest.mark.parametrize(
    ("text", "plan"),
    [
        ("tomorrow 3pm", QuickPlan(date(2017, 6, 17), time(15))),
        ("next friday", QuickPlan(date(2017, 6, 23))),
        ("in 2 weeks at 15:30", QuickPlan(date(2017, 6, 30), time(15, 30))),
        ("Tuesday 3:30 p.m. for an hour", QuickPlan(date(2017, 6, 20), time(15, 30), 60)),
        ("3 May noon 45m coffee", QuickPlan(date(2018, 5, 3), time(12), 45, "coffee")),
        (
            "10 am on June 20 https://meet.example/a?b=1&c=3pm",
            QuickPlan(date(2017, 6, 20), time(10), None, "https://meet.example/a?b=1&c=3pm"),
        ),
        ("2017-10-15 14:00 30 min", QuickPlan(date(2017, 10, 15), time(14), 30)),
        ("today 12am", QuickPlan(date(2017, 6, 16), time(0))),
    ],
)
def test_when_to_meet_is_read(text: str, plan: QuickPlan) -> None:
    assert read_plan(text, FRIDAY) == plan


@pytest.mark.parametrize(
    ("text", "word", "wanted"),
    [
        ("", "", Wanted.DAY),
        ("3pm", "", Wanted.DAY),
        ("6/20 3pm", "6/20", Wanted.DAY),
        ("tuesday 10", "10", Wanted.TIME),
        ("tuesday at 3", "3", Wanted.TIME),
        ("tuesday 25:00", "25:00", Wanted.TIME),
        ("tuesday 13pm", "13pm", Wanted.TIME),
        ("tuesday 3pm EST", "EST", Wanted.ANYTHING),
        ("tuesday 3pm 4pm", "4pm", Wanted.TIME),
        ("tuesday wednesday 3pm", "wednesday", Wanted.DAY),
        ("friday 14 october 3pm", "friday 14 october", Wanted.DAY),
    ],
)
def test_when_to_meet_is_never_guessed(text: str, word: str, wanted: Wanted) -> None:
    with pytest.raises(NotUnderstood) as refusal:
        read_plan(text, FRIDAY)

    assert (refusal.value.word, refusal.value.wanted) == (word, wanted)


# -- a day that is still to come --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("tomorrow", QuickPlan(date(2017, 6, 17))),
        ("tomorrow 3pm for an hour", QuickPlan(date(2017, 6, 17), time(15), 60)),
        ("20 June 45 phone", QuickPlan(date(2017, 6, 20), None, 45, "phone")),
        ("next tuesday", QuickPlan(date(2017, 6, 20))),
        ("tuesday 45", None),
        ("yesterday 45", None),
        ("45", None),
        ("tomorrow or friday", None),
        ("31 June 45", None),
        ("", None),
    ],
)
def test_a_day_ahead_is_seen_in_what_was_to_be_logged(text: str, meant: QuickPlan | None) -> None:
    assert read_day_ahead(text, date(2017, 6, 16)) == meant
