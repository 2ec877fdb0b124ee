"""The Web API as a client meets it: tokens, scopes, forms and JSON, and the record of calls."""

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Playground
from tests.playground.conftest import refusal


async def test_the_app_is_told_who_it_is(client: AsyncWebClient, playground: Playground) -> None:
    answer = await client.auth_test()

    assert answer["team"] == "Aviary"
    assert answer["team_id"] == playground.team_id
    assert answer["user"] == "polly_parrot"
    assert answer["user_id"] == playground.bot_user_id
    assert answer["bot_id"].startswith("B")
    assert "chat:write" in answer.headers["x-oauth-scopes"].split(",")


async def test_a_call_without_a_token_is_refused(playground: Playground, session: aiohttp.ClientSession) -> None:
    async with session.post(playground.api_url + "auth.test") as answer:
        assert await answer.json() == {"ok": False, "error": "not_authed"}


@pytest.mark.parametrize("token", ["xoxb-made-up", "nonsense"])
async def test_a_wrong_token_is_refused(client: AsyncWebClient, token: str) -> None:
    client.token = token

    assert (await refusal(client.auth_test()))["error"] == "invalid_auth"


async def test_each_token_has_its_own_methods(client: AsyncWebClient, playground: Playground) -> None:
    bot_for_app = await refusal(client.apps_connections_open(app_token=playground.bot_token))
    app_for_bot = await refusal(client.team_info(token=playground.app_token))

    assert bot_for_app["error"] == app_for_bot["error"] == "not_allowed_token_type"


async def test_tokens_are_made_anew_for_each_playground(playground: Playground) -> None:
    other = Playground({}, [])

    assert playground.bot_token.startswith("xoxb-")
    assert playground.app_token.startswith("xapp-")
    assert {other.bot_token, other.app_token}.isdisjoint({playground.bot_token, playground.app_token})


async def test_an_unknown_method_is_refused(client: AsyncWebClient) -> None:
    assert (await refusal(client.api_call("chat.sing")))["error"] == "unknown_method"


async def test_what_was_not_granted_is_refused_and_says_what_is_needed(
    client: AsyncWebClient, playground: Playground
) -> None:
    assert (await client.chat_postMessage(channel="U0MAYA", text="before"))["ok"]
    playground.scopes.discard("chat:write")

    answer = await refusal(client.chat_postMessage(channel="U0MAYA", text="after"))

    assert answer["error"] == "missing_scope"
    assert answer["needed"] == "chat:write"
    assert "users:read" in answer["provided"].split(",")


async def test_a_missing_argument_is_named(client: AsyncWebClient) -> None:
    answer = await refusal(client.api_call("chat.postMessage", json={"text": "to nobody"}))

    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == ["[ERROR] missing required field: channel"]


@pytest.mark.parametrize("how", ["json", "form", "address"])
async def test_arguments_may_come_in_three_ways(
    playground: Playground, session: aiohttp.ClientSession, how: str
) -> None:
    url, bearer = playground.api_url + "users.info", {"Authorization": f"Bearer {playground.bot_token}"}
    asked = {"user": "U0MAYA"}
    if how == "json":
        request = session.post(url, json=asked, headers=bearer)
    elif how == "form":
        request = session.post(url, data=asked | {"token": playground.bot_token})
    else:
        request = session.get(url, params=asked, headers=bearer)

    async with request as answer:
        assert (await answer.json())["user"]["real_name"] == "Maya Okafor"


@pytest.mark.parametrize(
    ("kind", "body", "error"),
    [
        ("application/json", "{", "invalid_json"),
        ("application/json", "[]", "json_not_object"),
        ("application/json; charset=utf-8", b'{"user": "\xff"}', "invalid_json"),
        ("application/json; charset=klingon", "{}", "invalid_charset"),
        ("application/xml", "<user/>", "invalid_post_type"),
        ("multipart/form-data", "user=U0MAYA", "invalid_form_data"),
        ("text/plain", "user=U0MAYA", "invalid_arguments"),
        ("application/x-www-form-urlencoded", "user[0]=U0MAYA", "invalid_array_arg"),
        ("application/x-www-form-urlencoded", "the user=U0MAYA", "invalid_arg_name"),
        ("application/json", '{"user": ["U0MAYA"]}', "invalid_array_arg"),
        ("application/json", '{"user": {"id": "U0MAYA"}}', "invalid_arguments"),
    ],
)
async def test_a_body_that_cannot_be_read_is_refused(
    playground: Playground, session: aiohttp.ClientSession, kind: str, body: str | bytes, error: str
) -> None:
    headers = {"Authorization": f"Bearer {playground.bot_token}", "Content-Type": kind}

    async with session.post(playground.api_url + "users.info", data=body, headers=headers) as answer:
        assert (await answer.json())["error"] == error
    assert playground.calls[-1].answer["error"] == error


async def test_a_body_of_no_type_is_refused(playground: Playground, session: aiohttp.ClientSession) -> None:
    headers = {"Authorization": f"Bearer {playground.bot_token}"}
    url = playground.api_url + "users.info"

    async with session.post(url, data=b"user=U0MAYA", headers=headers, skip_auto_headers=["Content-Type"]) as answer:
        assert (await answer.json())["error"] == "missing_post_type"


async def test_arguments_that_nobody_asked_for_are_passed_over(client: AsyncWebClient) -> None:
    assert (await client.api_call("users.info", params={"user": "U0MAYA", "colour": "blue"}))["ok"]


async def test_api_test_gives_back_what_it_got_and_fails_on_request(client: AsyncWebClient) -> None:
    assert (await client.api_test(foo="bar"))["args"] == {"foo": "bar"}
    failed = await refusal(client.api_test(error="my_error"))
    assert (failed["error"], failed["args"]) == ("my_error", {"error": "my_error"})


async def test_every_call_is_recorded_without_its_token(client: AsyncWebClient, playground: Playground) -> None:
    await client.chat_postMessage(channel="U0MAYA", text="hello")
    await refusal(client.users_info(user="U0NOBODY"))

    said, asked = playground.calls

    assert (said.method, said.args["text"], said.answer["ok"]) == ("chat.postMessage", "hello", True)
    assert (asked.method, asked.answer["error"]) == ("users.info", "user_not_found")
    assert said.n < asked.n
    assert said.at == "2017-06-01T14:00:00+00:00"
    assert said.ms >= 0
    assert playground.bot_token not in str(playground.calls)


async def test_nothing_but_the_app_removal_is_heard_after_the_app_was_removed(
    client: AsyncWebClient, playground: Playground
) -> None:
    await playground.uninstall()

    assert (await refusal(client.auth_test()))["error"] == "account_inactive"
