"""An app that lives on shortcuts: it keeps what people find worth keeping."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from tests.playground.apps.conftest import OnStage
from tests.playground.apps.shapes import manifest_of
from tests.playground.parrot import modal, words_input

Json = dict[str, Any]
MANIFEST = manifest_of(
    "Keeper", scopes=["chat:write", "commands"], shortcuts={"keep_it": "message", "keep_new": "global"}
)


def keeper(app: AsyncApp) -> None:
    """Keep a message, or a thought of one's own."""

    @app.message_shortcut("keep_it")
    async def keep_it(ack: AsyncAck, shortcut: Json, respond: AsyncRespond) -> None:
        await ack()
        await respond(f"Kept: {shortcut['message']['text']}")

    @app.global_shortcut("keep_new")
    async def keep_new(ack: AsyncAck, shortcut: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=shortcut["trigger_id"], view=modal(words_input()))

    @app.view("words")
    async def keep_words(ack: AsyncAck, body: Json, view: Json, client: AsyncWebClient) -> None:
        await ack()
        words = view["state"]["values"]["words"]["typed"]["value"]
        await client.chat_postMessage(channel=body["user"]["id"], text=f"Kept: {words}")


async def test_a_message_is_kept_for_the_one_who_asked(on_stage: OnStage) -> None:
    async with on_stage(MANIFEST, keeper) as (playground, maya):
        tom = playground.person("U0TOM")
        said = await tom.says("Bees dance", in_="C0GENERAL")
        await maya.uses_shortcut("keep_it", said, in_="C0GENERAL")
        await maya.waits_until(lambda: "Kept: Bees dance" in maya.sees(in_="C0GENERAL"))

        assert "Kept" not in tom.sees(in_="C0GENERAL")


async def test_a_thought_is_kept_through_a_form(on_stage: OnStage) -> None:
    async with on_stage(MANIFEST, keeper) as (_, maya):
        await maya.uses_shortcut("keep_new")
        await maya.waits_for_form()
        await maya.submits(words="Ants carry")

        await maya.waits_to_see("Kept: Ants carry")
