"""After the last day: silence; whoever asks is answered kindly, can look back, and is told whom to ask."""

from datetime import UTC, date, datetime

import pytest

from tests.stories.conftest import Stage
from tests.stories.people import Desk

JULY = datetime(2017, 7, 20, 16, tzinfo=UTC)
MAY = datetime(2018, 5, 20, 16, tzinfo=UTC)
MARCH = datetime(2018, 3, 5, 16, tzinfo=UTC)
CANARY = "thanks-for-the-canary"
COMMANDS = ["closing", "agreement", "next", "steps", "together", "word", "end"]


async def closes(desk: Desk) -> None:
    await desk.types("/mentoring closing")
    assert await desk.submits(talked="yes", thanks=CANARY, what_next="go on") == {}


@pytest.fixture
async def ended(stage: Stage, maya: Desk) -> None:
    """Maya and Tom have met once and ended; the program goes on."""
    await maya.types("/checkin today 45 phone")
    await maya.types("/goal set")
    await maya.submits(what="Catalog ten maps")
    await maya.types("/mentoring end")
    await maya.submits(last_day=date(2017, 6, 20))
    await maya.submits()
    await stage.goes_to(JULY)


@pytest.fixture
async def over(stage: Stage, maya: Desk) -> None:
    """The whole program is over; Maya and Tom have met once."""
    await maya.types("/checkin today 45 phone")
    await stage.goes_to(MAY)


@pytest.mark.usefixtures("ended")
@pytest.mark.parametrize("word", COMMANDS)
async def test_what_needs_a_pair_says_that_it_has_ended(maya: Desk, word: str) -> None:
    await maya.types(f"/mentoring {word}")

    assert maya.reading.startswith("Your pair with Tom came to its end on Tuesday, June 20")
    assert maya.form is None


@pytest.mark.usefixtures("over")
@pytest.mark.parametrize("word", [*COMMANDS, "pause", "settings", "rematch", "ideas"])
async def test_what_needs_a_program_says_that_the_year_is_over(maya: Desk, word: str) -> None:
    await maya.types(f"/mentoring {word}")

    assert maya.reading.startswith("First Year ended on Monday, April 30: your year is over")
    assert maya.form is None


@pytest.mark.usefixtures("ended")
async def test_who_was_in_a_pair_finds_it_on_home_and_status_and_looks_back(
    stage: Stage, maya: Desk, tom: Desk, charlie: Desk
) -> None:
    for desk, partner in ((maya, "Tom"), (tom, "Maya")):
        await desk.opens_home()
        assert f"Your pair with {partner} came to its end on Tuesday, June 20" in desk.sees()
        assert "Lena Brandt is there if you would like to talk." in desk.sees()
        assert "You will find your pair here once it has begun" not in desk.sees()
        await desk.types("/mentoring")
        assert desk.buttons()[:2] == ["Look back", "Ask for a new partner"]
        await desk.clicks("Look back")
        assert f"Your year with {partner}" in desk.reading
        assert "1 meeting" in desk.reading
        assert "Catalog ten maps" in desk.reading
    await charlie.types("/mentoring year")
    assert "Catalog" not in charlie.sees()


@pytest.mark.usefixtures("over")
async def test_once_the_program_is_over_home_and_status_say_whom_to_ask_and_offer_nothing_that_cannot_be(
    maya: Desk, lena: Desk, ada: Desk
) -> None:
    await maya.types("/mentoring")
    assert "First Year ended on Monday, April 30" in maya.reading
    assert "Questions about First Year? Write to Ada Novak." in maya.reading
    assert maya.buttons() == ["Look back", "Why these messages"]
    await maya.opens_home()
    await maya.clicks("Look back", where="home")
    assert "Your year with Tom" in maya.sees()
    await maya.closes(whole_stack=True)
    await maya.says("hello?")
    assert "Hello Maya. First Year ended" in maya.reading
    for other in (lena, ada):
        await other.types("/mentoring")
        assert other.buttons()[-1:] == ["Why these messages"]
        assert ("Write to Ada Novak" in other.reading) is (other is lena)  # Ada is the one whom the others ask
        assert not {"Look back", "Settings", "Take a break"} & set(other.buttons())
        await other.types("/mentoring year")
        assert "First Year ended on Monday, April 30: your year is over" in other.reading


async def test_thanks_are_read_again_by_the_partner_only(stage: Stage, maya: Desk, tom: Desk, lena: Desk) -> None:
    await maya.types("/checkin today 45 phone")
    await stage.goes_to(MARCH)
    await closes(maya)
    await stage.goes_to(MAY)

    for desk in (tom, lena):
        await desk.types("/mentoring year")

    assert f"Maya thanks you:*\n“{CANARY}”" in tom.reading
    assert CANARY not in lena.sees()


async def test_while_a_pair_is_under_way_the_day_is_named(maya: Desk, charlie: Desk) -> None:
    await maya.types("/mentoring year")
    assert "Your time with Tom goes on until Monday, April 30." in maya.reading

    await charlie.types("/mentoring year")
    assert "You are in no pair that is under way at the moment" in charlie.reading


async def test_who_looks_back_at_one_of_two_pairs_goes_on_with_the_other(stage: Stage, ben: Desk, noor: Desk) -> None:
    await ben.types("/mentoring end")
    await ben.submits(last_day=date(2017, 6, 20))
    await ben.submits()
    await stage.goes_to(JULY)

    await noor.types("/mentoring")

    assert "Your pair with Ben came to its end on Tuesday, June 20" in noor.reading
    assert "*You and Inês*" in noor.reading
