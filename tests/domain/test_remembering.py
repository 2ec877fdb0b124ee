"""What a meeting counts as, whatever the two say of it."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.domain.meetings import Confirmed, Means, Meeting, Words
from bot.domain.people import Person
from bot.domain.remembering import (
    partner_has_spoken,
    still_editable,
    they_did_not_meet,
    they_met,
    unanswered,
    united,
    with_facts,
    with_words,
)
from tests.domain.cast import CHICAGO, MAYA, PAIR, TOM

LOGGED = datetime(2017, 6, 15, 23, 30, tzinfo=CHICAGO)  # by Maya; it is the 16th already in New York
MEETING = Meeting("q", date(2017, 6, 15), 45, Means.VIDEO, MAYA.id, LOGGED, id="m1")
NOT_YET, YES, CHANGED, DENIED, KEPT = Confirmed


@pytest.mark.parametrize(
    ("before", "by_maya", "by_tom"),
    [
        (NOT_YET, NOT_YET, YES),
        (YES, YES, YES),
        (CHANGED, YES, CHANGED),
        (DENIED, KEPT, YES),
        (KEPT, KEPT, KEPT),
    ],
)
def test_that_they_met_is_a_yes_of_the_partners_and_keeps_what_was_denied(
    before: Confirmed, by_maya: Confirmed, by_tom: Confirmed
) -> None:
    meeting = replace(MEETING, confirmed=before)

    assert they_met(meeting, MAYA).confirmed is by_maya
    assert they_met(meeting, TOM).confirmed is by_tom


@pytest.mark.parametrize("before", Confirmed)
def test_the_partner_denies_whatever_is_not_kept(before: Confirmed) -> None:
    after = they_did_not_meet(replace(MEETING, confirmed=before), TOM)

    assert after.counts is (before is KEPT)


def test_who_logged_it_may_say_that_it_did_not_take_place_after_all() -> None:
    assert not they_did_not_meet(replace(MEETING, confirmed=KEPT), MAYA).counts


@pytest.mark.parametrize(
    ("before", "after"), [(NOT_YET, NOT_YET), (YES, NOT_YET), (DENIED, NOT_YET), (CHANGED, CHANGED), (KEPT, KEPT)]
)
def test_a_plain_answer_is_taken_back_by_the_partner_only(before: Confirmed, after: Confirmed) -> None:
    meeting = replace(MEETING, confirmed=before)

    assert unanswered(meeting, TOM).confirmed is after
    assert unanswered(meeting, MAYA) == meeting


@pytest.mark.parametrize(
    ("before", "by_maya", "by_tom"),
    [
        (NOT_YET, NOT_YET, CHANGED),
        (YES, NOT_YET, CHANGED),
        (CHANGED, NOT_YET, CHANGED),
        (DENIED, KEPT, CHANGED),
        (KEPT, KEPT, KEPT),
    ],
)
def test_other_facts_wait_for_an_answer_or_are_one(before: Confirmed, by_maya: Confirmed, by_tom: Confirmed) -> None:
    meeting = replace(MEETING, confirmed=before)
    changed = replace(meeting, minutes=60)

    assert with_facts(meeting, changed, MAYA) == replace(changed, confirmed=by_maya)
    assert with_facts(meeting, changed, TOM) == replace(changed, confirmed=by_tom)


@pytest.mark.parametrize(("by", "days", "may"), [(MAYA, 0, True), (MAYA, 14, True), (MAYA, 15, False), (TOM, 0, False)])
def test_the_facts_are_changed_by_who_logged_them_for_two_weeks_of_their_own_days(
    by: Person, days: int, may: bool
) -> None:
    morning = LOGGED.replace(hour=8)

    assert still_editable(MEETING, PAIR, by, morning + timedelta(days=days)) is may


@pytest.mark.parametrize(
    ("change", "has"),
    [
        ({"confirmed": YES}, True),
        ({"confirmed": CHANGED}, True),
        ({"confirmed": DENIED}, False),
        ({"words": (Words(TOM.id, notes="Glad"),)}, True),
        ({"words": (Words(MAYA.id, notes="Glad"),)}, False),
    ],
)
def test_a_meeting_is_the_loggers_alone_until_the_partner_stands_by_it_or_writes(
    change: dict[str, object], has: bool
) -> None:
    assert partner_has_spoken(replace(MEETING, **change)) is has  # type: ignore[arg-type]


def test_two_meetings_become_one_with_all_that_both_wrote_each_said_once() -> None:
    kept = replace(MEETING, words=(Words(TOM.id, "Read", "Tom on one"), Words(MAYA.id, "", "", "Nervous")))
    gone = replace(MEETING, words=(Words(TOM.id, "Read", "Tom on two"), Words(MAYA.id, "", "Glad")))

    assert united(kept, gone).words == (
        Words(TOM.id, "Read", "Tom on one\nTom on two"),
        Words(MAYA.id, "", "Glad", "Nervous"),
    )


def test_words_take_the_place_of_those_that_were_shown_and_stand_beside_those_that_were_not() -> None:
    meeting = replace(MEETING, words=(Words(MAYA.id, notes="First"),))

    assert with_words(meeting, Words(MAYA.id, notes="Second"), literal=True).words == (Words(MAYA.id, notes="Second"),)
    assert with_words(meeting, Words(MAYA.id, notes="Second"), literal=False).words[0].notes == "First\nSecond"
    assert with_words(meeting, Words(MAYA.id), literal=True).words == ()
    assert with_words(meeting, Words(MAYA.id), literal=False) == meeting
