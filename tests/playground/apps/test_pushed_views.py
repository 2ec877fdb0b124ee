"""An app that asks step by step: forms on top of forms, three deep, with a way back and a way out."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.playground.apps.conftest import OnStage
from tests.playground.apps.shapes import manifest_of
from tests.playground.parrot import actions, button, modal, section, words_input

Json = dict[str, Any]
MANIFEST = manifest_of("Wizard", scopes=["chat:write", "commands"], commands=["/ask"])


def step(number: int, words: str = "") -> Json:
    """The form of one step."""
    blocks = [section(words or f"Step {number}"), words_input(), actions(button("deeper", "Deeper"))]
    return modal(*blocks, callback_id=f"step_{number}", private_metadata=str(number), notify_on_close=True)


def wizard(app: AsyncApp) -> None:
    """Three steps: the first is sent for the second, a button leads to the third, which ends it all."""
    refused: list[str] = []

    @app.command("/ask")
    async def begin(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=step(1))

    @app.view("step_1")
    async def first(ack: AsyncAck) -> None:
        await ack(response_action="push", view=step(2))

    @app.view("step_2")
    async def second(ack: AsyncAck) -> None:
        await ack(response_action="update", view=step(2, "Step 2, seen again"))

    @app.action("deeper")
    async def deeper(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await ack()
        number = int(body["view"]["private_metadata"]) + 1
        try:
            await client.views_push(trigger_id=body["trigger_id"], view=step(number))
        except SlackApiError as error:
            refused.append(error.response["error"])
            view = step(3, f"No deeper: {error.response['error']}")
            await client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=view)

    @app.view("step_3")
    async def third(ack: AsyncAck) -> None:
        await ack(response_action="clear")

    @app.view_closed("step_3")
    @app.view_closed("step_2")
    @app.view_closed("step_1")
    async def closed(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await ack()
        text = f"Closed {body['view']['callback_id']}, cleared: {body['is_cleared']}"
        await client.chat_postMessage(channel=body["user"]["id"], text=text)


async def test_forms_lie_on_forms_three_deep(on_stage: OnStage) -> None:
    async with on_stage(MANIFEST, wizard) as (_, maya):
        await maya.types("/ask")
        root = await maya.waits_for_form()
        await maya.submits(words="one")
        await maya.waits_until(lambda: len(maya.modals) == 2)
        await maya.submits(words="two")
        await maya.waits_to_see("Step 2, seen again")
        await maya.clicks("Deeper")
        await maya.waits_until(lambda: len(maya.modals) == 3)

        first, second, third = maya.modals
        assert first["state"]["values"]["words"]["typed"]["value"] == "one"
        assert [view["root_view_id"] for view in (first, second, third)] == [root["id"]] * 3
        assert (first["previous_view_id"], second["previous_view_id"]) == (None, first["id"])
        assert third["previous_view_id"] == second["id"]

        await maya.clicks("Deeper")
        await maya.waits_to_see("No deeper: push_limit_reached")
        assert await maya.submits(words="three") == {}
        assert maya.modals == []


async def test_closing_leads_back_one_step_or_out_of_it_all(on_stage: OnStage) -> None:
    async with on_stage(MANIFEST, wizard) as (_, maya):
        await maya.types("/ask")
        await maya.waits_for_form()
        await maya.submits(words="one")
        await maya.clicks("Deeper")
        await maya.waits_until(lambda: len(maya.modals) == 3)

        await maya.closes()
        await maya.waits_to_see("Closed step_3, cleared: False")
        assert len(maya.modals) == 2
        await maya.closes(whole_stack=True)
        await maya.waits_to_see("Closed step_1, cleared: True")
        assert "Closed step_2, cleared: True" in maya.sees()
        assert maya.modals == []
