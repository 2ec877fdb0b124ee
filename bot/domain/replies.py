"""Replies: what a person says to a question that the program asks everybody once."""

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
