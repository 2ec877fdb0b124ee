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
    assert "Noted: you go to Annual Meeting, Chicago. Maya goes, too: you will both hear it." in tom.reading

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
    assert pair.evidence.choice(Question.GOING, pair.mentee.id, "annual/2017-06-30") == "no"


OFF, AGAIN = "will not be at *Annual Meeting, Chicago* after all", "goes to *Annual Meeting, Chicago*, June 30"


async def both_have_heard(traveling: Stage, maya: Desk, tom: Desk) -> None:
    await traveling.tick(MONDAY_MORNING)
    await maya.clicks("Yes, I go")
    await tom.clicks("Yes, I go")
    await traveling.tick(WEDNESDAY_MORNING)
    assert len(heard(maya, TOLD)) == len(heard(tom, TOLD)) == 1


def answered(desk: Desk) -> str:
    """The message in which the answer can be changed."""
    return str(next(one["ts"] for one in desk.messages if "[I changed my mind]" in one["text"]))


async def test_who_changes_their_mind_after_both_have_heard_lets_the_other_hear_it_once(
    traveling: Stage, maya: Desk, tom: Desk, lena: Desk
) -> None:
    await both_have_heard(traveling, maya, tom)

    await maya.clicks("I changed my mind", ts=answered(maya))
    assert "Tom goes and has heard that you do, so Tom will be told once that you do not, and not why." in maya.sees()
    await traveling.tick(datetime(2017, 6, 27, 20, tzinfo=UTC))
    assert len(heard(tom, f"Maya {OFF}")) == 1
    assert heard(maya, OFF) == heard(lena, "Annual") == []

    await maya.clicks("I changed my mind", ts=answered(maya))
    assert "Tom goes, too, and will be told once that you do after all." in maya.sees()
    await traveling.tick(datetime(2017, 6, 28, 20, tzinfo=UTC))
    assert len(heard(tom, f"Maya {AGAIN}")) == 1

    await maya.clicks("I changed my mind", ts=answered(maya))
    assert "Tom goes and thinks that you do." in maya.sees()
    await traveling.tick(datetime(2017, 6, 30, 20, tzinfo=UTC))
    assert len(heard(tom, OFF)) == len(heard(tom, AGAIN)) == len(heard(tom, TOLD)) == 1


async def test_who_changes_their_mind_twice_in_a_sitting_disturbs_nobody(
    traveling: Stage, maya: Desk, tom: Desk
) -> None:
    await both_have_heard(traveling, maya, tom)

    await maya.clicks("I changed my mind", ts=answered(maya))
    await maya.clicks("I changed my mind", ts=answered(maya))
    assert "Tom goes, too, and knows that you do." in maya.sees()

    await traveling.tick(datetime(2017, 6, 27, 20, tzinfo=UTC))
    assert heard(tom, OFF) == heard(tom, AGAIN) == []


async def moves(traveling: Stage, first: date, last: date) -> None:
    program = await traveling.records.program()
    async with traveling.tandem.store.begin() as records:
        workspace = await records.workspace(traveling.records.team_id)
        moved = replace(program, key_dates=(replace(SUMMER, span=Span(first, last)),))
        await records.put_program(workspace.id, moved)
        await records.look_at_all(moved.id, traveling.now)


async def test_where_the_meeting_is_moved_both_are_asked_anew_and_the_old_question_is_kindly_refused(
    traveling: Stage, maya: Desk, tom: Desk
) -> None:
    await both_have_heard(traveling, maya, tom)
    await moves(traveling, date(2017, 7, 7), date(2017, 7, 10))

    await maya.clicks("I changed my mind", ts=answered(maya))
    assert "This meeting has been moved since. You will be asked anew, for its new days." in maya.sees()
    await traveling.tick(datetime(2017, 7, 3, 20, tzinfo=UTC))

    for desk in (maya, tom):
        (asked,) = heard(desk, "has been moved: it is on July 7 to 10 now. Will you be there?")
        await desk.clicks("Yes, I go", ts=next(one["ts"] for one in desk.messages if one["text"] == asked))
    await traveling.tick(datetime(2017, 7, 6, 20, tzinfo=UTC))
    assert len(heard(maya, TOLD)) == len(heard(tom, TOLD)) == 2


async def test_who_is_not_sure_can_say_it_later(traveling: Stage, maya: Desk) -> None:
    await traveling.tick(MONDAY_MORNING)
    await maya.clicks("Not sure yet")
    assert maya.buttons()[-2:] == ["Yes, I go", "No"]

    await maya.clicks("Yes, I go")

    pair = await traveling.records.pair("tom-maya")
    assert pair.evidence.choice(Question.GOING, pair.mentee.id, "annual/2017-06-30") == "yes"


async def test_who_is_in_two_pairs_answers_once_for_both(traveling: Stage, noor: Desk) -> None:
    await traveling.tick(MONDAY_MORNING)
    (note,) = heard(noor, ASKED)
    assert "Inês and Ben" in note

    await noor.clicks("Yes, I go")

    for key in ("noor-ben", "ines-noor"):
        pair = await traveling.records.pair(key)
        me = (await traveling.records.person("noor")).id
        assert pair.evidence.choice(Question.GOING, me, "annual/2017-06-30") == "yes"


async def test_a_meeting_that_is_over_is_kindly_refused(traveling: Stage, maya: Desk) -> None:
    await traveling.tick(MONDAY_MORNING)
    await traveling.goes_to(datetime(2017, 7, 6, 15, tzinfo=UTC))

    await maya.clicks("Yes, I go", ts=next(m["ts"] for m in maya.messages if ASKED in m["text"]))

    assert "This meeting is over" in maya.reading
    pair = await traveling.records.pair("tom-maya")
    assert pair.evidence.choice(Question.GOING, pair.mentee.id, "annual/2017-06-30") is None
