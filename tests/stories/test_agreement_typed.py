"""The form of an agreement: nothing typed is lost, and both may write at once."""

import asyncio

from bot.domain.meetings import Means
from bot.domain.rhythm import Rhythm, Unit
from tests.stories.conftest import Stage
from tests.stories.people import Desk
from tests.stories.test_agreement import CANARY, FACTS, kept, value_in, versions, view_of, writes

# -- nothing typed is lost --------------------------------------------------------------------------------------------


async def test_a_form_closed_half_way_offers_to_go_on_where_one_was(stage: Stage, maya: Desk) -> None:
    await maya.types("/agreement")
    await maya.submits(FACTS)
    await maya.clicks("agreement_typed:confidential", CANARY)
    await maya.closes()
    assert "What you typed into your agreement with Tom is kept, and only you see it." in maya.reading

    await maya.clicks("Go on where you were")

    assert "You are back where you were" in view_of(maya)
    assert value_in(maya, "confidential") == CANARY
    assert await maya.submits(ending="We tell Lena") == {}
    (one,) = await versions(stage)
    assert (one.terms.minutes, one.terms.confidential, one.terms.ending) == (60, CANARY, "We tell Lena")
    assert "is kept, and only you see it" not in maya.sees()


async def test_the_form_that_is_opened_again_is_where_one_was(maya: Desk) -> None:
    await maya.types("/agreement")
    await maya.submits(FACTS)
    await maya.clicks("agreement_typed:ending", "We tell Lena")
    await maya.closes(whole_stack=True)

    await maya.types("/agreement")

    assert value_in(maya, "ending") == "We tell Lena"


async def test_a_form_that_is_closed_untouched_offers_nothing(maya: Desk) -> None:
    await maya.types("/agreement")
    await maya.closes()

    assert maya.messages == []


async def test_closed_twice_is_one_offer(maya: Desk) -> None:
    for text in ("One", "Two"):
        await maya.types("/agreement change")
        await maya.clicks("agreement_typed:minutes", "45")
        await maya.clicks("agreement_typed:reply_days", str(len(text)))
        await maya.closes()

    assert len(maya.messages) == 1


async def test_what_was_typed_can_be_thrown_away(stage: Stage, maya: Desk) -> None:
    await maya.types("/agreement")
    await maya.clicks("agreement_typed:minutes", "45")
    await maya.closes()

    await maya.clicks("Throw it away")

    assert "Thrown away: nothing of what you typed is kept." in maya.reading
    assert await kept(stage, "maya") == {}
    await maya.types("/agreement")
    assert value_in(maya, "minutes") == ""


async def test_begin_anew_empties_the_form(stage: Stage, maya: Desk) -> None:
    await maya.types("/agreement")
    await maya.clicks("agreement_typed:minutes", "45")
    await maya.closes()
    await maya.types("/agreement")

    await maya.clicks("Begin anew")

    assert "You are back where you were" not in view_of(maya)
    assert await maya.submits(rhythm="every month") == {}
    await maya.submits({})
    assert (await versions(stage))[0].terms.minutes is None


async def test_back_and_next_lose_nothing(stage: Stage, maya: Desk) -> None:
    await maya.types("/agreement")
    await maya.submits(FACTS)
    await maya.fills(confidential="Typed before going back")

    await maya.clicks("Back")
    assert value_in(maya, "minutes") == "60"
    assert await maya.submits(minutes="75") == {}
    assert value_in(maya, "confidential") == "Typed before going back"
    await maya.submits({})

    (one,) = await versions(stage)
    assert (one.terms.minutes, one.terms.confidential) == (75, "Typed before going back")


# -- both at once -----------------------------------------------------------------------------------------------------


async def test_both_write_at_once_and_each_change_is_there(stage: Stage, maya: Desk, tom: Desk) -> None:
    await maya.types("/agreement")
    await tom.types("/agreement")
    await maya.submits({"rhythm": "every month", "minutes": "60"})
    await tom.submits({"means": ["phone"], "reply_days": "3"})

    await asyncio.gather(maya.submits(confidential="Mine"), tom.submits(ending="His"))

    (one,) = await versions(stage)
    assert (one.terms.minutes, one.terms.means, one.terms.reply_days) == (60, (Means.PHONE,), 3)
    assert (one.terms.confidential, one.terms.ending) == ("Mine", "His")


async def test_where_both_change_the_same_field_both_are_shown_and_who_comes_later_chooses(
    stage: Stage, maya: Desk, tom: Desk
) -> None:
    await maya.types("/agreement")
    await tom.types("/agreement")
    await writes(maya, {"rhythm": "every month", "minutes": "60"}, {"confidential": "Hers", "ending": "Quietly"})
    await tom.submits({"minutes": "90"})
    assert await tom.submits(confidential="His", expectations="Candor") == {}

    assert "Yours: His\nMaya’s: Hers" in view_of(tom)
    assert "Yours: 90 minutes each time\nMaya’s: 60 minutes each time" in view_of(tom)
    assert await tom.submits({"keep-minutes": "theirs", "keep-confidential": "both"}) == {}

    (one,) = await versions(stage)
    assert (one.terms.minutes, one.terms.confidential) == (60, "Hers\nHis")
    assert (one.terms.ending, one.terms.expectations, one.terms.rhythm) == ("Quietly", "Candor", Rhythm(1, Unit.MONTH))


async def test_both_sign_at_the_same_moment(stage: Stage, maya: Desk, tom: Desk) -> None:
    await maya.types("/agreement")
    await writes(maya)
    await tom.types("/agreement")

    await asyncio.gather(maya.clicks("Sign"), tom.clicks("Sign"))

    (one,) = await versions(stage)
    assert one.in_force
    assert (await stage.records.pair("tom-maya")).rhythm == Rhythm(1, Unit.MONTH)
