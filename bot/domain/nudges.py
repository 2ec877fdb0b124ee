"""What is to be said, to whom and when: entries of a timetable, and the nudges that come of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import IntEnum, StrEnum
from hashlib import blake2b

from bot.domain.days import midnight
from bot.domain.people import Person


class Lane(IntEnum):
    """What goes first, and what counts: announcements are a coordinator's own, outside the person's budget."""

    ESCALATION = 1
    REMINDER = 2
    DIGEST = 3
    ANNOUNCEMENT = 4


class Rule(StrEnum):
    """The rules, by the names that people see in `/mentoring why` and can switch off in the settings."""

    FIRST_MOVE = "first_move"
    CHECKIN_REMINDER = "checkin_reminder"
    APPOINTMENT = "appointment"
    PHASE_PROMPT = "phase_prompt"
    AGREEMENT = "agreement"
    GOALS = "goals"
    MIDPOINT = "midpoint"
    MEET_THERE = "meet_there"
    TRAINING = "training"
    DIGEST = "digest"
    CLOSING = "closing"
    CELEBRATION = "celebration"
    FAREWELL = "farewell"
    FOLLOW_UP = "follow_up"
    IDEA_SENT = "idea_sent"
    MEETING_LOGGED = "meeting_logged"
    MEETING_ANSWERED = "meeting_answered"
    APPOINTMENT_SET = "appointment_set"
    NEXT_STEP = "next_step"
    AGREEMENT_NEWS = "agreement_news"
    IN_THE_WAY = "in_the_way"
    PAUSE = "pause"
    UNREACHABLE = "unreachable"
    PARTNER_UNREACHABLE = "partner_unreachable"
    ENDING = "ending"
    REMATCH = "rematch"
    HANDOVER = "handover"
    ANNOUNCEMENT = "announcement"


AT_ONCE, PASSED_ON = "at once", "passed on"
"""How those who coordinate come to hear what is for a liaison out of reach: the fact `instead` of a nudge."""
BACK = "/back"
"""How an occurrence of PAUSE or PARTNER_UNREACHABLE ends that says that somebody is back."""
GUEST = "guest"
"""How an occurrence of these two begins, and a fact of theirs, that says that somebody is a guest in Slack."""
A_LIAISON = "/liaison"
"""How an occurrence of UNREACHABLE ends that is about a liaison and all their pairs, and not about one of a pair."""


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """The identity of one nudge to one person: sent at most once, whatever happens.

    `subject` is the key of a pair or program, `occurrence` tells one time from the next, `person` is a roster key.
    """

    rule: str
    subject: str
    occurrence: str
    person: str

    def __str__(self) -> str:
        return f"{self.rule}/{self.subject}/{self.occurrence}/{self.person}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a timetable: `slot` may be said to `person` from `first` to `last`, days on their calendar."""

    slot: Slot
    person: Person
    first: date
    last: date
    lane: Lane = Lane.REMINDER
    pair_id: str | None = None
    facts: tuple[tuple[str, str], ...] = ()

    @property
    def begins(self) -> datetime:
        """The moment (UTC) at which its first day begins for the person."""
        return midnight(self.first, self.person.zone)

    @property
    def ends(self) -> datetime:
        """The moment (UTC) from which on it is too late."""
        return midnight(self.last + timedelta(days=1), self.person.zone)


def up_to_the_next(entries: Iterable[Entry], today: date) -> Iterator[Entry]:
    """Yield entries, which come in the order of their first days, up to the first day after `today` that has any.

    When that day comes, the timetable is asked again.
    """
    following = date.max
    for entry in entries:
        if entry.first > following:
            return
        yield entry
        following = entry.first if entry.first > today else following


def mark_of(program_id: str, slot: Slot) -> str:
    """Return what stands for a slot outside our records: the same each time, and telling nothing to who reads it."""
    return blake2b(f"{program_id}/{slot}".encode(), digest_size=12).hexdigest()


@dataclass(frozen=True, slots=True)
class Nudge:
    """Something to be said to one person, not before and not after (UTC). `facts` are what the words need.

    `again`: it may have been said before, nobody can tell; then the words say so.
    """

    slot: Slot
    program_id: str
    person_id: str
    lane: Lane
    not_before: datetime
    too_late: datetime
    pair_id: str | None = None
    facts: dict[str, str] = field(default_factory=dict)
    id: str = ""
    again: bool = False

    @property
    def mark(self) -> str:
        """What stands for the slot outside our records."""
        return mark_of(self.program_id, self.slot)


@dataclass(frozen=True, slots=True)
class Decision:
    """What is due now, and when to look again (None: never)."""

    due: tuple[Entry, ...]
    look_again: datetime | None


def decide(entries: Iterable[Entry], now: datetime) -> Decision:
    """Sort a timetable at `now` (aware): what may be said, and when the next change comes."""
    due: list[Entry] = []
    look_again: datetime | None = None
    for entry in entries:
        begins = entry.begins
        if begins > now:
            look_again = begins if look_again is None else min(look_again, begins)
        elif now < entry.ends:
            due.append(entry)
    return Decision(tuple(due), look_again)
