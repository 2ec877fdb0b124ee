"""What Home, status and notes say of who sees something is what decides it."""

import pytest

from bot.content.words import load_words
from bot.domain.privacy import FIELDS, Circle

WORDS = load_words()
FOR_TWO = ("goals.what", "goals.help", "meeting_words.notes", "promises.what", "agreements.terms")


def test_of_a_pair_the_two_see_the_words_and_others_dates_and_counts() -> None:
    said = WORDS.say("home.private")

    assert "Only the two of you see what you write for each other, your goals and your plans" in said
    assert {FIELDS[field] for field in FOR_TWO} == {Circle.TWO}
    assert "Who looks after your pair sees dates and counts" in said
    assert {FIELDS[field] for field in ("meetings.day", "pauses.last_day")} == {Circle.FACTS}


@pytest.mark.parametrize("field", ["appointments.starts", "appointments.place", "promises.what"])
def test_a_planned_meeting_and_what_is_to_be_done_by_then_are_for_the_two(field: str) -> None:
    assert FIELDS[field] is Circle.TWO
    assert WORDS.say("privacy.two", partner="Tom") == "Only you and Tom see this."


def test_a_wish_for_a_new_partner_is_for_those_who_may_find_one() -> None:
    assert FIELDS["rematches.words"] is Circle.MATCHERS
    said = WORDS.say("rematches.list_private")
    assert "those who coordinate the program and the liaison of that pair" in said
    assert "the former partner does not" in said
