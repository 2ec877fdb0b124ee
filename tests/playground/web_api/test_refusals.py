"""What each method says to an argument that is missing, wrong, or means a place that is none of the app's."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.web_api.serving import FAMILIES
from tests.playground.conftest import refusal
from tests.playground.web_api.documented import BY_METHOD, is_documented

NO_TS = "1496325600.999999"
HI = {"text": "Hi"}

# method, arguments, error. C0RANDOM is public, and the app is not in it; G0BOARD is private, and none of its business.
REFUSALS: list[tuple[str, dict[str, Any], str]] = [
    ("bookmarks.add", {"title": "x", "type": "link", "link": "https://example.org"}, "invalid_arguments"),
    ("bookmarks.add", {"channel_id": "C0NONE", "title": "x", "type": "link"}, "channel_not_found"),
    ("bots.info", {}, "missing_argument"),
    ("bots.info", {"bot": "U0MAYA"}, "bot_not_found"),
    ("chat.delete", {"ts": NO_TS}, "invalid_arguments"),
    ("chat.delete", {"channel": "C0GENERAL"}, "invalid_arguments"),
    ("chat.delete", {"channel": "G0BOARD", "ts": NO_TS}, "channel_not_found"),
    ("chat.delete", {"channel": "C0GENERAL", "ts": NO_TS}, "message_not_found"),
    ("chat.deleteScheduledMessage", {"channel": "C0GENERAL"}, "invalid_arguments"),
    ("chat.deleteScheduledMessage", {"channel": "C0NONE", "scheduled_message_id": "Q1"}, "channel_not_found"),
    ("chat.getPermalink", {"channel": "C0GENERAL"}, "invalid_arguments"),
    ("chat.getPermalink", {"channel": "C0GENERAL", "message_ts": "once"}, "message_not_found"),
    ("chat.postEphemeral", {"channel": "C0GENERAL", **HI}, "invalid_arguments"),
    ("chat.postEphemeral", {"channel": "C0GENERAL", "user": "U0NOBODY", **HI}, "user_not_in_channel"),
    ("chat.postEphemeral", {"channel": "C0GENERAL", "user": "U0MAYA"}, "no_text"),
    ("chat.postMessage", HI, "invalid_arguments"),
    ("chat.postMessage", {"channel": ["C0GENERAL"], **HI}, "invalid_array_arg"),
    ("chat.postMessage", {"channel": {"id": "C0GENERAL"}, **HI}, "invalid_arguments"),
    ("chat.postMessage", {"channel": "C0GENERAL", "metadata": [], **HI}, "invalid_metadata_format"),
    ("chat.scheduleMessage", {"channel": "C0GENERAL", **HI}, "invalid_arguments"),
    ("chat.scheduleMessage", {"channel": "C0NONE", "post_at": 1, **HI}, "channel_not_found"),
    ("chat.scheduledMessages.list", {"channel": "C0NONE"}, "invalid_channel"),
    ("chat.scheduledMessages.list", {"limit": "all"}, "invalid_arguments"),
    ("chat.update", {"channel": "C0GENERAL", **HI}, "invalid_arguments"),
    ("chat.update", {"channel": "C0GENERAL", "ts": NO_TS, **HI}, "message_not_found"),
    ("chat.update", {"channel": "G0BOARD", "ts": NO_TS, **HI}, "channel_not_found"),
    ("conversations.history", {}, "invalid_arguments"),
    ("conversations.history", {"channel": "C0NONE"}, "channel_not_found"),
    ("conversations.info", {}, "invalid_arguments"),
    ("conversations.info", {"channel": "U0MAYA"}, "channel_not_found"),
    ("conversations.invite", {"users": "U0TOM"}, "invalid_arguments"),
    ("conversations.invite", {"channel": "G0PAIRS"}, "no_user"),
    ("conversations.join", {}, "invalid_arguments"),
    ("conversations.leave", {"channel": "G0BOARD"}, "channel_not_found"),
    ("conversations.list", {"types": "rooms"}, "invalid_types"),
    ("conversations.list", {"limit": {}}, "invalid_arguments"),
    ("conversations.members", {}, "invalid_arguments"),
    ("conversations.members", {"channel": "C0GENERAL", "cursor": "?"}, "invalid_cursor"),
    ("conversations.open", {"users": ""}, "users_list_not_supplied"),
    ("conversations.open", {"users": "C0GENERAL"}, "user_not_found"),
    ("conversations.replies", {}, "channel_not_found"),
    ("conversations.replies", {"channel": "C0GENERAL", "ts": "once"}, "thread_not_found"),
    ("conversations.replies", {"channel": "C0RANDOM", "ts": NO_TS}, "not_in_channel"),
    ("dnd.info", {"user": "U0NOBODY"}, "user_not_found"),
    ("dnd.teamInfo", {}, "no_users_provided"),
    ("files.completeUploadExternal", {}, "invalid_arguments"),
    ("files.completeUploadExternal", {"files": "[{"}, "invalid_arguments"),
    ("files.getUploadURLExternal", {}, "invalid_arguments"),
    ("files.info", {}, "invalid_arguments"),
    ("files.info", {"file": "F0NONE"}, "file_not_found"),
    ("pins.add", {"channel": "C0GENERAL"}, "no_item_specified"),
    ("reactions.add", {"channel": "C0GENERAL", "name": "tada"}, "no_item_specified"),
    ("reactions.remove", {"channel": "C0GENERAL", "timestamp": NO_TS, "name": "tada"}, "message_not_found"),
    ("team.info", {"team": "T0OTHER"}, "team_not_found"),
    ("users.conversations", {"limit": "all"}, "invalid_limit"),
    ("users.conversations", {"cursor": "?"}, "invalid_cursor"),
    ("users.info", {}, "invalid_arguments"),
    ("users.info", {"user": "C0GENERAL"}, "user_not_found"),
    ("users.list", {"cursor": "?"}, "invalid_cursor"),
    ("users.lookupByEmail", {}, "invalid_arguments"),
    ("users.lookupByEmail", {"email": "nobody"}, "users_not_found"),
]
FLAT = [row for row in REFUSALS if not any(isinstance(value, list | dict) for value in row[1].values())]


@pytest.mark.parametrize(("method", "asked", "error"), REFUSALS)
async def test_a_wrong_argument_gets_the_documented_answer(
    client: AsyncWebClient, method: str, asked: dict[str, Any], error: str
) -> None:
    assert (await refusal(client.api_call(method, json=asked)))["error"] == error
    assert is_documented(method, error)


@pytest.mark.parametrize("way", ["form", "address"])
@pytest.mark.parametrize(("method", "asked", "error"), FLAT)
async def test_the_answer_is_the_same_however_the_arguments_come(
    client: AsyncWebClient, method: str, asked: dict[str, Any], error: str, way: str
) -> None:
    verb, place = ("POST", "data") if way == "form" else ("GET", "params")

    assert (await refusal(client.api_call(method, http_verb=verb, **{place: asked})))["error"] == error


def test_every_method_with_errors_of_its_own_stands_in_the_table() -> None:
    families = tuple(
        f"{name}."
        for name in ["bookmarks", "bots", "chat", "conversations", "dnd", "files", "pins", "reactions", "team"]
    )
    ours = {method for method in FAMILIES if method.startswith((*families, "users."))}

    assert set(BY_METHOD) == ours
    assert {method for method, _, _ in REFUSALS} == ours
