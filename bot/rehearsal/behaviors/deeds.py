"""What people do in a rehearsed year. A deed says no more than a person would: no id, only days, words and choices."""

from dataclasses import dataclass
from datetime import date, datetime, time

from bot.domain.goals import GoalDraft, GoalState
from bot.domain.meetings import Means
from bot.domain.replies import Question
from bot.domain.rules.meet_there import Going
from bot.domain.terms import Fields


@dataclass(frozen=True, slots=True)
class LogMeeting:
    """Log a meeting of that day."""

    minutes: int
    means: Means


@dataclass(frozen=True, slots=True)
class ConfirmMeeting:
    """Say that the pair met, of the newest meeting that waits for this one's word."""


@dataclass(frozen=True, slots=True)
class PlanMeeting:
    """Plan the next meeting."""

    day: date
    at: time
    minutes: int


@dataclass(frozen=True, slots=True)
class PromiseStep:
    """Write down a next step of one's own."""

    what: str
    due: date


@dataclass(frozen=True, slots=True)
class FinishStep:
    """Mark one's own oldest open next step as done."""


@dataclass(frozen=True, slots=True)
class WriteAgreement:
    """Fill the form of the agreement, and sign it."""

    fields: Fields


@dataclass(frozen=True, slots=True)
class SignAgreement:
    """Sign the agreement as it stands."""


@dataclass(frozen=True, slots=True)
class SetGoal:
    """Set a goal."""

    draft: GoalDraft


@dataclass(frozen=True, slots=True)
class MoveGoal:
    """Say where the `number`-th goal of the pair stands, counted from 0."""

    number: int
    state: GoalState


@dataclass(frozen=True, slots=True)
class AnswerMidpoint:
    """Say whether the agreement still suits."""

    choice: str


@dataclass(frozen=True, slots=True)
class AnswerGoing:
    """Say whether one goes to a meeting in the calendar, on the days that it has."""

    occasion: str
    going: Going


@dataclass(frozen=True, slots=True)
class RoundOff:
    """Send the closing form; what was said to each question, as the form has it."""

    said: tuple[tuple[Question, str], ...]


@dataclass(frozen=True, slots=True)
class AskForHelp:
    """Say that something is in the way."""

    words: str


@dataclass(frozen=True, slots=True)
class Pause:
    """Pause until a day."""

    until: date


@dataclass(frozen=True, slots=True)
class EndPair:
    """End the pair without blame, after `last`."""

    last: date
    reason: str


@dataclass(frozen=True, slots=True)
class AskRematch:
    """Ask for a new partner after an early end."""

    words: str


@dataclass(frozen=True, slots=True)
class NewPair:
    """The coordinator gives the mentee a new mentor, as a new roster would."""

    key: str
    mentor_key: str
    starts: date


Deed = (
    LogMeeting
    | ConfirmMeeting
    | PlanMeeting
    | PromiseStep
    | FinishStep
    | WriteAgreement
    | SignAgreement
    | SetGoal
    | MoveGoal
    | AnswerMidpoint
    | AnswerGoing
    | RoundOff
    | AskForHelp
    | Pause
    | EndPair
    | AskRematch
    | NewPair
)


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody does at a moment (UTC), about a pair (by its key)."""

    at: datetime
    pair_key: str
    person_key: str
    deed: Deed
