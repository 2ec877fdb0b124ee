"""Payloads from the documentation go through the door, by a real client: the right ones in, the wrong ones nowhere."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Playground
from tests.playground.block_kit.cases import Case, Json, cases

GOOD, BAD = cases("good"), cases("bad")


async def send(client: AsyncWebClient, playground: Playground, case: Case) -> Json:
    """What Slack answers to the payload of a case."""
    calls: dict[str, tuple[str, Json]] = {
        "message": ("chat.postMessage", {"channel": "U0MAYA", **case.payload}),
        "home": ("views.publish", {"user_id": "U0MAYA", "view": case.payload}),
        "modal": ("views.open", {"trigger_id": playground.slack.triggers.issue("U0MAYA"), "view": case.payload}),
    }
    method, arguments = calls[case.surface]
    try:
        response = await client.api_call(method, json=arguments)
    except SlackApiError as refusal:
        response = refusal.response
    assert isinstance(response.data, dict)
    return response.data


@pytest.mark.parametrize("case", GOOD, ids=str)
async def test_what_the_documentation_allows_is_taken(
    client: AsyncWebClient, playground: Playground, case: Case
) -> None:
    answer = await send(client, playground, case)

    assert answer["ok"], answer


@pytest.mark.parametrize("case", BAD, ids=str)
async def test_what_the_documentation_forbids_is_refused_and_pointed_at(
    client: AsyncWebClient, playground: Playground, case: Case
) -> None:
    answer = await send(client, playground, case)

    assert (answer["ok"], answer.get("error")) == (False, case.error)
    if case.at:
        messages = answer["response_metadata"]["messages"]
        assert any(case.says in message and f"[json-pointer:{case.at}]" in message for message in messages), messages


def test_there_are_cases_enough() -> None:
    assert len(BAD) >= 60
    assert len(GOOD) >= 40
    assert len({case.name for case in (*BAD, *GOOD)}) == len(BAD) + len(GOOD)
