"""People leave the workspace and come back; the app is removed; every event that we ask for is acknowledged."""

from datetime import timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.manifest import read_manifest
from bot.playground.wire import interactions
from tests.stories.conftest import Stage
from tests.stories.people import Desk

EVENTS: dict[str, dict[str, Any]] = {
    "app_home_opened": {"type": "app_home_opened", "user": "U0MAYA", "channel": "D1", "tab": "messages"},
    "app_uninstalled": {"type": "app_uninstalled"},
    "message.im": {
        "type": "message",
        "channel_type": "im",
        "user": "U0MAYA",
        "channel": "D1",
        "text": "hi",
        "ts": "1.1",
    },
    "tokens_revoked": {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U0BOT"]}},
    "user_change": {"type": "user_change", "user": {"id": "U0MAYA", "deleted": False, "name": "maya"}},
}


async def test_who_leaves_is_not_written_to_until_they_are_back(stage: Stage, maya: Desk, tom: Desk) -> None:
    await stage.playground.deactivate("U0MAYA")
    await stage.settled()
    assert (await stage.records.person("maya")).unreachable == "deactivated"

    await stage.tick(stage.now + timedelta(days=4))
    assert maya.messages == []
    assert tom.messages != []

    await stage.playground.reactivate("U0MAYA")
    await stage.settled()
    assert (await stage.records.person("maya")).unreachable == ""
    await stage.tick(stage.now + timedelta(days=7))
    assert maya.messages != []


async def test_a_new_name_in_slack_leaves_the_rosters_name_and_zone(stage: Stage) -> None:
    before = await stage.records.person("maya")

    await stage.playground.change("U0MAYA", real_name="Maya O.", tz="Asia/Tokyo")
    await stage.settled()

    assert await stage.records.person("maya") == before


async def test_a_stranger_who_leaves_is_nobodys_concern(stage: Stage) -> None:
    with capture_logs() as logs:
        await stage.playground.deactivate("U0STRANGER")
        await stage.settled()

    assert [entry["event"] for entry in logs] == []


async def test_the_removal_of_the_app_rings_an_alarm(stage: Stage) -> None:
    with capture_logs() as logs:
        await stage.playground.uninstall()
        await stage.settled()

    alarms = {entry["event"] for entry in logs if entry["log_level"] == "error"}
    assert {"app_uninstalled", "tokens_revoked"} <= alarms
    assert "bug" not in alarms
    assert "xox" not in str(logs)


@pytest.mark.parametrize("kind", read_manifest().events)
async def test_every_event_that_the_manifest_asks_for_is_acknowledged(stage: Stage, kind: str) -> None:
    event = interactions.event(stage.playground.slack, EVENTS[kind])

    with capture_logs() as logs:
        assert await stage.playground.slack.deliveries.tell(event)
        await stage.settled()

    assert "bug" not in [entry["event"] for entry in logs]
