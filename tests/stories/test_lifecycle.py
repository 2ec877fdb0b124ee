"""People leave the workspace and come back; the app is removed; every event that we ask for is acknowledged."""

from datetime import timedelta
from typing import Any

import pytest
from pydantic import SecretStr
from structlog.testing import capture_logs

from bot.manifest import read_manifest
from bot.playground.wire import interactions
from bot.wiring import open_tandem
from scheduler.jobs import tick, wake
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


async def test_the_liaison_hears_once_of_who_has_left(stage: Stage, lena: Desk, tom: Desk, ada: Desk) -> None:
    refused = {"error": "user_disabled"}
    stage.playground.fail("chat.postMessage", how=refused, when=lambda args: args["channel"] == "U0MAYA")
    await stage.tick()  # a refused message tells of it first
    await stage.playground.deactivate("U0MAYA")  # and then Slack itself
    await stage.settled()

    await stage.tick(stage.now + timedelta(days=10))

    told = [message["text"] for message in lena.messages if "cannot reach *Maya Okafor*" in message["text"]]
    assert len(told) == 1
    assert "the account is closed" in told[0]
    assert all("cannot reach" not in message["text"] for desk in (tom, ada) for message in desk.messages)


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


async def stopped(stage: Stage) -> list[str]:
    async with stage.tandem.store.begin() as records:
        return [workspace.stopped for workspace in await records.workspaces()]


@pytest.mark.parametrize(("token_first", "why"), [(True, "token_revoked"), (False, "app_uninstalled")])
async def test_once_the_app_is_removed_nothing_is_sent(stage: Stage, token_first: bool, why: str) -> None:
    await stage.playground.uninstall(token_first=token_first)
    await stage.settled()
    called = len(stage.calls("chat.postMessage"))

    await stage.tick()
    await stage.tick(stage.now + timedelta(minutes=30))

    assert await stopped(stage) == [why]
    assert len(stage.calls("chat.postMessage")) == called


async def test_the_tokens_of_people_are_none_of_ours(stage: Stage, maya: Desk) -> None:
    event = {"type": "tokens_revoked", "tokens": {"oauth": ["U0MAYA"], "bot": []}}
    await stage.playground.slack.deliveries.tell(interactions.event(stage.playground.slack, event))
    await stage.settled()

    await stage.tick()

    assert await stopped(stage) == [""]
    assert maya.messages != []


async def test_installed_again_it_goes_on_and_nothing_is_lost(stage: Stage, maya: Desk) -> None:
    await stage.playground.uninstall()
    await stage.settled()
    await stage.tick()
    await wake(stage.tandem)
    assert await stopped(stage) == ["token_revoked"]  # Slack does not take the token yet

    settings = stage.settings.model_copy(update={"slack_bot_token": SecretStr(stage.playground.install())})
    async with open_tandem(settings, stage.playground.clock.now) as anew:
        await wake(anew)
        await tick(anew)

    assert await stopped(stage) == [""]
    assert [message["text"].split(",")[0] for message in maya.messages] == ["It has been 15 days since the start"]


@pytest.mark.parametrize("kind", read_manifest().events)
async def test_every_event_that_the_manifest_asks_for_is_acknowledged(stage: Stage, kind: str) -> None:
    event = interactions.event(stage.playground.slack, EVENTS[kind])

    with capture_logs() as logs:
        assert await stage.playground.slack.deliveries.tell(event)
        await stage.settled()

    assert "bug" not in [entry["event"] for entry in logs]


async def test_the_partner_of_who_has_left_sees_since_when_and_what_happens_next(stage: Stage, tom: Desk) -> None:
    await stage.playground.deactivate("U0MAYA")
    await stage.settled()
    await stage.tick(stage.now + timedelta(days=3))

    told = [message["text"] for message in tom.messages if "Messages do not reach Maya in Slack" in message["text"]]
    assert len(told) == 1
    assert "Lena, your liaison, knows and will be in touch with you." in told[0]
    await tom.types("/mentoring")
    assert "Messages have not reached Maya in Slack since Friday, June 16." in tom.reading
    await tom.opens_home()
    assert "Messages have not reached Maya in Slack since Friday, June 16." in str(tom.home)


async def test_their_reminders_rest_and_when_the_partner_is_back_they_hear_so_once(stage: Stage, tom: Desk) -> None:
    await stage.playground.deactivate("U0MAYA")
    await stage.settled()
    await stage.tick(stage.now + timedelta(days=30))
    assert not [message for message in tom.messages if "your rhythm with Maya" in message["text"]]

    await stage.playground.reactivate("U0MAYA")
    await stage.settled()
    await stage.tick(stage.now + timedelta(days=4))

    back = [message["text"] for message in tom.messages if "messages reach Maya in Slack again" in message["text"]]
    assert len(back) == 1
    await tom.types("/mentoring")
    assert "have not reached" not in tom.reading
