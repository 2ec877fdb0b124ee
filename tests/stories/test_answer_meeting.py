"""The partner is asked once about a meeting, and who logged it hears once of another memory."""

import asyncio
from datetime import date, timedelta

from bot.domain.goals import GoalDraft, GoalState
from bot.domain.meetings import Confirmed, Means, Meeting
from bot.usecases.set_goal import set_goal
from tests.stories.conftest import Lookup, Stage
from tests.stories.people import Desk, Json
from tests.stories.test_other_slacks import click


async def maya_logs(stage: Stage, maya: Desk) -> None:
    """Maya logs 45 minutes for yesterday; Tom is asked."""
    await maya.types("/checkin yesterday 45 zoom")
    await stage.after_the_sitting()


async def the_meeting(records: Lookup) -> Meeting:
    [meeting] = await records.meetings("tom-maya")
    return meeting


async def later(stage: Stage, days: int = 4) -> None:
    await stage.tick(stage.now + timedelta(days=days))


def heard(desk: Desk, words: str) -> list[Json]:
    return [message for message in desk.messages if words in message["text"]]


# -- yes ----------------------------------------------------------------------------------------------------------


async def test_the_partner_confirms_in_place(stage: Stage, maya: Desk, tom: Desk, records: Lookup) -> None:
    await maya_logs(stage, maya)
    assert tom.buttons() == ["Yes", "Different", "We did not meet"]

    await tom.clicks("Yes")

    assert (await the_meeting(records)).confirmed is Confirmed.YES
    assert "Thank you. On record for the two of you: Thursday, June 15, 45 minutes by video with Maya." in tom.reading
    assert tom.buttons() == ["Add to it", "Undo"]


async def test_a_yes_is_taken_back_and_the_question_is_there_again(
    stage: Stage, maya: Desk, tom: Desk, records: Lookup
) -> None:
    await maya_logs(stage, maya)
    await tom.clicks("Yes")

    await tom.clicks("Undo")

    assert (await the_meeting(records)).confirmed is Confirmed.NOT_YET
    assert tom.buttons() == ["Yes", "Different", "We did not meet"]


async def test_who_logged_it_hears_nothing_of_a_plain_yes(stage: Stage, maya: Desk, tom: Desk) -> None:
    await maya_logs(stage, maya)
    before = len(maya.messages)

    await tom.clicks("Yes")
    await stage.after_the_sitting()

    assert len(maya.messages) == before


# -- different ----------------------------------------------------------------------------------------------------


async def test_the_partner_puts_the_facts_right_and_who_logged_it_agrees(
    stage: Stage, maya: Desk, tom: Desk, records: Lookup
) -> None:
    await maya_logs(stage, maya)
    await tom.clicks("Different")
    assert tom.fields() == ["Day", "Minutes", "How you met", "Or not at all", "A word about it"]
    assert tom.field("minutes")["element"]["initial_value"] == "45"

    assert await tom.submits(minutes=60, day=date(2017, 6, 14), words="It was the day before") == {}

    meeting = await the_meeting(records)
    assert (meeting.facts, meeting.confirmed) == ((date(2017, 6, 14), 60, Means.VIDEO), Confirmed.CHANGED)
    assert "On record now: Wednesday, June 14, 60 minutes by video with Maya." in tom.reading
    await later(stage)
    [told] = heard(maya, "Tom remembers your meeting a little differently.")
    assert "On record now: Wednesday, June 14, 60 minutes by video." in told["text"]
    assert "the day before" not in told["text"]

    await maya.clicks("That is right")

    assert (await the_meeting(records)).confirmed is Confirmed.YES
    await maya.clicks("Add to it")
    assert "Tom put this right on June 16: it was Thursday, June 15, 45 minutes by video." in maya.sees()
    assert "“It was the day before”" in maya.sees()


async def test_who_logged_it_changes_it_once_more_and_there_it_ends(
    stage: Stage, maya: Desk, tom: Desk, records: Lookup
) -> None:
    await maya_logs(stage, maya)
    await tom.clicks("Different")
    await tom.submits(minutes=60)
    await later(stage)
    asked = len(tom.messages)

    await maya.clicks("Change it")
    assert await maya.submits(minutes=50) == {}

    assert (await the_meeting(records)).minutes == 50
    assert "On record now: Thursday, June 15, 50 minutes by video with Tom." in maya.sees()
    await later(stage, 3)
    assert heard(tom, "50 minutes") == []
    assert len(tom.messages) == asked


async def test_what_cannot_be_is_said_at_its_field_and_the_form_stays(
    stage: Stage, maya: Desk, tom: Desk, records: Lookup
) -> None:
    await maya_logs(stage, maya)
    await maya.types("/checkin June 12 30 phone")
    await tom.clicks("Different")

    errors = await tom.submits(day=date(2017, 6, 12), words="Kept")
    assert "There is another meeting on Monday, June 12 already." in errors["day"]
    errors = await tom.submits(day=date(2017, 6, 20))
    assert errors == {"day": "This day is still to come. Choose today or an earlier day."}
    errors = await tom.submits(day=date(2017, 6, 13), minutes=0)
    assert errors == {"minutes": "A meeting lasts from 1 to 600 minutes. Choose a number in between."}

    assert await tom.submits(minutes=20) == {}
    assert [meeting.day.day for meeting in await records.meetings("tom-maya")] == [13, 12]


async def test_a_form_that_changes_nothing_is_a_yes(stage: Stage, maya: Desk, tom: Desk, records: Lookup) -> None:
    await maya_logs(stage, maya)
    await tom.clicks("Different")

    assert await tom.submits() == {}

    assert (await the_meeting(records)).confirmed is Confirmed.YES


# -- we did not meet ----------------------------------------------------------------------------------------------


async def test_a_meeting_that_the_partner_denies_counts_nowhere_and_who_logged_it_takes_it_back(
    stage: Stage, maya: Desk, tom: Desk, records: Lookup
) -> None:
    await maya_logs(stage, maya)
    assert (await records.pair("tom-maya")).meetings == 1

    await tom.clicks("We did not meet")

    assert (await records.pair("tom-maya")).meetings == 0
    assert "Noted: the meeting on Thursday, June 15 counts nowhere for now." in tom.reading
    await later(stage)
    assert len(heard(maya, "You two remember this differently")) == 1
    await maya.clicks("Take it back")
    assert await records.meetings("tom-maya") == []
    assert "Taken back" in maya.sees()


async def test_who_logged_it_keeps_it_and_no_further_no_changes_that(
    stage: Stage, maya: Desk, tom: Desk, records: Lookup
) -> None:
    await maya_logs(stage, maya)
    old = tom.messages[-1]
    await tom.clicks("We did not meet")
    await later(stage)

    await maya.clicks("We did meet")

    assert (await records.pair("tom-maya")).meetings == 1
    assert "With that the matter is settled, and nobody is asked again." in maya.sees()
    await show_again(stage, tom, old)
    await tom.clicks("We did not meet")
    assert "Maya has said since that you did meet, so it stays counted" in tom.sees()
    assert (await records.pair("tom-maya")).meetings == 1
    await later(stage, 3)
    assert len(heard(maya, "You two remember this differently")) == 1


async def test_a_no_that_is_taken_back_is_never_told(stage: Stage, noor: Desk, ben: Desk, records: Lookup) -> None:
    await noor.types("/checkin yesterday 45 with @ben")
    await later(stage, 3)
    assert "Is that how you remember it?" in ben.reading

    await ben.clicks("We did not meet")
    await ben.clicks("Undo")
    await later(stage, 3)

    assert heard(noor, "remember this differently") == []
    assert (await records.pair("noor-ben")).meetings == 1


async def test_what_the_partner_wrote_stays_though_the_meeting_is_taken_back(
    stage: Stage, maya: Desk, tom: Desk, records: Lookup
) -> None:
    await maya_logs(stage, maya)
    await tom.clicks("Different")
    assert await tom.submits(not_at_all=["We did not meet"], words="I was ill that day") == {}
    await later(stage)

    await maya.clicks("Take it back")

    assert "Fine. It counts nowhere; what Tom said about it is kept with it." in maya.sees()
    assert (await the_meeting(records)).confirmed is Confirmed.DENIED
    assert (await records.pair("tom-maya")).meetings == 0


# -- in whatever order --------------------------------------------------------------------------------------------


async def test_who_logs_the_same_day_confirms_it_and_is_not_asked(
    stage: Stage, noor: Desk, ben: Desk, records: Lookup
) -> None:
    await noor.types("/checkin yesterday 45 with @ben")
    await ben.types("/checkin June 15 50")

    await later(stage, 4)

    [meeting] = await records.meetings("noor-ben")
    assert (meeting.minutes, meeting.confirmed) == (45, Confirmed.YES)
    assert "logged your meeting" not in ben.sees()


async def test_both_press_at_once_and_it_is_one_answer_or_the_other(
    stage: Stage, maya: Desk, tom: Desk, records: Lookup
) -> None:
    await maya_logs(stage, maya)

    await asyncio.gather(maya.clicks("Undo"), tom.clicks("We did not meet"))

    assert (await records.pair("tom-maya")).meetings == 0
    assert len(await records.meetings("tom-maya")) <= 1


async def test_a_button_pressed_twice_is_pressed_once(stage: Stage, maya: Desk, tom: Desk, records: Lookup) -> None:
    await maya_logs(stage, maya)
    press = click(stage, tom, "meeting_no")
    other = click(stage, tom, "meeting_no")

    for payload in (press, press, other):
        await stage.playground.slack.deliveries.ask("interactive", payload)
    await stage.settled()
    await later(stage)

    assert (await the_meeting(records)).confirmed is Confirmed.DENIED
    assert len(heard(maya, "You two remember this differently")) == 1


async def test_who_has_heard_that_they_did_not_meet_hears_that_it_was_taken_back_though_it_was_pressed_twice(
    stage: Stage, maya: Desk, tom: Desk, records: Lookup
) -> None:
    await maya_logs(stage, maya)
    for payload in [click(stage, tom, "meeting_no") for _ in range(2)]:
        await stage.playground.slack.deliveries.ask("interactive", payload)
    await later(stage)
    assert len(heard(maya, "You two remember this differently")) == 1

    await tom.clicks("Undo")
    await later(stage)

    assert (await the_meeting(records)).confirmed is Confirmed.NOT_YET
    assert "Tom has put one of your meetings right." in maya.messages[-1]["text"]


async def test_an_old_note_of_a_meeting_that_is_gone_says_so_and_offers_to_log_it(
    stage: Stage, maya: Desk, tom: Desk, records: Lookup
) -> None:
    await maya_logs(stage, maya)
    await maya.clicks("Undo")

    await tom.clicks("Different")

    assert tom.modals == []
    assert "This meeting was taken back in the meantime. You can log it anew." in tom.reading
    assert tom.buttons() == ["Log a meeting"]
    assert await records.meetings("tom-maya") == []


async def test_a_meeting_that_was_answered_meanwhile_is_not_asked_about(
    stage: Stage, noor: Desk, ben: Desk, records: Lookup
) -> None:
    await noor.types("/checkin yesterday 45 with @ben")
    await ben.types("/checkin list")
    await ben.clicks("Open")
    await ben.clicks("It was different")
    assert await ben.submits(minutes=40) == {}
    await ben.closes(whole_stack=True)

    await later(stage, 4)

    assert heard(ben, "Is that how you remember it?") == []
    assert len(heard(noor, "Ben remembers your meeting a little differently.")) == 1


async def test_nobody_answers_to_the_meeting_of_others(
    stage: Stage, maya: Desk, tom: Desk, charlie: Desk, noor: Desk, records: Lookup
) -> None:
    await maya_logs(stage, maya)

    for other in (charlie, noor):
        await show_again(stage, other, tom.messages[-1])
        for action in ("meeting_no", "meeting_different", "meeting_yes"):
            await other.clicks(action)

        assert other.modals == []
        assert "June 15" not in other.messages[-1]["text"]
    assert (await the_meeting(records)).confirmed is Confirmed.NOT_YET


async def show_again(stage: Stage, who: Desk, message: Json) -> None:
    """Show somebody the buttons of another message, as an old note would."""
    blocks = [block for block in message["blocks"] if block["type"] == "actions"]
    await stage.tandem.client.chat_postMessage(channel=who.id, text="old", blocks=blocks)


async def test_a_goal_that_moved_at_a_denied_meeting_has_not_moved_until_it_counts_again(
    stage: Stage, maya: Desk, tom: Desk, records: Lookup
) -> None:
    pair = await records.pair("tom-maya")
    await set_goal(stage.tandem.world, pair, pair.mentee, GoalDraft("Speak at a conference"))
    await maya.types("/checkin")
    await maya.submits(day=date(2017, 6, 15), minutes=45, goal="Moved")
    await later(stage)

    await tom.clicks("We did not meet")
    assert [goal.state for goal in await records.goals("tom-maya")] == [GoalState.NOT_STARTED]

    await tom.clicks("Undo")
    assert [goal.state for goal in await records.goals("tom-maya")] == [GoalState.MOVING]
