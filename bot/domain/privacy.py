"""Who may see what: one place. Every form says it, and everything that shows what somebody wrote asks here.

A field is named as it is kept: its table and column. `FIELDS` holds each one that people write or choose and that is
not for everybody; a test holds it against the tables, so that nothing can be added without a decision.
"""

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from typing import Protocol, TypeVar

from bot.domain.endings import Ending, Rematch
from bot.domain.goals import GoalMove
from bot.domain.meetings import Meeting, Words
from bot.domain.people import Answer, Pair
from bot.domain.replies import Question, Reply


class Circle(StrEnum):
    """Who sees something; each has a sentence in the words, `privacy.<circle>`."""

    WRITER = "writer"
    """Who wrote it, and nobody else."""
    TWO = "two"
    """The two of the pair."""
    LIAISON = "liaison"
    """Who wrote it, and the pair's liaison, or who stands in while that one is out of reach: never the partner."""
    COORDINATORS = "coordinators"
    """Who wrote it, and those who coordinate the program: neither the partner nor the liaison."""
    MATCHERS = "matchers"
    """Who wrote it, the liaison and the coordinators: those who may find a new partner."""
    FACTS = "facts"
    """The two and who looks after them: dates and counts, never words."""


FIELDS: dict[str, Circle] = {
    "agreements.terms": Circle.TWO,
    "answers.words": Circle.LIAISON,
    "answers.past_liaison": Circle.COORDINATORS,
    "appointments.place": Circle.TWO,
    "appointments.starts": Circle.TWO,
    "corrections.before": Circle.TWO,
    "corrections.words": Circle.TWO,
    "drafts.fields": Circle.WRITER,
    "endings.past_liaison": Circle.COORDINATORS,
    "endings.reason": Circle.LIAISON,
    "goal_moves.state": Circle.TWO,
    "goal_moves.words": Circle.TWO,
    "goals.help": Circle.TWO,
    "goals.measure": Circle.TWO,
    "goals.what": Circle.TWO,
    "goals.why": Circle.TWO,
    "meeting_words.next_step": Circle.TWO,
    "meeting_words.notes": Circle.TWO,
    "meeting_words.private": Circle.WRITER,
    "meetings.day": Circle.FACTS,
    "meetings.minutes": Circle.TWO,
    "meetings.moved": Circle.TWO,
    "pauses.last_day": Circle.FACTS,
    "promises.what": Circle.TWO,
    "rematches.words": Circle.MATCHERS,
    "replies.words": Circle.TWO,
}

# What is asked in a question of the program is not for the same eyes each time.
REPLIES: dict[Question, Circle] = {
    Question.MIDPOINT: Circle.TWO,
    Question.GOING: Circle.TWO,
    Question.TALKED: Circle.TWO,
    Question.GROWTH: Circle.TWO,
    Question.THANKS: Circle.TWO,
    Question.WHAT_NEXT: Circle.TWO,
    Question.MENTOR_AGAIN: Circle.COORDINATORS,
    Question.MAY_ASK_LATER: Circle.WRITER,
    Question.FOLLOW_UP: Circle.COORDINATORS,
    Question.TOPIC: Circle.TWO,
}


def may_see(circle: Circle, viewer_id: str, pair: Pair, writer_id: str = "", *, coordinates: bool = False) -> bool:
    """Tell whether somebody may see what `writer_id` wrote in `pair`; `coordinates`: they coordinate its program.

    Whoever is one of the two sees their partner's words as a partner and in no other part: a liaison who mentors, and
    whose pair nobody else follows, never reads why the partner would rather end it.
    """
    if viewer_id == writer_id:
        return True
    if pair.has(viewer_id):
        return circle in (Circle.TWO, Circle.FACTS)
    follows = pair.liaison is not None and pair.liaison.id == viewer_id
    match circle:
        case Circle.LIAISON:
            return follows or any(one.id == viewer_id for one in pair.cover)
        case Circle.COORDINATORS:
            return coordinates and not follows
        case Circle.MATCHERS | Circle.FACTS:
            return follows or coordinates
        case _:
            return False


def field_seen(field: str, viewer_id: str, pair: Pair, writer_id: str = "", *, coordinates: bool = False) -> bool:
    """Tell whether somebody may see a field; raises KeyError for one that nobody has decided about."""
    return may_see(FIELDS[field], viewer_id, pair, writer_id, coordinates=coordinates)


# -- what is left of a value for somebody's eyes ------------------------------------------------------------------


def meeting_for(meeting: Meeting, viewer_id: str, pair: Pair) -> Meeting:
    """Return a meeting with the words that somebody may see, and without the others."""
    words = tuple(said for one in meeting.words if (said := _words_for(one, viewer_id, pair)) is not None)
    return replace(meeting, words=words)


def moves_for(moves: Iterable[GoalMove], viewer_id: str, pair: Pair) -> list[GoalMove]:
    """Return what was said of a pair's goals, where it is for the viewer; else nothing."""
    return list(moves) if field_seen("goal_moves.state", viewer_id, pair) else []


def _words_for(words: Words, viewer_id: str, pair: Pair) -> Words | None:
    if not field_seen("meeting_words.notes", viewer_id, pair, words.person_id):
        return None
    own = field_seen("meeting_words.private", viewer_id, pair, words.person_id)
    return words if own else replace(words, private="")


def in_confidence(*, past_liaison: bool) -> Circle:
    """Return for whom it is that something is in the way, or why a pair ends: the liaison, or past the liaison."""
    return Circle.COORDINATORS if past_liaison else Circle.LIAISON


def answer_for(answer: Answer, viewer_id: str, pair: Pair, *, coordinates: bool = False) -> Answer | None:
    """Return an answer to a reminder; None where not even that it was given is for the viewer."""
    circle = in_confidence(past_liaison=answer.past_liaison)
    return answer if may_see(circle, viewer_id, pair, answer.person_id, coordinates=coordinates) else None


def ending_for(ending: Ending, viewer_id: str, pair: Pair, *, coordinates: bool = False) -> Ending:
    """Return an early ending, with its reason for those only whom it is meant for."""
    circle = in_confidence(past_liaison=ending.past_liaison)
    seen = may_see(circle, viewer_id, pair, ending.asked_by, coordinates=coordinates)
    return ending if seen else replace(ending, reason="", past_liaison=False)


def rematch_for(rematch: Rematch, viewer_id: str, pair: Pair, *, coordinates: bool = False) -> Rematch | None:
    """Return a wish for a new partner; None where not even the wish is for the viewer, as for the partner."""
    seen = field_seen("rematches.words", viewer_id, pair, rematch.person_id, coordinates=coordinates)
    return rematch if seen else None


def replies_for(
    replies: Iterable[Reply], viewer_id: str, pair: Pair, *, coordinates: bool = False, last_week: bool = False
) -> list[Reply]:
    """Return the replies that somebody may see.

    What the partner would like next is shown when both have chosen, so that nobody chooses to please; their thanks
    then, too, or in the `last_week`.
    """
    replies = list(replies)
    chose = {reply.person_id for reply in replies if reply.question is Question.WHAT_NEXT and reply.choice}
    both = {pair.mentor.id, pair.mentee.id} <= chose
    held = set() if both else {Question.WHAT_NEXT} if last_week else {Question.WHAT_NEXT, Question.THANKS}
    return [
        reply
        for reply in replies
        if (reply.person_id == viewer_id or reply.question not in held)
        and may_see(REPLIES[reply.question], viewer_id, pair, reply.person_id, coordinates=coordinates)
    ]


class OfTwo(Protocol):
    """What belongs to a pair and is for the two only: goals, promises, agreements, appointments."""

    @property
    def pair_id(self) -> str:
        """Whose it is."""


T = TypeVar("T", bound=OfTwo)


def of_the_two(values: Iterable[T], viewer_id: str, pair: Pair) -> list[T]:
    """Return what is for the two only, where the viewer is one of them; else nothing."""
    return [one for one in values if one.pair_id == pair.id] if pair.has(viewer_id) else []
