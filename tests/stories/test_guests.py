"""A partner is a guest in Slack: the others are told what that means, and for the guest all goes as for everybody."""

from datetime import UTC, datetime

from tests.stories.conftest import Stage
from tests.stories.people import Desk

TUESDAY = datetime(2017, 6, 20, 17, tzinfo=UTC)


def told(desk: Desk, words: str) -> list[str]:
    return [message["text"] for message in desk.messages if words in message["text"]]


async def becomes_a_guest(stage: Stage, user: str = "U0MAYA", *, single: bool = False) -> None:
    await stage.playground.change(user, is_restricted=True, is_ultra_restricted=single)
    await stage.settled()


async def test_the_other_and_the_liaison_are_told_once_what_it_means(
    stage: Stage, maya: Desk, tom: Desk, lena: Desk, ada: Desk
) -> None:
    await becomes_a_guest(stage)
    await becomes_a_guest(stage, single=True)

    await stage.tick(TUESDAY)

    (text,) = told(tom, "Maya is a guest in this Slack workspace.")
    assert "Messages of Tandem reach Maya as they reach you" in text
    (text,) = told(lena, "*Maya Okafor*, whose partner is *Tom Lindqvist*, is a guest in Slack.")
    assert "A channel that both are in helps." in text
    assert told(ada, "guest") == told(maya, "guest") == []


async def test_for_the_guest_commands_home_and_forms_are_as_for_everybody(stage: Stage, maya: Desk) -> None:
    await becomes_a_guest(stage, single=True)

    await maya.types("/mentoring")
    assert "Log a meeting" in maya.buttons()
    await maya.opens_home()
    assert "Your mentor" in str(maya.home)
    await maya.types("/checkin today 45m by phone")
    await maya.types("/mentoring word")
    assert await maya.submits(words="We cannot find a channel.") == {}
    await maya.types("/agreement")
    await maya.says("hello")

    assert "went wrong" not in maya.sees()


async def test_a_guest_can_do_all_from_the_buttons_of_a_message(stage: Stage, maya: Desk, lena: Desk) -> None:
    await becomes_a_guest(stage)
    await stage.tick()
    assert "Something is in the way" in maya.buttons()

    await maya.clicks("Something is in the way")
    assert await maya.submits(words="No time.") == {}
    await stage.tick(TUESDAY)

    assert "No time." in lena.sees()
