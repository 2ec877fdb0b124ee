"""Stop a workspace: where the app was removed or its token taken back, nothing is sent until Slack takes it again."""

import structlog

from bot.usecases.world import World

log = structlog.get_logger()


async def stop_workspace(world: World, workspace_id: str, reason: str) -> bool:
    """Send nothing to a workspace from now on, and ring the alarm; return False if it was stopped already.

    Nothing is withdrawn: what is due waits, and lapses by its own rule. `wake_workspaces` starts it again.
    """
    async with world.store.begin() as records:
        new = await records.stop_workspace(workspace_id, reason, world.now())
    if new:
        log.error("workspace_stopped", workspace=workspace_id, reason=reason)
    return new
