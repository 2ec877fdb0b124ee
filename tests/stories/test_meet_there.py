"""The conference finder: asked once, told once that both go, and logged as in person."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.domain.days import Span
from bot.domain.program import KeyDate
from bot.domain.replies import Question
from tests.stories.conftest import Stage
from tests.stories.people import Desk

SUMMER = KeyDate("annual", "Annual Meeting, Chicago", Span(date(2017, 6, 30), date(2017, 7, 4)), meet=True)
MONDAY_MORNING = datetime(2017, 6, 19, 15, tzinfo=UTC)
TUESDAY_MORNING = datetime(2017, 6, 20, 15, tzinfo=UTC)
WEDNESDAY_MORNING = datetime(2017, 6, 21, 15, tzinfo=UTC)
ASKED, TOLD = "*Annual Meeting, Chicago* is on June 30 to July 4.", "both go to *Annual Meeting, Chicago*"


@pytest.fixture
async def traveling(stage: Stage) -> Stage:
    """The small program with a meeting to which people travel, two weeks ahead."""
    program = await stage.records.program()
    async with stage.tandem.store.begin() as records:
        workspace = await records.workspace(stage.records.team_id)
        changed = await records.put_program(workspace.id, replace(program, key_dates=(SUMMER,)))
        await records.look_at_all(changed.id, stage.now)
    return stage


def heard(desk: Desk, what: str) -> list[str]:
    return [message["text"] for message in desk.messages if what in message["text"]]


async def test_both_are_asked_in_the_note_with_the_idea(traveling: Stage, maya: Desk, tom: Desk, lena: Desk) -> None:
    await traveling.tick(MONDAY_MORNING)

    for desk in (maya, tom):
        (note,) = heard(desk, ASKED)
        assert "[Another idea]" in note
    assert heard(lena, ASKED) == []


async def test_who_both_go_hear_it_once_and_log_that_they_met(traveling: Stage, maya: Desk, tom: Desk) -> None:
    await traveling.tick(MONDAY_MORNING)
    await maya.clicks("Yes, I go")
    assert "Noted: you go to Annual Meeting, Chicago." in maya.reading

    await tom.clicks("Yes, I go")
    assert "Noted. Maya goes to Annual Meeting, Chicago, too: you will both hear it." in tom.reading

    await traveling.tick(TUESDAY_MORNING)
    await traveling.tick(WEDNESDAY_MORNING)
    assert len(heard(maya, TOLD)) == len(heard(tom, TOLD)) == 1

    await maya.clicks("Log a meeting in person")
    assert maya.field("means")["element"]["initial_option"]["value"] == "in person"
    assert await maya.submits(minutes=30) == {}
    (meeting,) = await traveling.records.meetings("tom-maya")
    assert meeting.means == "in person"


async def test_where_one_does_not_go_nobody_is_told(traveling: Stage, maya: Desk, tom: Desk, lena: Desk) -> None:
    await traveling.tick(MONDAY_MORNING)
    await maya.clicks("Yes, I go")
    await tom.clicks("No")

    await traveling.tick(WEDNESDAY_MORNING)

    assert heard(maya, TOLD) == heard(tom, TOLD) == []
    assert not any("Annual" in message["text"] for message in lena.messages)


async def test_who_changes_their_mind_takes_it_back_before_anybody_is_told(
    traveling: Stage, maya: Desk, tom: Desk
) -> None:
    await traveling.tick(MONDAY_MORNING)
    await maya.clicks("Yes, I go")
    await tom.clicks("Yes, I go")
    await maya.clicks("I changed my mind")
    assert "Annual Meeting, Chicago" in maya.reading

    await traveling.tick(WEDNESDAY_MORNING)

    assert heard(maya, TOLD) == heard(tom, TOLD) == []
    pair = await traveling.records.pair("tom-maya")
    assert pair.evidence.choice(Question.GOING, pair.mentee.id, "annual") == "no"


async def test_who_is_not_sure_can_say_it_later(traveling: Stage, maya: Desk) -> None:
    await traveling.tick(MONDAY_MORNING)
    await maya.clicks("Not sure yet")
    assert maya.buttons()[-2:] == ["Yes, I go", "No"]

    await maya.clicks("Yes, I go")

    pair = await traveling.records.pair("tom-maya")
    assert pair.evidence.choice(Question.GOING, pair.mentee.id, "annual") == "yes"


async def test_who_is_in_two_pairs_answers_once_for_both(traveling: Stage, noor: Desk) -> None:
    await traveling.tick(MONDAY_MORNING)
    (note,) = heard(noor, ASKED)
    assert "Inês and Ben" in note

    await noor.clicks("Yes, I go")

    for key in ("noor-ben", "ines-noor"):
        pair = await traveling.records.pair(key)
        me = (await traveling.records.person("noor")).id
        assert pair.evidence.choice(Question.GOING, me, "annual") == "yes"


async def test_a_meeting_that_is_over_is_kindly_refused(traveling: Stage, maya: Desk) -> None:
    await traveling.tick(MONDAY_MORNING)
    await traveling.goes_to(datetime(2017, 7, 6, 15, tzinfo=UTC))

    await maya.clicks("Yes, I go", ts=next(m["ts"] for m in maya.messages if ASKED in m["text"]))

    assert "This meeting is over" in maya.reading
    pair = await traveling.records.pair("tom-maya")
    assert pair.evidence.choice(Question.GOING, pair.mentee.id, "annual") is None
