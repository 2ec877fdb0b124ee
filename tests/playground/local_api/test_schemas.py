"""Every answer of every route of the local API has the shape that is promised, and the README names every route."""

import json
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from jsonschema import Draft202012Validator
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

import bot.playground
from bot.playground import Playground
from bot.playground.serving import serve
from tests.playground.conftest import Connect
from tests.playground.local_api.conftest import Caller, hold
from tests.playground.local_api.schemas import NOT_JSON, RUNG, SCHEMAS, Json, Route
from tests.playground.parrot import actions, button, home, input_block, modal, option, plain, section

README = Path(bot.playground.__file__).parent / "README.md"
LOOKED_UP = {"type": "external_select", "action_id": "looked_up", "placeholder": plain("Type"), "min_query_length": 0}


def served(playground: Playground) -> set[Route]:
    """The routes of the local API that the playground really has."""
    routes = [(route.method, route.resource) for route in serve(playground).router.routes()]
    named = {(verb, resource.canonical) for verb, resource in routes if isinstance(resource, web.Resource)}
    return {(verb, path) for verb, path in named if path.startswith("/playground/") and verb != "HEAD"}


def all_round(app: AsyncApp) -> None:
    """Let Parrot answer whatever a person can do."""

    @app.command("/say")
    async def say(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await client.views_open(
            trigger_id=body["trigger_id"], view=modal(input_block("words", LOOKED_UP, optional=True))
        )
        await ack("Opened.")

    @app.options("looked_up")
    async def look_up(ack: AsyncAck) -> None:
        await ack(options=[option("a")])

    async def taken(ack: AsyncAck) -> None:
        await ack()

    async def heard() -> None: ...

    app.view("words")(taken)
    app.action("press")(taken)
    app.shortcut("new_word")(taken)
    for event in ("app_home_opened", "message", "team_join", "user_change", "member_joined_channel"):
        app.event(event)(heard)
    for event in ("member_left_channel", "reaction_added", "app_uninstalled", "tokens_revoked"):
        app.event(event)(heard)


async def people_act(api: Caller, client: AsyncWebClient) -> None:
    """Everything that a person can do."""
    await client.views_publish(user_id="U0MAYA", view=home(actions(button("press"))))
    said = await client.chat_postMessage(channel="C0GENERAL", text="Hello", blocks=[section("Hello")])
    place = {"channel": "C0GENERAL", "ts": said["ts"]}
    await api.post("people/U0MAYA/open", {"tab": "home"})
    view = (await api.get("people/U0MAYA"))["home"]["id"]
    await api.post("people/U0MAYA/click", {"view": view, "block_id": "row", "action_id": "press"})
    await api.post("people/U0MAYA/react", {**place, "name": "wave"})
    await api.post("people/U0MAYA/message", {"text": "Hi", "channel": "C0GENERAL", "thread_ts": said["ts"]})
    await api.post("people/U0MAYA/shortcut", {"callback_id": "new_word"})
    await api.post("people/U0LENA/join", {"channel": "C0GENERAL"})
    await api.post("people/U0LENA/leave", {"channel": "C0GENERAL"})
    await api.post("people/U0TOM/change", {"title": "away"})
    await api.post("people", {"name": "nora", "real_name": "Nora New"})


async def forms_open(api: Caller) -> None:
    """A form: opened, looked up in, sent, closed."""
    place = {"block_id": "words", "action_id": "looked_up"}
    assert (await api.post("people/U0MAYA/command", {"text": "/say hello"}))["shown"]["ephemeral"] is True
    [form] = (await api.get("people/U0MAYA?read=1"))["modals"]
    found = await api.post("people/U0MAYA/options", {**place, "view": form["id"], "value": "a"})
    assert [one["value"] for one in found["options"]] == ["a"]
    assert (await api.post("people/U0MAYA/submit", {"view": form["id"]}))["errors"] == {}
    await api.post("people/U0MAYA/command", {"text": "/say again"})
    [form] = (await api.get("people/U0MAYA"))["modals"]
    await api.post("people/U0MAYA/close", {"view": form["id"]})


async def trouble_is_made(api: Caller) -> None:
    """Faults, limits and sockets."""
    ordered = await api.post("faults", {"method": "users.info", "how": {"error": "fatal_error"}, "times": None})
    await api.post("faults", {"method": "events_api", "how": "lost", "probability": 0.5, "seed": 7})
    assert len((await api.get("faults"))["faults"]) == len((await api.get("state"))["faults"]) == 2
    await api.delete(f"faults/{ordered['fault']['id']}")
    assert (await api.delete("faults"))["faults"] == []
    assert (await api.post("limits", {"on": True}))["limits"] is True
    await api.post("sockets", {"do": "silence"})
    await api.post("sockets", {"do": "talk"})


async def time_passes(api: Caller) -> None:
    """The clock in all its moves, what was written down, and the whole state."""
    assert (await api.post("clock", {"speed": 60}))["clock"]["speed"] == 60
    await api.post("clock", {"speed": 0})
    await api.post("clock", {"by": {"hours": 1}})
    assert {entry["kind"] for entry in (await api.get("journal"))["entries"]} == {"call", "sent"}
    await api.get("calls?since=1")
    kept = await api.get("saved")
    await api.post("reset")
    await api.post("saved", kept)
    await api.post("app", {"installed": False})
    await api.post("app", {"installed": True})


async def test_every_answer_has_the_shape_that_is_promised(
    app: AsyncApp, connected: Connect, client: AsyncWebClient, api: Caller
) -> None:
    all_round(app)

    async with connected():
        await people_act(api, client)
        await forms_open(api)
        await trouble_is_made(api)
        await time_passes(api)

    assert api.asked == set(SCHEMAS)


def test_every_route_has_a_schema(playground: Playground) -> None:
    assert served(playground) == {*SCHEMAS, *NOT_JSON}


def test_every_schema_is_one() -> None:
    for schema in SCHEMAS.values():
        Draft202012Validator.check_schema(schema)


def test_the_readme_names_every_route() -> None:
    text = README.read_text(encoding="utf8")

    for verb, path in {*SCHEMAS, *NOT_JSON}:
        short = path.replace("/playground/people/{user}/", "…/")
        assert f"`{verb} {path}" in text or f"`{verb} {short}" in text, (verb, path)


async def test_the_stream_tells_the_revision(playground: Playground, session: aiohttp.ClientSession) -> None:
    async with session.get(f"{playground.url}/playground/events") as stream:
        line = (await stream.content.readline()).decode()

    hold(json.loads(line.removeprefix("data: ")), RUNG)


async def test_a_file_is_shown_as_it_is(
    playground: Playground, session: aiohttp.ClientSession, client: AsyncWebClient
) -> None:
    playground.scopes.update(("files:write", "files:read"))
    uploaded = await client.files_upload_v2(content="one\n", filename="words.txt", channel="C0GENERAL")

    async with session.get(f"{playground.url}/playground/files/{uploaded['file']['id']}") as shown:
        assert (shown.status, await shown.text()) == (200, "one\n")


@pytest.mark.parametrize(
    ("verb", "path", "body", "status", "error"),
    [
        ("POST", "limits", {}, 400, "invalid_arguments"),
        ("POST", "limits", {"on": "yes"}, 400, "invalid_arguments"),
        ("POST", "limits", [], 400, "invalid_json"),
        ("POST", "faults", {"method": "users.info"}, 400, "invalid_arguments"),
        ("POST", "faults", {"how": "500"}, 400, "invalid_arguments"),
        ("POST", "faults", {"method": "users.info", "how": "sulk"}, 400, "unknown_fault"),
        ("POST", "faults", {"method": "events_api", "how": "500"}, 400, "unknown_fault"),
        ("POST", "faults", {"method": "*", "how": "500", "probability": 2}, 400, "invalid_arguments"),
        ("POST", "faults", {"method": "*", "how": "500", "times": 0}, 400, "invalid_arguments"),
        ("POST", "faults", {"method": "*", "how": "slow", "seconds": -1}, 400, "invalid_arguments"),
        ("DELETE", "faults/F0", None, 404, "fault_not_found"),
        ("POST", "sockets", {"do": "dance"}, 400, "invalid_arguments"),
        ("POST", "app", {}, 400, "invalid_arguments"),
        ("POST", "clock", {"speed": -1}, 400, "invalid_arguments"),
        ("POST", "clock", {"speed": "fast"}, 400, "invalid_arguments"),
        ("POST", "clock", {"speed": True}, 400, "invalid_arguments"),
        ("POST", "saved", {}, 400, "not_saved"),
        ("POST", "saved", {"version": 1}, 400, "not_saved"),
        ("POST", "saved", {"version": 2}, 400, "not_saved"),
        ("POST", "people", {"name": "nora"}, 400, "invalid_arguments"),
    ],
)
async def test_what_cannot_be_done_is_refused_in_the_same_shape(
    api: Caller, verb: str, path: str, body: Any, status: int, error: str
) -> None:
    assert (await api.ask(verb, path, body, status))["error"] == error
