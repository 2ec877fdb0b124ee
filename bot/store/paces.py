"""Whose turn it is, and how fast it may go: the row of a workspace's pace is its schedule."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    Integer,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.nudges import Lane, Rule
from bot.domain.pace import UNLIMITED, Limits, Pace, Queue
from bot.store.ids import NewId
from bot.store.rows import AnyRow
from bot.store.snapshots import Snapshots
from bot.store.tables import OPEN, notes, nudges, paces, workspaces
from bot.store.texts import among
from bot.store.transaction import Insert, insert_into
from bot.usecases.ports import RESTORED, Turn

WORKSPACES_AT_ONCE = 100
BETWEEN_TWO = timedelta(seconds=1)  # messages in one conversation: Slack's own figure
ROWS_FOR_EACH = 3  # a person seldom has more nudges due than that; who has gets the next turn
WRITTEN = ("rate", "next_at", "resumes_at", "raised_at", "found", "failures")

Methods = Mapping[str, Limits]


class SqlPaces(Snapshots):
    """Turns and paces, on a database."""

    def __init__(self, connection: AsyncConnection, new_id: NewId, limits: Methods) -> None:
        super().__init__(connection, new_id)
        self._limits = limits

    async def claim_turns(self, method: str, now: datetime, limit: int) -> list[Turn]:
        turns: list[Turn] = []
        for pace in await self._who_may_be_called(method, now):
            people = await self._next_people(pace, now, min(pace.turns(now), limit))
            if people:
                turns.append(Turn(pace, people))
                limit -= len(people)
            if limit <= 0:
                break
        return turns

    async def _who_may_be_called(self, method: str, now: datetime) -> list[Pace]:
        """Lock workspaces with something due that may be called, and return their paces, who waits longest first.

        The paces are read once the workspaces are locked, by a statement of its own: another worker may have been
        there in between.
        """
        if await self._first(ANYTHING_DUE, {"now": now}) is None:
            return []
        locked = [row.id for row in await self._rows(MAY_BE_CALLED, {"method": method, "now": now})]
        known = await self._paces_of(locked, method, now)
        may_be_called = [pace for pace in known if pace.turns(now)]
        return sorted(may_be_called, key=lambda pace: (pace.next_at, pace.workspace_id))

    async def next_turn(self, method: str, now: datetime) -> datetime | None:
        if await self._first(ANYTHING_DUE, {"now": now}) is None:
            return None
        row = await self._first(NEXT_TURN, {"method": method, "now": now})
        return None if row is None else max(row.at or now, now)

    async def _paces_of(self, workspace_ids: Collection[str], method: str, now: datetime) -> list[Pace]:
        values = {"workspace_ids": self._listed(workspace_ids), "method": method}
        rows = {row.workspace_id: row for row in await self._rows(paces_of(self._dialect), values)}
        limits = self._limits.get(method, UNLIMITED)
        return [
            _pace_of(rows[workspace_id], limits)
            if workspace_id in rows
            else Pace.fresh(workspace_id, method, now, limits)
            for workspace_id in workspace_ids
        ]

    async def _next_people(self, pace: Pace, now: datetime, most: int) -> tuple[tuple[str, str], ...]:
        """Return whose turn it is in a workspace: the urgent first, then who has waited longest."""
        query = TURNS if pace.limits == UNLIMITED else RESTED_TURNS
        values = {"workspace": pace.workspace_id, "now": now, "rested": now - BETWEEN_TWO, "most": most * ROWS_FOR_EACH}
        chosen: dict[str, str] = {}
        for row in await self._rows(query, values):
            chosen.setdefault(row.person_id, row.program_id)
        return tuple(chosen.items())[:most]

    async def pace(self, workspace_id: str, method: str, now: datetime) -> Pace:
        await self._rows(LOCKED, {"workspace": workspace_id})
        (pace,) = await self._paces_of([workspace_id], method, now)
        return pace

    async def queue(self, program_id: str, method: str, now: datetime, announcement_id: str = "") -> Queue:
        workspace_id = (await self._workspaces_of({program_id}))[program_id]
        own = and_(nudges.c.rule == Rule.ANNOUNCEMENT.value, nudges.c.subject == announcement_id)
        due = select(func.count().label("due"), func.count(case((own, 1))).label("own")).where(
            nudges.c.workspace_id == workspace_id, nudges.c.state == OPEN, nudges.c.not_before <= now
        )
        (pace,) = await self._paces_of([workspace_id], method, now)
        (row,) = await self._rows(due)
        return Queue(pace, row.due, row.own)

    async def all_paces(self) -> tuple[Pace, ...]:
        rows = await self._rows(select(paces).order_by(paces.c.workspace_id, paces.c.method))
        return tuple(_pace_of(row, self._limits.get(row.method, UNLIMITED)) for row in rows)

    async def put_paces(self, paces_taken: Collection[Pace]) -> None:
        if not paces_taken:
            return
        ordered = sorted(paces_taken, key=lambda pace: (pace.workspace_id, pace.method))
        await self._do(written(self._dialect), [_values(pace) for pace in ordered])

    async def stop_workspace(self, workspace_id: str, reason: str, now: datetime) -> bool:
        may = workspaces.c.stopped != RESTORED if reason == RESTORED else workspaces.c.stopped == ""
        stopped = update(workspaces).where(workspaces.c.id == workspace_id, may)
        return bool(await self._count(stopped.values(stopped=reason, stopped_at=now)))

    async def start_workspace(self, workspace_id: str) -> None:
        started = update(workspaces).where(workspaces.c.id == workspace_id)
        await self._do(started.values(stopped="", stopped_at=None))


def _pace_of(row: AnyRow, limits: Limits) -> Pace:
    """Return a pace within today's limits, whatever they were when it was written."""
    found = Pace(row.workspace_id, row.method, **{name: getattr(row, name) for name in WRITTEN}, limits=limits)
    return replace(found, rate=min(max(found.rate, limits.least), limits.most))


def _values(pace: Pace) -> dict[str, object]:
    names = {name: getattr(pace, name) for name in WRITTEN}
    return {"workspace_id": pace.workspace_id, "method": pace.method, **names}


def _turns(*, rested: bool) -> Select[Any]:
    """Choose the first rows of each lane in a workspace: four short walks along an index, however much is due."""
    now, most = bindparam("now", type_=nudges.c.not_before.type), bindparam("most", type_=Integer)
    lanes = [_lane(lane, now, most, rested=rested) for lane in Lane]
    every = union_all(*(select(lane.subquery()) for lane in lanes)).subquery()
    return select(every).order_by(every.c.lane, every.c.not_before, every.c.person_id, every.c.program_id)


def _lane(lane: Lane, now: Any, most: Any, *, rested: bool) -> Select[Any]:
    number = literal(int(lane), literal_execute=True)
    chosen = (
        select(nudges.c.person_id, nudges.c.program_id, nudges.c.lane, nudges.c.not_before)
        .where(nudges.c.workspace_id == bindparam("workspace"), nudges.c.state == OPEN)
        .where(nudges.c.lane == number, nudges.c.not_before <= now)
        .order_by(nudges.c.not_before)
        .limit(most)
    )
    if not rested:
        return chosen
    since = bindparam("rested", type_=notes.c.started_at.type)
    return chosen.where(~exists().where(notes.c.person_id == nudges.c.person_id, notes.c.started_at > since))


NOW = bindparam("now", type_=nudges.c.not_before.type)
SOMETHING_DUE = exists().where(
    nudges.c.workspace_id == workspaces.c.id, nudges.c.state == OPEN, nudges.c.not_before <= NOW
)
WITH_PACES = workspaces.outerjoin(
    paces, and_(paces.c.workspace_id == workspaces.c.id, paces.c.method == bindparam("method"))
)
MAY_BE_CALLED = (
    select(workspaces.c.id)
    .select_from(WITH_PACES)
    .where(workspaces.c.stopped == "", SOMETHING_DUE)
    .where(or_(paces.c.next_at.is_(None), and_(paces.c.next_at <= NOW, paces.c.resumes_at <= NOW)))
    .order_by(paces.c.next_at.asc().nulls_first(), workspaces.c.id)
    .limit(WORKSPACES_AT_ONCE)
    .with_for_update(of=workspaces, skip_locked=True, key_share=True)
)
RESTED = case((paces.c.resumes_at > paces.c.next_at, paces.c.resumes_at), else_=paces.c.next_at)
NEXT_TURN = (
    select(RESTED.label("at"))
    .select_from(WITH_PACES)
    .where(workspaces.c.stopped == "", SOMETHING_DUE)
    .order_by(RESTED.asc().nulls_first())
    .limit(1)
)
LOCKED = select(workspaces.c.id).where(workspaces.c.id == bindparam("workspace")).with_for_update(key_share=True)


@cache
def paces_of(dialect: str) -> Select[Any]:
    """Choose the paces of a `method` in `workspace_ids`."""
    theirs = among(paces.c.workspace_id, "workspace_ids", dialect)
    return select(paces).where(theirs, paces.c.method == bindparam("method"))


@cache
def written(dialect: str) -> Insert:
    """Write a pace, new or changed."""
    insert = insert_into(paces, dialect)
    return insert.on_conflict_do_update(
        index_elements=["workspace_id", "method"], set_={name: insert.excluded[name] for name in WRITTEN}
    )


ANYTHING_DUE = (
    select(nudges.c.id).where(nudges.c.state == OPEN, nudges.c.not_before <= NOW).order_by(nudges.c.not_before).limit(1)
)
TURNS, RESTED_TURNS = _turns(rested=False), _turns(rested=True)
