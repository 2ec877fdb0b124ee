"""Who is here, as users.* tell it."""

from datetime import UTC, datetime

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Playground
from tests.playground.conftest import refusal


async def test_a_person_is_described_with_zone_and_address(client: AsyncWebClient) -> None:
    user = (await client.users_info(user="U0TOM", include_locale=True))["user"]

    assert (user["name"], user["real_name"], user["locale"]) == ("tom.b", "Tom Baker", "en-US")
    assert (user["tz"], user["tz_label"], user["tz_offset"]) == ("Europe/Berlin", "Central European Summer Time", 7200)
    assert user["profile"]["email"] == "tom@example.org"
    assert (user["profile"]["first_name"], user["profile"]["last_name"]) == ("Tom", "Baker")


async def test_the_offset_is_that_of_the_playgrounds_day(client: AsyncWebClient, playground: Playground) -> None:
    await playground.move_clock(datetime(2017, 12, 1, tzinfo=UTC))

    assert (await client.users_info(user="U0TOM"))["user"]["tz_offset"] == 3600


async def test_an_account_is_as_old_as_its_last_change(client: AsyncWebClient, playground: Playground) -> None:
    await playground.move_clock(datetime(2017, 6, 2, tzinfo=UTC))
    await playground.change("U0MAYA", title="Mentor")
    await playground.move_clock(datetime(2017, 6, 3, tzinfo=UTC))

    assert (await client.users_info(user="U0MAYA"))["user"]["updated"] == 1496361600
    assert (await client.users_info(user="U0TOM"))["user"]["updated"] == 1496325600


async def test_some_people_have_no_zone_and_no_address(client: AsyncWebClient) -> None:
    user = (await client.users_info(user="U0LENA"))["user"]

    assert "tz" not in user
    assert "email" not in user["profile"]


async def test_addresses_need_their_own_scope(client: AsyncWebClient, playground: Playground) -> None:
    playground.scopes.discard("users:read.email")

    assert "email" not in (await client.users_info(user="U0TOM"))["user"]["profile"]
    assert (await refusal(client.users_lookupByEmail(email="tom@example.org")))["needed"] == "users:read.email"


async def test_somebody_who_left_is_still_described_but_without_a_zone(client: AsyncWebClient) -> None:
    user = (await client.users_info(user="U0GONE"))["user"]

    assert user["deleted"] is True
    assert "tz" not in user


async def test_everybody_has_a_picture(client: AsyncWebClient, session: aiohttp.ClientSession) -> None:
    profile = (await client.users_info(user="U0TOM"))["user"]["profile"]

    async with session.get(profile["image_72"]) as answer:
        assert (answer.status, answer.content_type) == (200, "image/svg+xml")
        assert ">TB</text>" in await answer.text()


async def test_an_unknown_person_is_not_found(client: AsyncWebClient) -> None:
    assert (await refusal(client.users_info(user="U0NOBODY")))["error"] == "user_not_found"


async def test_people_are_found_by_address_unless_they_left(client: AsyncWebClient) -> None:
    found = await client.users_lookupByEmail(email="Tom@Example.org")

    assert found["user"]["id"] == "U0TOM"
    assert (await refusal(client.users_lookupByEmail(email="x@example.org")))["error"] == "users_not_found"
    assert (await refusal(client.users_lookupByEmail(email="gina@example.org")))["error"] == "users_not_found"


async def test_the_list_has_everybody_those_who_left_and_the_bots_too(
    client: AsyncWebClient, playground: Playground
) -> None:
    listed: list[str] = []
    async for page in await client.users_list(limit=3):
        assert len(page["members"]) <= 3
        listed += [user["id"] for user in page["members"]]

    people = ["U0MAYA", "U0TOM", "U0LENA", "U0GONE", "U0ROBOT", "U0GUS"]
    assert listed == ["USLACKBOT", *people, playground.bot_user_id]


@pytest.mark.parametrize("cursor", ["*", "MQ==", "ZnJvbTotMw=="])  # nothing, 1, and from:-3
async def test_a_made_up_cursor_is_refused(client: AsyncWebClient, cursor: str) -> None:
    assert (await refusal(client.users_list(cursor=cursor)))["error"] == "invalid_cursor"


async def test_the_bots_own_user_is_a_bot(client: AsyncWebClient, playground: Playground) -> None:
    own = (await client.users_info(user=playground.bot_user_id))["user"]
    slackbot = (await client.users_info(user="USLACKBOT"))["user"]

    assert own["is_bot"] is True
    assert own["profile"]["bot_id"]
    assert slackbot["is_bot"] is False  # so it is in Slack


async def test_a_list_of_a_bad_length_is_refused(client: AsyncWebClient) -> None:
    assert (await refusal(client.users_list(limit=-1)))["error"] == "invalid_arguments"
    assert (await client.users_list(limit=0))["response_metadata"]["next_cursor"] == ""


async def test_a_guest_is_marked(client: AsyncWebClient) -> None:
    user = (await client.users_info(user="U0GUS"))["user"]

    assert (user["is_restricted"], user["is_ultra_restricted"]) == (True, True)


async def test_somebody_of_another_organization_is_told_of_sparingly(client: AsyncWebClient) -> None:
    user = (await client.users_info(user="U0OLGA", include_locale=True))["user"]

    assert (user["team_id"], user["profile"]["team"], user["is_stranger"]) == ("T0OTHER", "T0OTHER", False)
    assert "locale" not in user
    assert "email" not in user["profile"]
    assert (await refusal(client.users_lookupByEmail(email="olga@example.com")))["error"] == "users_not_found"


async def test_who_shares_no_channel_with_the_app_is_a_stranger(client: AsyncWebClient) -> None:
    stranger = (await client.users_info(user="U0STAN"))["user"]
    home_bird = (await client.users_info(user="U0MAYA"))["user"]

    assert stranger["is_stranger"] is True
    assert "is_stranger" not in home_bird


async def test_the_team_is_described(
    client: AsyncWebClient, playground: Playground, session: aiohttp.ClientSession
) -> None:
    team = (await client.team_info())["team"]

    assert (team["id"], team["name"]) == (playground.team_id, "Aviary")
    async with session.get(team["icon"]["image_68"]) as picture:
        assert (picture.content_type, ">A</text>" in await picture.text()) == ("image/svg+xml", True)
    assert (await refusal(client.team_info(team="T0OTHER")))["error"] == "team_not_found"


async def test_the_bot_is_described(client: AsyncWebClient, playground: Playground) -> None:
    own = await client.auth_test()

    bot = (await client.bots_info(bot=own["bot_id"]))["bot"]

    assert set(bot["icons"]) == {"image_36", "image_48", "image_72"}
    assert (bot["id"], bot["name"], bot["user_id"]) == (own["bot_id"], "Parrot", playground.bot_user_id)
    assert (await refusal(client.bots_info(bot="B0NOBODY")))["error"] == "bot_not_found"
    assert (await refusal(client.bots_info()))["error"] == "missing_argument"
