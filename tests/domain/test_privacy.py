"""Who may see what, for each circle and each person around a pair."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.goals import GoalMove, GoalState
from bot.domain.meetings import Means, Meeting, Words
from bot.domain.people import cover_of
from bot.domain.privacy import Circle, field_seen, may_see, meeting_for, moves_for, replies_for
from bot.domain.replies import Question, Reply
from tests.domain.cast import ADA, LENA, MAYA, PAIR, TOM

# Maya wrote it; who of the others sees it?
SEEN = {
    Circle.WRITER: set(),
    Circle.TWO: {"tom"},
    Circle.LIAISON: {"lena"},
    Circle.COORDINATORS: {"ada"},
    Circle.MATCHERS: {"lena", "ada"},
    Circle.FACTS: {"tom", "lena", "ada"},
}


@pytest.mark.parametrize("circle", Circle)
def test_each_circle_lets_in_those_that_it_names(circle: Circle) -> None:
    viewers = {
        person.key
        for person in (TOM, LENA, ADA)
        if may_see(circle, person.id, PAIR, MAYA.id, coordinates=person is ADA)
    }

    assert viewers == SEEN[circle]
    assert may_see(circle, MAYA.id, PAIR, MAYA.id)


@pytest.mark.parametrize("circle", Circle)
def test_a_stranger_sees_nothing(circle: Circle) -> None:
    assert not may_see(circle, "p-charlie", PAIR, MAYA.id)


def test_a_mentor_who_follows_the_own_pair_or_coordinates_never_reads_what_was_written_past_them() -> None:
    pair = replace(PAIR, liaison=TOM)

    for circle in (Circle.LIAISON, Circle.COORDINATORS, Circle.MATCHERS, Circle.WRITER):
        assert not may_see(circle, TOM.id, pair, MAYA.id, coordinates=True)


def closing_replies(*who: str) -> list[Reply]:
    """What these two (by id) said at the end: thanks, and what they would like next."""
    questions = (Question.THANKS, Question.WHAT_NEXT, Question.MENTOR_AGAIN, Question.MAY_ASK_LATER)
    at = datetime(2018, 4, 2, tzinfo=UTC)
    return [Reply(PAIR.id, one, question, "yes", at) for one in who for question in questions]


def seen_of(writer: str, replies: list[Reply], viewer: str, **more: bool) -> set[Question]:
    return {reply.question for reply in replies_for(replies, viewer, PAIR, **more) if reply.person_id == writer}


def test_a_choice_of_what_comes_next_and_thanks_are_held_until_both_have_chosen() -> None:
    alone, both = closing_replies(MAYA.id), closing_replies(MAYA.id, TOM.id)

    assert seen_of(MAYA.id, alone, TOM.id) == set()
    assert seen_of(MAYA.id, alone, TOM.id, last_week=True) == {Question.THANKS}
    assert seen_of(MAYA.id, both, TOM.id) == {Question.THANKS, Question.WHAT_NEXT}
    assert seen_of(MAYA.id, alone, MAYA.id) == {reply.question for reply in alone}
    assert seen_of(MAYA.id, both, ADA.id, coordinates=True) == {Question.MENTOR_AGAIN}
    assert seen_of(MAYA.id, both, LENA.id) == set()


def test_a_field_that_nobody_decided_about_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        field_seen("meetings.mood", TOM.id, PAIR)


def test_of_a_meeting_the_partner_sees_the_words_and_not_the_private_ones() -> None:
    day = PAIR.span.first
    words = Words(MAYA.id, "Send the draft", "We spoke of the search", "I was nervous")
    meeting = Meeting(PAIR.id, day, 30, Means.VIDEO, MAYA.id, None, (words,))  # type: ignore[arg-type]

    assert meeting_for(meeting, MAYA.id, PAIR).words == (words,)
    assert meeting_for(meeting, TOM.id, PAIR).words == (replace(words, private=""),)
    assert meeting_for(meeting, LENA.id, PAIR).words == ()


def test_what_was_said_of_goals_is_for_the_two_only() -> None:
    said = [GoalMove("g1", MAYA.id, datetime(2017, 6, 14, 17, tzinfo=UTC), GoalState.STUCK, meeting_id="m1")]

    assert moves_for(said, MAYA.id, PAIR) == moves_for(said, TOM.id, PAIR) == said
    assert moves_for(said, LENA.id, PAIR) == []


def test_while_messages_do_not_reach_the_liaison_who_stands_in_sees_what_was_for_the_liaison() -> None:
    away = replace(PAIR, liaison=replace(LENA, unreachable="deactivated"))
    covered = replace(away, cover=cover_of(away, [ADA]))

    assert may_see(Circle.LIAISON, ADA.id, covered, MAYA.id, coordinates=True)
    assert not may_see(Circle.LIAISON, ADA.id, PAIR, MAYA.id, coordinates=True)
    assert not may_see(Circle.TWO, ADA.id, covered, MAYA.id, coordinates=True)


def test_nobody_stands_in_for_their_own_pair_or_for_a_liaison_whom_messages_reach() -> None:
    away = replace(PAIR, liaison=replace(LENA, unreachable="deactivated"))

    assert cover_of(away, [TOM, ADA]) == (ADA,)
    assert cover_of(away, [replace(ADA, unreachable="deactivated")]) == ()
    assert cover_of(PAIR, [ADA]) == ()
