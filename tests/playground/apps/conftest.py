"""How a small app meets its playground, by sockets."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import PersonDriver, Playground, Room
from tests.playground.conftest import on_line
from tests.playground.parrot import MEMBERS, MORNING

Json = dict[str, Any]
Stage = tuple[Playground, PersonDriver]
Build = Callable[[AsyncApp], None]
OnStage = Callable[[Mapping[str, Any], Build], AbstractAsyncContextManager[Stage]]

ROOMS = [Room("C0GENERAL", "general", ("U0MAYA", "U0TOM"))]


@asynccontextmanager
async def _on_stage(manifest: Mapping[str, Any], build: Build) -> AsyncIterator[Stage]:
    async with Playground(manifest, MEMBERS, rooms=ROOMS, now=MORNING) as playground:
        app = AsyncApp(client=AsyncWebClient(playground.bot_token, base_url=playground.api_url, retry_handlers=[]))
        build(app)
        async with on_line(playground, app):
            yield playground, playground.person("U0MAYA")


@pytest.fixture
def on_stage() -> OnStage:
    """Start a playground for this manifest, with the app that `build` makes; give it with Maya at her desk."""
    return _on_stage
