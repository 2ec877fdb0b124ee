"""Planning before the first day: where the program begins it earlier, the pair can do from then on what it is for."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.domain.days import Span
from bot.domain.program import Phase
from tests.stories.conftest import Stage
from tests.stories.people import Desk, elements_of

MONDAY_MORNING = datetime(2017, 6, 19, 15, tzinfo=UTC)


async def begins_later(stage: Stage, opens: date) -> None:
    """Let the small program begin on July 3, and its planning on `opens`."""
    program = await stage.records.program()
    windows = {**program.windows, Phase.PLANNING: Span(opens, date(2017, 7, 9))}
    windows[Phase.CONNECTING] = Span(date(2017, 7, 10), program.windows[Phase.CONNECTING].last)
    span = replace(program.span, first=date(2017, 7, 3))
    async with stage.tandem.store.begin() as records:
        workspace = await records.workspace(stage.records.team_id)
        changed = await records.put_program(workspace.id, replace(program, span=span, windows=windows))
        await records.look_at_all(changed.id, stage.now)


@pytest.fixture
async def planning(stage: Stage) -> Stage:
    """Planning began on Monday, June 12; it is Friday, June 16."""
    await begins_later(stage, date(2017, 6, 12))
    return stage


def pressable(desk: Desk) -> set[str]:
    return {element["action_id"].split(":")[0] for _, element in elements_of(desk.home or {})}


async def test_in_planning_both_find_their_pair_on_home_and_in_the_status(
    planning: Stage, maya: Desk, tom: Desk
) -> None:
    for desk, partner in ((maya, "Tom"), (tom, "Maya")):
        await desk.opens_home()
        await desk.types("/mentoring")

        assert f"You and {partner} begin on Monday, July 3." in str(desk.home)
        assert "Now is the time to plan" in desk.reading
        assert f"You and {partner}" in desk.reading
        assert {"plan_meeting", "open_goals", "open_agreement", "open_ideas", "in_the_way"} <= pressable(desk)
        assert not {"log_meeting", "open_ending"} & pressable(desk)


async def test_in_planning_the_agreement_and_the_goals_can_be_written(planning: Stage, maya: Desk, tom: Desk) -> None:
    await maya.types("/goal set")
    await maya.submits(what="Learn to catalog maps")
    await tom.types("/agreement")

    assert [goal.what for goal in await planning.records.goals("tom-maya")] == ["Learn to catalog maps"]
    assert tom.form is not None or "greement" in tom.reading


async def test_a_first_meeting_planned_in_planning_is_told_before_the_first_day(
    planning: Stage, maya: Desk, tom: Desk
) -> None:
    await maya.types("/mentoring next July 5 3pm")
    await planning.tick(MONDAY_MORNING)

    pair = await planning.records.pair("tom-maya")
    assert pair.appointment is not None
    assert any("July 5" in message["text"] for message in tom.messages)


async def test_meetings_are_planned_from_the_first_day_on_and_logged_from_then(planning: Stage, maya: Desk) -> None:
    await maya.types("/mentoring next June 28 3pm")
    assert "Meetings are planned and counted from your first day, Monday, July 3." in maya.reading

    await maya.types("/checkin today 30")
    assert "You and Tom begin on Monday, July 3, so there is nothing to log or to end yet." in maya.reading

    await maya.types("/mentoring end")
    assert "nothing to log or to end yet" in maya.reading
    assert maya.form is None


async def test_a_quiet_word_in_planning_reaches_the_liaison_before_the_first_day(
    planning: Stage, maya: Desk, tom: Desk, lena: Desk
) -> None:
    await maya.types("/mentoring word")
    await maya.submits(words="May I ask you something first?")
    await planning.tick(MONDAY_MORNING)

    assert any("Maya" in message["text"] for message in lena.messages)
    assert not any("ask you something" in message["text"] for message in tom.messages)


async def test_who_is_in_two_pairs_plans_with_either(planning: Stage, noor: Desk) -> None:
    await noor.types("/mentoring")
    assert "You and Inês" in noor.reading
    assert "You and Ben" in noor.reading


async def test_before_planning_opens_it_is_said_when_it_does(stage: Stage, maya: Desk, tom: Desk) -> None:
    await begins_later(stage, date(2017, 6, 26))

    for desk in (maya, tom):
        await desk.opens_home()
        await desk.types("/mentoring")
        assert "and planning on Monday, June 26" in desk.reading
        assert "and planning on Monday, June 26" in str(desk.home)
    for line in (
        "/agreement",
        "/goal",
        "/goal set",
        "/mentoring next",
        "/mentoring word",
        "/mentoring ideas",
        "/checkin",
    ):
        await maya.types(line)
        assert "Planning opens on Monday, June 26" in maya.reading, line
        assert maya.form is None
