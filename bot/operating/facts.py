"""What the records tell who runs Tandem: read whenever somebody asks, in one short transaction."""

from collections.abc import Callable
from datetime import datetime

from bot.operating.figures import Facts
from bot.usecases.ports import Store


async def read_facts(store: Store, now: Callable[[], datetime]) -> Facts:
    """Read how many notes are in doubt or stuck, and how long the oldest open nudge has been due."""
    moment = now()
    async with store.begin() as records:
        trouble = await records.trouble(moment)
    waiting = (moment - trouble.oldest_due).total_seconds() if trouble.oldest_due else 0.0
    return Facts(unknown=trouble.unknown, stuck=trouble.stuck, oldest_age=max(waiting, 0.0))
