"""Next steps: what the two promised each other, with what becomes of it."""

from datetime import UTC, date, datetime, timedelta

from bot.domain.appointments import Promise
from tests.stories.conftest import Lookup, Stage
from tests.stories.people import Desk

CANARY = "the green folder"


async def promises(records: Lookup, key: str = "tom-maya") -> list[Promise]:
    pair = await records.pair(key)
    async with records.tandem.store.begin() as all_records:
        return (await all_records.promises([pair.id])).get(pair.id, [])


async def test_a_next_step_of_a_check_in_is_a_promise_of_who_wrote_it(maya: Desk, records: Lookup) -> None:
    await maya.types("/checkin")
    await maya.submits(day=date(2017, 6, 12), minutes=45, next_step="Read two essays")

    [one] = await promises(records)
    assert (one.what, one.owner_id == (await records.person("maya")).id, one.due) == ("Read two essays", True, None)


async def test_it_is_the_partner_s_where_it_begins_with_their_name(maya: Desk, records: Lookup) -> None:
    await maya.types("/checkin")
    await maya.submits(day=date(2017, 6, 12), minutes=45, next_step="Tom sends the list")

    assert [one.owner_id for one in await promises(records)] == [(await records.person("tom")).id]


async def test_edited_words_are_the_same_promise(maya: Desk, records: Lookup) -> None:
    await maya.types("/checkin")
    await maya.submits(day=date(2017, 6, 12), minutes=45, next_step="Read two essays")
    await maya.clicks("Edit")
    await maya.submits(next_step="Read three essays")

    assert [one.what for one in await promises(records)] == ["Read three essays"]


async def test_a_meeting_that_is_taken_back_takes_its_next_step_along(maya: Desk, records: Lookup) -> None:
    await maya.types("/checkin")
    await maya.submits(day=date(2017, 6, 12), minutes=45, next_step="Read two essays")

    await maya.clicks("Undo")

    assert await promises(records) == []


async def test_a_next_step_is_kept_marked_as_done_and_opened_again(maya: Desk, tom: Desk, records: Lookup) -> None:
    await maya.types("/mentoring steps")
    assert "No next step is open for you and Tom." in maya.reading
    await maya.clicks("Add a next step")
    assert maya.field("what")["hint"]["text"] == "Only you and Tom see this."
    assert list(await maya.submits(what="Send the plan", owner="Tom", due=date(2017, 6, 1))) == ["due"]
    assert await maya.submits(what="Send the plan", owner="Tom", due=date(2017, 6, 20)) == {}
    assert "• Tom: Send the plan (by June 20)" in str(maya.form)

    await tom.types("/mentoring steps")
    assert "• You: Send the plan (by June 20)" in tom.reading
    await tom.clicks("Done")
    [one] = await promises(records)
    assert one.done_at is not None
    assert "✓ You: Send the plan (June 16)" in tom.reading

    await tom.clicks("Open again")
    assert (await promises(records))[0].done_at is None


async def test_a_next_step_is_changed_and_dropped(maya: Desk, records: Lookup) -> None:
    await maya.types("/mentoring steps")
    await maya.clicks("Add a next step")
    await maya.submits(what="Send the plan", due=date(2017, 6, 20))
    await maya.clicks("Change")
    await maya.submits(what="Send the outline")
    assert [one.what for one in await promises(records)] == ["Send the outline"]

    await maya.clicks("Drop")

    assert await promises(records) == []


async def test_nobody_else_sees_or_touches_it(
    stage: Stage, maya: Desk, lena: Desk, noor: Desk, charlie: Desk, records: Lookup
) -> None:
    await maya.types("/mentoring steps")
    await maya.clicks("Add a next step")
    await maya.submits(what=CANARY)

    for desk in (lena, noor, charlie):
        await desk.types("/mentoring steps")
        assert CANARY not in str(desk.messages)
    assert [one.what for one in await promises(records)] == [CANARY]


# -- given to the partner -----------------------------------------------------------------------------------------


async def maya_gives(maya: Desk, what: str, due: date | None = None) -> None:
    await maya.types("/mentoring steps")
    await maya.clicks("Add a next step")
    assert await maya.submits(what=what, owner="Tom", due=due) == {}
    await maya.closes(whole_stack=True)


def told(desk: Desk) -> list[str]:
    return [message["text"] for message in desk.messages if "noted a next step for you" in message["text"]]


async def test_who_is_given_a_step_hears_of_it_with_what_else_waits_and_ticks_it_there(
    stage: Stage, maya: Desk, tom: Desk, lena: Desk, records: Lookup
) -> None:
    await maya.types("/checkin")
    await maya.submits(day=date(2017, 6, 15), minutes=45, private=CANARY)
    await maya_gives(maya, "Send the plan", date(2017, 6, 20))
    await stage.after_the_sitting()

    [one] = told(tom)
    assert "Maya has noted a next step for you; only you two see it:\n• You: Send the plan (by June 20)" in one
    assert "Is that how you remember it?" in one  # one note for both
    assert CANARY not in one
    assert "Send the plan" not in str(lena.messages)
    await tom.clicks("told_step_done")
    assert (await promises(records))[0].done_at is not None
    assert "Done: “Send the plan”." in tom.reading
    await tom.clicks("told_step_open")
    assert (await promises(records))[0].done_at is None
    assert "Is that how you remember it?" in tom.reading  # the rest of the note is as it was


async def test_several_steps_of_one_sitting_are_one_list(stage: Stage, maya: Desk, tom: Desk) -> None:
    await maya.types("/checkin yesterday 45 zoom")  # so that no reminder comes before
    await maya_gives(maya, "Send the plan")
    await maya_gives(maya, "Name two people")
    await stage.after_the_sitting()

    [one] = told(tom)
    assert "• You: Send the plan\n• You: Name two people\n[Next steps]" in one
    await tom.clicks("Next steps")
    assert tom.buttons() == ["Done", "Change", "Drop", "Done", "Change", "Drop", "Add a next step"]


async def test_what_is_dropped_or_done_before_it_was_heard_is_not_told(
    stage: Stage, maya: Desk, tom: Desk, records: Lookup
) -> None:
    await maya_gives(maya, "Send the plan")
    await maya.types("/mentoring steps")
    await maya.clicks("Drop")
    await stage.goes_to(stage.now + timedelta(days=4))

    assert told(tom) == []


async def test_a_changed_step_is_told_as_it_is_now_and_one_s_own_is_no_news(
    stage: Stage, maya: Desk, tom: Desk, records: Lookup
) -> None:
    await maya.types("/checkin yesterday 45 zoom")
    await maya_gives(maya, "Send the plan")
    await maya.types("/mentoring steps")
    await maya.clicks("Change")
    await maya.submits(what="Send the outline")
    await stage.after_the_sitting()
    assert [("Send the outline" in text, "Send the plan" in text) for text in told(tom)] == [(True, False)]

    await maya.closes(whole_stack=True)
    await tom.types("/mentoring steps")
    await tom.clicks("Change")
    await tom.submits(due=date(2017, 6, 30))
    before = len(maya.messages)
    await stage.after_the_sitting()

    assert len(told(tom)) == 1
    assert len(maya.messages) == before


async def test_a_step_that_comes_with_a_meeting_is_told_with_it_and_a_later_one_by_itself(
    stage: Stage, maya: Desk, tom: Desk, records: Lookup
) -> None:
    await maya.types("/checkin")
    await maya.submits(day=date(2017, 6, 15), minutes=45, next_step="Tom sends the list")
    await stage.after_the_sitting()
    assert told(tom) == []
    assert "Next step, for you two only: Tom sends the list" in tom.reading

    await maya.clicks("Edit")
    await maya.submits(next_step="Tom sends both lists")
    await stage.goes_to(stage.now + timedelta(days=4))

    assert ["Tom sends both lists" in text for text in told(tom)] == [True]


async def test_open_steps_are_brought_up_by_the_reminder_where_no_meeting_is_planned(
    stage: Stage, maya: Desk, tom: Desk, lena: Desk
) -> None:
    await maya.types("/checkin")
    await maya.submits(day=date(2017, 6, 15), minutes=45, next_step=f"Look at {CANARY}")
    await stage.goes_to(datetime(2017, 7, 8, tzinfo=UTC))

    assert f"Next steps that are open between you two:\n• You: Look at {CANARY}" in maya.sees()
    assert f"Next steps that are open between you two:\n• Maya: Look at {CANARY}" in tom.sees()
    assert CANARY not in lena.sees()
