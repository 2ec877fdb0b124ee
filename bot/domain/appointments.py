"""Appointments: when a pair means to meet next. And promises: what one of the two will have done by then."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import blake2b
from zoneinfo import ZoneInfo

SHORTEST, LONGEST = 5, 600
UNKNOWN = 0
ASSUMED = timedelta(minutes=45)
"""How much room a meeting takes in a calendar whose length nobody has said; it is never shown as its length."""


class Planned(StrEnum):
    """What became of an appointment."""

    AHEAD = "ahead"
    CANCELLED = "cancelled"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Appointment:
    """When a pair means to meet: `starts` is aware, in UTC. `place` is an address or a link, for the two only.

    `minutes` are UNKNOWN, and `place` is "", where nobody has said.
    `id` stays the same when it moves, and `sequence` counts the changes, as calendars want it.
    """

    pair_id: str
    starts: datetime
    minutes: int
    set_by: str
    set_at: datetime
    place: str = ""
    state: Planned = Planned.AHEAD
    sequence: int = 0
    id: str = ""

    @property
    def ends(self) -> datetime:
        """When it is over (UTC), as far as one knows."""
        return self.starts + (timedelta(minutes=self.minutes) or ASSUMED)

    @property
    def link(self) -> str:
        """Its place, where that is an address that one can open; else ""."""
        whole = self.place.startswith(("https://", "http://")) and not any(sign in self.place for sign in " <>|")
        return self.place if whole else ""

    @property
    def place_mark(self) -> str:
        """What stands for its place where the place itself must not stand; "" for none."""
        return blake2b(f"{self.id}/{self.place}".encode(), digest_size=8).hexdigest() if self.place else ""

    def is_ahead(self, now: datetime) -> bool:
        """Tell whether it is still to come, or under way."""
        return self.state is Planned.AHEAD and now < self.ends

    def day_in(self, zone: ZoneInfo) -> date:
        """Return its day on the calendar of who lives there."""
        return self.starts.astimezone(zone).date()


@dataclass(frozen=True, slots=True)
class Known:
    """What somebody knows of their next meeting; `starts` is None while they know of none.

    `where` is a mark of its place, by which one place is told from another and none can be read.
    """

    starts: datetime | None = None
    minutes: int = 0
    where: str = ""


def known_of(appointment: Appointment | None, now: datetime) -> Known:
    """Return what one knows who has heard of all that was planned so far."""
    if appointment is None or not appointment.is_ahead(now):
        return Known()
    return Known(appointment.starts, appointment.minutes, appointment.place_mark)


class News(StrEnum):
    """What somebody is to be told, after what they know already."""

    NOTHING = ""
    PLANNED = "planned"
    MOVED = "moved"
    CHANGED = "changed"
    OFF = "off"


def news(before: Known, after: Known) -> News:
    """Say what there is to tell: nothing where all is as they know it, however often it changed in between."""
    if before == after:
        return News.NOTHING
    if after.starts is None:
        return News.OFF
    if before.starts is None:
        return News.PLANNED
    return News.CHANGED if before.starts == after.starts else News.MOVED


@dataclass(frozen=True, slots=True)
class Promise:
    """What one of the two will do, perhaps by a day; `what` is for the two only."""

    pair_id: str
    what: str
    owner_id: str
    set_by: str
    set_at: datetime
    due: date | None = None
    meeting_id: str | None = None
    done_at: datetime | None = None
    id: str = ""

    @property
    def mark(self) -> str:
        """What tells one wording of it from another, and cannot be read."""
        return blake2b(f"{self.id}/{self.owner_id}/{self.what}/{self.due}".encode(), digest_size=8).hexdigest()
