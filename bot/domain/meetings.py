"""Meetings: what `/checkin` records."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

SHORTEST, LONGEST = 1, 600


class Means(StrEnum):
    """How a pair met."""

    VIDEO = "video"
    PHONE = "phone"
    EMAIL = "email"
    SLACK = "slack"
    IN_PERSON = "in person"


@dataclass(frozen=True, slots=True)
class Words:
    """What one of the two wrote about a meeting: for the two only, but `private` for the writer alone."""

    person_id: str
    next_step: str = ""
    notes: str = ""
    private: str = ""

    def __bool__(self) -> bool:
        return bool(self.next_step or self.notes or self.private)


class Confirmed(StrEnum):
    """What the partner of who logged a meeting says of it. A meeting that is denied does not count.

    `KEPT`: who logged it says that they did meet, after it was denied. That ends the matter: it counts, and no further
    answer changes that.
    """

    NOT_YET = ""
    YES = "yes"
    CHANGED = "changed"
    DENIED = "denied"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Correction:
    """What somebody put right about a meeting when it was too late to change it.

    `before` says the facts as they stood; `words` are for the two only.
    """

    meeting_id: str
    person_id: str
    at: datetime
    before: str
    words: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting of a pair: at most one for a day. What was said of goals at it stands in the stories of the goals."""

    pair_id: str
    day: date
    minutes: int
    means: Means
    logged_by: str
    logged_at: datetime
    words: tuple[Words, ...] = field(default=())
    confirmed: Confirmed = Confirmed.NOT_YET
    id: str = ""

    @property
    def counts(self) -> bool:
        """Tell whether it counts as a meeting."""
        return self.confirmed is not Confirmed.DENIED

    @property
    def facts(self) -> tuple[date, int, Means]:
        """The day, the minutes and how they met: what one can confirm, change or put right."""
        return self.day, self.minutes, self.means

    @property
    def state(self) -> str:
        """Its facts and what it counts as, in a word: what has changed in between has another one."""
        return f"{self.day}/{self.minutes}/{self.means}/{self.confirmed}"

    def words_of(self, person_id: str) -> Words:
        """Return what that person wrote, or empty words."""
        return next((words for words in self.words if words.person_id == person_id), Words(person_id))
