"""A planned meeting for a calendar: links for Google Calendar and Outlook, and a file for any calendar (RFC 5545).

An entry names the partner and the place, which the reader knows; no address of anybody's, and no promise. The file's
UID stays as the meeting moves and its SEQUENCE grows, so that a calendar changes the entry that it has.
"""

from datetime import UTC, datetime
from urllib.parse import quote, urlencode

from icalendar import Calendar, Event, vCalAddress, vText

from bot.content.words import Words
from bot.domain.appointments import Appointment, Planned
from bot.domain.people import Person
from bot.usecases.phrasing import first_name

GOOGLE = "https://calendar.google.com/calendar/render"
OUTLOOK = "https://outlook.office.com/calendar/0/deeplink/compose"
LONGEST_LINK = 3000  # of a button's, in Slack
NOBODY = "mailto:nobody@tandem.invalid"  # an organizer there must be (RFC 5546); no calendar can write to this one


def google_link(words: Words, planned: Appointment, partner: Person) -> str:
    """Return the address at which Google Calendar offers to keep the meeting."""
    span = f"{_compact(planned.starts)}/{_compact(planned.ends)}"
    return _link(GOOGLE, {"action": "TEMPLATE", "text": _summary(words, partner), "dates": span}, planned.place)


def outlook_link(words: Words, planned: Appointment, partner: Person) -> str:
    """Return the address at which Outlook on the web offers to keep the meeting."""
    asked = {"path": "/calendar/action/compose", "rru": "addevent", "subject": _summary(words, partner)}
    times = {"startdt": _plain(planned.starts), "enddt": _plain(planned.ends)}
    return _link(OUTLOOK, asked | times, planned.place)


def calendar_file(words: Words, planned: Appointment, partner: Person, now: datetime) -> bytes:
    """Return the file: one event in UTC, or its cancellation where the meeting was called off."""
    off = planned.state is Planned.CANCELLED
    event = Event()
    event.add("uid", f"{planned.id}@tandem")
    event.add("sequence", planned.sequence)
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", planned.starts.astimezone(UTC))
    event.add("dtend", planned.ends.astimezone(UTC))
    event.add("summary", _summary(words, partner))
    event.add("description", words.say("appointments.description"))
    event.add("status", "CANCELLED" if off else "CONFIRMED")
    event.add("class", "PRIVATE")
    organizer = vCalAddress(NOBODY)
    organizer.params["CN"] = vText("Tandem")
    event["organizer"] = organizer
    if planned.place:
        event.add("location", planned.place)
    if planned.link:
        event.add("url", planned.link)
    return _of_one(event, "CANCEL" if off else "PUBLISH")


def _of_one(event: Event, method: str) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Tandem//Mentoring//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _summary(words: Words, partner: Person) -> str:
    return words.say("appointments.summary", partner=first_name(partner.name))


def _link(base: str, asked: dict[str, str], place: str) -> str:
    """Return the address with what is asked; without the place where it would be too long for a button."""
    whole = f"{base}?{urlencode(asked | ({'location': place} if place else {}), quote_via=quote)}"
    return whole if len(whole) <= LONGEST_LINK else f"{base}?{urlencode(asked, quote_via=quote)}"


def _compact(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _plain(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
