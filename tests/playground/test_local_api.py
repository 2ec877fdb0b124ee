"""The playground's own HTTP API, as its page uses it."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Hooks, Playground
from tests.playground.conftest import Call, Connect
from tests.playground.parrot import MORNING, actions, button, home, input_block, modal, option

Json = dict[str, Any]


# -- looking ----------------------------------------------------------------------------------------------------------


async def test_the_state_shows_team_app_clock_and_people(get: Call, playground: Playground) -> None:
    state = await get("state")

    assert state["team"] == {"id": playground.team_id, "name": "Aviary"}
    assert (state["app"]["name"], state["app"]["color"]) == ("Parrot", "#1f4e5f")
    assert state["app"]["commands"][0] == {"command": "/say", "description": "Say it", "usage_hint": "[words]"}
    assert state["clock"] == {
        "now": "2017-06-01T14:00:00+00:00",
        "zone": "America/Chicago",
        "next": None,
        "moving": False,
        "steps": False,
        "stuck": None,
        "speed": 0,
    }
    assert (state["limits"], state["faults"], state["channels"]) == (False, [], [])
    assert state["connected"] == 0
    assert [person["id"] for person in state["people"]] == ["U0MAYA", "U0TOM", "U0LENA", "U0GONE", "U0ROBOT"]


async def test_everybody_has_their_own_time_on_the_wall(get: Call) -> None:
    maya, tom, lena, gone, _ = (await get("state"))["people"]

    assert (maya["local"], maya["tz"], maya["tz_offset"]) == ("Thu 1 Jun, 09:00", "America/Chicago", -18000)
    assert (tom["local"], tom["title"]) == ("Thu 1 Jun, 16:00", "mentor")
    assert lena["tz"] == "America/Chicago"  # the playground's own, where Slack knows none
    assert gone["deleted"] is True


async def test_the_state_tells_of_the_app_and_of_what_it_has_due(
    app: AsyncApp, connected: Connect, get: Call, playground: Playground
) -> None:
    async def next_due() -> datetime | None:
        return MORNING + timedelta(hours=3)

    async def settle() -> None: ...

    playground.hooks = Hooks(next_due, settle, anew="Start it again.")
    async with connected():
        state = await get("state")

    assert (state["connected"], state["anew"]) == (1, "Start it again.")
    assert (state["clock"]["next"], state["clock"]["steps"]) == ("2017-06-01T17:00:00+00:00", True)


async def test_a_screen_shows_conversation_home_and_forms(
    get: Call, client: AsyncWebClient, playground: Playground
) -> None:
    posted = await client.chat_postMessage(channel="U0MAYA", text="Hello")
    await client.chat_postEphemeral(channel=posted["channel"], user="U0MAYA", text="Psst")
    published = await client.views_publish(user_id="U0MAYA", view=home())
    opened = await client.views_open(trigger_id=playground.slack.triggers.issue("U0MAYA"), view=modal())
    group = (await client.conversations_open(users="U0MAYA,U0TOM"))["channel"]["id"]
    await client.chat_postMessage(channel=group, text="You two")

    screen = await get("people/U0MAYA")

    assert screen["person"]["unread"] == 3
    assert screen["conversations"][0]["channel"] == posted["channel"]
    hello, psst = screen["conversations"][0]["messages"]
    assert (hello["text"], hello["ts"], hello["time"]) == ("Hello", posted["ts"], "2017-06-01T14:00:00+00:00")
    assert "ephemeral" not in hello
    assert psst["ephemeral"] is True
    assert screen["home"] == published["view"]
    assert screen["modals"] == [opened["view"]]
    assert [(one["channel"], one["members"]) for one in screen["conversations"][1:]] == [(group, ["U0MAYA", "U0TOM"])]
    assert screen["conversations"][1]["messages"][0]["text"] == "You two"


async def test_looking_reads_only_when_asked_to(get: Call, client: AsyncWebClient) -> None:
    await client.chat_postMessage(channel="U0MAYA", text="Hello")

    assert (await get("people/U0MAYA"))["person"]["unread"] == 1
    assert (await get("people/U0MAYA?read=1"))["person"]["unread"] == 0
    assert (await get("people/U0MAYA"))["person"]["unread"] == 0


async def test_nobody_has_no_screen(get: Call) -> None:
    answer = await get("people/U0NOBODY", status=404)

    assert (answer["error"], answer["message"]) == ("user_not_found", "Nobody here has that id.")


async def test_the_revision_grows_with_every_change(get: Call, client: AsyncWebClient) -> None:
    before = (await get("state"))["revision"]
    same = (await get("state"))["revision"]
    await client.chat_postMessage(channel="U0MAYA", text="Hello")
    after = (await get("people/U0MAYA"))["revision"]

    assert before == same < after


async def test_the_calls_can_be_followed(
    playground: Playground, session: aiohttp.ClientSession, client: AsyncWebClient
) -> None:
    async def since(number: str) -> list[Json]:
        async with session.get(f"{playground.url}/playground/calls?since={number}") as answer:
            calls: list[Json] = (await answer.json())["calls"]
            return calls

    await client.chat_postMessage(channel="U0MAYA", text="one")
    await client.chat_postMessage(channel="U0MAYA", text="two")

    [first, second] = await since("0")
    assert set(first) == {"n", "at", "method", "args", "answer", "ms"}
    assert [call["args"]["text"] for call in await since(str(first["n"]))] == ["two"]
    assert await since(str(second["n"])) == []
    assert len(await since("x")) == 2


async def test_a_change_is_announced_to_those_who_listen(
    playground: Playground, session: aiohttp.ClientSession, client: AsyncWebClient
) -> None:
    async with session.get(f"{playground.url}/playground/events") as stream:
        assert stream.content_type == "text/event-stream"
        first = await revision(stream)
        for _ in range(20):
            await client.chat_postMessage(channel="U0MAYA", text="Hello")
        seen = [await revision(stream)]
        while seen[-1] < playground.slack.bell.revision:
            seen.append(await revision(stream))

    assert seen[-1] > first
    assert len(seen) < 20


async def test_a_stream_ends_with_the_playground(playground: Playground, session: aiohttp.ClientSession) -> None:
    async with session.get(f"{playground.url}/playground/events") as stream:
        await revision(stream)
        await playground.stop()
        await stream.content.read()

        assert stream.content.at_eof()


async def revision(stream: aiohttp.ClientResponse) -> int:
    while True:
        line = (await stream.content.readline()).decode().strip()
        if line.startswith("data: "):
            return int(json.loads(line.removeprefix("data: "))["revision"])


# -- doing ------------------------------------------------------------------------------------------------------------


async def test_a_whole_conversation_goes_through_the_api(
    app: AsyncApp, connected: Connect, get: Call, post: Call
) -> None:
    choices = [option("a"), option("b")]
    menu = {"type": "static_select", "action_id": "menu", "options": choices}
    clicks: list[Json] = []

    @app.command("/say")
    async def say(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await client.views_open(
            trigger_id=body["trigger_id"], view=modal(input_block("fruit", menu), actions(button("help")))
        )
        await ack("Opened.")

    @app.action("help")
    @app.action("again")
    async def click(ack: AsyncAck, body: Json) -> None:
        clicks.append(body)
        await ack()

    @app.view("words")
    async def words(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        chosen = body["view"]["state"]["values"]["fruit"]["menu"]["selected_option"]["value"]
        await client.chat_postMessage(channel="U0MAYA", text=chosen, blocks=[actions(button("again"))])
        await ack()

    async with connected():
        shown = (await post("people/U0MAYA/command", {"text": "/say hello"}))["shown"]
        [form] = (await get("people/U0MAYA"))["modals"]
        here = {"view": form["id"], "block_id": "row", "action_id": "help"}
        half = {"fruit": {"menu": {"type": "static_select", "selected_option": choices[0]}}}
        assert await post("people/U0MAYA/click", here | {"state": half}) == {"ok": True}
        assert (await post("people/U0MAYA/submit", {"view": form["id"], "state": half}))["errors"] == {}
        said = (await get("people/U0MAYA"))["conversations"][0]["messages"][-1]
        place = {"channel": "DU0MAYA", "ts": said["ts"], "block_id": "row", "action_id": "again"}
        await post("people/U0MAYA/click", place)

    assert (shown["text"], shown["ephemeral"]) == ("Opened.", True)
    assert said["text"] == "a"
    assert clicks[0]["view"]["state"]["values"]["fruit"]["menu"]["selected_option"] == choices[0]
    assert clicks[1]["container"]["message_ts"] == said["ts"]


async def test_writing_opening_and_closing_go_through_the_api(
    get: Call, post: Call, client: AsyncWebClient, playground: Playground
) -> None:
    sent = await post("people/U0MAYA/message", {"text": "Hello"})
    await post("people/U0MAYA/open", {"tab": "messages"})
    for _ in range(2):
        await client.views_open(trigger_id=playground.slack.triggers.issue("U0MAYA"), view=modal())
        top = (await client.views_push(trigger_id=playground.slack.triggers.issue("U0MAYA"), view=modal()))["view"]
    await post("people/U0MAYA/close", {"view": top["id"]})
    assert len((await get("people/U0MAYA"))["modals"]) == 1
    await post("people/U0MAYA/close", {"view": playground.person("U0MAYA").modals[0]["id"], "all": True})

    screen = await get("people/U0MAYA")
    assert screen["conversations"][0]["messages"][0]["ts"] == sent["ts"]
    assert screen["modals"] == []


@pytest.mark.parametrize(
    ("path", "body", "status", "error"),
    [
        ("people/U0MAYA/command", {"text": "/sing"}, 404, "unknown_command"),
        ("people/U0MAYA/command", {"text": "/say"}, 504, "app_did_not_answer"),
        ("people/U0MAYA/command", {}, 400, "invalid_arguments"),
        ("people/U0MAYA/command", [], 400, "invalid_json"),
        ("people/U0NOBODY/command", {"text": "/say"}, 404, "user_not_found"),
        ("people/U0GONE/command", {"text": "/say"}, 409, "user_deactivated"),
        ("people/U0MAYA/message", {"text": " "}, 400, "no_text"),
        ("people/U0MAYA/open", {"tab": "kitchen"}, 400, "unknown_tab"),
        ("people/U0MAYA/click", {"view": "V9", "block_id": "b", "action_id": "a"}, 404, "view_not_found"),
        (
            "people/U0MAYA/click",
            {"channel": "C9", "ts": "1", "block_id": "b", "action_id": "a"},
            404,
            "channel_not_found",
        ),
        ("people/U0MAYA/click", {"block_id": "b", "action_id": "a"}, 400, "invalid_arguments"),
        ("people/U0MAYA/submit", {"view": "V9"}, 404, "view_not_found"),
        ("people/U0MAYA/submit", {"view": "V9", "state": {"b": 3}}, 400, "invalid_arguments"),
        ("people/U0MAYA/close", {"view": "V9"}, 404, "view_not_found"),
        ("people/U0MAYA/change", {}, 400, "invalid_arguments"),
        ("people/U0MAYA/change", {"deleted": "yes"}, 400, "invalid_arguments"),
        ("people/U0MAYA/change", {"tz": "Europe/Atlantis"}, 400, "invalid_arguments"),
        ("people/U0MAYA/change", {"tz": "../../etc/passwd"}, 400, "invalid_arguments"),
        ("clock", {"to": "tomorrow"}, 400, "invalid_time"),
        ("clock", {"to": "2017-05-01T00:00:00Z"}, 409, "clock_runs_forward"),
        ("clock", {"by": {"days": -1}}, 409, "clock_runs_forward"),
        ("clock", {"by": {"days": 10**9}}, 400, "invalid_time"),
        ("clock", {"by": {"days": 365 * 7500}}, 400, "invalid_time"),
        ("clock", {"to": "9999-12-31T23:59:59Z"}, 400, "invalid_time"),
        ("clock", {"by": "a lot"}, 400, "invalid_time"),
        ("clock", {}, 400, "invalid_time"),
        ("clock", {"next": True}, 409, "nothing_due"),
    ],
)
async def test_what_cannot_be_done_is_refused_with_a_sentence(
    post: Call, path: str, body: Any, status: int, error: str
) -> None:
    answer = await post(path, body, status=status)

    assert answer["error"] == error
    assert answer["message"].endswith(".")


async def test_a_form_beneath_another_cannot_be_sent(
    post: Call, client: AsyncWebClient, playground: Playground
) -> None:
    beneath = (await client.views_open(trigger_id=playground.slack.triggers.issue("U0MAYA"), view=modal()))["view"]
    await client.views_push(trigger_id=playground.slack.triggers.issue("U0MAYA"), view=modal())

    answer = await post("people/U0MAYA/submit", {"view": beneath["id"]}, status=409)

    assert answer["error"] == "view_not_on_top"


async def test_somebody_elses_form_is_out_of_reach(post: Call, client: AsyncWebClient, playground: Playground) -> None:
    hers = (await client.views_open(trigger_id=playground.slack.triggers.issue("U0MAYA"), view=modal()))["view"]

    answer = await post("people/U0TOM/submit", {"view": hers["id"]}, status=404)

    assert answer["error"] == "view_not_found"


async def test_somebody_elses_message_is_out_of_reach(post: Call, client: AsyncWebClient) -> None:
    hers = await client.chat_postMessage(channel="U0MAYA", text="x", blocks=[actions(button("b"))])

    place = {"channel": hers["channel"], "ts": hers["ts"], "block_id": "row", "action_id": "b"}
    answer = await post("people/U0TOM/click", place, status=404)

    assert answer["error"] == "channel_not_found"


async def test_an_account_can_be_changed(get: Call, post: Call) -> None:
    await post("people/U0MAYA/change", {"real_name": "Maya O.", "tz": "Asia/Kathmandu"})
    await post("people/U0TOM/change", {"deleted": True})

    maya, tom, *_ = (await get("state"))["people"]
    assert (maya["real_name"], maya["local"]) == ("Maya O.", "Thu 1 Jun, 19:45")
    assert tom["deleted"] is True


# -- the clock --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("move", "now"),
    [
        ({"to": "2017-06-02T09:00:00-05:00"}, "2017-06-02T14:00:00+00:00"),
        ({"to": "2017-06-02T09:00"}, "2017-06-02T14:00:00+00:00"),  # on the wall of the playground's zone
        ({"by": {"hours": 2, "minutes": 30}}, "2017-06-01T16:30:00+00:00"),
        ({"by": {"days": 1, "hours": 1}}, "2017-06-02T15:00:00+00:00"),
    ],
)
async def test_the_clock_can_be_moved(post: Call, move: Json, now: str) -> None:
    assert (await post("clock", move))["clock"]["now"] == now


async def test_a_day_on_is_the_same_time_on_the_wall(post: Call, playground: Playground) -> None:
    await playground.move_clock(datetime(2017, 11, 4, 14, 0, tzinfo=UTC))  # the day before Chicago's clocks go back

    assert (await post("clock", {"by": {"days": 1}}))["clock"]["now"] == "2017-11-05T15:00:00+00:00"


async def test_the_clock_can_be_moved_to_what_is_due(post: Call, playground: Playground) -> None:
    due = [MORNING + timedelta(hours=3)]

    async def next_due() -> datetime | None:
        return due[0] if due else None

    async def settle() -> None:
        due.clear()

    playground.hooks = Hooks(next_due, settle)

    clock = (await post("clock", {"next": True}))["clock"]

    assert (clock["now"], clock["next"], clock["steps"]) == ("2017-06-01T17:00:00+00:00", None, True)
