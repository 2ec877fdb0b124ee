"""HTTP mode: the same acts as signed requests, checked by Bolt's own verification."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp import web
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import ActRefused, Playground
from tests.playground.parrot import MANIFEST, MEMBERS, MORNING, actions, button

Json = dict[str, Any]


@dataclass
class Stage:
    """A playground, and an app that listens on an address of its own."""

    playground: Playground
    app: AsyncApp


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    stages: list[Stage] = []

    async def handle(request: web.Request) -> web.StreamResponse:
        return await stages[0].app.server().handle_post_requests(request)

    site = web.Application()
    site.router.add_post("/slack/events", handle)
    runner = web.AppRunner(site, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    async with Playground(
        MANIFEST, MEMBERS, now=MORNING, request_url=url, ack_seconds=0.5, event_tries=(0, 0, 0)
    ) as playground:
        stages.append(Stage(playground, app_with(playground, playground.signing_secret)))
        yield stages[0]
    await runner.cleanup()


def app_with(playground: Playground, secret: str) -> AsyncApp:
    client = AsyncWebClient(playground.bot_token, base_url=playground.api_url)
    return AsyncApp(client=client, signing_secret=secret)


def says(app: AsyncApp, *answer: Any) -> None:
    @app.command("/say")
    async def say(ack: AsyncAck) -> None:
        await ack(*answer)


async def test_commands_and_clicks_and_events_arrive_signed(stage: Stage) -> None:
    heard: list[str] = []
    maya = stage.playground.person("U0MAYA")

    @stage.app.command("/say")
    async def say(ack: AsyncAck, body: Json) -> None:
        heard.append(body["text"])
        await ack({"text": "Said.", "blocks": [actions(button("yes"))]})

    @stage.app.action("yes")
    async def yes(ack: AsyncAck, body: Json) -> None:
        heard.append(body["actions"][0]["action_id"])
        await ack()

    @stage.app.event("message")
    async def message(event: Json) -> None:
        heard.append(event["text"])

    shown = await maya.types("/say it")
    await maya.clicks("yes")
    await maya.says("Hello")
    await stage.playground.until(lambda: len(heard) == 3)

    assert shown is not None
    assert shown["text"] == "Said."
    assert heard == ["it", "yes", "Hello"]


async def test_plain_text_in_the_answer_is_shown(stage: Stage) -> None:
    says(stage.app, "Said.")

    shown = await stage.playground.person("U0MAYA").types("/say it")

    assert shown is not None
    assert shown["text"] == "Said."


async def test_a_request_with_another_secret_is_refused_by_the_app(stage: Stage) -> None:
    stage.app = app_with(stage.playground, "another")
    says(stage.app, "Said.")

    with pytest.raises(ActRefused, match="app_did_not_answer"):
        await stage.playground.person("U0MAYA").types("/say it")


async def test_an_event_comes_again_with_slacks_headers(stage: Stage) -> None:
    retries: list[tuple[str, str]] = []
    done = asyncio.Event()

    @stage.app.middleware
    async def fail_once(req: Any, next: Any) -> None:  # noqa: A002 (Bolt finds its arguments by name)
        retries.append(
            (req.headers.get("x-slack-retry-num", [""])[0], req.headers.get("x-slack-retry-reason", [""])[0])
        )
        if len(retries) == 1:
            raise RuntimeError("not today")
        await next()

    @stage.app.event("message")
    async def message() -> None:
        done.set()

    await stage.playground.person("U0MAYA").says("Hello")
    async with asyncio.timeout(3):
        await done.wait()

    assert retries == [("", ""), ("1", "http_timeout")]


async def test_an_app_that_is_not_there_has_not_answered() -> None:
    async with Playground(MANIFEST, MEMBERS, request_url="http://127.0.0.1:9/slack/events") as playground:
        with pytest.raises(ActRefused, match="app_did_not_answer"):
            await playground.person("U0MAYA").types("/say it")
