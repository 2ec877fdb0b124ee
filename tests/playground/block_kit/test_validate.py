"""blocks.validate, asked by a client that has no token."""

from collections.abc import Awaitable
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.playground import Playground
from tests.playground.block_kit.cases import Case, Json, cases
from tests.playground.parrot import home, modal, plain, section

POINTED = [case for case in cases("bad") if case.at]


@pytest.fixture
def stranger(playground: Playground, session: aiohttp.ClientSession) -> AsyncWebClient:
    """A client without a token."""
    return AsyncWebClient(base_url=playground.api_url, session=session, retry_handlers=[])


async def answer_of(call: Awaitable[AsyncSlackResponse]) -> Json:
    try:
        response = await call
    except SlackApiError as refusal:
        response = refusal.response
    assert isinstance(response.data, dict)
    return response.data


async def asked(client: AsyncWebClient, **arguments: Any) -> Json:
    return await answer_of(client.blocks_validate(**arguments))


async def asked_at_length(client: AsyncWebClient, case: Case) -> Json:
    """In the body: the client's own method writes all into the address, where long payloads find no room."""
    kind = "message" if case.surface == "message" else "view"
    return await answer_of(client.api_call("blocks.validate", json={kind: case.payload}))


@pytest.mark.parametrize(
    "arguments",
    [
        {"blocks": [section("Hello")]},
        {"view": modal()},
        {"view": home()},
        {"message": {"text": "Hello", "blocks": [section("Hello")], "unfurl_links": False}},
    ],
)
async def test_what_is_well_is_ok(stranger: AsyncWebClient, arguments: Json) -> None:
    assert (await asked(stranger, **arguments))["ok"]


@pytest.mark.parametrize(
    ("arguments", "error", "pointer"),
    [
        ({"blocks": [section("Hello"), section("")]}, "invalid_blocks", "/1/text/text"),
        ({"view": modal(section(""))}, "invalid_view", "/blocks/0/text/text"),
        ({"view": home(section(""))}, "invalid_view", "/blocks/0/text/text"),
        ({"message": {"blocks": [section("")]}}, "invalid_message", "/blocks/0/text/text"),
        ({"message": {"attachments": [{"blocks": [{}]}]}}, "invalid_message", "/attachments/0/blocks/0"),
        ({"message": {"text": ["Hello"]}}, "invalid_message", "/text"),
        ({"blocks": '{"type": "divider"}'}, "invalid_blocks", ""),
    ],
)  # fmt: skip
async def test_what_is_wrong_is_pointed_at(stranger: AsyncWebClient, arguments: Json, error: str, pointer: str) -> None:
    answer = await asked(stranger, **arguments)

    assert (answer["error"], [each["pointer"] for each in answer["errors"]]) == (error, [pointer])


async def test_a_wrong_type_is_told_with_the_right_ones(stranger: AsyncWebClient) -> None:
    answer = await asked(stranger, blocks=[{"type": "section", "text": {"type": "invalid", "text": "Hello"}}])

    assert answer["errors"] == [
        {
            "code": "failed_constraint",
            "message": "unsupported type: invalid",
            "pointer": "/0/text/type",
            "constraint": {"type": "enum", "expected": ["plain_text", "mrkdwn"]},
        }
    ]


async def test_what_is_missing_is_named(stranger: AsyncWebClient) -> None:
    answer = await asked(stranger, blocks=[{"text": plain("Hello")}])

    assert answer["errors"] == [
        {"code": "missing_field", "message": "missing required field: type", "field": "type", "pointer": "/0"}
    ]


@pytest.mark.parametrize(
    "arguments", [{}, {"blocks": [section("Hello")], "view": modal()}, {"blocks": "[{", "message": "{}"}]
)
async def test_exactly_one_thing_is_looked_at(stranger: AsyncWebClient, arguments: Json) -> None:
    answer = await asked(stranger, **arguments)

    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == ["must provide exactly one of `blocks`, `view`, or `message`"]


async def test_what_is_no_json_is_no_argument(stranger: AsyncWebClient) -> None:
    assert (await asked(stranger, blocks="[{"))["error"] == "invalid_arguments"


@pytest.mark.parametrize("case", POINTED, ids=str)
async def test_it_finds_what_sending_would_refuse(stranger: AsyncWebClient, case: Case) -> None:
    answer = await asked_at_length(stranger, case)

    assert case.at.removeprefix("/view") in [each["pointer"] for each in answer["errors"]]


@pytest.mark.parametrize("case", cases("good"), ids=str)
async def test_it_complains_of_nothing_that_may_be_sent(stranger: AsyncWebClient, case: Case) -> None:
    assert (await asked_at_length(stranger, case))["ok"]
