"""People of other kinds: visitors from another organization, guests and bots."""

from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import ActRefused, Member, PersonDriver, Playground
from bot.playground.desk.sights import badges
from tests.playground.conftest import Connect
from tests.playground.desk.aviary import ADMIN, GUEST, ONE_ROOM, VISITOR
from tests.playground.listening import hears_bodies, hears_commands, takes_clicks
from tests.playground.parrot import MAYA, ROBOT, actions, button

Json = dict[str, Any]


async def test_a_visitor_has_no_commands_no_shortcuts_and_no_home(
    app: AsyncApp, connected: Connect, vic: PersonDriver
) -> None:
    heard = hears_commands(app)

    async with connected():
        said = await vic.says("Hello", in_="C0SHARED")
        for act in (
            vic.types("/say it"),
            vic.types("/say it", in_="C0SHARED"),
            vic.uses_shortcut("new_word"),
            vic.uses_shortcut("learn_this", said, in_="C0SHARED"),
            vic.opens_home(),
        ):
            with pytest.raises(ActRefused, match="external_user: Vic Visitor is here from another organization"):
                await act

    assert heard == []


async def test_a_visitors_click_arrives_with_their_own_team(
    app: AsyncApp, connected: Connect, vic: PersonDriver, client: AsyncWebClient
) -> None:
    got = takes_clicks(app, "yes")
    await client.chat_postMessage(channel="U0VIC", text="Sure?", blocks=[actions(button("yes"))])

    async with connected():
        await vic.clicks("yes")

    [click] = got
    assert (click["user"]["id"], click["user"]["team_id"]) == ("U0VIC", "T0ELSEWHERE")
    assert click["team"]["id"] == "T0PLAYGROUND"


async def test_a_visitors_words_say_where_they_are_from(
    app: AsyncApp, connected: Connect, vic: PersonDriver, maya: PersonDriver
) -> None:
    heard = hears_bodies(app, "message")

    async with connected():
        await vic.says("From outside", in_="C0SHARED")
        await maya.says("From inside", in_="C0GENERAL")
        await maya.waits_until(lambda: len(heard) == 2)

    outside, inside = heard
    assert outside["event"]["team"] == "T0ELSEWHERE"
    assert (outside["team_id"], outside["authorizations"][0]["team_id"]) == ("T0PLAYGROUND", "T0PLAYGROUND")
    assert (outside["is_ext_shared_channel"], inside["is_ext_shared_channel"]) == (True, False)


async def test_a_visitor_finds_no_channel_to_join(vic: PersonDriver, playground: Playground) -> None:
    for person in (vic, playground.person("U0GUS")):
        with pytest.raises(ActRefused, match="channel_not_found"):
            person.joins("C0GARDEN")


async def test_a_guest_has_commands(app: AsyncApp, connected: Connect, playground: Playground) -> None:
    heard = hears_commands(app)

    async with connected():
        await playground.person("U0GUS").types("/say it")
        await playground.person("U0UNA").types("/say it")

    assert [one["user_id"] for one in heard] == ["U0GUS", "U0UNA"]


async def test_a_bot_does_nothing_of_itself(playground: Playground) -> None:
    robot = playground.person("U0ROBOT")

    for act in (robot.types("/say it"), robot.says("Hello"), robot.opens_messages(), robot.uses_shortcut("new_word")):
        with pytest.raises(ActRefused, match="user_is_bot"):
            await act


@pytest.mark.parametrize(
    ("member", "shown"),
    [
        (MAYA, []),
        (ADMIN, ["Admin"]),
        (GUEST, ["Guest"]),
        (ONE_ROOM, ["Single-channel guest"]),
        (VISITOR, ["External"]),
        (ROBOT, ["Bot"]),
    ],
)
def test_a_badge_tells_what_kind_of_account_it_is(member: Member, shown: list[str]) -> None:
    assert badges(member) == shown
