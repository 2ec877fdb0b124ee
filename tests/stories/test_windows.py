"""An answer is where the click was: over Home, in a window, or in its place; never only behind it."""

from datetime import date

from bot.domain.goals import GoalDraft
from bot.usecases.set_goal import set_goal
from tests.stories.conftest import Stage
from tests.stories.people import Desk

CHECKIN = "/checkin today 45 zoom"


def depth(stage: Stage, desk: Desk) -> int:
    person = stage.playground.slack.person(desk.id)
    return len(person.modals) if person else 0


async def from_home(desk: Desk, *buttons: str) -> None:
    await desk.opens_home()
    await desk.clicks(buttons[0], where="home")
    for button in buttons[1:]:
        await desk.clicks(button)


async def test_a_refusal_stands_over_the_window_that_was_clicked_in(stage: Stage, maya: Desk) -> None:
    pair = await stage.records.pair("tom-maya")
    for what in ("Maps", "Talks", "Grants"):
        await set_goal(stage.tandem.world, pair, pair.mentee, GoalDraft(what))
    before = len(maya.messages)
    await from_home(maya, "Goals", "Set a goal")

    assert "Mark one as done, changed or dropped" in str(maya.form)
    assert (depth(stage, maya), len(maya.messages)) == (2, before)
    await maya.closes()
    assert "Maps" in str(maya.form)


async def test_a_kind_is_switched_off_and_on_again_in_its_window(stage: Stage, maya: Desk, tom: Desk) -> None:
    await tom.types(CHECKIN)
    await stage.after_the_sitting()
    await from_home(maya, "Why these messages")
    before = len(maya.messages)

    await maya.clicks("mute_kind", "meeting_logged")

    assert "Undo" in str(maya.form)
    await maya.clicks("Undo")
    assert "Undo" not in str(maya.form)
    assert len(maya.messages) == before


async def test_a_break_ends_in_its_window(stage: Stage, maya: Desk) -> None:
    await maya.types("/mentoring pause until 15 October")
    await from_home(maya, "Why these messages", "Status", "Resume now")

    assert "Welcome back" in str(maya.form)
    assert "Resume now" not in str(maya.form)


async def test_a_fourth_window_takes_the_place_of_the_third(stage: Stage, maya: Desk, tom: Desk) -> None:
    await maya.types(CHECKIN)
    await from_home(maya, "Why these messages", "Status", "Log a meeting", "Your meetings")

    assert depth(stage, maya) == 3
    assert "Friday, June 16" in str(maya.form)


async def test_what_home_answers_stands_over_home(stage: Stage, maya: Desk) -> None:
    before = len(maya.messages)
    await from_home(maya, "Talk together")

    assert maya.form is not None
    assert len(maya.messages) == before


async def test_a_meeting_is_called_off_from_home_and_put_back_over_home(stage: Stage, maya: Desk) -> None:
    await maya.types("/mentoring next wednesday 3pm")
    before = len(maya.messages)
    await from_home(maya, "Call it off")

    assert "Called off." in str(maya.form)
    await maya.clicks("Undo")
    assert "As before: you meet on Wednesday, June 21" in str(maya.form)
    assert "Called off." not in str(maya.form)
    assert (depth(stage, maya), len(maya.messages)) == (1, before)


async def test_what_was_called_off_leaves_the_calendar_with_a_word_where_the_click_was(maya: Desk) -> None:
    await maya.types("/mentoring next wednesday 3pm")
    await from_home(maya, "Call it off", "Take it out of my calendar")

    assert "How to take it out of your calendar is in your conversation with Tandem." in str(maya.form)
    assert any("The file below takes the meeting out" in message["text"] for message in maya.messages)


async def test_the_calendar_is_offered_over_home_and_the_file_is_in_the_messages(maya: Desk) -> None:
    await maya.types("/mentoring next wednesday 3pm")
    await from_home(maya, "Add to calendar")

    assert "Google Calendar" in str(maya.form)
    assert "is in your conversation with Tandem." in str(maya.form)
    assert any(message.get("files") for message in maya.messages)


async def test_a_quiet_word_from_home_is_answered_over_home(stage: Stage, maya: Desk) -> None:
    before = len(maya.messages)
    await from_home(maya, "A quiet word")
    assert await maya.submits(words="We never find a day") == {}

    assert maya.form is not None
    assert "Lena" in str(maya.form["blocks"])
    assert (depth(stage, maya), len(maya.messages)) == (1, before)


async def test_a_quiet_word_from_the_status_is_answered_over_it(stage: Stage, maya: Desk) -> None:
    await from_home(maya, "Why these messages", "Status", "A quiet word")
    before = len(maya.messages)
    assert await maya.submits(words="We never find a day") == {}

    assert "Lena" in str((maya.form or {})["blocks"])
    assert len(maya.messages) == before
    await maya.closes()


async def test_forms_that_were_opened_on_home_are_answered_over_home(stage: Stage, maya: Desk, lena: Desk) -> None:
    before = len(maya.messages)
    await from_home(maya, "Plan the next one")
    assert await maya.submits() == {}
    assert "Planned: Friday, June 23, 10:00 AM your time." in str(maya.form)
    await maya.closes()
    await from_home(maya, "Log a meeting")
    assert await maya.submits(minutes=30) == {}
    assert "Logged: Friday, June 16, 30 minutes by video with Tom." in str(maya.form)
    await maya.clicks("Undo")
    assert "Taken back" in str(maya.form)
    await maya.closes(whole_stack=True)
    await from_home(maya, "Take a break")
    assert await maya.submits(until=date(2017, 6, 30)) == {}
    assert "You are taking a break until Friday, June 30" in str(maya.form)
    await maya.clicks("Resume now")
    assert "Welcome back" in str(maya.form)
    await maya.closes(whole_stack=True)
    assert len(maya.messages) == before

    before = len(lena.messages)
    await from_home(lena, "Move a pair’s phase")
    assert await lena.submits() == {}
    assert "connecting begins on Friday, June 16 now." in str(lena.form)
    await lena.clicks("Undo")
    assert "Undone: for" in str(lena.form)
    assert len(lena.messages) == before


async def test_an_ending_and_a_wish_begun_on_home_are_answered_over_home_with_the_way_back(maya: Desk) -> None:
    before = len(maya.messages)
    await from_home(maya, "A quiet word", "End the pair")
    assert await maya.submits() == {}
    assert "Tom will be told, word for word" in str(maya.form)
    assert await maya.submits() == {}
    assert "Until that day you can take it back." in str(maya.form)

    await maya.clicks("Ask for a new partner")
    assert await maya.submits() == {}
    assert "You have asked for a new partner after Tom." in str(maya.form)
    await maya.closes(whole_stack=True)
    await from_home(maya, "Take the ending back")

    assert "Taken back: your pair with Tom goes on." in str(maya.form)
    assert len(maya.messages) == before


async def test_a_form_that_was_opened_elsewhere_is_answered_in_the_messages(maya: Desk) -> None:
    await maya.types("/mentoring pause")
    assert await maya.submits() == {}

    assert maya.form is None
    assert maya.buttons() == ["Resume now", "Status"]
