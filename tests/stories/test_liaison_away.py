"""The liaison's account is closed half-way: what was for them is said to those who coordinate, and forms say so."""

from datetime import UTC, datetime

import pytest

from tests.stories.conftest import Stage
from tests.stories.people import Desk

MONDAY = datetime(2017, 6, 19, 17, tzinfo=UTC)


@pytest.fixture
async def without_lena(stage: Stage) -> Stage:
    """Lena's account is closed."""
    await stage.playground.deactivate("U0LENA")
    await stage.settled()
    return stage


async def test_the_form_names_who_really_reads_it(without_lena: Stage, maya: Desk, ada: Desk, tom: Desk) -> None:
    await maya.types("/mentoring word")

    assert "Messages do not reach Lena, your liaison, at the moment" in maya.sees()
    assert "so only those who coordinate the program see this; Tom does not." in maya.sees()
    assert maya.fields() == ["A few words, if you like"]

    assert await maya.submits(words="He cancels each time.") == {}
    assert "Messages do not reach Lena at the moment, so those who coordinate the program will hear" in maya.sees()
    await without_lena.tick(MONDAY)

    assert "He cancels each time." in ada.sees()
    assert "It is meant for Lena, whom messages do not reach" in ada.sees()
    assert "He cancels each time." not in tom.sees()


async def test_a_form_that_was_open_already_says_afterwards_who_hears(stage: Stage, maya: Desk, ada: Desk) -> None:
    await maya.types("/mentoring word")
    assert "should messages not arrive there, those who coordinate" in maya.sees()
    await stage.playground.deactivate("U0LENA")
    await stage.settled()

    assert await maya.submits(words="He cancels each time.", who="liaison") == {}
    assert "so those who coordinate the program will hear of it instead, and nobody else." in maya.sees()
    await stage.tick(MONDAY)

    assert "He cancels each time." in ada.sees()


async def test_the_form_of_an_ending_says_so_too(without_lena: Stage, maya: Desk) -> None:
    await maya.types("/mentoring end")

    assert "Only those who coordinate the program see this; Tom never does." in maya.sees()
    assert "Lena" not in maya.sees()


async def test_who_stands_in_has_the_pairs_on_home_in_the_status_and_in_the_digest(
    without_lena: Stage, ada: Desk
) -> None:
    await without_lena.tick(MONDAY)

    assert "Tandem cannot reach *Lena Brandt*, who follows 3 pairs" in ada.sees()
    assert "You see this because messages do not reach Lena Brandt at the moment, and you stand in." in ada.sees()
    await ada.opens_home()
    assert "Pairs that you follow" in str(ada.home)
    await ada.types("/mentoring")
    assert "See my pairs" in ada.buttons()
    await ada.clicks("See my pairs")
    assert "Tom Lindqvist and Maya Okafor" in ada.sees()
    await ada.closes()


async def test_the_note_that_tells_of_it_leads_to_another_liaison(without_lena: Stage, ada: Desk) -> None:
    await without_lena.tick()

    await ada.clicks("Give a pair to another liaison")

    assert "There is nobody else to give a pair to" in ada.sees()  # Lena is the only liaison
