"""What a message may hold: the same for every method that takes one."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import PersonDriver
from tests.playground.conftest import refusal
from tests.playground.parrot import section
from tests.playground.web_api.documented import is_documented

TOO_MUCH = {"event_type": "note", "event_payload": {"a": "b" * 9000}}
WRONG: list[tuple[dict[str, Any], str]] = [
    ({"text": ""}, "no_text"),
    ({"text": "", "blocks": []}, "no_text"),
    ({"blocks": "[{"}, "invalid_blocks_format"),
    ({"blocks": {"type": "divider"}}, "invalid_blocks_format"),
    ({"blocks": [{"type": "hologram"}]}, "invalid_blocks"),
    ({"blocks": [section("a" * 2990) for _ in range(5)]}, "msg_blocks_too_long"),
    ({"attachments": {}}, "invalid_attachments"),
    ({"attachments": "nothing"}, "invalid_attachments"),
    ({"attachments": ["words"]}, "invalid_attachments"),
    ({"attachments": [None]}, "invalid_attachments"),
    ({"attachments": [{"text": "x"}] * 101}, "too_many_attachments"),
    ({"markdown_text": "y"}, "markdown_text_conflict"),
    ({"text": None, "markdown_text": "y" * 12_001}, "msg_too_long"),
    ({"metadata": "{"}, "invalid_metadata_format"),
    ({"metadata": {"event_type": "note"}}, "invalid_metadata_schema"),
    ({"metadata": TOO_MUCH}, "metadata_too_large"),
]
MORE: dict[str, dict[str, Any]] = {
    "chat.postMessage": {},
    "chat.postEphemeral": {"user": "U0MAYA"},
    "chat.scheduleMessage": {"post_at": 1496336400},
    "chat.update": {"ts": "1496325600.000000"},
}


@pytest.mark.parametrize("method", MORE)
@pytest.mark.parametrize(("content", "error"), WRONG)
async def test_every_method_that_takes_a_message_refuses_the_same(
    client: AsyncWebClient, maya: PersonDriver, method: str, content: dict[str, Any], error: str
) -> None:
    await client.chat_postMessage(channel="DU0MAYA", text="First")

    asked = {"channel": "DU0MAYA", "text": "Hi", **MORE[method], **content}

    assert (await refusal(client.api_call(method, json=asked)))["error"] == error
    assert is_documented(method, error)
    assert [message["text"] for message in maya.messages] == ["First"]
    assert (await client.chat_scheduledMessages_list())["scheduled_messages"] == []


@pytest.mark.parametrize("method", ["chat.postEphemeral", "chat.scheduleMessage"])
async def test_what_has_no_place_for_a_long_text_refuses_it(client: AsyncWebClient, method: str) -> None:
    asked = {"channel": (await client.conversations_open(users="U0MAYA"))["channel"]["id"], **MORE[method]}

    assert (await client.api_call(method, json={**asked, "text": "x" * 40_000}))["ok"]
    assert (await refusal(client.api_call(method, json={**asked, "text": "x" * 40_001})))["error"] == "msg_too_long"


@pytest.mark.parametrize("method", ["chat.postMessage", "chat.postEphemeral", "chat.scheduleMessage"])
@pytest.mark.parametrize(
    ("thread_ts", "error"),
    [("1496325600.999999", "cannot_reply_to_message"), ("yesterday", "invalid_thread_ts")],
)
async def test_every_method_that_takes_a_reply_refuses_one_to_nothing(
    client: AsyncWebClient, method: str, thread_ts: str, error: str
) -> None:
    asked = {"channel": "DU0MAYA", "text": "Hi", "thread_ts": thread_ts, **MORE[method]}

    assert (await refusal(client.api_call(method, json=asked)))["error"] == error
