"""What the records tell who runs Tandem: read whenever somebody asks, in one short transaction."""

from collections.abc import Callable
from datetime import datetime

from bot.domain.pace import Pace
from bot.operating.figures import Facts, PaceSeen
from bot.usecases.ports import Store

SECONDS_A_MINUTE = 60


async def read_facts(store: Store, now: Callable[[], datetime]) -> Facts:
    """Read how many notes are in doubt or stuck, how long the oldest open nudge has been due, and all paces."""
    moment = now()
    async with store.begin() as records:
        trouble = await records.trouble(moment)
        paces = await records.all_paces()
    waiting = (moment - trouble.oldest_due).total_seconds() if trouble.oldest_due else 0.0
    return Facts(
        unknown=trouble.unknown + trouble.undecided,
        stuck=trouble.stuck,
        oldest_age=max(waiting, 0.0),
        paces=[_seen(pace, moment) for pace in paces],
    )


def _seen(pace: Pace, now: datetime) -> PaceSeen:
    rests = max((pace.resumes_at - now).total_seconds(), 0.0)
    return PaceSeen(pace.workspace_id, pace.method, pace.rate * SECONDS_A_MINUTE, rests)
