"""A wish for a new partner: asked for after an ending, seen and closed by those who coordinate, taken back."""

from datetime import UTC, date, datetime, timedelta

from tests.stories.conftest import Lookup, Stage
from tests.stories.people import Desk
from tests.stories.test_ending import CANARY, JULY, MONDAY, ends


async def test_a_new_partner_is_asked_for_and_the_weeks_that_remain_are_shown(
    stage: Stage, maya: Desk, tom: Desk, lena: Desk, ada: Desk
) -> None:
    await ends(maya)
    await maya.clicks("Ask for a new partner")
    assert "after it, 43 weeks of the program remain" in maya.sees()

    assert await maya.submits(words=CANARY) == {}

    assert "You have asked for a new partner after Tom." in maya.reading
    await stage.tick(MONDAY)
    for told in (lena, ada):
        assert "*Maya Okafor* would like a new mentor." in told.sees()
        assert CANARY in told.sees()
    await tom.opens_home()
    assert CANARY not in tom.sees()
    assert "new mentor" not in tom.sees()


async def test_coordinators_see_the_list_and_the_asker_where_it_stands(stage: Stage, maya: Desk, ada: Desk) -> None:
    await ends(maya)
    await maya.types("/mentoring rematch")
    await maya.submits(words=CANARY)

    await ada.types("/mentoring rematches")
    assert "*Maya Okafor*, after Tom Lindqvist (asked): 43 weeks remain after Friday, June 30" in ada.reading
    assert ada.buttons() == ["I have seen it", "Close"]
    await ada.clicks("I have seen it")
    await maya.types("/mentoring rematch")
    assert "has been seen, and somebody is looking" in maya.reading
    await maya.types("/mentoring")
    assert "has been seen, and somebody is looking" in maya.reading
    assert "Your pair with Tom ends on Friday, June 30." in maya.reading

    await ada.types("/mentoring rematches")
    await ada.clicks("Close")
    await maya.types("/mentoring rematch")
    assert (maya.form or {})["callback_id"] == "rematch"
    await ada.types("/mentoring rematches")
    assert "Nobody looks for a new partner" in ada.reading


async def test_who_asked_is_told_once_that_it_was_seen_and_once_that_it_was_closed(
    stage: Stage, maya: Desk, tom: Desk, ada: Desk
) -> None:
    await ends(maya, last_day=date(2017, 6, 23))
    await maya.types("/mentoring rematch")
    await maya.submits(words=CANARY)
    await ada.types("/mentoring rematches")
    await ada.clicks("I have seen it")
    assert "Maya Okafor is told once that somebody is looking." in ada.reading
    await stage.tick(MONDAY)
    assert "has been seen, and somebody is looking; 44 weeks of the program remain." in maya.sees()

    await stage.goes_to(datetime(2017, 7, 3, 18, tzinfo=UTC))  # the pair has ended
    await ada.types("/mentoring rematches")
    await ada.clicks("Close")
    await stage.tick(JULY)

    assert maya.buttons() == ["Ask for a new partner"]
    for said in ("has been seen, and somebody is looking", "has been closed. Your liaison can say more"):
        assert sum(said in message["text"] for message in maya.messages) == 1
        assert said not in tom.sees()
    await maya.types("/mentoring")
    assert "Your wish for a new partner after Tom has been closed." in maya.reading


async def test_of_what_was_seen_and_closed_in_one_go_the_asker_hears_the_end(
    stage: Stage, maya: Desk, ada: Desk
) -> None:
    await ends(maya)
    await maya.types("/mentoring rematch")
    await maya.submits()
    await ada.types("/mentoring rematches")
    await ada.clicks("I have seen it")
    await ada.clicks("Close")

    await stage.tick(MONDAY)

    assert "has been closed" in maya.sees()
    assert "somebody is looking" not in maya.sees()


async def test_a_wish_that_is_taken_back_is_told_no_state(stage: Stage, maya: Desk, ada: Desk) -> None:
    await ends(maya)
    await maya.types("/mentoring rematch")
    await maya.submits()
    await ada.types("/mentoring rematches")
    await ada.clicks("I have seen it")
    await maya.clicks("Take it back")

    await stage.tick(MONDAY)

    assert "somebody is looking" not in maya.sees()
    await maya.types("/mentoring")
    assert "wish for a new partner" not in maya.reading


async def test_with_the_ending_the_wishes_are_taken_back_and_a_partner_who_had_one_hears_so(
    stage: Stage, maya: Desk, tom: Desk, ada: Desk, records: Lookup
) -> None:
    await ends(maya)
    await maya.types("/mentoring rematch")
    await maya.submits()
    await tom.types("/mentoring rematch")  # he has seen it on his Home, before any message
    await tom.submits(words=CANARY)

    await maya.types("/mentoring end")
    await maya.clicks("Take it back")
    assert "Your wish for a new partner is taken back as well." in maya.reading
    await ada.types("/mentoring rematches")
    assert "Nobody looks for a new partner" in ada.reading
    await stage.tick(MONDAY)

    assert "goes on after all" in tom.sees()
    assert "So your wish for a new partner is taken back as well." in tom.sees()
    (told,) = [message for message in tom.messages if "goes on after all" in message["text"]]
    assert "Something is in the way" in tom.buttons(told)
    assert "comes to its end" not in tom.sees()
    assert "would like a new" not in ada.sees()


async def test_a_wish_is_taken_back_before_anybody_heard(stage: Stage, maya: Desk, lena: Desk, ada: Desk) -> None:
    await ends(maya)
    await maya.types("/mentoring rematch")
    await maya.submits(words=CANARY)
    await maya.clicks("Take it back")

    await stage.tick(MONDAY)

    assert "would like a new" not in lena.sees() + ada.sees()


async def test_a_wish_is_taken_back_after_they_heard(stage: Stage, maya: Desk, ada: Desk, lena: Desk) -> None:
    await ends(maya)
    await maya.types("/mentoring rematch")
    await maya.submits()
    await stage.tick(MONDAY)
    await maya.types("/mentoring rematch")
    await maya.clicks("Take it back")

    await stage.tick(MONDAY + timedelta(days=2))

    for told in (ada, lena):
        assert "does not look for a new partner any more" in told.sees()


async def test_who_may_not_sees_no_list_and_a_pair_that_goes_on_asks_for_nobody(
    maya: Desk, lena: Desk, charlie: Desk
) -> None:
    await maya.types("/mentoring rematch")
    assert "Your pair goes on" in maya.reading
    for other in (lena, charlie):
        await other.types("/mentoring rematch")
        assert "You are in no pair that is under way" in other.reading
    for other in (maya, lena, charlie):
        await other.types("/mentoring rematches")
        assert "Only those who coordinate the program can see this list." in other.reading
