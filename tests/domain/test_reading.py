"""Reading a check-in in a few words, and a day."""

from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.meetings import Means
from bot.domain.reading import NotUnderstood, QuickCheckin, Wanted, read_checkin, read_day

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
    for read in (read_checkin, lambda text, today: read_day(text, today, ahead=ahead)):
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
