"""An ending where somebody cannot be told, or nobody looks after the pair; and the way back, wherever one looks."""

from datetime import UTC, date, datetime, timedelta

from bot.domain.program import Role
from tests.stories.conftest import Lookup, Stage
from tests.stories.people import Desk

MONDAY = datetime(2017, 6, 19, 18, tzinfo=UTC)
NEUTRAL = "Your pair with Maya comes to its end on Friday, June 30."


async def ends(desk: Desk, **typed: object) -> None:
    await desk.types("/mentoring end")
    assert await desk.submits(**typed) == {}
    assert await desk.submits() == {}


async def nobody_looks_after(stage: Stage, records: Lookup) -> None:
    """Take the liaison's and the coordinator's roles away, as no roster can say."""
    pair, found = await records.pair("tom-maya"), [await records.person(key) for key in ("lena", "ada")]
    async with stage.tandem.store.begin() as book:
        for one in found:
            await book.put_roles(pair.program.id, one.id, frozenset({Role.READER}), stage.now)


# -- who cannot be told -------------------------------------------------------------------------------------------


async def test_of_who_has_left_nothing_is_promised_and_the_liaison_is_asked_to_tell(
    stage: Stage, maya: Desk, lena: Desk
) -> None:
    await stage.playground.deactivate("U0TOM")
    await stage.tick(MONDAY)

    await maya.types("/mentoring end")
    assert "Messages do not reach Tom in Slack at the moment; you will read first" in maya.sees()
    await maya.submits(last_day=date(2017, 6, 30))
    assert "If they do again, Tom will be told, word for word:" in maya.sees()
    assert NEUTRAL in maya.sees()
    await maya.submits()
    assert "if they do again, Tom will be told in the words that you have read" in maya.reading
    await stage.tick(MONDAY + timedelta(days=2))

    assert "Messages do not reach Tom in Slack, so perhaps you can tell Tom the day another way" in lena.sees()


async def test_who_comes_back_in_time_is_told_then(stage: Stage, maya: Desk, tom: Desk) -> None:
    await stage.playground.deactivate("U0TOM")
    await stage.tick(MONDAY)
    await ends(maya, last_day=date(2017, 6, 30))
    await stage.tick(MONDAY + timedelta(days=1))
    await stage.playground.reactivate("U0TOM")

    await stage.tick(MONDAY + timedelta(days=3))

    assert NEUTRAL in tom.sees()


async def test_a_liaison_whom_messages_do_not_reach_is_promised_to_nobody(
    stage: Stage, maya: Desk, tom: Desk, ada: Desk
) -> None:
    await stage.playground.deactivate("U0LENA")
    await stage.tick(MONDAY)

    await maya.types("/mentoring end")
    assert maya.fields() == ["The last day", "Why, if you like"]
    await maya.submits(last_day=date(2017, 6, 30), reason="canary")
    assert "Those who coordinate the program will be told the day" in maya.sees()
    await maya.submits()
    await stage.tick(MONDAY + timedelta(days=2))

    assert "those who coordinate the program are there if you would like to talk" in tom.sees()
    assert "Lena, your liaison, is there" not in tom.sees()
    assert "canary" in ada.sees()


async def test_where_nobody_looks_after_the_two_nobody_is_named(
    stage: Stage, maya: Desk, tom: Desk, records: Lookup
) -> None:
    await nobody_looks_after(stage, records)
    await stage.playground.deactivate("U0LENA")
    await stage.tick(MONDAY)

    await maya.types("/mentoring end")
    assert maya.fields() == ["The last day"]
    await maya.submits(last_day=date(2017, 6, 30))
    assert "Nobody else is told" in maya.sees()
    assert "those who coordinate" not in maya.sees()
    await maya.submits()
    await stage.tick(MONDAY + timedelta(days=2))

    assert f"{NEUTRAL}" in tom.sees()
    assert "those who coordinate the program are there" not in tom.sees()


# -- the way back -------------------------------------------------------------------------------------------------


async def test_the_way_back_is_on_home_and_status_for_who_asked_until_the_last_day(
    stage: Stage, maya: Desk, tom: Desk, records: Lookup
) -> None:
    await ends(maya, last_day=date(2017, 6, 30))
    answer = maya.messages[-1]

    for desk, theirs in ((maya, True), (tom, False)):
        await desk.opens_home()
        assert ("Take the ending back" in str(desk.home)) is theirs
        assert "Friday, June 30 is your last day as a pair." in desk.sees()
        await desk.types("/mentoring")
        assert ("Take the ending back" in desk.buttons()) is theirs
        assert "Next meeting" not in desk.reading
    await maya.opens_home()
    await maya.clicks("Take the ending back", where="home")
    assert (await records.pair("tom-maya")).ending is None

    await ends(maya, last_day=date(2017, 6, 30))
    await stage.goes_to(datetime(2017, 7, 1, 18, tzinfo=UTC))
    await maya.clicks("Take it back", ts=answer["ts"])
    assert "Your pair came to its end on Friday, June 30" in maya.sees()
    await maya.opens_home()
    assert "Take the ending back" not in str(maya.home)


async def test_where_a_wish_stands_can_be_changed_on_home_and_status(maya: Desk, ada: Desk) -> None:
    await ends(maya, last_day=date(2017, 6, 30))
    await maya.types("/mentoring rematch")
    await maya.submits()
    await maya.opens_home()
    assert "You have asked for a new partner after Tom." in maya.sees()

    await ada.types("/mentoring rematches")
    await ada.clicks("Close")
    await maya.types("/mentoring")
    await maya.clicks("Ask again")

    assert (maya.form or {})["callback_id"] == "rematch"
    await maya.submits()
    await maya.opens_home()
    await maya.clicks("Take it back", where="home")
    await maya.opens_home()
    assert "new partner after Tom" not in str(maya.home)
