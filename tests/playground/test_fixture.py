"""The shortest use in another project: a fixture of one `async with`, and a story of three lines."""

from collections.abc import AsyncIterator

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Member, Playground

MANIFEST = {
    "display_information": {"name": "Greeter"},
    "features": {
        "app_home": {"messages_tab_enabled": True},
        "slash_commands": [{"command": "/greet", "description": "Greet somebody"}],
    },
    "oauth_config": {"scopes": {"bot": ["chat:write", "commands"]}},
}


def build_app(client: AsyncWebClient) -> AsyncApp:
    """The app under test, as that project has it."""
    app = AsyncApp(client=client)

    @app.command("/greet")
    async def greet(ack: AsyncAck) -> None:
        await ack()
        await client.chat_postMessage(channel="U2", text="Good morning!")

    return app


@pytest.fixture
async def slack() -> AsyncIterator[Playground]:
    async with Playground(MANIFEST, [Member("U1", "maya", "Maya Okafor"), Member("U2", "tom", "Tom Baker")]) as slack:
        handler = AsyncSocketModeHandler(build_app(AsyncWebClient(slack.bot_token, slack.api_url)), slack.app_token)
        await handler.connect_async()
        yield slack
        await handler.close_async()


async def test_somebody_is_greeted(slack: Playground) -> None:
    await slack.person("U1").types("/greet")

    await slack.person("U2").waits_to_see("Good morning!")
