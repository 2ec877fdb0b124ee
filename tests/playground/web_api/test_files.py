"""Files: announced, uploaded, completed, shared; and fetched again."""

import json
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import PersonDriver, Playground
from tests.playground.conftest import refusal

CALENDAR = "BEGIN:VCALENDAR\nEND:VCALENDAR\n"


async def _uploaded(client: AsyncWebClient, session: aiohttp.ClientSession, content: bytes = b"hello") -> str:
    place = await client.files_getUploadURLExternal(filename="notes.txt", length=len(content))
    async with session.post(place["upload_url"], data=content) as answer:
        assert answer.status == 200
    return str(place["file_id"])


async def test_the_sdk_uploads_and_shares_a_file(client: AsyncWebClient, maya: PersonDriver) -> None:
    channel = (await client.conversations_open(users="U0MAYA"))["channel"]["id"]

    answer = await client.files_upload_v2(
        channel=channel, content=CALENDAR, filename="meeting.ics", title="Our meeting", initial_comment="Here it is"
    )

    [message] = maya.messages
    assert (message["text"], message["subtype"], maya.unread) == ("Here it is", "file_share", 1)
    [file] = message["files"]
    assert (file["id"], file["title"], file["size"]) == (answer["file"]["id"], "Our meeting", len(CALENDAR))
    assert (file["mimetype"], file["filetype"]) == ("text/calendar", "ics")
    assert file["local_url"] == f"/playground/files/{file['id']}"


async def test_a_picture_says_what_is_to_be_seen(client: AsyncWebClient, maya: PersonDriver) -> None:
    await client.files_upload_v2(
        channel="DU0MAYA", content="not really a picture", filename="bridge.png", alt_txt="A bridge"
    )

    [message] = maya.messages
    assert (message["files"][0]["mimetype"], message["files"][0]["alt_txt"]) == ("image/png", "A bridge")
    assert message["text"] == ""


async def test_a_file_is_fetched_with_the_bots_token_only(
    client: AsyncWebClient, playground: Playground, session: aiohttp.ClientSession
) -> None:
    file = (await client.files_upload_v2(channel="DU0MAYA", content="secret", filename="a b.txt"))["file"]

    async def fetched(token: str) -> tuple[int, str]:
        async with session.get(file["url_private"], headers={"Authorization": f"Bearer {token}"}) as answer:
            return answer.status, await answer.text()

    assert await fetched(playground.bot_token) == (200, "secret")
    assert (await fetched("xoxb-made-up"))[0] == 403
    assert (await fetched(playground.app_token))[0] == 403
    playground.scopes.discard("files:read")
    assert (await fetched(playground.bot_token))[0] == 403


async def test_the_page_fetches_a_file_without_a_token_and_lets_it_run_nothing(
    client: AsyncWebClient, playground: Playground, session: aiohttp.ClientSession
) -> None:
    file = (await client.files_upload_v2(channel="DU0MAYA", content="<script>", filename="a.html"))["file"]

    async with session.get(f"{playground.url}/playground/files/{file['id']}") as answer:
        assert (answer.status, await answer.text(), answer.content_type) == (200, "<script>", "text/html")
        assert answer.headers["Content-Security-Policy"] == "sandbox"
    async with session.get(f"{playground.url}/playground/files/F0NOTHING") as answer:
        assert (answer.status, (await answer.json())["error"]) == (404, "file_not_found")


async def test_a_file_without_a_channel_is_shared_with_nobody(
    client: AsyncWebClient, session: aiohttp.ClientSession, maya: PersonDriver
) -> None:
    file_id = await _uploaded(client, session)

    await client.files_completeUploadExternal(files=[{"id": file_id, "title": "Notes"}])

    assert maya.messages == []
    file = (await client.files_info(file=file_id))["file"]
    assert (file["title"], file["channels"], file["ims"], file["is_public"]) == ("Notes", [], [], False)


async def test_a_file_can_be_a_reply(client: AsyncWebClient, session: aiohttp.ClientSession) -> None:
    parent = await client.chat_postMessage(channel="C0GENERAL", text="Who takes notes?")
    file_id = await _uploaded(client, session)

    await client.files_completeUploadExternal(files=[{"id": file_id}], channel_id="C0GENERAL", thread_ts=parent["ts"])

    _, reply = (await client.conversations_replies(channel="C0GENERAL", ts=parent["ts"]))["messages"]
    assert reply["files"][0]["title"] == "notes.txt"
    file = (await client.files_info(file=file_id))["file"]
    assert (file["is_public"], file["channels"]) == (True, ["C0GENERAL"])
    assert file["shares"]["public"]["C0GENERAL"][0]["ts"] == reply["ts"]


async def test_a_file_can_be_shared_in_several_places(
    client: AsyncWebClient, session: aiohttp.ClientSession, maya: PersonDriver, tom: PersonDriver
) -> None:
    file_id = await _uploaded(client, session)

    await client.files_completeUploadExternal(files=[{"id": file_id}], channels=["U0MAYA", "U0TOM"])

    assert [len(person.messages) for person in (maya, tom)] == [1, 1]


async def test_a_form_may_carry_the_bytes(client: AsyncWebClient, session: aiohttp.ClientSession) -> None:
    place = await client.files_getUploadURLExternal(filename="notes.txt", length=5)
    form = aiohttp.FormData()
    form.add_field("filename", b"hello", filename="notes.txt")

    async with session.post(place["upload_url"], data=form) as answer:
        assert answer.status == 200

    await client.files_completeUploadExternal(files=[{"id": place["file_id"]}])
    assert (await client.files_info(file=place["file_id"]))["file"]["size"] == 5


async def test_other_bytes_than_announced_are_refused(
    client: AsyncWebClient, playground: Playground, session: aiohttp.ClientSession
) -> None:
    place = await client.files_getUploadURLExternal(filename="notes.txt", length=5)

    async with session.post(place["upload_url"], data=b"far too much") as answer:
        assert answer.status == 400
    async with session.post(f"{playground.url}/upload/made-up", data=b"hello") as answer:
        assert answer.status == 404
    call = client.files_completeUploadExternal(files=[{"id": place["file_id"]}])
    assert (await refusal(call))["error"] == "file_not_found"


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"length": 5}, "invalid_arguments"),
        ({"filename": "a.txt"}, "invalid_arguments"),
        ({"filename": "a.txt", "length": 0}, "missing_argument"),
        ({"filename": "a.txt", "length": "long"}, "invalid_arguments"),
        ({"filename": "a.txt", "length": 10**9}, "file_upload_size_restricted"),
        ({"filename": "a.txt", "length": 5, "alt_txt": "x" * 1001}, "alt_txt_too_large"),
        ({"filename": "a.py", "length": 2**20 + 1, "snippet_type": "python"}, "snippet_too_large"),
        ({"filename": "a.py", "length": 5, "snippet_type": "?!"}, "unknown_snippet_type"),
    ],
)
async def test_an_upload_that_cannot_be_is_refused(client: AsyncWebClient, asked: dict[str, Any], error: str) -> None:
    assert (await refusal(client.api_call("files.getUploadURLExternal", params=asked)))["error"] == error


async def test_an_upload_is_completed_once_and_only_where_the_app_is(
    client: AsyncWebClient, playground: Playground, session: aiohttp.ClientSession
) -> None:
    file_id = await _uploaded(client, session)

    async def error(files: Any = ({"id": file_id},), **asked: Any) -> str:
        return str((await refusal(client.files_completeUploadExternal(files=files, **asked)))["error"])

    playground.scopes.add("chat:write.public")
    assert await error(channel_id="C0RANDOM") == "not_in_channel"
    assert await error(channel_id="G0BOARD") == "channel_not_found"
    assert await error(channels=["G0BOARD"]) == "invalid_channel"
    assert await error(channels=["U0MAYA"] * 101) == "channels_limit_exceeded"
    assert await error(channel_id="C0GENERAL", blocks=json.dumps([{"type": "hologram"}])) == "invalid_blocks"
    assert await error(files=[{"title": "No id"}]) == "invalid_arguments"
    assert await error(files=[]) == "invalid_arguments"
    assert await error(files=[{"id": "F0NOTHING"}]) == "file_not_found"
    await client.files_completeUploadExternal(files=[{"id": file_id}])
    assert await error() == "file_not_found"


async def test_a_file_that_is_not_there_is_not_described(client: AsyncWebClient) -> None:
    announced = await client.files_getUploadURLExternal(filename="notes.txt", length=5)

    assert (await refusal(client.files_info(file="F0NOTHING")))["error"] == "file_not_found"
    assert (await refusal(client.files_info(file=announced["file_id"])))["error"] == "file_not_found"
