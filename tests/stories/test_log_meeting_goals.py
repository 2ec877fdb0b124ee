"""Saying at a meeting how each goal stands: moved, stuck, done, changed or dropped."""

from datetime import date, timedelta

from bot.domain.goals import Goal, GoalDraft, GoalState
from bot.usecases.set_goal import set_goal
from tests.stories.conftest import Lookup, Stage
from tests.stories.people import Desk

FORM = {"day": date(2017, 6, 12), "minutes": 45, "means": "Phone"}
CHOICES = ["No change", "Moved", "Stuck", "Done", "Changed", "Dropped"]


async def given(stage: Stage, *texts: str) -> list[Goal]:
    """Let Maya and Tom have goals."""
    async with stage.tandem.store.begin() as records:
        workspace = await records.workspace(stage.playground.team_id)
        [maya] = await records.members_of_slack_user(workspace.id, "U0MAYA")
    pair = maya.pairs[0]
    return [(await set_goal(stage.tandem.world, pair, pair.mentee, GoalDraft(text))).goal for text in texts]


async def states(records: Lookup) -> list[str]:
    return [goal.state.value for goal in await records.goals("tom-maya")]


def choose(goal: Goal, label: str) -> dict[str, object]:
    return {f"goal-{goal.id}": label}


def chosen(desk: Desk, goal: Goal) -> str:
    """Return what stands in a goal's field."""
    return str(desk.field(f"goal-{goal.id}")["element"]["initial_option"]["text"]["text"])


# -- what is said ---------------------------------------------------------------------------------------------------


async def test_the_form_asks_of_each_open_goal_and_says_back_what_was_understood(
    stage: Stage, maya: Desk, records: Lookup
) -> None:
    maps, talk, _ = await given(stage, "Catalog maps", "Give a talk", "Write an article")
    await maya.types("/checkin")
    assert maya.fields()[3:6] == ["Goal: Catalog maps", "Goal: Give a talk", "Goal: Write an article"]
    options = maya.field(f"goal-{maps.id}")["element"]["options"]
    assert [option["text"]["text"] for option in options] == CHOICES

    assert await maya.submits({**FORM, **choose(maps, "Stuck"), **choose(talk, "Moved")}) == {}

    assert await states(records) == ["stuck", "moving", "not started"]
    assert maya.reading.startswith(
        "Logged: Monday, June 12, 45 minutes by phone with Tom. Tom will be told once.\n"
        "• “Catalog maps”: stuck\n• “Give a talk”: moved\n[Edit]"
    )


async def test_where_nothing_is_chosen_nothing_is_said(stage: Stage, maya: Desk, records: Lookup) -> None:
    await given(stage, "Catalog maps")
    await maya.types("/goal stuck 1")
    await maya.types("/checkin")

    assert await maya.submits(FORM) == {}

    assert await states(records) == ["stuck"]
    assert "Catalog maps" not in maya.reading.split("[Edit]")[0]


async def test_long_words_are_cut_in_the_form(stage: Stage, maya: Desk) -> None:
    await given(stage, "Catalog " + "very " * 20 + "old maps")

    await maya.types("/checkin")

    assert maya.fields()[3] == "Goal: Catalog very very very very very very very very very very v…"


async def test_one_that_changed_asks_for_its_successor_and_the_last_one_for_another(
    stage: Stage, maya: Desk, records: Lookup
) -> None:
    [maps] = await given(stage, "Catalog maps")
    await maya.types("/checkin")
    await maya.submits({**FORM, **choose(maps, "Changed")})
    assert "The one that takes its place can begin with the same words." in maya.reading
    await maya.clicks("Set the next one")
    assert maya.field("what")["element"]["initial_value"] == "Catalog maps"
    await maya.closes()

    await maya.clicks("Edit")
    await maya.submits(choose(maps, "Dropped"))

    assert await states(records) == ["dropped"]
    assert "That was the last open goal." in maya.reading
    assert "Set the next one" not in maya.buttons()


async def test_the_partner_is_told_of_it_with_the_meeting_and_nobody_else(
    stage: Stage, maya: Desk, tom: Desk, lena: Desk, ada: Desk
) -> None:
    [maps] = await given(stage, "Catalog maps")
    await maya.types("/checkin")
    await maya.submits({**FORM, **choose(maps, "Dropped")})

    await stage.tick(stage.now + timedelta(days=10))

    [told] = [message["text"] for message in tom.messages if "logged your meeting" in message["text"]]
    assert "Goal, for you two only: “Catalog maps”: dropped" in told
    for other in (lena, ada):
        await other.opens_home()
        assert "Catalog maps" not in other.sees()


# -- said anew, and taken back --------------------------------------------------------------------------------------


async def test_the_form_shows_what_was_said_and_changes_it(stage: Stage, maya: Desk, records: Lookup) -> None:
    maps, talk = await given(stage, "Catalog maps", "Give a talk")
    await maya.types("/checkin")
    await maya.submits({**FORM, **choose(maps, "Done"), **choose(talk, "Moved")})

    await maya.clicks("Edit")
    assert (chosen(maya, maps), chosen(maya, talk)) == ("Done", "Moved")
    assert await maya.submits({**choose(maps, "Stuck"), **choose(talk, "No change")}) == {}

    assert await states(records) == ["stuck", "not started"]
    assert "• “Catalog maps”: stuck" in maya.reading
    assert "Give a talk" not in maya.reading
    await maya.types("/goal story 1")
    assert "• June 12: stuck" in maya.reading
    assert "done" not in maya.reading


async def test_undo_takes_it_back(stage: Stage, maya: Desk, records: Lookup) -> None:
    [maps] = await given(stage, "Catalog maps")
    await maya.types("/goal stuck 1")
    await maya.types("/checkin")
    await maya.submits({**FORM, **choose(maps, "Done")})
    assert await states(records) == ["done"]

    await maya.clicks("Undo")

    assert await states(records) == ["stuck"]


async def test_one_that_was_closed_while_the_form_stood_open_stays_closed_and_that_is_said(
    stage: Stage, maya: Desk, tom: Desk, records: Lookup
) -> None:
    [maps] = await given(stage, "Catalog maps")
    await maya.types("/checkin")
    await tom.types("/goal done 1")

    assert await maya.submits({**FORM, **choose(maps, "Moved")}) == {}

    assert await states(records) == ["done"]
    assert "• “Catalog maps” was closed in the meantime, and it stays so: done" in maya.reading


async def test_a_fourth_open_one_is_refused_at_its_field_and_nothing_is_lost(
    stage: Stage, maya: Desk, records: Lookup
) -> None:
    maps, talk = await given(stage, "Catalog maps", "Give a talk")
    await maya.types("/checkin")
    await maya.submits({**FORM, **choose(maps, "Done")})
    await given(stage, "Write an article", "Lead a meeting")
    await maya.clicks("Edit")

    errors = await maya.submits({"notes": "Long notes", **choose(maps, "Moved")})

    assert list(errors) == [f"goal-{maps.id}"]
    assert "3 goals are open, and that is as many as there can be." in errors[f"goal-{maps.id}"]
    assert await states(records) == ["done", "not started", "not started", "not started"]
    assert await maya.submits(choose(talk, "Dropped")) == {}
    assert await states(records) == ["moving", "dropped", "not started", "not started"]
    assert (await records.meetings("tom-maya"))[0].words[0].notes == "Long notes"


# -- of two people --------------------------------------------------------------------------------------------------


async def test_the_later_word_holds_and_the_story_keeps_both(
    stage: Stage, maya: Desk, tom: Desk, records: Lookup
) -> None:
    [maps] = await given(stage, "Catalog maps")
    await maya.types("/checkin")
    await maya.submits({**FORM, **choose(maps, "Stuck")})

    await tom.types("/checkin")
    await tom.submits({**FORM, **choose(maps, "Moved")})

    assert tom.reading.startswith("Maya had logged Monday, June 12 already")
    assert "• “Catalog maps”: moved" in tom.reading
    assert await states(records) == ["moving"]
    await tom.types("/goal story 1")
    assert "• June 12: stuck\n• June 12: moving" in tom.reading


async def test_each_edits_what_they_said_themselves_and_reads_what_the_other_one_said(
    stage: Stage, maya: Desk, tom: Desk, records: Lookup
) -> None:
    [maps] = await given(stage, "Catalog maps")
    await maya.types("/checkin")
    await maya.submits({**FORM, **choose(maps, "Done")})
    await stage.after_the_sitting()
    await tom.clicks("Yes")

    await tom.clicks("Add to it")
    assert chosen(tom, maps) == "No change"
    assert "“Catalog maps”: done" in tom.sees()
    assert await tom.submits(notes="Well done") == {}
    assert await states(records) == ["done"]

    await tom.clicks("Add to it")
    assert await tom.submits(choose(maps, "Moved")) == {}
    assert await states(records) == ["moving"]

    await tom.clicks("Add to it")
    assert chosen(tom, maps) == "Moved"
    assert await tom.submits(choose(maps, "No change")) == {}
    assert await states(records) == [GoalState.DONE.value]


async def test_what_the_partner_said_of_a_goal_is_not_undone_by_who_logged(
    stage: Stage, maya: Desk, tom: Desk, records: Lookup
) -> None:
    [maps] = await given(stage, "Catalog maps")
    await maya.types("/checkin")
    await maya.submits(FORM)
    await tom.types("/checkin list")
    await tom.clicks("Open")
    await tom.submits(choose(maps, "Stuck"))

    await maya.clicks("Undo")

    assert "wrote about it, so it stays on record." in maya.sees()
    assert await states(records) == ["stuck"]
