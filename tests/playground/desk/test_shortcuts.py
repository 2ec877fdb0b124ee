"""Shortcuts: everywhere, and on a message."""

from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import ActRefused, PersonDriver, Playground
from tests.playground.conftest import Connect
from tests.playground.parrot import modal

Json = dict[str, Any]


def takes_shortcuts(app: AsyncApp) -> list[Json]:
    """Let Parrot acknowledge both shortcuts, and keep what it got."""
    got: list[Json] = []

    @app.shortcut("new_word")
    @app.shortcut("learn_this")
    async def use(ack: AsyncAck, body: Json) -> None:
        got.append(body)
        await ack()

    return got


async def test_a_global_shortcut_has_no_conversation(app: AsyncApp, connected: Connect, maya: PersonDriver) -> None:
    got = takes_shortcuts(app)

    async with connected():
        await maya.uses_shortcut("new_word")

    [body] = got
    assert (body["type"], body["callback_id"]) == ("shortcut", "new_word")
    assert body["user"] == {"id": "U0MAYA", "username": "maya", "name": "maya", "team_id": "T0PLAYGROUND"}
    assert body["team"]["id"] == "T0PLAYGROUND"
    assert body["action_ts"]
    assert body["trigger_id"]
    assert not {"channel", "message", "response_url"} & body.keys()


async def test_a_global_shortcut_opens_a_form(app: AsyncApp, connected: Connect, maya: PersonDriver) -> None:
    @app.shortcut({"type": "shortcut", "callback_id": "new_word"})
    async def use(ack: AsyncAck, shortcut: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=shortcut["trigger_id"], view=modal())

    async with connected():
        await maya.uses_shortcut("new_word")
        form = await maya.waits_for_form()

    assert form["callback_id"] == "words"


async def test_a_message_shortcut_brings_the_message(
    app: AsyncApp, connected: Connect, maya: PersonDriver, playground: Playground
) -> None:
    got = takes_shortcuts(app)

    async with connected():
        said = await maya.says("Pretty bird", in_="C0GARDEN")  # where Parrot is not
        await maya.uses_shortcut("learn_this", said, in_="C0GARDEN")

    [body] = got
    assert (body["type"], body["callback_id"], body["message_ts"]) == ("message_action", "learn_this", said["ts"])
    assert body["message"]["text"] == "Pretty bird"
    assert body["message"]["user"] == "U0MAYA"
    assert body["channel"] == {"id": "C0GARDEN", "name": "garden"}
    assert body["response_url"].startswith(playground.url)
    assert body["trigger_id"]


async def test_the_name_of_a_private_channel_is_not_told(app: AsyncApp, connected: Connect, maya: PersonDriver) -> None:
    got = takes_shortcuts(app)

    async with connected():
        said = await maya.says("Hush", in_="C0SECRET")
        await maya.uses_shortcut("learn_this", said, in_="C0SECRET")

    assert got[0]["channel"] == {"id": "C0SECRET", "name": "privategroup"}


async def test_the_app_may_answer_a_message_shortcut_for_all(
    app: AsyncApp, connected: Connect, maya: PersonDriver, tom: PersonDriver
) -> None:
    @app.shortcut("learn_this")
    async def use(ack: AsyncAck, respond: AsyncRespond) -> None:
        await ack()
        await respond("Learned.", response_type="in_channel")

    async with connected():
        said = await maya.says("Pretty bird", in_="C0GENERAL")
        await maya.uses_shortcut("learn_this", said, in_="C0GENERAL")
        await tom.waits_until(lambda: "Learned." in tom.sees(in_="C0GENERAL"))


async def test_each_shortcut_has_its_place(client: AsyncWebClient, maya: PersonDriver) -> None:
    posted = await client.chat_postMessage(channel="U0MAYA", text="Hello")
    await client.chat_postEphemeral(channel=str(posted["channel"]), user="U0MAYA", text="Psst")
    message, psst = maya.messages

    with pytest.raises(ActRefused, match="unknown_shortcut"):
        await maya.uses_shortcut("sing")
    with pytest.raises(ActRefused, match="wrong_place"):
        await maya.uses_shortcut("learn_this")
    with pytest.raises(ActRefused, match="wrong_place"):
        await maya.uses_shortcut("new_word", message)
    with pytest.raises(ActRefused, match="message_is_ephemeral"):
        await maya.uses_shortcut("learn_this", psst)


async def test_nobody_uses_a_shortcut_on_what_they_cannot_see(maya: PersonDriver, tom: PersonDriver) -> None:
    said = await maya.says("Mine", in_="C0GARDEN")

    with pytest.raises(ActRefused, match="channel_not_found"):
        await tom.uses_shortcut("learn_this", said, in_="C0GARDEN")
