"""An app in JavaScript: Slack's own Bolt for node, in a process of its own."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.playground import PersonDriver, Playground
from tests.playground.apps.shapes import manifest_of
from tests.playground.parrot import MEMBERS, MORNING

HERE = Path(__file__).parent / "javascript"
NODE = shutil.which("node")
PATIENCE = 15.0  # node takes its time to start

pytestmark = pytest.mark.skipif(
    NODE is None or not (HERE / "node_modules" / "@slack" / "bolt").is_dir(),
    reason="node or @slack/bolt is not there: see tests/playground/apps/javascript/README.md",
)

MANIFEST = manifest_of(
    "Magpie",
    commands=["/find"],
    shortcuts={"look_around": "global"},
    events=["app_home_opened", "message.im"],
    scopes=["chat:write", "commands", "im:history"],
)


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    async with Playground(MANIFEST, MEMBERS, now=MORNING) as made:
        yield made


@pytest.fixture
async def maya(playground: Playground) -> AsyncIterator[PersonDriver]:
    """Maya, once Magpie is on line."""
    environment = {
        "PATH": os.environ["PATH"],
        "SLACK_API_URL": playground.api_url,
        "SLACK_BOT_TOKEN": playground.bot_token,
        "SLACK_APP_TOKEN": playground.app_token,
    }
    magpie = await asyncio.create_subprocess_exec(NODE or "node", "app.mjs", cwd=HERE, env=environment)
    try:
        await playground.until(lambda: playground.sockets.open_ends, within=PATIENCE)
        yield playground.person("U0MAYA")
    finally:
        magpie.kill()
        await magpie.wait()


async def test_a_javascript_app_gets_along_here(maya: PersonDriver) -> None:
    await maya.types("/find")
    await maya.waits_for_form()
    assert await maya.submits(what="nothing") == {"what": "Nothing is no find."}
    assert await maya.submits(what="a spoon") == {}
    await maya.waits_to_see("Found: a spoon")

    await maya.clicks("Polish")
    await maya.waits_to_see("It shines: a spoon")

    await maya.uses_shortcut("look_around")
    await maya.waits_to_see("Something glitters")

    await maya.says("hello")
    await maya.waits_to_see("Chack, <@U0MAYA>!")

    await maya.opens_home()
    assert "The nest" in maya.sees()
