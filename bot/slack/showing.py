"""Show something where the person is: in an answer that only they see, or in a window when they are on Home."""

from collections.abc import Sequence

from bot.slack import blocks as b
from bot.slack.visit import Visit


async def show(visit: Visit, title: str, shown: Sequence[b.Block]) -> None:
    """Show `shown`, which has nothing to send: a window over Home, an answer anywhere else."""
    if "view" in visit.body:
        await visit.open(b.modal("shown", title, shown, close="Done"))
    else:
        await visit.tell("", shown)
