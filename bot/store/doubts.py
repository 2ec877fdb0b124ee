"""Notes of which nobody knows whether they arrived, and what a restored backup has to hear again."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, select, union_all, update

from bot.domain.notes import SETTLING, Absent, Doubt, Finding, Later, Sent, Unreadable
from bot.domain.nudges import Lane
from bot.store.paces import SqlPaces
from bot.store.tables import SENDING, UNKNOWN, events, heard, notes, nudges, people, workspaces
from bot.store.texts import among
from bot.usecases.ports import HeardMarks, Unclear

NEVER_CAME_BACK = "the sender never came back"


class SqlDoubts(SqlPaces):
    """Doubtful notes, on a database."""

    async def give_up_leases(self, now: datetime) -> int:
        return await self._count(LAPSED, {"now": now, "settled": now + SETTLING})

    async def claim_doubts(self, now: datetime, limit: int, again_at: datetime) -> list[Doubt]:
        is_due = and_(notes.c.state == UNKNOWN, notes.c.look_at <= now)
        found = await self._lock_workspaces_of(is_due)
        if not found:
            return []
        due = (
            select(notes, people.c.slack_id, people.c.channel.label("conversation"))
            .join(people, people.c.id == notes.c.person_id)
            .where(is_due, self._among(notes.c.workspace_id, found))
            .order_by(notes.c.look_at, notes.c.id)
            .limit(limit)
        )
        rows = await self._rows(due.with_for_update(of=notes, skip_locked=True))
        taken = update(notes).where(self._among(notes.c.id, (row.id for row in rows)), notes.c.state == UNKNOWN)
        if rows:
            await self._do(taken.values(look_at=again_at))
        return [
            Doubt(r.id, r.workspace_id, r.person_id, r.slack_id or "", r.conversation, Lane(r.lane), r.started_at)
            for r in rows
        ]

    async def _lock_workspaces_of(self, chosen: ColumnElement[bool]) -> list[str]:
        """Lock workspaces before their notes, as everybody does who changes both: nobody waits in a circle."""
        doubtful = [row.workspace_id for row in await self._rows(select(notes.c.workspace_id).where(chosen).distinct())]
        if not doubtful:
            return []
        may = select(workspaces.c.id).where(self._among(workspaces.c.id, doubtful), workspaces.c.stopped == "")
        return [row.id for row in await self._rows(may.order_by(workspaces.c.id).with_for_update(key_share=True))]

    async def settle_doubt(self, note_id: str, finding: Finding, now: datetime, *, say_again: bool = False) -> None:
        unknown = update(notes).where(notes.c.id == note_id, notes.c.state == UNKNOWN)
        match finding:
            case Sent(channel, ts):
                await self._do(unknown.values(state="sent", channel=channel, ts=ts, reason="", settled_at=now))
            case Absent():
                if await self._count(unknown.values(state="absent", settled_at=now)):
                    await self._open_again(note_id, now, again=False)
            case Later(until=until):
                await self._do(unknown.values(look_at=until))
            case Unreadable() if say_again:
                await self.decide_unknown(note_id, say_again=True, now=now)
            case Unreadable(reason):
                await self._do(unknown.values(look_at=None, reason=reason))

    async def _open_again(self, note_id: str, now: datetime, *, again: bool) -> None:
        held = update(nudges).where(nudges.c.note_id == note_id, nudges.c.state == "noted")
        values: dict[str, Any] = {"state": "open", "not_before": now, "note_id": None}
        await self._do(held.values(values | ({"again": True} if again else {})))

    async def unknown_notes(self, program_id: str) -> list[Unclear]:
        waiting = select(notes).where(
            notes.c.program_id == program_id, notes.c.state == UNKNOWN, notes.c.look_at.is_(None)
        )
        rows = await self._rows(waiting.order_by(notes.c.started_at, notes.c.id))
        crowd = await self._people_by_id(row.person_id for row in rows)
        rules = await self._rules_of([row.id for row in rows])
        return [Unclear(row.id, crowd.person(row.person_id), row.started_at, tuple(rules[row.id])) for row in rows]

    async def _rules_of(self, note_ids: Collection[str]) -> dict[str, list[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        held = select(nudges.c.note_id, nudges.c.rule).where(self._among(nudges.c.note_id, note_ids))
        for row in await self._rows(held.distinct().order_by(nudges.c.note_id, nudges.c.rule)):
            found[row.note_id].append(row.rule)
        return found

    async def decide_unknown(self, note_id: str, *, say_again: bool, now: datetime) -> bool:
        unknown = update(notes).where(notes.c.id == note_id, notes.c.state == UNKNOWN)
        if not await self._count(unknown.values(state="repeated" if say_again else "let_be", settled_at=now)):
            return False
        if say_again:
            await self._open_again(note_id, now, again=True)
        return True

    # -- after a backup was restored --------------------------------------------------------------------------------

    async def heard_marks(self, person_ids: Collection[str]) -> frozenset[str]:
        found = await self._rows(heard_by(self._dialect), {"person_ids": self._listed(person_ids)})
        return frozenset(row.mark for row in found)

    async def put_heard(self, workspace_id: str, person_id: str, marks: HeardMarks, now: datetime) -> None:
        if not marks:
            return
        row = {"workspace_id": workspace_id, "person_id": person_id, "at": now}
        rows = [{**row, "mark": mark, "spoken_at": marks[mark]} for mark in sorted(marks)]
        await self._do(self._insert(heard).on_conflict_do_nothing(), rows)

    async def last_sign(self, workspace_id: str) -> datetime | None:
        own = notes.c.workspace_id == workspace_id
        until = await self._first(select(workspaces.c.stopped_at).where(workspaces.c.id == workspace_id))
        if until and until.stopped_at:  # people go on pressing buttons while the restored records are looked through
            signs = union_all(
                _newest(notes.c.started_at).where(own, notes.c.started_at <= until.stopped_at),
                _newest(events.c.at).where(events.c.at <= until.stopped_at),
            )
        else:
            signs = union_all(_newest(notes.c.started_at).where(own), _newest(events.c.at))
        newest = signs.subquery()
        row = await self._first(select(func.max(newest.c.at).label("at")))
        return row.at if row else None


LAPSED = (
    update(notes)
    .where(notes.c.state == SENDING, notes.c.lease_until <= bindparam("now"))
    .values(state="unknown", settled_at=bindparam("now"), look_at=bindparam("settled"), reason=NEVER_CAME_BACK)
)


@cache
def heard_by(dialect: str) -> Select[Any]:
    """Choose the marks that were found in the conversations of `person_ids`."""
    return select(heard.c.mark).where(among(heard.c.person_id, "person_ids", dialect))


def _newest(column: Any) -> Select[Any]:
    return select(func.max(column).label("at"))
