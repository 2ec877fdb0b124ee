"""Goals: what a mentee works on, how the mentor helps, and how it went.

A goal has two sides: its words are the mentee's, the help is the mentor's. Either may draft both; what somebody has
drafted they may mend until the other has written to it. From then on each writes the own side only.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.meetings import Confirmed, Meeting
from bot.domain.people import Pair

MOST_GOALS = 3
A_MISTAKE = timedelta(minutes=10)
"""For so long a choice can be made anew as if it had never been made."""


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

    `target` is the day by which; `set_by` who drafted it, "" once the other one has written to it.
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


# -- who writes what --------------------------------------------------------------------------------------------------


class Side(StrEnum):
    """The two sides of a goal: what, why, how both will know and by when; and how the mentor helps."""

    WORDS = "words"
    HELP = "help"


BOTH = frozenset(Side)


@dataclass(frozen=True, slots=True)
class GoalDraft:
    """What somebody means a goal to say, on both sides."""

    what: str = ""
    help: str = ""
    why: str = ""
    measure: str = ""
    target: date | None = None


NOTHING_SAID = GoalDraft()


def sides_of(goal: Goal | None, pair: Pair, person_id: str) -> frozenset[Side]:
    """Return the sides that one of the two may write: both while a goal is new or still their draft, else the own."""
    if goal is None or goal.set_by == person_id:
        return BOTH
    return frozenset({Side.WORDS if person_id == pair.mentee.id else Side.HELP})


def written(goal: Goal, draft: GoalDraft, sides: frozenset[Side], person_id: str) -> Goal:
    """Return `goal` with those sides of `draft`, and nobody's draft any more if another one had drafted it."""
    if Side.WORDS in sides:
        goal = replace(goal, what=draft.what, why=draft.why, measure=draft.measure, target=draft.target)
    if Side.HELP in sides:
        goal = replace(goal, help=draft.help)
    return goal if goal.set_by == person_id else replace(goal, set_by="")


def differs(goal: Goal, draft: GoalDraft, side: Side) -> bool:
    """Tell whether `draft` says something on that side, and something else than `goal` does."""
    if side is Side.HELP:
        return draft.help not in ("", goal.help)
    said = (draft.what, draft.why, draft.measure, draft.target)
    return any(said) and said != (goal.what, goal.why, goal.measure, goal.target)


# -- how it goes ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Turn:
    """What a choice does to a goal's story: a line that is taken back, and one that is added."""

    gone: GoalMove | None = None
    new: GoalMove | None = None


def turn(lines: Sequence[GoalMove], move: GoalMove) -> Turn:
    """Return what `move` does to a goal's story, whose `lines` come oldest first.

    The same once more is no line, unless it brings words. Who chooses anew within minutes has made a mistake: that
    line goes, and where things stand as they did before it, nothing is left of it. Neither how the goal was set nor
    what was said at a meeting or in words is ever taken for a mistake.
    """
    last = lines[-1] if lines else None
    if last is None:
        return Turn(new=move)
    if last.state is move.state:
        return Turn(new=move if move.words else None)
    if not _may_be_a_mistake(lines, move):
        return Turn(new=move)
    as_before = len(lines) > 1 and lines[-2].state is move.state and not move.words
    return Turn(last, None if as_before else move)


def _may_be_a_mistake(lines: Sequence[GoalMove], move: GoalMove) -> bool:
    last = lines[-1]
    is_setting = len(lines) == 1 and last.state is GoalState.NOT_STARTED
    own = last.person_id == move.person_id and last.meeting_id is None and not last.words
    return own and not is_setting and move.at - last.at <= A_MISTAKE


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says of a goal at a meeting: `state` None is nothing, or nothing any more.

    `anew`: they did not see what they had said before, so that the same again is meant.
    """

    goal_id: str
    person_id: str
    at: datetime
    state: GoalState | None
    meeting_id: str
    anew: bool = True


def at_meeting(lines: Sequence[GoalMove], goal: Goal, said: Said) -> tuple[Turn, ...]:
    """Return what is to be done so that a goal's story holds what one of the two says at a meeting, and nothing else.

    `lines` come oldest first, with all that was said at that meeting. What the other one said there stays beside it. A
    goal that was closed elsewhere is not opened by a meeting.
    """
    here = [line for line in lines if line.meeting_id == said.meeting_id]
    own = [line for line in here if line.person_id == said.person_id]
    unchanged = [line for line in here[-1:] if line in own] if said.anew else own
    if said.state is not None and any(line.state is said.state for line in unchanged):
        return ()
    gone = tuple(Turn(gone=line) for line in own)
    if said.state is None:
        return () if said.anew else gone
    if said.state in OPEN_STATES and _closed_elsewhere(lines, goal, said.meeting_id):
        return gone
    return (*gone, Turn(new=GoalMove(goal.id, said.person_id, said.at, said.state, meeting_id=said.meeting_id)))


def _closed_elsewhere(lines: Sequence[GoalMove], goal: Goal, meeting_id: str) -> bool:
    elsewhere = [line.state for line in lines if line.meeting_id != meeting_id]
    unsaid = GoalState.NOT_STARTED if lines else goal.state
    return (elsewhere[-1] if elsewhere else unsaid) not in OPEN_STATES


def stands(goal: Goal, lines: Iterable[GoalMove]) -> Goal:
    """Return a goal as the lines of its story that count say, oldest first: the last word is the one that holds."""
    states = [line.state for line in lines if line.goal_id == goal.id]
    return replace(goal, state=states[-1] if states else GoalState.NOT_STARTED)


def said_by(lines: Iterable[GoalMove], person_id: str) -> dict[str, GoalState]:
    """Return what one of the two said at a meeting, by the goals' ids, from the `lines` of that meeting."""
    return {line.goal_id: line.state for line in lines if line.person_id == person_id}


def carried(lines: Sequence[GoalMove], to: str) -> tuple[Turn, ...]:
    """Return what makes one meeting of two: the `lines` of both, oldest first, are of `to`.

    Each of the two says one thing of a goal there: the newest.
    """
    newest = {(line.goal_id, line.person_id): line for line in lines}
    turns = []
    for line in lines:
        is_newest = newest[line.goal_id, line.person_id] is line
        if not is_newest:
            turns.append(Turn(gone=line))
        elif line.meeting_id != to:
            turns.append(Turn(line, replace(line, meeting_id=to, id="")))
    return tuple(turns)


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a told story. `day` is that of the meeting at which it was said, None for any other moment."""

    state: GoalState
    at: datetime
    person_id: str
    words: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """A goal and how it went, oldest first. It is for the two only, as the goal itself is."""

    goal: Goal
    steps: tuple[Step, ...] = ()


def story(goal: Goal, moves: Iterable[GoalMove], meetings: Iterable[Meeting]) -> Story:
    """Tell how a goal went, from the moves and meetings of its pair; what a denied meeting says is left out."""
    known = {meeting.id: meeting for meeting in meetings}
    own = sorted((move for move in moves if move.goal_id == goal.id), key=lambda move: (move.at, move.id))
    return Story(goal, tuple(step for move in own if (step := _step(move, known.get(move.meeting_id or "")))))


def _step(move: GoalMove, meeting: Meeting | None) -> Step | None:
    if meeting is not None and meeting.confirmed is Confirmed.DENIED:
        return None
    return Step(move.state, move.at, move.person_id, move.words, meeting.day if meeting else None)
