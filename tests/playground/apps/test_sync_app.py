"""An app without asyncio: Bolt's threads, and the SDK's own Socket Mode client."""

import asyncio
from typing import Any

from slack_bolt import Ack, App, Say
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.playground import Playground
from tests.playground.apps.shapes import manifest_of
from tests.playground.parrot import MEMBERS, MORNING

Json = dict[str, Any]
MANIFEST = manifest_of(
    "Echo", scopes=["chat:write", "commands", "im:history"], commands=["/shout"], events=["message.im"]
)


def echo(token: str, base_url: str) -> App:
    """Shout what is typed, and repeat what is said. It asks who it is when it is made, and so has to be made aside."""
    app = App(client=WebClient(token, base_url=base_url))

    @app.command("/shout")
    def shout(ack: Ack, body: Json) -> None:
        ack(body["text"].upper())

    @app.event("message")
    def repeat(event: Json, say: Say) -> None:
        say(f"You said: {event['text']}")

    return app


async def test_an_app_of_threads_gets_along_here() -> None:
    async with Playground(MANIFEST, MEMBERS, now=MORNING) as playground:
        app = await asyncio.to_thread(echo, playground.bot_token, playground.api_url)
        handler = SocketModeHandler(app, playground.app_token)
        try:
            await asyncio.to_thread(handler.connect)
            await playground.until(lambda: playground.sockets.open_ends == 1)
            maya = playground.person("U0MAYA")

            shown = await maya.types("/shout hello")
            await maya.says("Anybody there?")
            await maya.waits_to_see("You said: Anybody there?")
        finally:
            await asyncio.to_thread(handler.close)

    assert shown is not None
    assert shown["text"] == "HELLO"
