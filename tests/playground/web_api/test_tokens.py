"""Tokens: whose they are, what they may do, and how they die."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import ActRefused, Playground
from tests.playground.conftest import Connect, refusal
from tests.playground.listening import hears_events
from tests.playground.parrot import MANIFEST, MEMBERS

Json = dict[str, Any]


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    """One whose app hears of its own removal."""
    async with Playground(MANIFEST, MEMBERS, team_name="Aviary") as made:
        yield made


async def test_a_bot_asks_who_it_is(client: AsyncWebClient, playground: Playground) -> None:
    answer: Json = (await client.auth_test()).data  # type: ignore[assignment]

    assert answer == {
        "ok": True,
        "url": playground.url + "/",
        "team": "Aviary",
        "user": "polly_parrot",
        "team_id": "T0PLAYGROUND",
        "user_id": "U0PLAYGROUND",
        "bot_id": "B0PLAYGROUND",
        "is_enterprise_install": False,
    }


async def test_an_app_token_knows_the_app_alone(client: AsyncWebClient, playground: Playground) -> None:
    answer = await client.auth_test(token=playground.app_token)

    assert (answer["app_id"], answer["app_name"]) == ("A0PLAYGROUND", "Parrot")
    assert "team_id" not in answer


async def test_the_headers_tell_of_scopes(playground: Playground, session: aiohttp.ClientSession) -> None:
    async def headers(method: str, token: str) -> tuple[str | None, str | None]:
        bearer = {"Authorization": f"Bearer {token}"}
        async with session.post(playground.api_url + method, headers=bearer) as answer:
            return answer.headers.get("X-OAuth-Scopes"), answer.headers.get("X-Accepted-OAuth-Scopes")

    assert (await headers("users.list", playground.bot_token))[1] == "users:read"
    assert "chat:write" in str((await headers("users.list", playground.bot_token))[0])
    assert await headers("apps.connections.open", playground.app_token) == ("connections:write", "connections:write")
    assert await headers("users.list", "made-up") == (None, None)


async def test_a_revoked_token_is_dead_and_the_app_with_it(
    app: AsyncApp, connected: Connect, client: AsyncWebClient, playground: Playground
) -> None:
    heard = hears_events(app, "tokens_revoked", "app_uninstalled")

    async with connected():
        assert (await client.auth_revoke(test=True))["revoked"] is False
        assert (await client.auth_test())["ok"]
        assert (await client.auth_revoke())["revoked"] is True
        await playground.until(lambda: len(heard) == 2)

    assert (await refusal(client.auth_test()))["error"] == "token_revoked"
    with pytest.raises(ActRefused, match="app_not_installed"):
        await playground.person("U0MAYA").types("/say it")


async def test_an_app_removes_itself(client: AsyncWebClient, playground: Playground) -> None:
    named = {"client_id": playground.client_id, "client_secret": playground.client_secret}

    wrong_id = await refusal(client.apps_uninstall(**(named | {"client_id": "1.1"})))
    wrong_secret = await refusal(client.apps_uninstall(**(named | {"client_secret": "guessed"})))
    assert (await client.apps_uninstall(**named))["ok"]

    assert (wrong_id["error"], wrong_secret["error"]) == ("invalid_client_id", "bad_client_secret")
    assert (await refusal(client.auth_test()))["error"] == "account_inactive"


async def test_an_app_that_comes_back_has_another_token(client: AsyncWebClient, playground: Playground) -> None:
    before = playground.bot_token
    await playground.uninstall()

    again = playground.install()

    assert again == playground.bot_token != before
    assert (await client.auth_test(token=again))["ok"]
    assert (await refusal(client.auth_test(token=before)))["error"] == "account_inactive"
    assert playground.install() == again  # it is there already


@pytest.mark.parametrize("token_first", [True, False])
async def test_the_app_hears_of_its_removal_in_either_order(
    app: AsyncApp, connected: Connect, playground: Playground, token_first: bool
) -> None:
    heard = hears_events(app, "tokens_revoked", "app_uninstalled")

    async with connected():
        await playground.uninstall(token_first=token_first)
        await playground.until(lambda: len(heard) == 2)

    kinds = [event["type"] for event in heard]
    assert kinds == (["tokens_revoked", "app_uninstalled"] if token_first else ["app_uninstalled", "tokens_revoked"])
    [revoked] = [event for event in heard if event["type"] == "tokens_revoked"]
    assert revoked["tokens"] == {"oauth": [], "bot": ["U0PLAYGROUND"]}
