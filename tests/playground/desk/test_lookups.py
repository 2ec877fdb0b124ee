"""Menus whose options come from the app, letter by letter."""

from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import ActRefused, PersonDriver, Playground
from tests.playground.conftest import Connect
from tests.playground.listening import takes_clicks, takes_forms
from tests.playground.parrot import actions, input_block, modal, option, plain

Json = dict[str, Any]

FRUIT = [option("a", "Apple"), option("b", "Apricot")]


def menu(kind: str = "external_select", **more: Any) -> Json:
    return {"type": kind, "action_id": "fruit", "placeholder": plain("Fruit"), **more}


def offers(app: AsyncApp, **answer: Any) -> list[Json]:
    """Let Parrot answer lookups with this, and keep what it was asked."""
    asked: list[Json] = []

    @app.options("fruit")
    async def look_up(ack: AsyncAck, body: Json) -> None:
        asked.append(body)
        await ack(**answer)

    return asked


async def with_form(playground: Playground, client: AsyncWebClient, element: Json) -> str:
    """Open a form with that menu for Maya, and give its id."""
    view = modal(input_block("bowl", element))
    opened = await client.views_open(trigger_id=playground.slack.triggers.issue("U0MAYA"), view=view)
    return str(opened["view"]["id"])


async def test_a_menu_in_a_form_asks_the_app_and_keeps_what_is_chosen(
    app: AsyncApp, connected: Connect, maya: PersonDriver, client: AsyncWebClient, playground: Playground
) -> None:
    asked, sent = offers(app, options=FRUIT), takes_forms(app)
    view_id = await with_form(playground, client, menu())

    async with connected():
        _, apricot = await maya.looks_up("fruit", "apr")
        await maya.submits(fruit=apricot)

    [question] = asked
    assert (question["type"], question["value"]) == ("block_suggestion", "apr")
    assert (question["block_id"], question["action_id"]) == ("bowl", "fruit")
    assert question["container"] == {"type": "view", "view_id": view_id}
    assert question["view"]["id"] == view_id
    assert question["user"]["id"] == "U0MAYA"
    assert not {"trigger_id", "response_url", "actions"} & question.keys()
    assert sent[0]["view"]["state"]["values"]["bowl"]["fruit"]["selected_option"] == FRUIT[1]


async def test_a_menu_in_a_message_brings_the_message_along(
    app: AsyncApp, connected: Connect, maya: PersonDriver, client: AsyncWebClient
) -> None:
    groups = [{"label": plain("A"), "options": FRUIT}]
    asked, clicked = offers(app, option_groups=groups), takes_clicks(app, "fruit")
    posted = await client.chat_postMessage(channel="U0MAYA", text="Fruit?", blocks=[actions(menu())])

    async with connected():
        apple, _ = await maya.looks_up("fruit", "app")
        await maya.clicks("fruit", apple)

    [question] = asked
    assert question["container"] == {
        "type": "message",
        "message_ts": posted["ts"],
        "channel_id": posted["channel"],
        "is_ephemeral": False,
    }
    assert question["message"]["ts"] == posted["ts"]
    assert question["channel"]["id"] == posted["channel"]
    assert clicked[0]["actions"][0]["selected_option"] == FRUIT[0]


async def test_several_can_be_chosen(
    app: AsyncApp, connected: Connect, maya: PersonDriver, client: AsyncWebClient, playground: Playground
) -> None:
    offers(app, options=FRUIT)
    sent = takes_forms(app)
    await with_form(playground, client, menu("multi_external_select"))

    async with connected():
        await maya.submits(fruit=await maya.looks_up("fruit", "apple"))

    assert sent[0]["view"]["state"]["values"]["bowl"]["fruit"]["selected_options"] == FRUIT


@pytest.mark.parametrize(
    ("least", "typed", "enough"), [({}, "ap", False), ({}, "app", True), ({"min_query_length": 0}, "", True)]
)
async def test_the_app_is_asked_from_so_many_letters_on(
    app: AsyncApp,
    connected: Connect,
    maya: PersonDriver,
    client: AsyncWebClient,
    playground: Playground,
    least: Json,
    typed: str,
    enough: bool,
) -> None:
    asked = offers(app, options=[])
    await with_form(playground, client, menu(**least))

    async with connected():
        if enough:
            assert await maya.looks_up("fruit", typed) == []
        else:
            with pytest.raises(ActRefused, match="query_too_short: Type 3 letters"):
                await maya.looks_up("fruit", typed)

    assert [question["value"] for question in asked] == ([typed] if enough else [])


@pytest.mark.parametrize(
    "answer",
    [
        {"options": [option(str(number)) for number in range(101)]},
        {"options": [{"text": plain("No value")}]},
        {"options": [option("x", "x" * 76)]},
        {"option_groups": [{"label": plain("Empty"), "options": FRUIT}] * 101},
    ],
)
async def test_what_slack_would_not_show_is_told(
    app: AsyncApp, connected: Connect, maya: PersonDriver, client: AsyncWebClient, playground: Playground, answer: Json
) -> None:
    offers(app, **answer)
    await with_form(playground, client, menu())

    async with connected():
        with pytest.raises(ActRefused, match="app_answered_badly"):
            await maya.looks_up("fruit", "app")


async def test_a_menu_with_options_of_its_own_asks_nobody(
    app: AsyncApp, connected: Connect, maya: PersonDriver, client: AsyncWebClient
) -> None:
    await client.chat_postMessage(
        channel="U0MAYA", text="Fruit?", blocks=[actions(menu("static_select", options=FRUIT))]
    )

    async with connected():
        with pytest.raises(ActRefused, match="has all its options already"):
            await maya.looks_up("fruit", "app")
