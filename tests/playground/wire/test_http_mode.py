"""HTTP mode: the same acts as signed requests, checked by Bolt's own verification."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import ActRefused, Playground
from tests.playground.parrot import MANIFEST, MEMBERS, MORNING, PATIENCE, actions, button

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
        MANIFEST, MEMBERS, now=MORNING, request_url=url, ack_seconds=PATIENCE, event_tries=(0, 0, 0)
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

    assert retries == [("", ""), ("1", "http_error")]


async def test_the_url_proves_that_it_is_the_apps(stage: Stage) -> None:
    assert stage.playground.http is not None
    assert stage.playground.http.verified is None

    assert await stage.playground.verify_url() is True

    assert stage.playground.http.verified is True


async def test_an_app_that_is_not_there_has_not_answered() -> None:
    async with Playground(MANIFEST, MEMBERS, request_url="http://127.0.0.1:9/slack/events") as playground:
        with pytest.raises(ActRefused, match="app_did_not_answer"):
            await playground.person("U0MAYA").types("/say it")
        assert await playground.verify_url() is False


async def test_nothing_is_sent_to_another_machine() -> None:
    with pytest.raises(ValueError, match="beyond this machine"):
        Playground(MANIFEST, MEMBERS, request_url="https://slack.example/slack/events")


# -- an app that is no Bolt app: a bare ear ----------------------------------------------------------------------------


@dataclass
class Ear:
    """What came in at an address, and how it is answered: with one answer after the other, the last one for ever."""

    answers: list[web.Response | None]  # None: no answer at all
    heard: list[web.BaseRequest] = field(default_factory=list)
    closing: asyncio.Event = field(default_factory=asyncio.Event)

    async def listen(self, request: web.BaseRequest) -> web.StreamResponse:
        await request.read()
        self.heard.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if answer is None:
            await self.closing.wait()
            return web.Response()
        return web.Response(status=answer.status, body=answer.body, headers=answer.headers)


@asynccontextmanager
async def playground_for(*answers: web.Response | None) -> AsyncIterator[tuple[Playground, Ear]]:
    ear = Ear(list(answers))
    runner = web.ServerRunner(web.Server(ear.listen))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    async with Playground(MANIFEST, MEMBERS, request_url=url, ack_seconds=0.2, event_tries=(0, 0, 0)) as playground:
        yield playground, ear
        ear.closing.set()
    await runner.cleanup()


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (web.Response(status=500), "http_error"),
        (web.Response(status=302, headers={"Location": "/elsewhere"}), "http_error"),
        (None, "http_timeout"),
    ],
)
async def test_a_further_try_says_what_went_wrong(answer: web.Response | None, reason: str) -> None:
    async with playground_for(answer, web.Response()) as (playground, ear):
        await playground.person("U0MAYA").says("Hello")
        await playground.until(lambda: len(ear.heard) == 2)

    assert "X-Slack-Retry-Num" not in ear.heard[0].headers
    assert ear.heard[1].headers["X-Slack-Retry-Num"] == "1"
    assert ear.heard[1].headers["X-Slack-Retry-Reason"] == reason
    assert [request.path for request in ear.heard] == ["/", "/"]


async def test_an_app_may_ask_not_to_be_tried_again() -> None:
    refused = web.Response(status=500, headers={"X-Slack-No-Retry": "1"})
    async with playground_for(refused) as (playground, ear):
        await playground.person("U0MAYA").says("Hello")
        await playground.person("U0MAYA").says("Hello again")

    assert ["X-Slack-Retry-Num" in request.headers for request in ear.heard] == [False, False]


async def test_any_success_will_do_for_an_event_but_a_command_wants_the_plain_one() -> None:
    async with playground_for(web.Response(status=204)) as (playground, ear):
        await playground.person("U0MAYA").says("Hello")
        with pytest.raises(ActRefused, match="app_did_not_answer"):
            await playground.person("U0MAYA").types("/say it")

    assert len(ear.heard) == 2


@pytest.mark.parametrize(
    ("text", "shown"), [("Said.", "Said."), ('{"text": "In JSON."}', "In JSON."), ('"quoted"', '"quoted"')]
)
async def test_what_stands_in_the_answer_is_shown(text: str, shown: str) -> None:
    async with playground_for(web.Response(text=text)) as (playground, _):
        message = await playground.person("U0MAYA").types("/say it")

    assert message is not None
    assert message["text"] == shown


async def test_a_request_is_signed_as_the_sdk_checks_it() -> None:
    async with playground_for(web.Response()) as (playground, ear):
        await playground.person("U0MAYA").types("/say it & more")
        body = (await ear.heard[0].read()).decode()
        headers = {name: str(value) for name, value in ear.heard[0].headers.items()}

    assert SignatureVerifier(playground.signing_secret).is_valid_request(body, headers)
    assert not SignatureVerifier("another").is_valid_request(body, headers)
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert headers["User-Agent"].startswith("Slackbot 1.0")
    assert "text=it+%26amp%3B+more" in body


@pytest.mark.parametrize("text", ["", "pong", '{"challenge": "another"}'])
async def test_a_url_that_does_not_give_the_challenge_back_is_not_the_apps(text: str) -> None:
    async with playground_for(web.Response(text=text)) as (playground, _):
        assert await playground.verify_url() is False
