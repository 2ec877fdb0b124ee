"""What people do, through the playground's own HTTP API."""

from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Playground
from tests.playground.conftest import Call, Connect
from tests.playground.listening import hears_commands, hears_events
from tests.playground.parrot import actions, option, plain

Json = dict[str, Any]


async def test_the_state_tells_what_people_can_do_with_the_app(get: Call) -> None:
    state = await get("state")

    app = state["app"]
    assert (app["home_tab"], app["messages_tab"], app["can_write"], app["installed"]) == (True, True, True, True)
    assert app["shortcuts"] == [
        {"name": "New word", "type": "global", "callback_id": "new_word", "description": "Learn a word"},
        {"name": "Learn this", "type": "message", "callback_id": "learn_this", "description": "Learn what it says"},
    ]
    assert state["channels"][0] == {
        "id": "C0GENERAL",
        "kind": "channel",
        "name": "general",
        "topic": "All sorts",
        "members": ["U0MAYA", "U0TOM"],
        "has_app": True,
    }
    assert [room["kind"] for room in state["channels"]] == ["channel", "channel", "group", "channel"]
    visitor = next(person for person in state["people"] if person["id"] == "U0VIC")
    assert (visitor["badges"], visitor["dnd"]) == (["External"], False)


async def test_a_conversation_is_read_when_it_is_opened(get: Call, post: Call, client: AsyncWebClient) -> None:
    await client.chat_postMessage(channel="C0GENERAL", text="News")
    await client.chat_postMessage(channel="U0MAYA", text="For you")
    assert (await get("people/U0MAYA"))["person"]["unread"] == 2

    await post("people/U0MAYA/open", {"channel": "C0GENERAL"})
    assert (await get("people/U0MAYA"))["person"]["unread"] == 1

    assert (await get("people/U0MAYA?read=DU0MAYA"))["person"]["unread"] == 0


async def test_people_write_react_and_use_commands_in_channels(
    app: AsyncApp, connected: Connect, get: Call, post: Call
) -> None:
    heard = hears_commands(app)

    async with connected():
        said = await post("people/U0MAYA/message", {"text": "Hello", "channel": "C0GENERAL"})
        place = {"channel": "C0GENERAL", "thread_ts": said["ts"]}
        reply = await post("people/U0TOM/message", {"text": "Hi", **place})
        at = {"channel": "C0GENERAL", "ts": said["ts"]}
        await post("people/U0TOM/react", {**at, "name": "wave"})
        await post("people/U0TOM/react", {**at, "name": "eyes"})
        await post("people/U0TOM/react", {**at, "name": "eyes", "remove": True})
        await post("people/U0MAYA/command", {"text": "/say it", "channel": "C0GENERAL"})

    screen = await get("people/U0MAYA")
    [general] = [one for one in screen["conversations"] if one["channel"] == "C0GENERAL"]
    first, second = general["messages"]
    assert (first["reply_count"], first["reactions"]) == (1, [{"name": "wave", "users": ["U0TOM"], "count": 1}])
    assert (second["ts"], second["thread_ts"]) == (reply["ts"], said["ts"])
    assert heard[0]["channel_id"] == "C0GENERAL"


async def test_people_come_and_go(get: Call, post: Call) -> None:
    await post("people/U0LENA/join", {"channel": "C0GARDEN"})
    assert (await get("state"))["channels"][1]["members"] == ["U0MAYA", "U0LENA"]

    await post("people/U0LENA/leave", {"channel": "C0GARDEN"})
    assert (await get("state"))["channels"][1]["members"] == ["U0MAYA"]


async def test_shortcuts_and_lookups_go_through_the_api(
    app: AsyncApp, connected: Connect, post: Call, client: AsyncWebClient
) -> None:
    used: list[str] = []

    @app.shortcut("new_word")
    @app.shortcut("learn_this")
    async def use(ack: AsyncAck, body: Json) -> None:
        used.append(body["callback_id"])
        await ack()

    @app.options("fruit")
    async def look_up(ack: AsyncAck) -> None:
        await ack(options=[option("a", "Apple")])

    menu = {"type": "external_select", "action_id": "fruit", "placeholder": plain("Fruit")}
    posted = await client.chat_postMessage(channel="U0MAYA", text="Fruit?", blocks=[actions(menu)])
    at = {"channel": posted["channel"], "ts": posted["ts"]}

    async with connected():
        await post("people/U0MAYA/shortcut", {"callback_id": "new_word"})
        await post("people/U0MAYA/shortcut", {"callback_id": "learn_this", **at})
        asked = {**at, "block_id": "row", "action_id": "fruit", "value": "app"}
        found = await post("people/U0MAYA/options", asked)

    assert used == ["new_word", "learn_this"]
    assert found["options"] == [{"text": {"type": "plain_text", "text": "Apple"}, "value": "a"}]


async def test_somebody_new_joins_and_is_changed(app: AsyncApp, connected: Connect, get: Call, post: Call) -> None:
    heard = hears_events(app, "team_join", "user_change")

    async with connected():
        nia = {"id": "U0NIA", "name": "nia", "real_name": "Nia New", "tz": "Europe/Berlin"}
        joined = await post("people", nia)
        await post("people/U0NIA/change", {"is_admin": True, "dnd": "00:00-23:59", "email": "nia@example.org"})
        made_up = await post("people", {"name": "noa", "real_name": "Noa No-Id"})

    assert joined["person"]["id"] == "U0NIA"
    assert made_up["person"]["id"].startswith("U")
    person = (await get("people/U0NIA"))["person"]
    assert (person["badges"], person["dnd"], person["email"]) == (["Admin"], True, "nia@example.org")
    assert [event["type"] for event in heard] == ["team_join", "user_change", "team_join"]


async def test_the_app_is_removed_and_installed_again(get: Call, post: Call, playground: Playground) -> None:
    before = playground.bot_token

    gone = await post("app", {"installed": False})
    refused = await post("people/U0MAYA/message", {"text": "Are you there?"}, status=409)
    back = await post("app", {"installed": True})

    assert (gone["app"]["installed"], gone["app"]["can_write"], back["app"]["installed"]) == (False, False, True)
    assert refused["error"] == "app_not_installed"
    assert playground.bot_token != before


async def test_the_line_to_the_app_can_be_disturbed(
    app: AsyncApp, connected: Connect, post: Call, playground: Playground
) -> None:
    async with connected():
        await post("sockets", {"do": "silence"})
        assert playground.sockets.silent
        await post("sockets", {"do": "talk"})
        await post("sockets", {"do": "refresh"})
        await playground.until(lambda: playground.sockets.taken == 2 and playground.sockets.open_ends == 1)
        cut = await post("sockets", {"do": "cut"})

    assert cut["connected"] == 0


@pytest.mark.parametrize(
    ("path", "body", "status", "error"),
    [
        ("people", {"real_name": "No Name"}, 400, "invalid_arguments"),
        ("people", {"id": "U0MAYA", "name": "maya", "real_name": "Maya Again"}, 409, "user_exists"),
        ("people", {"name": "x", "real_name": "X", "is_bot": "yes"}, 400, "invalid_arguments"),
        ("people/U0MAYA/change", {"dnd": "late"}, 400, "invalid_arguments"),
        ("people/U0MAYA/open", {"channel": "C0NOWHERE"}, 404, "channel_not_found"),
        ("people/U0MAYA/shortcut", {"callback_id": "sing"}, 404, "unknown_shortcut"),
        ("people/U0MAYA/react", {"channel": "C0GENERAL", "ts": "1.0", "name": "eyes"}, 404, "message_not_found"),
        ("people/U0MAYA/join", {"channel": "C0SECRET"}, 404, "channel_not_found"),
        ("people/U0MAYA/leave", {"channel": "DU0MAYA"}, 400, "cannot_leave"),
        ("app", {}, 400, "invalid_arguments"),
        ("sockets", {"do": "dance"}, 400, "invalid_arguments"),
    ],
)
async def test_what_cannot_be_done_is_refused_with_a_sentence(
    post: Call, path: str, body: Any, status: int, error: str
) -> None:
    answer = await post(path, body, status=status)

    assert answer["error"] == error
    assert answer["message"].endswith(".")
