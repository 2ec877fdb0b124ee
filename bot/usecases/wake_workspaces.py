"""Wake workspaces: what was stopped because Slack refused the token goes on when Slack takes it again."""

import structlog

from bot.usecases.ports import RESTORED
from bot.usecases.world import World

log = structlog.get_logger()


async def wake_workspaces(world: World) -> int:
    """Ask Slack once where a workspace is stopped; return how many can be sent to again."""
    async with world.store.begin() as records:
        stopped = [one for one in await records.workspaces() if one.stopped not in ("", RESTORED)]
    if not stopped or not await world.courier.works():
        return 0
    async with world.store.begin() as records:
        for workspace in stopped:
            await records.start_workspace(workspace.id)
            log.info("workspace_started", workspace=workspace.id)
    return len(stopped)


__all__ = ["RESTORED", "wake_workspaces"]
