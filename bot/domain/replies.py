"""Replies: what a person says to a question that the program asks everybody once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Question(StrEnum):
    """The questions. Which answers there can be, and who sees them, stands beside each rule that asks."""

    MIDPOINT = "midpoint"
    GOING = "going"
    TALKED = "talked"
    GROWTH = "growth"
    THANKS = "thanks"
    WHAT_NEXT = "what_next"
    MENTOR_AGAIN = "mentor_again"
    MAY_ASK_LATER = "may_ask_later"
    FOLLOW_UP = "follow_up"
    TOPIC = "topic"
    """Not asked: what they suggest to do at the next meeting."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What one of a pair said to a question; a later reply takes the place of the first.

    `occurrence` tells one time from the next where a question comes more than once, such as the key of a conference.
    """

    pair_id: str
    person_id: str
    question: Question
    choice: str
    at: datetime
    words: str = ""
    occurrence: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """What one of a pair suggested to do at the next meeting: the title of an activity, and whose idea it is."""

    title: str
    by_id: str


def topic_of(replies: Iterable[Reply], logged_at: datetime | None, titles: Mapping[str, str]) -> Topic | None:
    """Return what one of a pair suggested last; None where they have met since, or it is no activity any more.

    `logged_at` (aware) is when the pair logged a meeting last, `titles` are those of the activities, by key. What was
    taken back is no suggestion any more.
    """
    suggested = (one for one in replies if one.question is Question.TOPIC and one.choice in titles)
    newest = max(suggested, key=lambda one: one.at, default=None)
    if newest is None or (logged_at is not None and newest.at <= logged_at):
        return None
    return Topic(titles[newest.choice], newest.person_id)
