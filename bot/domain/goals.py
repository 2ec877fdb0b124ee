"""Goals: what a mentee works on, how the mentor helps, and how it went."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

MOST_GOALS = 3


class GoalState(StrEnum):
    """Where a goal stands."""

    NOT_STARTED = "not started"
    MOVING = "moving"
    STUCK = "stuck"
    DONE = "done"
    CHANGED = "changed"
    DROPPED = "dropped"


OPEN_STATES = frozenset({GoalState.NOT_STARTED, GoalState.MOVING, GoalState.STUCK})


@dataclass(frozen=True, slots=True)
class Goal:
    """What a mentee works on, why, and how the mentor helps; `measure` is how both will know that it is reached.

    `target` is the day by which; `set_by` who drafted it, "" where nobody remembers.
    """

    pair_id: str
    what: str
    help: str
    state: GoalState = GoalState.NOT_STARTED
    since: datetime | None = None
    why: str = ""
    measure: str = ""
    target: date | None = None
    set_by: str = ""
    id: str = ""

    @property
    def is_open(self) -> bool:
        """Tell whether the pair still works on it."""
        return self.state in OPEN_STATES


@dataclass(frozen=True, slots=True)
class GoalMove:
    """One line of a goal's story: where somebody said that it stood, and when; `words` are for the two only."""

    goal_id: str
    person_id: str
    at: datetime
    state: GoalState
    words: str = ""
    meeting_id: str | None = None
    id: str = ""
