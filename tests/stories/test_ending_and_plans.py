"""A meeting that is planned for after a pair's last day: off with the ending, back with it, said in the same words."""

from datetime import UTC, date, datetime, timedelta

from bot.domain.appointments import Planned
from tests.stories.conftest import Lookup, Stage
from tests.stories.people import Desk

MONDAY = datetime(2017, 6, 19, 18, tzinfo=UTC)
JULY_5 = "Wednesday, July 5, 3:00 PM your time"  # on Maya's clock
IN_NEW_YORK = "Wednesday, July 5, 4:00 PM your time"  # on Tom's
OFF = f"The meeting that the two of you had planned for {IN_NEW_YORK} is off with it."
AFTER = "/mentoring next 5 July 3pm"
WITHIN = "/mentoring next 27 June 3pm"


async def ends(desk: Desk, **typed: object) -> None:
    await desk.types("/mentoring end")
    assert await desk.submits(**typed) == {}
    assert await desk.submits() == {}


async def states(records: Lookup) -> list[Planned]:
    pair = await records.pair("tom-maya")
    async with records.tandem.store.begin() as book:
        return [one.state for one in await book.appointments(pair.id)]


def said(desk: Desk, words: str) -> int:
    """How often somebody was told so."""
    return sum(words in message["text"] for message in desk.messages)


async def test_it_is_off_with_the_ending_and_both_hear_it_in_the_ending_s_words(
    stage: Stage, maya: Desk, tom: Desk, records: Lookup
) -> None:
    await maya.types(AFTER)
    await stage.tick(MONDAY)
    assert IN_NEW_YORK in tom.sees()

    await maya.types("/mentoring end")
    await maya.submits()
    assert OFF in maya.sees()
    await maya.submits()
    assert f"Your meeting on {JULY_5} is called off with it." in maya.reading
    assert maya.buttons() == ["Take it back", "Ask for a new partner", "Take it out of my calendar"]
    await stage.tick(MONDAY + timedelta(days=2))

    assert await states(records) == [Planned.CANCELLED]
    assert said(tom, OFF) == 1
    assert said(tom, "called off your meeting") == 0
    assert tom.buttons() == ["Ask for a new partner", "Take it out of my calendar"]
    await stage.tick(datetime(2017, 7, 7, 18, tzinfo=UTC))
    assert said(tom, "you and Maya meet") + said(maya, "you and Tom meet") == 0


async def test_of_a_plan_that_nobody_heard_of_only_the_ending_speaks(stage: Stage, maya: Desk, tom: Desk) -> None:
    await maya.types(AFTER)
    await ends(maya)

    await stage.tick(MONDAY)

    assert said(tom, "suggests when you meet next") == 0
    assert said(tom, OFF) == 1


async def test_a_meeting_on_or_before_the_last_day_stays(stage: Stage, maya: Desk, tom: Desk, records: Lookup) -> None:
    await maya.types(AFTER)
    await ends(maya, last_day=date(2017, 7, 5))
    await stage.tick(MONDAY)

    assert await states(records) == [Planned.AHEAD]
    assert "is off with it" not in tom.sees() + maya.sees()
    await stage.tick(datetime(2017, 7, 4, 20, tzinfo=UTC))
    assert said(tom, "Tomorrow at 4:00 PM your time you and Maya meet") == 1


async def test_taken_back_before_anybody_heard_the_plan_is_news_as_before(
    stage: Stage, maya: Desk, tom: Desk, records: Lookup
) -> None:
    await maya.types(AFTER)
    await ends(maya)
    await maya.clicks("Take it back")
    assert f"Your meeting on {JULY_5} holds again." in maya.reading
    await stage.tick(MONDAY)

    assert await states(records) == [Planned.AHEAD]
    assert said(tom, f"Maya suggests when you meet next: {IN_NEW_YORK}") == 1
    assert said(tom, "is off with it") + said(tom, "holds again") + said(tom, "goes on after all") == 0


async def test_taken_back_before_the_ending_was_heard_who_knew_the_plan_hears_nothing(
    stage: Stage, maya: Desk, tom: Desk, records: Lookup
) -> None:
    await maya.types(AFTER)
    await stage.tick(MONDAY)
    before = len(tom.messages)
    await ends(maya)
    await maya.clicks("Take it back")

    await stage.tick(MONDAY + timedelta(days=3))

    assert await states(records) == [Planned.AHEAD]
    assert said(tom, "goes on after all") + said(tom, IN_NEW_YORK) == 1
    assert "July 5" not in "".join(message["text"] for message in tom.messages[before:])


async def test_taken_back_later_who_has_heard_hears_that_it_holds_again(
    stage: Stage, maya: Desk, tom: Desk, lena: Desk
) -> None:
    await maya.types(AFTER)
    await ends(maya)
    await stage.tick(MONDAY)
    await maya.clicks("Take it back")

    await stage.tick(MONDAY + timedelta(days=2))

    assert said(tom, f"goes on after all: the last day that was set is taken back.\nYour meeting on {IN_NEW_YORK}") == 1
    assert "July 5, " not in lena.sees()
    await stage.tick(datetime(2017, 7, 4, 20, tzinfo=UTC))
    assert said(tom, "Tomorrow at 4:00 PM your time you and Maya meet") == 1


async def test_another_meeting_that_was_planned_meanwhile_stands_and_none_is_offered(
    stage: Stage, maya: Desk, records: Lookup
) -> None:
    await maya.types(AFTER)
    await ends(maya)
    ended = maya.messages[-1]
    await maya.types(WITHIN)
    assert "Planned: Tuesday, June 27" in maya.reading
    await maya.clicks("Take it back", ts=ended["ts"])

    assert sorted(await states(records)) == [Planned.AHEAD, Planned.CANCELLED]
    assert "holds again" not in maya.sees()


async def test_it_goes_and_comes_back_as_often_as_the_ending_does(maya: Desk, records: Lookup) -> None:
    await maya.types("/mentoring next 20 June 3pm")
    for _ in range(2):
        await ends(maya, last_day=date(2017, 6, 19))
        assert "is called off with it" in maya.reading
        assert await states(records) == [Planned.CANCELLED]
        await maya.clicks("Take it back")
        assert "Your meeting on Tuesday, June 20, 3:00 PM your time holds again." in maya.reading
        assert await states(records) == [Planned.AHEAD]


async def test_with_nothing_planned_the_next_meeting_is_offered(maya: Desk) -> None:
    await ends(maya)
    await maya.clicks("Take it back")

    assert maya.buttons() == ["Plan the next meeting"]


async def test_past_the_last_day_nothing_is_planned_and_the_way_is_said(maya: Desk, tom: Desk, records: Lookup) -> None:
    await ends(maya)

    for desk in (maya, tom):
        await desk.types(AFTER)
        assert "Your pair ends on Friday, June 30. Choose that day or an earlier one" in desk.reading

    assert await states(records) == []
    await maya.types("/mentoring next")
    assert list(await maya.submits(day=date(2017, 7, 5))) == ["day"]


async def test_undo_of_a_call_off_does_not_reach_past_an_ending(maya: Desk, tom: Desk, records: Lookup) -> None:
    await maya.types(AFTER)
    await maya.clicks("Call it off")
    off = maya.messages[-1]
    await ends(tom, last_day=date(2017, 6, 30))

    await maya.clicks("Undo", ts=off["ts"])

    assert "Your pair ends on Friday, June 30." in maya.sees()
    assert await states(records) == [Planned.CANCELLED]
