"""Meetings and goals."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

SHORTEST, LONGEST = 1, 600
MOST_GOALS = 3


class Means(StrEnum):
    """How a pair met."""

    VIDEO = "video"
    PHONE = "phone"
    EMAIL = "email"
    SLACK = "slack"
    IN_PERSON = "in person"


@dataclass(frozen=True, slots=True)
class Words:
    """What one of the two wrote about a meeting: for the two only."""

    person_id: str
    next_step: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting of a pair: at most one for a day. `moved` are the ids of the goals that moved."""

    pair_id: str
    day: date
    minutes: int
    means: Means
    logged_by: str
    logged_at: datetime
    moved: tuple[str, ...] = ()
    words: tuple[Words, ...] = field(default=())
    id: str = ""

    def words_of(self, person_id: str) -> Words:
        """Return what that person wrote, or empty words."""
        return next((words for words in self.words if words.person_id == person_id), Words(person_id))


class GoalState(StrEnum):
    """Where a goal stands."""

    NOT_STARTED = "not started"
    MOVING = "moving"
    DONE = "done"
    CHANGED = "changed"
    DROPPED = "dropped"


OPEN_STATES = frozenset({GoalState.NOT_STARTED, GoalState.MOVING})


@dataclass(frozen=True, slots=True)
class Goal:
    """What a mentee works on, and how the mentor helps."""

    pair_id: str
    what: str
    help: str
    state: GoalState = GoalState.NOT_STARTED
    since: datetime | None = None
    id: str = ""

    @property
    def is_open(self) -> bool:
        """Tell whether the pair still works on it."""
        return self.state in OPEN_STATES
