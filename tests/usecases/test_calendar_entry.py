"""A planned meeting for a calendar: the links and the file, read again by another pair of eyes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from bot.content.words import load_words
from bot.domain.appointments import Appointment, Planned
from bot.usecases.calendar_entry import LONGEST_LINK, calendar_file, google_link, outlook_link
from tests.domain.cast import TOM
from tests.golden import check

WORDS = load_words()
NOW = datetime(2017, 6, 16, 15, tzinfo=UTC)
PLANNED = Appointment(
    "q", datetime(2017, 6, 21, 20, tzinfo=UTC), 45, "p-maya", NOW, "https://meet.example/a?b=1&c=2", sequence=2, id="a1"
)


def event_of(planned: Appointment) -> tuple[Calendar, Event]:
    calendar = Calendar.from_ical(calendar_file(WORDS, planned, TOM, NOW))
    [event] = calendar.walk("VEVENT")
    assert isinstance(calendar, Calendar)
    assert isinstance(event, Event)
    return calendar, event


def test_the_file_is_as_a_person_has_read_it() -> None:
    check("meeting.ics.txt", calendar_file(WORDS, PLANNED, TOM, NOW).decode().replace("\r\n", "\n"))
    off = replace(PLANNED, state=Planned.CANCELLED, sequence=3)
    check("meeting_off.ics.txt", calendar_file(WORDS, off, TOM, NOW).decode().replace("\r\n", "\n"))


def test_a_change_is_the_same_entry_with_a_higher_sequence_and_called_off_it_is_cancelled() -> None:
    calendar, event = event_of(PLANNED)
    off_calendar, off = event_of(replace(PLANNED, state=Planned.CANCELLED, sequence=3))

    assert (str(calendar["method"]), str(event["status"]), event["sequence"]) == ("PUBLISH", "CONFIRMED", 2)
    assert (str(off_calendar["method"]), str(off["status"]), off["sequence"]) == ("CANCEL", "CANCELLED", 3)
    assert str(event["uid"]) == str(off["uid"])


def test_nobody_s_address_stands_in_it() -> None:
    text = calendar_file(WORDS, PLANNED, replace(TOM, email="tom@library.example"), NOW).decode()

    assert "tom@library.example" not in text
    assert "mailto:nobody@tandem.invalid" in text


PLACES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300).map(str.strip)


@given(PLACES, st.integers(0, 400_000), st.integers(5, 600), st.integers(0, 99))
def test_whatever_the_place_the_file_says_it_back(place: str, later: int, minutes: int, sequence: int) -> None:
    starts = NOW + timedelta(minutes=later)
    _, event = event_of(replace(PLANNED, starts=starts, minutes=minutes, place=place, sequence=sequence))

    assert event.decoded("dtstart") == starts
    assert event.decoded("dtend") == starts + timedelta(minutes=minutes)
    assert event["sequence"] == sequence
    assert str(event.get("location", "")) == place


@given(PLACES)
def test_whatever_the_place_the_links_fit_a_button_and_say_the_hour_in_utc(place: str) -> None:
    planned = replace(PLANNED, place=place)
    google = parse_qs(urlsplit(google_link(WORDS, planned, TOM)).query)
    outlook = parse_qs(urlsplit(outlook_link(WORDS, planned, TOM)).query)

    assert google["dates"] == ["20170621T200000Z/20170621T204500Z"]
    assert (outlook["startdt"], outlook["enddt"]) == (["2017-06-21T20:00:00Z"], ["2017-06-21T20:45:00Z"])
    assert google["text"] == outlook["subject"] == ["Mentoring: Tom"]
    assert google.get("location", [place]) == [place] if place else "location" not in google
    assert len(google_link(WORDS, planned, TOM)) <= LONGEST_LINK
    assert len(outlook_link(WORDS, planned, TOM)) <= LONGEST_LINK
