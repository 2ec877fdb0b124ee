"""One question, months after the end: only to who agreed, once, and nothing else comes with it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.program import PairTerms
from bot.domain.replies import Question, Reply
from tests.stories.conftest import Stage
from tests.stories.people import Desk

MARCH = datetime(2018, 3, 5, 16, tzinfo=UTC)
OVER = datetime(2018, 5, 2, 16, tzinfo=UTC)
EVE = datetime(2018, 7, 29, 16, tzinfo=UTC)
LATER = datetime(2018, 8, 1, 16, tzinfo=UTC)
LONG_AFTER = datetime(2019, 12, 1, 16, tzinfo=UTC)
ASKED = "are you and {} still in touch"


async def asks_later(stage: Stage, months: int) -> None:
    """Let the program ask its one question so many months later."""
    async with stage.tandem.store.begin() as records:
        workspace = await records.workspace(stage.playground.team_id)
        (program,) = await records.programs(workspace.id)
        changed = replace(program, pairs=PairTerms(follow_up_months=months))
        await records.put_program(workspace.id, changed)
        await records.look_at_all(program.id, stage.now)


def heard(desk: Desk) -> str:
    return "\n".join(message["text"] for message in desk.messages)


async def replies(stage: Stage) -> list[Reply]:
    pair = await stage.records.pair("tom-maya")
    async with stage.tandem.store.begin() as records:
        found = (await records.replies([pair.id])).get(pair.id, [])
    return [reply for reply in found if reply.question is Question.FOLLOW_UP]


@pytest.fixture
async def agreed(stage: Stage, maya: Desk, tom: Desk) -> None:
    """Maya agreed to be asked, Tom did not; the program is over."""
    await asks_later(stage, 3)
    await stage.goes_to(MARCH)
    for desk, may in ((maya, "yes"), (tom, "no")):
        await desk.types("/mentoring closing")
        assert await desk.submits(what_next="go on", may_ask_later=may) == {}
        await desk.closes(whole_stack=True)  # the answer stands in the form's place
    await stage.goes_to(OVER)


@pytest.mark.usefixtures("agreed")
async def test_only_who_agreed_is_asked_once_and_nobody_else_hears_anything(
    stage: Stage, maya: Desk, tom: Desk, noor: Desk, lena: Desk, ada: Desk
) -> None:
    others = (tom, noor, lena, ada)
    before, own = [len(desk.messages) for desk in others], len(maya.messages)
    await stage.goes_to(EVE)
    assert len(maya.messages) == own
    await stage.goes_to(LONG_AFTER)

    assert len(maya.messages) == own + 1
    assert ASKED.format("Tom") in maya.reading
    assert maya.buttons() == ["Yes, we are", "Now and then", "Not any more"]
    assert [len(desk.messages) for desk in others] == before


@pytest.mark.usefixtures("agreed")
async def test_the_answer_is_taken_though_the_program_is_over_and_only_a_coordinator_sees_it(
    stage: Stage, maya: Desk, tom: Desk, lena: Desk, ada: Desk
) -> None:
    await stage.goes_to(LATER)
    await maya.clicks("Now and then")
    await maya.clicks("Add a few words")
    assert await maya.submits(words="We talk on the phone") == {}

    (reply,) = await replies(stage)
    assert (reply.choice, reply.words) == ("sometimes", "We talk on the phone")
    assert "nothing more will be sent to you" in maya.sees()
    await ada.types("/mentoring outlook")
    assert "Maya Okafor: now and then\n“We talk on the phone”" in ada.reading
    for desk in (tom, lena):
        await desk.types("/mentoring outlook")
        assert "We talk on the phone" not in desk.sees()
        assert "Only those who coordinate the program can see this" in desk.reading


@pytest.mark.usefixtures("agreed")
async def test_everything_else_is_over(stage: Stage, maya: Desk, tom: Desk) -> None:
    await stage.goes_to(LATER)
    await maya.types("/mentoring closing")

    assert "your year is over" in maya.reading
    assert maya.form is None


async def test_who_answered_is_not_asked_again_and_a_program_that_asks_nothing_asks_nothing(
    stage: Stage, maya: Desk
) -> None:
    await stage.goes_to(MARCH)
    await maya.types("/mentoring closing")
    assert "One question later?" not in maya.fields()
    await maya.submits(what_next="go on")
    await stage.goes_to(LONG_AFTER)

    assert ASKED.format("Tom") not in heard(maya)


async def test_in_guam_it_comes_in_the_morning_there(stage: Stage, ben: Desk) -> None:
    await asks_later(stage, 3)
    await stage.goes_to(MARCH)
    await ben.types("/mentoring closing")
    await ben.submits(what_next="in touch", may_ask_later="yes")
    await stage.goes_to(datetime(2018, 7, 29, 22, 59, tzinfo=UTC))  # Monday, 8:59 in Guam
    before = len(ben.messages)
    await stage.goes_to(datetime(2018, 7, 29, 23, 1, tzinfo=UTC))

    assert len(ben.messages) == before + 1
    assert ASKED.format("Noor") in ben.reading


@pytest.mark.usefixtures("agreed")
async def test_settings_are_offered_to_who_may_still_be_asked_and_to_nobody_else(
    stage: Stage, maya: Desk, tom: Desk
) -> None:
    for desk, offered in ((maya, True), (tom, False)):
        await desk.types("/mentoring")
        assert ("Settings" in desk.buttons()) is offered
        await desk.types("/mentoring settings")
        assert (desk.form is not None) is offered

    assert await maya.submits() == {}
    await stage.goes_to(LONG_AFTER)
    await maya.closes(whole_stack=True)
    await maya.types("/mentoring settings")
    assert "your year is over" in maya.reading
