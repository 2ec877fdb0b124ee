"""Taking back what was said of a meeting: it is again as it was, to the letter, and nobody's words are lost."""

import asyncio
from datetime import date, timedelta

from bot.domain.appointments import Promise
from bot.domain.goals import GoalDraft, GoalState
from bot.domain.meetings import Confirmed, Means, Meeting
from bot.usecases.set_goal import set_goal
from tests.stories.conftest import Lookup, Stage
from tests.stories.people import Desk, Json

JUNE_15 = date(2017, 6, 15)


async def the_meeting(records: Lookup) -> Meeting:
    [meeting] = await records.meetings("tom-maya")
    return meeting


async def promises(records: Lookup) -> list[Promise]:
    pair = await records.pair("tom-maya")
    async with records.tandem.store.begin() as all_records:
        return (await all_records.promises([pair.id])).get(pair.id, [])


async def history(records: Lookup, meeting: Meeting) -> int:
    async with records.tandem.store.begin() as all_records:
        return len((await all_records.corrections([meeting.id])).get(meeting.id, []))


async def later(stage: Stage, days: int = 4) -> None:
    await stage.tick(stage.now + timedelta(days=days))


def heard(desk: Desk, words: str) -> list[Json]:
    return [message for message in desk.messages if words in message["text"]]


# -- both logged the day ----------------------------------------------------------------------------------------------


async def test_who_logged_the_day_second_takes_their_part_back_and_is_asked_as_before(
    stage: Stage, maya: Desk, tom: Desk, records: Lookup
) -> None:
    await set_a_goal(stage, records)
    await maya.types("/checkin")
    await maya.submits(day=JUNE_15, minutes=45, notes="From Maya", next_step="Read two essays")
    before = await the_meeting(records)

    await tom.types("/checkin")
    await tom.submits(
        day=JUNE_15, minutes=60, notes="From Tom", next_step="Send the list", private="mine", goal="Stuck"
    )
    assert (await the_meeting(records)).confirmed is Confirmed.YES
    assert [goal.state for goal in await records.goals("tom-maya")] == [GoalState.STUCK]
    await tom.clicks("Undo")

    assert await the_meeting(records) == before
    assert [one.what for one in await promises(records)] == ["Read two essays"]
    assert [goal.state for goal in await records.goals("tom-maya")] == [GoalState.NOT_STARTED]
    assert "As it was before: Maya logged Thursday, June 15, 45 minutes by video." in tom.reading
    assert tom.buttons() == ["Yes", "Different", "We did not meet"]


async def test_then_who_logged_it_first_can_take_all_of_it_back(
    stage: Stage, maya: Desk, tom: Desk, records: Lookup
) -> None:
    await maya.types("/checkin yesterday 45 zoom")
    await tom.types("/checkin yesterday 45 zoom")
    await maya.clicks("Undo")
    assert "so it stays on record" in maya.reading
    await tom.clicks("Undo")

    await maya.clicks("undo_meeting")

    assert await records.meetings("tom-maya") == []


async def test_words_that_came_after_a_merge_are_not_lost_by_an_old_undo(
    stage: Stage, maya: Desk, tom: Desk, records: Lookup
) -> None:
    await maya.types("/checkin yesterday 45 zoom")
    await tom.types("/checkin yesterday 45 zoom")
    await tom.types("/checkin list")
    await tom.clicks("Open")
    await tom.submits(notes="What we said")

    await tom.clicks("meeting_unanswer")

    meeting = await the_meeting(records)
    assert (meeting.confirmed, [words.notes for words in meeting.words]) == (Confirmed.YES, ["What we said"])
    assert "This was changed in the meantime, so it stays as it is now" in tom.sees()


async def test_undo_pressed_twice_is_pressed_once(stage: Stage, maya: Desk, tom: Desk, records: Lookup) -> None:
    await maya.types("/checkin yesterday 45 zoom")
    await tom.types("/checkin yesterday 45 zoom")
    old = tom.messages[-1]

    await tom.clicks("Undo")
    await show_again(stage, tom, old)
    await tom.clicks("Undo")

    assert (await the_meeting(records)).confirmed is Confirmed.NOT_YET


async def test_one_takes_it_back_while_the_other_logs_it_and_nobody_s_words_are_lost(
    stage: Stage, maya: Desk, tom: Desk, records: Lookup
) -> None:
    await maya.types("/checkin yesterday 45 zoom")
    await tom.types("/checkin")

    await asyncio.gather(maya.clicks("Undo"), tom.submits(day=JUNE_15, minutes=60, notes="From Tom"))

    meeting = await the_meeting(records)
    tom_id = (await records.person("tom")).id
    assert meeting.words_of(tom_id).notes == "From Tom"
    assert (await records.pair("tom-maya")).meetings == 1


async def test_both_undo_at_once_and_each_takes_back_no_more_than_their_own(
    stage: Stage, maya: Desk, tom: Desk, records: Lookup
) -> None:
    await maya.types("/checkin")
    await maya.submits(day=JUNE_15, minutes=45, notes="From Maya")
    await tom.types("/checkin yesterday 45 zoom")

    await asyncio.gather(maya.clicks("undo_meeting"), tom.clicks("meeting_unanswer"))

    left = await records.meetings("tom-maya")
    assert [(one.confirmed, [words.notes for words in one.words]) for one in left] in (
        [],
        [(Confirmed.NOT_YET, ["From Maya"])],
    )


# -- different, and not at all ----------------------------------------------------------------------------------------


async def test_another_memory_is_taken_back_before_it_was_heard(
    stage: Stage, maya: Desk, tom: Desk, records: Lookup
) -> None:
    await maya.types("/checkin yesterday 45 zoom")
    await stage.after_the_sitting()
    before = await the_meeting(records)
    await tom.clicks("Different")
    await tom.submits(minutes=60, day=date(2017, 6, 14), means="Phone", words="It was by phone")
    assert tom.buttons() == ["Change it", "Undo"]

    await tom.clicks("Undo")
    await later(stage)

    assert await the_meeting(records) == before
    assert await history(records, before) == 0
    assert tom.buttons(heard(tom, "As it was before")[0]) == ["Yes", "Different", "We did not meet"]
    assert heard(maya, "a little differently") == []
    assert heard(maya, "put one of your meetings right") == []


async def test_who_has_heard_of_another_memory_hears_that_it_was_taken_back(
    stage: Stage, maya: Desk, tom: Desk, records: Lookup
) -> None:
    await maya.types("/checkin yesterday 45 zoom")
    await stage.after_the_sitting()
    await tom.clicks("Different")
    await tom.submits(minutes=60)
    await later(stage)
    assert len(heard(maya, "a little differently")) == 1

    await tom.clicks("meeting_unanswer")
    await later(stage)

    [told] = heard(
        maya, "Tom has put one of your meetings right. On record now: Thursday, June 15, 45 minutes by video"
    )
    assert (await the_meeting(records)).minutes == 45
    assert told is not None


async def test_a_no_after_a_yes_goes_back_to_the_yes(stage: Stage, maya: Desk, tom: Desk, records: Lookup) -> None:
    await maya.types("/checkin yesterday 45 zoom")
    await stage.after_the_sitting()
    old = tom.messages[-1]
    await tom.clicks("Yes")
    await show_again(stage, tom, old)
    await tom.clicks("We did not meet")
    assert (await the_meeting(records)).confirmed is Confirmed.DENIED

    await tom.clicks("Undo")

    assert (await the_meeting(records)).confirmed is Confirmed.YES
    assert "As it was before: Thursday, June 15, 45 minutes by video with Maya." in tom.reading


async def test_another_memory_that_was_changed_since_stays(
    stage: Stage, maya: Desk, tom: Desk, records: Lookup
) -> None:
    await maya.types("/checkin yesterday 45 zoom")
    await stage.after_the_sitting()
    await tom.clicks("Different")
    await tom.submits(minutes=60)
    await later(stage)
    await maya.clicks("Change it")
    await maya.submits(minutes=50)

    await tom.clicks("meeting_unanswer")

    assert (await the_meeting(records)).minutes == 50


async def test_a_day_that_was_logged_meanwhile_keeps_the_other_day_from_coming_back(
    stage: Stage, maya: Desk, tom: Desk, records: Lookup
) -> None:
    await maya.types("/checkin yesterday 45 zoom")
    await stage.after_the_sitting()
    await tom.clicks("Different")
    await tom.submits(day=date(2017, 6, 14))
    await maya.types("/checkin June 15 30 phone")

    await tom.clicks("meeting_unanswer")

    assert "There is another meeting on Thursday, June 15 already." in tom.sees()
    assert [(one.day.day, one.minutes) for one in await records.meetings("tom-maya")] == [(15, 30), (14, 45)]


# -- one's own --------------------------------------------------------------------------------------------------------


async def test_a_quick_change_goes_back_to_what_it_was(maya: Desk, records: Lookup) -> None:
    await maya.types("/checkin")
    await maya.submits(day=JUNE_15, minutes=45, notes="Kept")
    await maya.types("/checkin yesterday 30 phone")
    assert (await the_meeting(records)).minutes == 30

    await maya.clicks("Undo")

    meeting = await the_meeting(records)
    assert (meeting.facts, meeting.words[0].notes) == ((JUNE_15, 45, Means.VIDEO), "Kept")


async def test_one_s_own_meeting_is_taken_back_after_an_edit_and_from_its_form(maya: Desk, records: Lookup) -> None:
    await maya.types("/checkin yesterday 45 zoom")
    await maya.clicks("Edit")
    await maya.submits(minutes=50)
    assert "Take the meeting back" in maya.buttons()
    await maya.types("/checkin list")
    await maya.clicks("Open")

    await maya.clicks("Take the meeting back")

    assert await records.meetings("tom-maya") == []
    assert "Taken back: nothing is on record for that meeting any more." in maya.sees()


async def test_a_meeting_by_which_the_partner_stands_is_not_offered_to_be_taken_back(
    stage: Stage, maya: Desk, tom: Desk
) -> None:
    await maya.types("/checkin yesterday 45 zoom")
    await stage.after_the_sitting()
    await tom.clicks("Yes")
    await maya.types("/checkin list")
    await maya.clicks("Open")

    assert "Take the meeting back" not in str(maya.form)


# -- two calendars ----------------------------------------------------------------------------------------------------


async def test_one_meeting_that_is_thursday_for_one_and_friday_for_the_other_counts_once(
    stage: Stage, noor: Desk, ben: Desk, ines: Desk, records: Lookup
) -> None:
    await noor.types("/checkin yesterday 45 zoom with @ben")  # Thursday in Denver
    await ben.types("/checkin")
    await ben.submits(day=date(2017, 6, 16), minutes=50, notes="From Guam", private="mine", next_step="Call Noor")
    assert "Noor has logged Thursday, June 15, which may be the same meeting on another calendar." in ben.reading

    await ben.clicks("It is the same one")

    [meeting] = await records.meetings("noor-ben")
    ben_id = (await records.person("ben")).id
    assert (meeting.day, meeting.minutes, meeting.confirmed) == (JUNE_15, 45, Confirmed.YES)
    assert (meeting.words_of(ben_id).notes, meeting.words_of(ben_id).private) == ("From Guam", "mine")
    assert "Noor had logged Thursday, June 15 already (45 minutes by video), so it stays one meeting." in ben.reading
    await later(stage)
    assert heard(noor, "logged your meeting") == []
    assert heard(ben, "Is that how you remember it?") == []


async def test_of_a_twin_that_is_gone_nothing_is_made(stage: Stage, noor: Desk, ben: Desk, records: Lookup) -> None:
    await noor.types("/checkin yesterday 45 zoom with @ben")
    await ben.types("/checkin June 16 50")
    await noor.clicks("Undo")

    await ben.clicks("It is the same one")

    assert [meeting.day.day for meeting in await records.meetings("noor-ben")] == [16]
    assert "nothing left to do here" in ben.reading


async def test_neighbors_are_not_asked_whether_two_days_are_one(maya: Desk, tom: Desk) -> None:
    await maya.types("/checkin yesterday 45 zoom")
    await tom.types("/checkin June 14 45")

    assert "another calendar" not in tom.reading


# -- what the log did beside it ---------------------------------------------------------------------------------------


async def test_the_plan_that_it_fulfilled_stands_again(stage: Stage, maya: Desk, records: Lookup) -> None:
    await maya.types("/mentoring next monday 3pm")
    await later(stage)  # Tuesday
    assert (await records.pair("tom-maya")).planned_day == date(2017, 6, 19)
    await maya.types("/checkin yesterday 45 zoom")
    assert (await records.pair("tom-maya")).planned_day is None

    await maya.clicks("Undo")

    assert (await records.pair("tom-maya")).planned_day == date(2017, 6, 19)


async def test_an_edit_of_the_notes_leaves_the_next_step_as_it_has_become(maya: Desk, records: Lookup) -> None:
    await maya.types("/checkin")
    await maya.submits(day=JUNE_15, minutes=45, next_step="Read two essays")
    await maya.types("/mentoring steps")
    await maya.clicks("Change")
    await maya.submits(what="Read three essays", due=date(2017, 6, 20))
    await maya.closes(whole_stack=True)
    await maya.types("/checkin list")
    await maya.clicks("Open")
    await maya.submits(notes="One more thought")

    assert [(one.what, one.due) for one in await promises(records)] == [("Read three essays", date(2017, 6, 20))]

    await maya.types("/mentoring steps")
    await maya.clicks("Drop")
    await maya.types("/checkin list")
    await maya.clicks("Open")
    await maya.submits(notes="And another one")

    assert await promises(records) == []


async def test_two_days_that_become_one_keep_the_next_steps_of_both_and_go_together(
    maya: Desk, records: Lookup
) -> None:
    for day, step in ((13, "Call the library"), (14, "Read two essays")):
        await maya.types("/checkin")
        await maya.submits(day=date(2017, 6, day), minutes=45, next_step=step)
    await maya.clicks("Edit")
    await maya.submits(day=date(2017, 6, 13))
    assert sorted(one.what for one in await promises(records)) == ["Call the library", "Read two essays"]

    await maya.clicks("Take the meeting back")

    assert await records.meetings("tom-maya") == []
    assert await promises(records) == []


async def set_a_goal(stage: Stage, records: Lookup) -> None:
    pair = await records.pair("tom-maya")
    await set_goal(stage.tandem.world, pair, pair.mentee, GoalDraft("Speak at a conference"))


async def show_again(stage: Stage, who: Desk, message: Json) -> None:
    """Show somebody the buttons of another message, as an old note would."""
    blocks = [block for block in message["blocks"] if block["type"] == "actions"]
    await stage.tandem.client.chat_postMessage(channel=who.id, text="old", blocks=blocks)
