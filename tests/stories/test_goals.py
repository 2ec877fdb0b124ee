"""Goals: `/goal`, its list, its form and its choices."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.domain.goals import Goal, GoalDraft, GoalState
from bot.slack import blocks as b
from bot.usecases.set_goal import set_goal
from tests.stories.conftest import Lookup, Stage, mrkdwn_in
from tests.stories.people import Desk

MAPS = {"what": "Learn to catalog maps", "help": "Show me one"}


def form_of(desk: Desk) -> dict[str, Any]:
    assert desk.form is not None
    return desk.form


def home_of(desk: Desk) -> dict[str, Any]:
    assert desk.home is not None
    return desk.home


def words_in(view: dict[str, Any]) -> str:
    return b.spoken(view["blocks"])


async def given(stage: Stage, pair_key: str, *whats: str) -> list[Goal]:
    pair = await stage.records.pair(pair_key)
    return [(await set_goal(stage.tandem.world, pair, pair.mentee, GoalDraft(what))).goal for what in whats]


async def states(records: Lookup, pair_key: str) -> dict[str, str]:
    return {goal.what: goal.state.value for goal in await records.goals(pair_key)}


async def test_a_mentee_without_goals_is_invited_and_sets_one(maya: Desk, records: Lookup) -> None:
    await maya.types("/goal")
    assert "No goal yet for you and Tom. One is enough to begin with" in maya.reading

    await maya.clicks("Set a goal")
    assert await maya.submits(**MAPS) == {}

    assert "Set: “Learn to catalog maps”. Only you and Tom see it." in words_in(form_of(maya))
    assert [(goal.what, goal.help) for goal in await records.goals("tom-maya")] == [
        ("Learn to catalog maps", "Show me one")
    ]


async def test_the_mentor_sees_the_goal_and_how_they_help(stage: Stage, maya: Desk, tom: Desk) -> None:
    await maya.types("/goal set")
    await maya.submits(**MAPS)

    await tom.types("/goal list")

    assert "1. Learn to catalog maps\nHow you help: Show me one\n_Not started_" in tom.reading


async def test_a_mentor_may_set_a_goal_too(tom: Desk, records: Lookup) -> None:
    await tom.types("/goal set Lead a meeting")
    assert "How you help" in str(form_of(tom))

    assert await tom.submits(help="") == {}

    assert await states(records, "tom-maya") == {"Lead a meeting": "not started"}


async def test_the_form_says_who_sees_it(maya: Desk) -> None:
    await maya.types("/goal set")

    assert "Only you and Tom see this." in words_in(form_of(maya))


async def test_a_goal_of_spaces_is_kindly_refused_and_the_form_stays(maya: Desk, records: Lookup) -> None:
    await maya.types("/goal set")

    assert await maya.submits(what="   ", help="Help") == {"what": "Write the goal in a few words."}

    assert form_of(maya)["callback_id"] == "set_goal"
    assert await records.goals("tom-maya") == []


async def test_a_form_that_is_sent_twice_is_one_goal(maya: Desk, records: Lookup) -> None:
    await maya.types("/goal set")

    assert await maya.submits(MAPS) == {}
    assert await maya.submits_again() == {}

    assert len(await records.goals("tom-maya")) == 1


async def test_three_are_open_at_most_and_one_that_is_done_makes_room(
    stage: Stage, maya: Desk, records: Lookup
) -> None:
    await given(stage, "tom-maya", "One", "Two", "Three")
    await maya.types("/goal")
    await maya.clicks("Set a goal")
    assert "3 goals are open, and that is as many as there can be." in maya.reading
    assert maya.modals == []

    await maya.types("/goal done 1")
    await maya.clicks("Set a goal")
    assert await maya.submits(what="Four") == {}

    assert await states(records, "tom-maya") == {
        "One": "done",
        "Two": "not started",
        "Three": "not started",
        "Four": "not started",
    }


async def test_a_form_that_comes_too_late_for_a_fourth_is_told_so_at_its_field(stage: Stage, maya: Desk) -> None:
    await maya.types("/goal set")
    await given(stage, "tom-maya", "One", "Two", "Three")

    errors = await maya.submits(what="Four")

    assert errors["what"].startswith("3 goals are open")


async def test_a_choice_is_shown_in_its_place_and_can_be_undone(stage: Stage, maya: Desk, records: Lookup) -> None:
    await given(stage, "tom-maya", "Maps")
    await maya.types("/goal")
    before = len(maya.messages)

    await maya.clicks("mark_goal", "Done")
    assert "“Maps” is now: done. If that was not what you meant, choose again." in maya.reading
    assert await states(records, "tom-maya") == {"Maps": "done"}

    await maya.clicks("mark_goal", "Moving")
    assert await states(records, "tom-maya") == {"Maps": "moving"}
    assert len(maya.messages) == before


async def test_a_closed_goal_is_not_opened_as_a_fourth_and_the_list_says_why(stage: Stage, maya: Desk) -> None:
    pair = await stage.records.pair("tom-maya")
    (first,) = await given(stage, "tom-maya", "First")
    await maya.types("/goal done 1")
    await given(stage, "tom-maya", "One", "Two", "Three")
    await maya.types("/goal")

    await maya.clicks("mark_goal", "Moving")

    assert "3 goals are open" in maya.reading
    async with stage.tandem.store.begin() as records:
        assert (await records.goals(pair.id))[0].state is GoalState.DONE
    assert first.what == "First"


async def test_the_words_change_in_a_form_that_holds_them(stage: Stage, maya: Desk, records: Lookup) -> None:
    await given(stage, "tom-maya", "Maps")
    await maya.types("/goal moving 1")

    await maya.clicks("Change the words")
    assert "Maps" in str(form_of(maya))
    assert await maya.submits(what="Old maps") == {}

    assert await states(records, "tom-maya") == {"Old maps": "moving"}


@pytest.mark.parametrize("typed", ["/goal done 2", "/goal 2 DONE", "/goal  done   2 "])
async def test_a_goal_is_marked_by_its_number(stage: Stage, maya: Desk, records: Lookup, typed: str) -> None:
    await given(stage, "tom-maya", "One", "Two")

    await maya.types(typed)

    assert "“Two” is now: done." in maya.reading
    assert await states(records, "tom-maya") == {"One": "not started", "Two": "done"}


async def test_a_number_that_is_not_there_changes_nothing(stage: Stage, maya: Desk, records: Lookup) -> None:
    await given(stage, "tom-maya", "One")

    await maya.types("/goal done 2")

    assert "There is no goal 2 here." in maya.reading
    assert await states(records, "tom-maya") == {"One": "not started"}


async def test_help_and_what_is_not_known_show_what_can_be_typed(maya: Desk) -> None:
    await maya.types("/goal help")
    assert "`/goal done 2` marks the second goal" in maya.reading

    await maya.types("/goal frobnicate")
    assert "“/goal frobnicate” is not something Tandem knows." in maya.reading
    assert "`/goal done 2` marks the second goal" in maya.reading


async def test_who_is_in_two_pairs_sees_both_and_chooses(stage: Stage, noor: Desk, records: Lookup) -> None:
    await given(stage, "noor-ben", "Bens")
    await noor.types("/goal")
    assert "You and Ben" in noor.reading
    assert "You and Inês" in noor.reading

    await noor.types("/goal set")
    assert await noor.submits(pair="Inês Duarte", what="Noors own") == {}

    assert await states(records, "ines-noor") == {"Noors own": "not started"}
    assert await states(records, "noor-ben") == {"Bens": "not started"}


async def test_a_choice_in_a_list_of_two_pairs_leaves_both_in_their_places(stage: Stage, noor: Desk) -> None:
    await given(stage, "noor-ben", "Bens")
    await given(stage, "ines-noor", "Noors own")
    await noor.types("/goal")

    await noor.clicks("mark_goal", "Moving")

    assert "You and Ben" in noor.reading
    assert "You and Inês" in noor.reading


async def test_from_home_the_goals_open_in_a_window_and_home_follows(stage: Stage, maya: Desk) -> None:
    await maya.opens_home()

    await maya.clicks("Goals")
    await maya.clicks("Set a goal")
    assert await maya.submits(**MAPS) == {}
    await maya.clicks("mark_goal", "Moving")
    shown = words_in(form_of(maya))
    await maya.closes()

    assert "_Moving_" in shown
    assert "• Learn to catalog maps (moving)" in words_in(home_of(maya))


WHOLE = {
    "what": "Catalog maps",
    "why": "Nobody else can",
    "measure": "Ten maps in the catalog",
    "target": date(2017, 10, 15),
    "help": "Show me one",
}


async def test_a_whole_goal_is_set_and_read_by_both(maya: Desk, tom: Desk, records: Lookup) -> None:
    await maya.types("/goal set")
    assert await maya.submits(**WHOLE) == {}

    await tom.types("/goal")

    assert (
        "1. Catalog maps\nWhy: Nobody else can\nYou will both know by: Ten maps in the catalog\nBy October 15\n"
        "How you help: Show me one\n_Not started_"
    ) in tom.reading
    (goal,) = await records.goals("tom-maya")
    assert (goal.why, goal.measure, goal.target) == ("Nobody else can", "Ten maps in the catalog", date(2017, 10, 15))


async def test_a_day_that_is_typed_stands_in_the_form(maya: Desk, records: Lookup) -> None:
    await maya.types("/goal set Catalog maps by 15 October")
    assert await maya.submits({}) == {}

    assert [(goal.what, goal.target) for goal in await records.goals("tom-maya")] == [
        ("Catalog maps", date(2017, 10, 15))
    ]


async def test_a_day_after_the_end_is_kindly_refused_and_all_that_was_typed_stays(maya: Desk, records: Lookup) -> None:
    await maya.types("/goal set")

    errors = await maya.submits({**WHOLE, "target": date(2018, 5, 1)})

    assert errors["target"].startswith("This is after the last day, April 30.")
    assert await maya.submits(target=date(2018, 4, 30)) == {}
    assert (await records.goals("tom-maya"))[0].why == "Nobody else can"


async def test_each_changes_the_own_side_and_sees_the_other_s(maya: Desk, tom: Desk, records: Lookup) -> None:
    await maya.types("/goal set")
    await maya.submits(**WHOLE)
    await tom.types("/goal")

    await tom.clicks("How you help")
    assert "*Maya’s goal*: the words are Maya’s.\nCatalog maps" in words_in(form_of(tom))
    assert tom.fields() == ["How you help"]
    assert await tom.submits(help="Show two") == {}

    await maya.types("/goal")
    await maya.clicks("Change the words")
    assert "that is for Tom to say.\nShow two" in words_in(form_of(maya))
    assert await maya.submits(what="Catalog all maps", target=None) == {}
    (goal,) = await records.goals("tom-maya")
    assert (goal.what, goal.target, goal.help) == ("Catalog all maps", None, "Show two")


async def test_two_forms_at_once_keep_the_part_of_each(maya: Desk, tom: Desk, records: Lookup) -> None:
    await tom.types("/goal set Catalog maps")
    await tom.submits(help="Show one")
    for desk in (maya, tom):
        await desk.types("/goal")
        await desk.clicks("Change the words")

    assert await maya.submits(what="Maps, in my words", why="For me") == {}
    assert await tom.submits(what="Maps, in his words", help="Show two") == {}

    (goal,) = await records.goals("tom-maya")
    assert (goal.what, goal.why, goal.help) == ("Maps, in my words", "For me", "Show two")
    assert "its words stay as Maya wrote them" in words_in(form_of(tom))


async def test_changed_offers_the_one_that_takes_its_place(maya: Desk, records: Lookup) -> None:
    await maya.types("/goal set")
    await maya.submits(**WHOLE)
    await maya.closes()
    await maya.types("/goal")

    await maya.clicks("mark_goal", "Changed")
    assert "The one that takes its place can begin with the same words." in maya.reading
    await maya.clicks("Set the next one")
    assert await maya.submits(what="Catalog atlases") == {}

    first, second = await records.goals("tom-maya")
    assert (first.what, first.state) == ("Catalog maps", GoalState.CHANGED)
    assert (second.what, second.why, second.state) == ("Catalog atlases", "Nobody else can", GoalState.NOT_STARTED)


async def test_the_last_one_that_is_closed_asks_kindly_for_the_next(stage: Stage, maya: Desk) -> None:
    await given(stage, "tom-maya", "One", "Two")

    await maya.types("/goal done 1")
    assert "last open goal" not in maya.reading

    await maya.types("/goal 2 dropped, no time")
    assert "“Two” is now: dropped (“no time”)." in maya.reading
    assert "That was the last open goal. When you know what comes next, set one more" in maya.reading


async def test_a_word_is_added_and_the_story_told_with_it(stage: Stage, maya: Desk, tom: Desk) -> None:
    await maya.types("/goal set")
    await maya.submits(**WHOLE)
    await maya.closes()
    await stage.goes_to(stage.now + timedelta(days=3))
    await maya.types("/goal")
    await maya.clicks("mark_goal", "Stuck")

    await maya.clicks("Add a word")
    assert "Only you and Tom see this." in str(form_of(maya))
    assert await maya.submits(word="Waiting for the room") == {}
    await tom.types("/goal story 1")

    assert "*Catalog maps*\nWhy: Nobody else can" in tom.reading
    assert "• June 16: set by Maya\n• June 19: stuck; Maya wrote: “Waiting for the room”\n_Stuck_" in tom.reading


async def test_the_story_shows_the_meetings_at_which_it_moved(stage: Stage, maya: Desk) -> None:
    await given(stage, "tom-maya", "Maps")
    await maya.types("/checkin")
    await maya.submits({"day": date(2017, 6, 12), "minutes": 45, "means": "Phone", "goal": "Moved"})
    await maya.types("/goal")

    await maya.clicks("Its story")

    assert "• June 16: set by you\n• June 12: moving" in maya.reading


async def test_from_a_window_the_story_opens_on_top(stage: Stage, maya: Desk) -> None:
    await given(stage, "tom-maya", "Maps")
    await maya.opens_home()
    await maya.clicks("Goals")

    await maya.clicks("Its story")

    assert "• June 16: set by you" in words_in(form_of(maya))


async def test_the_nudge_for_a_first_goal_is_answered_from_its_message(
    stage: Stage, maya: Desk, tom: Desk, records: Lookup
) -> None:
    await stage.tick(datetime(2017, 6, 26, 16, tzinfo=UTC))
    (asked,) = [m for m in maya.messages if "You and Tom have no goal on record yet." in m["text"]]

    await maya.clicks("set_goal", ts=asked["ts"])
    assert await maya.submits(**MAPS) == {}

    settled = next(m for m in maya.messages if m["ts"] == asked["ts"])
    assert "Set: “Learn to catalog maps”. Only you and Tom see it." in str(settled)
    assert maya.buttons(settled)[-1] == "Goals"
    await stage.tick(datetime(2017, 7, 10, 16, tzinfo=UTC))
    assert not any("draft it together" in m["text"] for m in tom.messages)
    assert len(await records.goals("tom-maya")) == 1


async def test_nobody_but_the_two_ever_reads_of_a_goal(stage: Stage, maya: Desk, tom: Desk) -> None:
    await maya.types("/goal set")
    await maya.submits({**WHOLE, "what": "Secret", "why": "Secret", "measure": "Secret", "help": "Secret"})
    await tom.types("/goal stuck 1 Secret")

    await stage.tick(datetime(2017, 7, 17, 16, tzinfo=UTC))
    for who in ("U0LENA", "U0ADA", "U0CHARLIE", "U0NOOR", "U0BEN", "U0INES"):
        desk = stage.desk(who)
        await desk.types("/goal story 1")
        await desk.opens_home()
        assert "Secret" not in desk.sees(), who


@pytest.mark.parametrize("who", ["U0LENA", "U0ADA", "U0CHARLIE"])
async def test_who_is_in_no_pair_is_told_so(stage: Stage, who: str) -> None:
    desk = stage.desk(who)

    await desk.types("/goal")

    assert "You are in no pair that is under way at the moment" in desk.reading


async def test_a_stranger_is_told_what_tandem_is(stranger: Desk) -> None:
    await stranger.types("/goal set")

    assert "You are not on the list of a program here." in stranger.reading


async def forged(stage: Stage, desk: Desk, action: str, value: str) -> None:
    """Put somebody else's button into a person's conversation, and let them press it."""
    row = b.actions([b.button(action, "Press", value)])
    await stage.tandem.client.chat_postMessage(channel=desk.id, text="Press", blocks=[row])
    await desk.clicks("Press")


@pytest.mark.parametrize(
    "action", ["open_goals", "set_goal", "change_goal", "mark_goal", "replace_goal", "goal_word", "goal_story"]
)
@pytest.mark.parametrize("who", ["U0BEN", "U0CHARLIE", "U0STRANGER"])
async def test_another_pairs_button_opens_and_changes_nothing(stage: Stage, who: str, action: str) -> None:
    pair = await stage.records.pair("tom-maya")
    (goal,) = await given(stage, "tom-maya", "Only for Maya and Tom")
    about = f"{pair.id}/{goal.id}"
    value = {"open_goals": pair.id, "set_goal": pair.id, "mark_goal": f"{about}/done"}.get(action, about)
    desk = stage.desk(who)

    await forged(stage, desk, action, value)

    assert "Only for Maya and Tom" not in desk.sees()
    assert desk.modals == []
    assert desk.reading != "Press"
    assert await states(stage.records, "tom-maya") == {"Only for Maya and Tom": "not started"}


@pytest.mark.parametrize("value", ["", "/", "{pair}/none/done", "{pair}/{goal}/burnt", "{pair}"])
async def test_a_choice_that_was_tampered_with_changes_nothing(stage: Stage, maya: Desk, value: str) -> None:
    pair = await stage.records.pair("tom-maya")
    (goal,) = await given(stage, "tom-maya", "Maps")

    await forged(stage, maya, "mark_goal", value.format(pair=pair.id, goal=goal.id) or " ")

    assert await states(stage.records, "tom-maya") == {"Maps": "not started"}
    assert "went wrong" not in maya.reading
    assert maya.reading != "Press"


async def test_what_people_type_pings_nobody(maya: Desk, tom: Desk) -> None:
    await maya.types("/goal set")
    await maya.submits(what="<!here> @channel <@U0TOM> & *all*", help="<!everyone>\n@here")

    await maya.types("/goal moving 1")
    await tom.types("/goal")

    shown = [one for desk in (maya, tom) for one in mrkdwn_in([desk.messages, desk.modals])]
    assert any("&lt;!here&gt; @channel &lt;@U0TOM&gt; &amp; *all*" in one["text"] for one in shown)
    assert all(one["verbatim"] is True for one in shown)
    assert not any("<!" in text or "<@" in text for text in (maya.reading, tom.reading, *(o["text"] for o in shown)))
