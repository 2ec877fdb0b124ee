"""An app with more to choose from than a menu holds: it looks towns up, in a form and in a message."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from tests.playground.apps.conftest import OnStage
from tests.playground.apps.shapes import manifest_of
from tests.playground.parrot import actions, input_block, modal, option, plain

Json = dict[str, Any]
MANIFEST = manifest_of("Atlas", scopes=["chat:write", "commands"], commands=["/town"])
TOWNS = {"Germany": ["Aachen", "Augsburg"], "Norway": ["Aalesund"]}
MENU = {"type": "external_select", "placeholder": plain("Town"), "min_query_length": 1}


def atlas(app: AsyncApp) -> None:
    """Look towns up: a plain list in the form, by country in the message."""

    @app.command("/town")
    async def town(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await ack({"text": "Or here:", "blocks": [actions({**MENU, "action_id": "by_country"})]})
        view = modal(input_block("home", {**MENU, "action_id": "in_a_list"}))
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    @app.options("in_a_list")
    async def in_a_list(ack: AsyncAck, payload: Json) -> None:
        found = [name for names in TOWNS.values() for name in names if name.lower().startswith(payload["value"])]
        await ack(options=[option(name.lower(), name) for name in found])

    @app.options("by_country")
    async def by_country(ack: AsyncAck) -> None:
        groups = {country: [option(name.lower(), name) for name in names] for country, names in TOWNS.items()}
        await ack(option_groups=[{"label": plain(name), "options": options} for name, options in groups.items()])

    @app.view("words")
    async def chosen_in_form(ack: AsyncAck, body: Json, view: Json, client: AsyncWebClient) -> None:
        await ack()
        chosen = view["state"]["values"]["home"]["in_a_list"]["selected_option"]["text"]["text"]
        await client.chat_postMessage(channel=body["user"]["id"], text=f"At home in {chosen}")

    @app.action("by_country")
    async def chosen_in_message(ack: AsyncAck, action: Json, respond: AsyncRespond) -> None:
        await ack()
        await respond(f"Off to {action['selected_option']['text']['text']}", replace_original=True)


async def test_towns_are_looked_up_in_a_form_and_in_a_message(on_stage: OnStage) -> None:
    async with on_stage(MANIFEST, atlas) as (_, maya):
        await maya.types("/town")
        await maya.waits_for_form()
        [augsburg] = await maya.looks_up("in_a_list", "au")
        assert await maya.submits(in_a_list=augsburg) == {}
        await maya.waits_to_see("At home in Augsburg")

        *_, aalesund = await maya.looks_up("by_country", "a")
        await maya.clicks("by_country", aalesund)
        await maya.waits_to_see("Off to Aalesund")
