"""A workspace that was stopped: nothing goes out, nothing is lost, and it goes on when Slack takes the token again."""

import pytest
from structlog.testing import capture_logs

from bot.usecases.stop_workspace import stop_workspace
from bot.usecases.wake_workspaces import wake_workspaces
from tests.usecases.stage import TEAM, Stage, at


@pytest.fixture
async def stopped(stage: Stage) -> Stage:
    """The first morning, with the token revoked just before the first messages."""
    stage.now = at(6, 1, 10)
    await stage.plan()
    await stops(stage)
    return stage


async def stops(stage: Stage, reason: str = "token_revoked") -> bool:
    async with stage.store.begin() as records:
        workspace = await records.workspace(TEAM)
    return await stop_workspace(stage.world, workspace.id, reason)


async def test_nothing_is_sent_while_it_is_stopped(stopped: Stage) -> None:
    await stopped.tick()

    assert stopped.desk.given == []


async def test_as_long_as_slack_refuses_the_token_it_stays_stopped(stopped: Stage) -> None:
    stopped.desk.token_works = False

    assert await wake_workspaces(stopped.world) == 0
    await stopped.tick()

    assert stopped.desk.given == []


async def test_once_slack_takes_the_token_what_waited_is_sent_once(stopped: Stage) -> None:
    assert await wake_workspaces(stopped.world) == 1
    assert await wake_workspaces(stopped.world) == 0
    await stopped.tick()

    assert stopped.heard("tom") == [["first_move"]]


async def test_the_alarm_rings_once_however_often_it_is_told(stage: Stage) -> None:
    with capture_logs() as logs:
        assert await stops(stage)
        assert not await stops(stage, "app_uninstalled")

    assert [(entry["event"], entry["log_level"]) for entry in logs] == [("workspace_stopped", "error")]
