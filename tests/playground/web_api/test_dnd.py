"""The hours in which people want no notifications."""

from datetime import UTC, datetime

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Member, Playground
from bot.playground.workspace.quiet import is_quiet, next_quiet
from tests.playground.conftest import refusal

NEVER = {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}


def _at(day: int, hour: int, minute: int = 0) -> int:
    return int(datetime(2017, 6, day, hour, minute, tzinfo=UTC).timestamp())


async def test_the_next_night_is_told_in_the_persons_own_zone(client: AsyncWebClient, playground: Playground) -> None:
    await playground.change("U0TOM", dnd="22:00-07:00")  # Tom lives in Berlin: two hours ahead of UTC

    answer = await client.dnd_info(user="U0TOM")

    assert answer["dnd_enabled"] is True
    assert (answer["next_dnd_start_ts"], answer["next_dnd_end_ts"]) == (_at(1, 20), _at(2, 5))


async def test_at_night_the_night_that_has_begun_is_told(client: AsyncWebClient, playground: Playground) -> None:
    await playground.change("U0TOM", dnd="22:00-07:00")
    await playground.move_clock(datetime(2017, 6, 2, 3, 0, tzinfo=UTC))

    answer = await client.dnd_info(user="U0TOM")

    assert (answer["next_dnd_start_ts"], answer["next_dnd_end_ts"]) == (_at(1, 20), _at(2, 5))


async def test_some_have_no_quiet_hours(client: AsyncWebClient) -> None:
    for answer in (await client.dnd_info(user="U0MAYA"), await client.dnd_info()):
        assert {name: answer[name] for name in NEVER} == NEVER


async def test_several_are_asked_for_at_once(client: AsyncWebClient, playground: Playground) -> None:
    await playground.change("U0TOM", dnd="12:00-13:30")

    users = (await client.dnd_teamInfo(users=["U0MAYA", "U0TOM", "U0NOBODY"]))["users"]

    assert users["U0MAYA"] == NEVER
    assert users["U0TOM"]["next_dnd_end_ts"] - users["U0TOM"]["next_dnd_start_ts"] == 90 * 60
    assert set(users) == {"U0MAYA", "U0TOM"}


async def test_whom_nobody_knows_or_sees_has_no_hours(client: AsyncWebClient, playground: Playground) -> None:
    async def error(method: str, **asked: str) -> str:
        return str((await refusal(client.api_call(method, params=asked)))["error"])

    assert await error("dnd.info", user="U0NOBODY") == "user_not_found"
    assert await error("dnd.info", user="U0OLGA") == "user_not_visible"
    assert await error("dnd.teamInfo", users="U0MAYA,U0OLGA") == "user_not_visible"
    assert await error("dnd.teamInfo") == "no_users_provided"
    assert await error("dnd.teamInfo", users=",".join(["U0MAYA"] * 51)) == "too_many_users"
    playground.scopes.discard("dnd:read")
    assert await error("dnd.info") == "missing_scope"


@pytest.mark.parametrize(
    ("hour", "minute", "quiet"), [(21, 59, False), (22, 0, True), (6, 59, True), (7, 0, False), (12, 0, False)]
)
def test_the_night_begins_and_ends_on_the_minute(hour: int, minute: int, quiet: bool) -> None:
    somebody = Member("U1", "ann", "Ann", tz="UTC", dnd="22:00-07:00")

    assert is_quiet(somebody, datetime(2017, 6, 1, hour, minute, tzinfo=UTC), "UTC") is quiet


def test_a_night_with_a_change_of_clocks_keeps_its_hours_on_the_wall() -> None:
    somebody = Member("U1", "ann", "Ann", tz="Europe/Berlin", dnd="22:00-07:00")

    night = next_quiet(somebody, datetime(2017, 3, 25, 22, 0, tzinfo=UTC), "UTC")

    assert night is not None
    assert [moment.astimezone(UTC).hour for moment in night] == [21, 5]  # eight hours in all: one is skipped


def test_who_has_no_zone_sleeps_in_the_workspaces() -> None:
    somebody = Member("U1", "ann", "Ann", tz=None, dnd="22:00-07:00")

    assert is_quiet(somebody, datetime(2017, 6, 1, 4, 0, tzinfo=UTC), "America/Chicago")
