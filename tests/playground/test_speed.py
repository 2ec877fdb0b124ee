"""Fast enough for all our tests to go through it: generous bounds, which a busy machine keeps too."""

import time
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import PersonDriver, Playground
from tests.playground.conftest import Connect
from tests.playground.parrot import MANIFEST, MEMBERS, modal

BATCH, PER_SECOND = 40, 200
FLOW_SECONDS, START_SECONDS = 0.2, 1.0  # a quiet machine takes a quarter of the first, a hundredth of the second


async def test_two_hundred_messages_a_second(client: AsyncWebClient) -> None:
    async def batch() -> float:
        began = time.perf_counter()
        for _ in range(BATCH):
            await client.chat_postMessage(channel="U0MAYA", text="Hello")
        return time.perf_counter() - began

    fastest = min([await batch() for _ in range(5)])

    assert fastest < BATCH / PER_SECOND


async def test_a_full_conversation_is_no_slower_to_write_to(client: AsyncWebClient, playground: Playground) -> None:
    async def took(messages: int) -> float:
        began = time.perf_counter()
        for _ in range(messages):
            playground.web_api.answer("chat.postMessage", playground.bot_token, {"channel": "U0MAYA", "text": "x"})
        return (time.perf_counter() - began) / messages

    early = await took(300)
    await took(5000)
    late = await took(300)

    assert late < 10 * early


async def test_command_form_and_answer_within_a_blink(app: AsyncApp, connected: Connect, maya: PersonDriver) -> None:
    @app.command("/say")
    async def say(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=modal())

    @app.view("words")
    async def words(ack: AsyncAck) -> None:
        await ack()

    async def flow() -> float:
        began = time.perf_counter()
        await maya.types("/say")
        await maya.waits_for_form()
        await maya.submits(words="Hello")
        return time.perf_counter() - began

    async with connected():
        fastest = min([await flow() for _ in range(4)])

    assert fastest < FLOW_SECONDS


async def test_it_starts_at_once() -> None:
    began = time.perf_counter()
    async with Playground(MANIFEST, MEMBERS):
        assert time.perf_counter() - began < START_SECONDS
