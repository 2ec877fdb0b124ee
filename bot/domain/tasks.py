"""The five tasks of a pair's year, and how far each is: told by what is on record, never by what somebody ticks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.people import Pair
from bot.domain.phases import windows_of
from bot.domain.program import Phase
from bot.domain.replies import Question


class Task(StrEnum):
    """What a pair does once, in the usual order. The values are the names in prompt files."""

    FIRST_MEETING = "first meeting"
    AGREEMENT = "agreement"
    GOALS = "goals"
    MIDPOINT = "midpoint"
    CLOSING_TALK = "closing talk"


class Doing(StrEnum):
    """How far a task is."""

    DONE = "done"
    OPEN = "open"
    NOT_YET = "not yet"
    """Its time has not come."""


@dataclass(frozen=True, slots=True)
class TaskState:
    """A task of a pair: `due` is the day by which it is expected, `opens` the first one on which it can be done."""

    task: Task
    doing: Doing
    opens: date
    due: date


SETTLED = frozenset({"yes", "no"})  # what is said of the closing talk: it was held, or they do without one


def is_done(task: Task, pair: Pair, person_id: str = "") -> bool:
    """Tell whether a pair has done something. With a person: whether there is nothing left in it for them.

    The midpoint is each one's own answer; one of the two is enough to tell that they talked at the end.
    """
    match task:
        case Task.FIRST_MEETING:
            return pair.meetings > 0
        case Task.AGREEMENT:
            return pair.evidence.in_force > 0
        case Task.GOALS:
            return pair.evidence.goals > 0
        case Task.MIDPOINT:
            who = (person_id,) if person_id else (pair.mentor.id, pair.mentee.id)
            return all(pair.evidence.choice(Question.MIDPOINT, one) is not None for one in who)
        case Task.CLOSING_TALK:
            said = (pair.evidence.choice(Question.TALKED, one.id) for one in (pair.mentor, pair.mentee))
            return any(choice in SETTLED for choice in said)


def tasks_of(pair: Pair, today: date) -> list[TaskState]:
    """Return the five tasks of a pair as they stand on `today`, in the order of the year.

    No due day lies after the pair's last one; days on which its clock stands are not counted.
    """
    return [
        TaskState(task, _doing(task, pair, opens, today), opens, max(opens, min(due, pair.span.last)))
        for task, opens, due in _days(pair)
    ]


def _doing(task: Task, pair: Pair, opens: date, today: date) -> Doing:
    if is_done(task, pair):
        return Doing.DONE
    return Doing.OPEN if opens <= today else Doing.NOT_YET


def _days(pair: Pair) -> Iterator[tuple[Task, date, date]]:
    """Yield each task with the day on which its time comes, and the one by which it is due."""
    span, terms = pair.span, pair.program.pairs
    rhythm = (pair.agreed_rhythm.after(span.first) - span.first).days
    middle = span.first + timedelta(days=span.days // 2)
    yield Task.FIRST_MEETING, span.first, pair.running_day(span.first, rhythm)
    yield Task.AGREEMENT, span.first, pair.running_day(span.first, terms.agreement_due)
    yield Task.GOALS, span.first, pair.running_day(span.first, terms.goals_due)
    yield Task.MIDPOINT, middle, pair.running_day(middle, 14)
    yield Task.CLOSING_TALK, max(span.first, windows_of(pair)[Phase.TRANSITIONING].first), span.last
