"""What the tests' app does with what it hears."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

Json = dict[str, Any]


def hears_commands(app: AsyncApp, *answer: Any, **more: Any) -> list[Json]:
    """Let Parrot acknowledge /say and /raw with this answer, and keep what it heard."""
    heard: list[Json] = []

    @app.command("/say")
    @app.command("/raw")
    async def say(ack: AsyncAck, body: Json) -> None:
        heard.append(body)
        await ack(*answer, **more)

    return heard


def opens_forms(app: AsyncApp, view: Json) -> None:
    """Let Parrot open this form at /say."""

    @app.command("/say")
    async def say(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=view)


def takes_forms(app: AsyncApp, **answer: Any) -> list[Json]:
    """Let Parrot acknowledge forms with this answer, and keep what it got."""
    got: list[Json] = []

    @app.view("words")
    async def words(ack: AsyncAck, body: Json) -> None:
        got.append(body)
        await ack(**answer)

    return got


def takes_clicks(app: AsyncApp, *names: str) -> list[Json]:
    """Let Parrot acknowledge clicks on these, and keep what it got."""
    got: list[Json] = []

    async def click(ack: AsyncAck, body: Json) -> None:
        got.append(body)
        await ack()

    for name in names:
        app.action(name)(click)
    return got


def menu(choices: list[Json]) -> Json:
    """A menu that begins with its first choice."""
    return {"type": "static_select", "action_id": "menu", "options": choices, "initial_option": choices[0]}


def hears_events(app: AsyncApp, *kinds: str) -> list[Json]:
    """Let Parrot keep the events of these kinds."""
    heard: list[Json] = []

    async def hear(event: Json) -> None:
        heard.append(event)

    for kind in kinds:
        app.event(kind)(hear)
    return heard


def hears_bodies(app: AsyncApp, *kinds: str) -> list[Json]:
    """Let Parrot keep the events of these kinds, each in its wrapper."""
    heard: list[Json] = []

    async def hear(body: Json) -> None:
        heard.append(body)

    for kind in kinds:
        app.event(kind)(hear)
    return heard
