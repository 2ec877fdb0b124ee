"""Debit calls: what was called past the queue is taken from the workspace's pace."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.usecases.world import World


@dataclass(frozen=True, slots=True)
class Spent:
    """So many calls of a method in a workspace; `limited_until` where Slack answered 429."""

    workspace_id: str
    method: str
    calls: int = 0
    limited_until: datetime | None = None


async def debit_calls(world: World, spent: Sequence[Spent]) -> None:
    """Let the paces know: who waits in the queue waits so much longer, and nobody calls before a rest is over."""
    async with world.store.begin() as records:
        now = world.now()
        for one in sorted(spent, key=lambda one: (one.workspace_id, one.method)):
            pace = (await records.pace(one.workspace_id, one.method, now)).taken(one.calls, now)
            await records.put_paces([pace.limited(one.limited_until, now) if one.limited_until else pace])
