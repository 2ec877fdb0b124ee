"""`/mentoring why`: what came, by which rule, when it may come again, and how to switch it off."""

from datetime import UTC, datetime

from tests.stories.conftest import Stage
from tests.stories.people import Desk

CANARY = "a worry that only the two know"
MONDAY_NOON = datetime(2017, 6, 19, 18, tzinfo=UTC)
JULY = datetime(2017, 7, 14, 21, tzinfo=UTC)
CHECKIN = "/checkin today 45 zoom"


async def test_before_the_first_message_it_says_so(maya: Desk) -> None:
    await maya.types("/mentoring why")

    assert "Tandem has sent you nothing on its own yet." in maya.reading
    assert maya.buttons() == ["Settings", "Status"]


async def test_it_names_the_day_the_kind_the_rule_and_what_comes_next(stage: Stage, maya: Desk, tom: Desk) -> None:
    await tom.types(CHECKIN)
    await stage.after_the_sitting()

    await maya.types("/mentoring why")

    said = maya.reading
    assert "*Friday, June 16*" in said
    assert "• Meetings that your partner logs (you and Tom): Your partner logged your meeting" in said
    assert "It comes again only when it happens again." in said


async def test_a_reminder_may_come_again_on_a_day_that_is_named(stage: Stage, maya: Desk, tom: Desk) -> None:
    await tom.types(CHECKIN)  # every two weeks: over the rhythm on July 1, a Saturday; the last reminder a week later
    await stage.tick(datetime(2017, 7, 3, 21, tzinfo=UTC))
    assert "It has been 17 days since the last meeting" in maya.sees()

    await maya.types("/mentoring why")

    assert "• Reminders to meet (you and Tom): Your pair has no meeting on record for longer" in maya.reading
    assert (
        "As things stand, the next one may come on Saturday, July 8, or on your first good day after it."
        in maya.reading
    )


async def test_it_shows_the_last_five_notes_newest_first(stage: Stage, maya: Desk) -> None:
    await stage.tick(datetime(2017, 11, 1, 21, tzinfo=UTC))
    assert len(maya.messages) > 5

    await maya.types("/mentoring why")

    days = [block["text"]["text"] for block in maya.messages[-1]["blocks"] if block["type"] == "section"]
    assert len([text for text in days if text.startswith("*")]) == 5
    assert len(maya.messages[-1]["blocks"]) <= 50


async def test_a_kind_that_was_switched_off_is_said_to_be_so(stage: Stage, maya: Desk, tom: Desk) -> None:
    await tom.types(CHECKIN)
    await stage.after_the_sitting()

    await maya.types("/mentoring why")
    await maya.clicks("Settings")
    await maya.submits(kinds=["checkin_reminder"])
    await maya.closes()
    await maya.types("/mentoring why")

    assert "You have switched this kind off, so it comes no more." in maya.reading


async def test_a_liaison_reads_why_without_a_word_of_a_pair(stage: Stage, maya: Desk, lena: Desk) -> None:
    await maya.types("/mentoring")
    await maya.clicks("Log a meeting")
    await maya.submits(minutes="45", notes=CANARY, next_step=CANARY)
    await stage.tick(MONDAY_NOON)

    await lena.types("/mentoring why")

    assert "• Weekly digest: You follow pairs, as a liaison or in the place of one" in lena.reading
    assert "the next one may come on Monday, June 26" in lena.reading
    assert CANARY not in lena.sees()


async def test_what_others_got_is_not_shown(stage: Stage, maya: Desk, tom: Desk) -> None:
    await tom.types(CHECKIN)
    await stage.tick()

    await tom.types("/mentoring why")

    assert "Meetings that your partner logs" not in tom.reading


async def test_after_the_last_day_nothing_is_to_come(stage: Stage, maya: Desk) -> None:
    await stage.tick(JULY)
    stage.playground.hooks = None
    await stage.goes_to(datetime(2018, 5, 20, 15, tzinfo=UTC))

    await maya.types("/mentoring why")

    assert "As things stand, none is to come." in maya.reading
    assert "may come on" not in maya.reading


async def test_the_button_on_home_opens_it_over_home(stage: Stage, maya: Desk) -> None:
    await maya.opens_home()

    await maya.clicks("Why these messages", where="home")

    assert "Tandem has sent you nothing on its own yet." in maya.sees()
    assert maya.form is not None
    assert maya.messages == []
