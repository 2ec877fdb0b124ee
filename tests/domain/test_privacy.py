"""Who may see what, for each circle and each person around a pair."""

from dataclasses import replace

import pytest

from bot.domain.meetings import Means, Meeting, Words
from bot.domain.privacy import Circle, field_seen, may_see, meeting_for
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


def test_a_field_that_nobody_decided_about_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        field_seen("meetings.mood", TOM.id, PAIR)


def test_of_a_meeting_the_partner_sees_the_words_and_not_the_private_ones() -> None:
    day = PAIR.span.first
    words = Words(MAYA.id, "Send the draft", "We spoke of the search", "I was nervous")
    meeting = Meeting(PAIR.id, day, 30, Means.VIDEO, MAYA.id, None, ("g1",), (words,))  # type: ignore[arg-type]

    assert meeting_for(meeting, MAYA.id, PAIR).words == (words,)
    assert meeting_for(meeting, TOM.id, PAIR).words == (replace(words, private=""),)
    assert meeting_for(meeting, LENA.id, PAIR).words == ()
    assert meeting_for(meeting, LENA.id, PAIR).moved == ()
