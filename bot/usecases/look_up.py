"""Look up: notes of which nobody knows whether they arrived are looked for in their conversations.

A time-out, a cut line, an answer of 500, a process that died: Slack may have taken the message all the same. So it is
neither sent again nor forgotten. After the settling time the conversation is read: what stands there has arrived, what
does not stand there never will. Where nothing can be read, a person decides; only an escalation goes out again by
itself, and says that it may have come before.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.domain.notes import Doubt, Finding, Later
from bot.domain.nudges import Lane
from bot.domain.pace import READS, Pace, learned
from bot.usecases.ports import Records
from bot.usecases.world import World

log = structlog.get_logger()

BATCH = 20
REST_AFTER_A_BUG = timedelta(hours=1)
ANOTHER_MAY_LOOK, A_MOMENT = timedelta(minutes=2), timedelta(seconds=5)


async def look_up(world: World, limit: int = BATCH) -> int:
    """Look for up to `limit` doubtful notes; return how many were due. Any number of workers may."""
    now = world.now()
    async with world.store.begin() as records:
        await records.give_up_leases(now)
    async with world.store.begin() as records:
        doubts = await records.claim_doubts(now, limit, now + ANOTHER_MAY_LOOK)
        allowed = await _take_turns(records, doubts, now)
    findings = await asyncio.gather(*(_find(world, doubt) for doubt in allowed))
    if allowed:
        await _settle(world, list(zip(allowed, findings, strict=True)))
    return len(doubts)


async def _find(world: World, doubt: Doubt) -> Finding:
    """Look for one; a bug that one conversation meets is no reason to look for no other."""
    try:
        return await world.courier.find(doubt)
    except Exception as bug:
        log.exception("not_looked_up", kind=type(bug).__name__)
        return Later(world.now() + REST_AFTER_A_BUG, type(bug).__name__, cause="answer")


async def _take_turns(records: Records, doubts: Sequence[Doubt], now: datetime) -> list[Doubt]:
    """Return those that may be looked for at once; the others wait a moment."""
    allowed: list[Doubt] = []
    for workspace_id in sorted({doubt.workspace_id for doubt in doubts}):
        pace = await records.pace(workspace_id, READS, now)
        own = [doubt for doubt in doubts if doubt.workspace_id == workspace_id]
        turns = pace.turns(now)
        await records.put_paces([pace.taken(len(own[:turns]), now)])
        allowed += own[:turns]
        for doubt in own[turns:]:
            until = max(pace.resumes_at, now + A_MOMENT)
            await records.settle_doubt(doubt.note_id, Later(until, "its turn comes"), now)
    return allowed


async def _settle(world: World, found: Sequence[tuple[Doubt, Finding]]) -> None:
    """Record what was found. An escalation that cannot be told goes out again, and says so."""
    async with world.store.begin() as records:
        now = world.now()
        for workspace_id, pace in (await _learn(records, world, found, now)).items():
            for doubt, finding in sorted(found, key=lambda one: one[0].note_id):
                if doubt.workspace_id == workspace_id:
                    settled = _patient(finding, pace)
                    await records.settle_doubt(doubt.note_id, settled, now, say_again=doubt.lane is Lane.ESCALATION)


async def _learn(
    records: Records, world: World, found: Sequence[tuple[Doubt, Finding]], now: datetime
) -> dict[str, Pace]:
    """Let the paces learn how it went; return them by workspace."""
    paces: dict[str, Pace] = {}
    for workspace_id in sorted({doubt.workspace_id for doubt, _ in found}):
        pace = await records.pace(workspace_id, READS, now)
        for doubt, finding in found:
            if doubt.workspace_id == workspace_id:
                pace = learned(pace, finding, now, world.chance())
        paces[workspace_id] = pace
    await records.put_paces(list(paces.values()))
    return paces


def _patient(finding: Finding, pace: Pace) -> Finding:
    """Let what is to be looked for again wait as long as everybody."""
    return replace(finding, until=max(finding.until, pace.resumes_at)) if isinstance(finding, Later) else finding
