"""Next steps: what the two promised each other, with what becomes of it."""

from datetime import date

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
