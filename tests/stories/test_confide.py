"""A quiet word: what is typed after the command stands in the form, and nothing that was typed is lost."""

from datetime import UTC, datetime

from tests.stories.conftest import Stage
from tests.stories.people import Desk

MONDAY = datetime(2017, 6, 19, 17, tzinfo=UTC)
WORDS = "He cancels each time."


def words_in_the_form(desk: Desk) -> str:
    return str(desk.field("words")["element"].get("initial_value", ""))


async def test_the_text_after_the_command_stands_in_the_form(stage: Stage, maya: Desk, tom: Desk, lena: Desk) -> None:
    await maya.types(f"/mentoring word {WORDS}")

    assert words_in_the_form(maya) == WORDS
    await stage.tick(MONDAY)
    assert WORDS not in lena.sees()  # nothing is said before it is sent

    assert await maya.submits() == {}
    await stage.tick(datetime(2017, 6, 21, 17, tzinfo=UTC))

    assert WORDS in lena.sees()
    assert WORDS not in tom.sees()


async def test_past_the_liaison_it_reaches_those_who_coordinate_and_the_liaison_never(
    stage: Stage, maya: Desk, tom: Desk, lena: Desk, ada: Desk
) -> None:
    await maya.types(f"/mentoring word {WORDS}")
    assert await maya.submits(who="past") == {}

    await stage.tick(datetime(2017, 6, 28, 17, tzinfo=UTC))
    for desk in (lena, tom):
        await desk.opens_home()
        await desk.types("/mentoring")

    assert WORDS in ada.sees()
    for desk in (lena, tom):
        assert WORDS not in desk.sees()
        assert "asked for a word" not in desk.sees()


async def test_what_was_typed_and_not_sent_stands_there_again(maya: Desk, tom: Desk) -> None:
    await maya.types("/mentoring word")
    await maya.fills(words=WORDS)
    await maya.clicks("in_the_way_typed:who", "past")
    await maya.closes()

    await maya.types("/mentoring word")

    assert words_in_the_form(maya) == WORDS
    assert maya.field("who")["element"]["initial_option"]["value"] == "past"
    await tom.types("/mentoring word")
    assert words_in_the_form(tom) == ""


async def test_text_after_the_command_comes_below_what_was_kept(maya: Desk) -> None:
    await maya.types("/mentoring word One thing.")
    await maya.closes()

    await maya.types("/mentoring word And another.")

    assert words_in_the_form(maya) == "One thing.\nAnd another."


async def test_once_sent_the_form_is_empty_again(maya: Desk) -> None:
    await maya.types(f"/mentoring word {WORDS}")
    assert await maya.submits() == {}

    await maya.types("/mentoring word")

    assert words_in_the_form(maya) == ""


async def test_who_is_in_two_pairs_chooses_first_and_the_text_is_there_still(
    stage: Stage, noor: Desk, lena: Desk
) -> None:
    await noor.types(f"/mentoring word {WORDS}")
    assert noor.form is None

    await noor.clicks("A quiet word")
    assert words_in_the_form(noor) == WORDS
    assert await noor.submits() == {}
    await noor.closes()
    await stage.tick(MONDAY)

    assert WORDS in lena.sees()
    await noor.types("/mentoring word")
    await noor.clicks("A quiet word")
    assert words_in_the_form(noor) == ""


async def test_more_than_the_form_can_hold_is_refused_kindly(maya: Desk) -> None:
    await maya.types("/mentoring word " + "a long story " * 100)

    assert maya.form is None
    assert "1000" in maya.reading
