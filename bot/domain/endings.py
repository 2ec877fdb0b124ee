"""What changes a pair other than time: an early ending, a new liaison, a phase that comes sooner or later."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.program import Phase


@dataclass(frozen=True, slots=True)
class Ending:
    """An early ending without blame. `reason` is for the liaison only; `goal_id` names what is to be finished first.

    `past_liaison`: the reason is for those who coordinate, and not for the liaison. `ends_before` is the last day that
    the pair had of its own, None where that was the program's: it holds again if the ending is taken back.
    """

    pair_id: str
    asked_by: str
    asked_at: datetime
    last_day: date
    reason: str = ""
    goal_id: str | None = None
    taken_back: bool = False
    past_liaison: bool = False
    ends_before: date | None = None
    id: str = ""


class RematchState(StrEnum):
    """Where a request for a new partner stands."""

    ASKED = "asked"
    SEEN = "seen"
    TAKEN_BACK = "taken back"
    MATCHED = "matched"
    CLOSED = "closed"

    @property
    def is_open(self) -> bool:
        """Tell whether somebody still looks for a new partner."""
        return self in (RematchState.ASKED, RematchState.SEEN)


@dataclass(frozen=True, slots=True)
class Rematch:
    """Somebody would like a new partner; `words` are for who matches people: the liaison and the coordinators."""

    program_id: str
    person_id: str
    pair_id: str
    at: datetime
    state: RematchState = RematchState.ASKED
    words: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Handover:
    """A pair that went from one liaison to another; None where nobody followed it."""

    pair_id: str
    from_id: str | None
    to_id: str | None
    by: str
    at: datetime
    id: str = ""


@dataclass(frozen=True, slots=True)
class PhaseMove:
    """A liaison let a pair's phase begin on another day than the program's."""

    pair_id: str
    phase: Phase
    day: date
    by: str
    at: datetime
    id: str = ""


def weeks_left(after: date, last: date) -> int:
    """Return how many whole weeks lie between the day `after` which a new pair could begin, and the last day."""
    return max((last - after).days, 0) // 7
