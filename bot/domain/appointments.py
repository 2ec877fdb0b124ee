"""Appointments: when a pair means to meet next. And promises: what one of the two will have done by then."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Planned(StrEnum):
    """What became of an appointment."""

    AHEAD = "ahead"
    CANCELLED = "cancelled"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Appointment:
    """When a pair means to meet: `starts` is aware, in UTC. `place` is an address or a link, for the two only.

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
