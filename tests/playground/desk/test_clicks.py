"""Clicks, as a real Bolt app gets them over a real socket, and what becomes of its answer."""

import asyncio
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import ActRefused, PersonDriver, Playground
from tests.playground.conftest import Connect
from tests.playground.listening import Json, hears_commands, menu, opens_forms, takes_clicks
from tests.playground.parrot import actions, button, home, input_block, kept_option, modal, option, plain, words_input


async def test_a_click_on_a_message_brings_the_message_along(
    app: AsyncApp, connected: Connect, maya: PersonDriver, client: AsyncWebClient, playground: Playground
) -> None:
    got = takes_clicks(app, "yes")
    posted = await client.chat_postMessage(
        channel="U0MAYA", text="Did you meet?", blocks=[actions(button("yes", "Yes", value="pair-7", style="primary"))]
    )

    async with connected():
        await maya.clicks("Yes")

    [click] = got
    assert (click["type"], click["user"]["id"]) == ("block_actions", "U0MAYA")
    assert click["container"] == {
        "type": "message",
        "message_ts": posted["ts"],
        "channel_id": posted["channel"],
        "is_ephemeral": False,
    }
    assert click["channel"]["id"] == posted["channel"]
    assert click["message"]["blocks"][0]["elements"][0]["action_id"] == "yes"
    assert click["response_url"].startswith(playground.url)
    [action] = click["actions"]
    assert (action["type"], action["action_id"], action["block_id"]) == ("button", "yes", "row")
    assert (action["value"], action["text"]["text"], action["style"]) == ("pair-7", "Yes", "primary")
    assert action["action_ts"]
    assert click["trigger_id"]


async def test_a_click_in_an_attachment_says_in_which(
    app: AsyncApp, connected: Connect, maya: PersonDriver, client: AsyncWebClient
) -> None:
    got = takes_clicks(app, "yes")
    first, second = {"text": "Words"}, {"blocks": [actions(button("yes"))]}
    posted = await client.chat_postMessage(channel="U0MAYA", text="Sure?", attachments=[first, second])

    async with connected():
        await maya.clicks("yes")

    assert got[0]["container"] == {
        "type": "message_attachment",
        "message_ts": posted["ts"],
        "attachment_id": 2,
        "channel_id": posted["channel"],
        "is_ephemeral": False,
        "is_app_unfurl": False,
    }
    assert got[0]["message"]["attachments"][1]["id"] == 2


async def test_a_click_on_an_ephemeral_message_brings_no_message(
    app: AsyncApp, connected: Connect, maya: PersonDriver
) -> None:
    hears_commands(app, {"text": "Sure?", "blocks": [actions(button("yes"))]})
    got = takes_clicks(app, "yes")

    async with connected():
        await maya.types("/say")
        await maya.clicks("yes")

    assert got[0]["container"]["is_ephemeral"] is True
    assert "message" not in got[0]


async def test_a_choice_is_in_the_action_and_in_the_state(
    app: AsyncApp, connected: Connect, maya: PersonDriver, client: AsyncWebClient
) -> None:
    got = takes_clicks(app, "menu", "more")
    choices = [option("a", "Apple"), option("b", "Pear")]
    more = {"type": "overflow", "action_id": "more", "options": choices}
    await client.chat_postMessage(channel="U0MAYA", text="Fruit?", blocks=[actions(menu(choices), more)])

    async with connected():
        await maya.clicks("menu", "Pear")
        await maya.clicks("more", "a")
        with pytest.raises(ActRefused, match="no_such_choice"):
            await maya.clicks("menu", "Plum")

    assert got[0]["actions"][0]["selected_option"] == kept_option("b", "Pear")
    assert got[0]["state"]["values"]["row"]["menu"]["selected_option"] == kept_option("b", "Pear")
    assert got[1]["actions"][0]["selected_option"] == kept_option("a", "Apple")
    assert got[1]["state"]["values"]["row"].keys() == {"menu"}


async def test_a_click_in_a_form_brings_the_form_and_what_it_holds(
    app: AsyncApp, connected: Connect, maya: PersonDriver
) -> None:
    opens_forms(app, modal(words_input(), actions(button("help", "Help"))))
    got = takes_clicks(app, "help")

    async with connected():
        await maya.types("/say")
        form = await maya.waits_for_form()
        await maya.fills(words="half a sen")
        await maya.clicks("Help")

    [click] = got
    assert click["container"] == {"type": "view", "view_id": form["id"]}
    assert click["view"]["state"]["values"]["words"]["typed"]["value"] == "half a sen"
    assert "message" not in click
    assert "response_url" not in click


async def test_a_click_on_the_home_tab_brings_the_home_tab(
    app: AsyncApp, connected: Connect, maya: PersonDriver, client: AsyncWebClient
) -> None:
    got = takes_clicks(app, "go")
    published = await client.views_publish(user_id="U0MAYA", view=home(actions(button("go"))))

    async with connected():
        await maya.clicks("go", where="home")

    assert got[0]["view"]["id"] == published["view"]["id"]
    assert got[0]["view"]["type"] == "home"


async def test_an_open_form_hides_what_is_beneath_it(
    maya: PersonDriver, client: AsyncWebClient, playground: Playground
) -> None:
    await client.chat_postMessage(channel="U0MAYA", text="x", blocks=[actions(button("beneath"))])
    await client.views_open(trigger_id=playground.slack.triggers.issue("U0MAYA"), view=modal())

    with pytest.raises(ActRefused, match="no_such_element"):
        await maya.clicks("beneath")


async def test_a_button_that_is_gone_cannot_be_clicked(
    app: AsyncApp, connected: Connect, maya: PersonDriver, client: AsyncWebClient
) -> None:
    posted = await client.chat_postMessage(channel="U0MAYA", text="x", blocks=[actions(button("yes"))])
    await client.chat_update(channel=posted["channel"], ts=posted["ts"], text="Done", blocks=[])

    async with connected():
        with pytest.raises(ActRefused, match="no_such_element"):
            await maya.clicks("yes")


async def test_two_clicks_at_once_are_two_clicks(
    app: AsyncApp, connected: Connect, maya: PersonDriver, client: AsyncWebClient
) -> None:
    got = takes_clicks(app, "yes")
    await client.chat_postMessage(channel="U0MAYA", text="x", blocks=[actions(button("yes"))])

    async with connected():
        await asyncio.gather(maya.clicks("yes"), maya.clicks("yes"))

    assert len(got) == 2


DAY, NOON, MOMENT = "2017-06-01", "12:00", 1496325600
FRUIT = [option("a", "Apple"), option("b", "Pear")]
RICH_TEXT = {
    "type": "rich_text",
    "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "Hi"}]}],
}


@pytest.mark.parametrize(
    ("kind", "more", "choice", "field"),
    [
        ("users_select", {}, "U0TOM", "selected_user"),
        ("multi_users_select", {}, ["U0TOM", "U0MAYA"], "selected_users"),
        ("conversations_select", {}, "C0GENERAL", "selected_conversation"),
        ("multi_conversations_select", {}, ["C0GENERAL"], "selected_conversations"),
        ("channels_select", {}, "C0GENERAL", "selected_channel"),
        ("multi_channels_select", {}, ["C0GENERAL"], "selected_channels"),
        ("datepicker", {}, DAY, "selected_date"),
        ("timepicker", {}, NOON, "selected_time"),
        ("datetimepicker", {}, MOMENT, "selected_date_time"),
        ("static_select", {"options": FRUIT}, FRUIT[1], "selected_option"),
        ("multi_static_select", {"options": FRUIT}, [FRUIT[1]], "selected_options"),
        ("radio_buttons", {"options": FRUIT}, FRUIT[0], "selected_option"),
        ("checkboxes", {"options": FRUIT}, FRUIT, "selected_options"),
    ],
)
async def test_each_kind_of_element_tells_what_was_chosen_in_its_own_words(
    app: AsyncApp,
    connected: Connect,
    maya: PersonDriver,
    client: AsyncWebClient,
    kind: str,
    more: Json,
    choice: Any,
    field: str,
) -> None:
    got = takes_clicks(app, "it")
    element = {"type": kind, "action_id": "it", **more}
    beside = {"type": "section", "block_id": "row", "text": plain("Choose"), "accessory": element}
    block = actions(element) if kind == "datetimepicker" else beside  # one has no place beside text, some none in a row
    await client.chat_postMessage(channel="U0MAYA", text="Choose", blocks=[block])

    async with connected():
        await maya.clicks("it", choice)

    [action] = got[0]["actions"]
    assert (action["type"], action["block_id"], action[field]) == (kind, "row", choice)
    assert got[0]["state"]["values"]["row"]["it"] == {"type": kind, field: choice}


@pytest.mark.parametrize(
    ("element", "value", "field"),
    [
        (
            {"type": "plain_text_input", "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]}},
            "Hi",
            "value",
        ),
        ({"type": "rich_text_input"}, RICH_TEXT, "rich_text_value"),
        ({"type": "datepicker"}, DAY, "selected_date"),
    ],
)
async def test_an_input_is_heard_where_the_app_asks_for_it(
    app: AsyncApp,
    connected: Connect,
    maya: PersonDriver,
    client: AsyncWebClient,
    playground: Playground,
    element: Json,
    value: Any,
    field: str,
) -> None:
    got = takes_clicks(app, "it")
    inputs = [
        input_block("heard", {**element, "action_id": "it"}, dispatch_action=True),
        input_block("unheard", {**element, "action_id": "it"}),
    ]
    await client.views_open(trigger_id=playground.slack.triggers.issue("U0MAYA"), view=modal(*inputs))

    async with connected():
        await maya.clicks("it", value, block_id="unheard")
        await maya.clicks("it", value, block_id="heard")

    [click] = got
    assert (click["actions"][0]["block_id"], click["actions"][0][field]) == ("heard", value)
    assert click["view"]["state"]["values"]["unheard"]["it"][field] == value


async def test_a_button_that_is_a_link_is_heard_as_well(
    app: AsyncApp, connected: Connect, maya: PersonDriver, client: AsyncWebClient
) -> None:
    got = takes_clicks(app, "link")
    row = actions(button("link", "Look", url="https://example.org/"))
    await client.chat_postMessage(channel="U0MAYA", text="Look", blocks=[row])

    async with connected():
        await maya.clicks("Look")

    assert got[0]["actions"][0]["action_id"] == "link"


async def test_a_click_in_a_thread_tells_which(
    app: AsyncApp, connected: Connect, maya: PersonDriver, client: AsyncWebClient
) -> None:
    got = takes_clicks(app, "yes")
    root = await client.chat_postMessage(channel="C0GENERAL", text="How was it?")
    await client.chat_postMessage(
        channel="C0GENERAL", text="Sure?", thread_ts=root["ts"], blocks=[actions(button("yes"))]
    )

    async with connected():
        await maya.clicks("yes")

    [click] = got
    assert (click["container"]["thread_ts"], click["channel"]["name"]) == (root["ts"], "general")
