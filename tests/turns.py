"""Whose turn it is to hear something, whatever the pace."""

from datetime import datetime

from bot.domain.pace import POSTS
from bot.usecases.ports import Sending


async def whose_turn(records: Sending, now: datetime, limit: int) -> list[tuple[str, str]]:
    """Claim turns; return the people (person id, program id) in their order."""
    return [member for turn in await records.claim_turns(POSTS, now, limit) for member in turn.people]
