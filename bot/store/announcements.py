"""What coordinators say to many."""

from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select, update

from bot.domain.announcements import Announcement, Progress
from bot.domain.nudges import Rule
from bot.store.rows import announcement_of, announcement_values
from bot.store.tables import announcements, notes, nudges, people, programs
from bot.store.transaction import Transaction, workspace_of

FATE = case(
    (nudges.c.state == "open", "waiting"),
    (nudges.c.state == "stopped", "stopped"),
    (and_(nudges.c.state == "noted", notes.c.state == "sending"), "waiting"),
    (and_(nudges.c.state == "noted", notes.c.state == "unknown", notes.c.look_at.is_not(None)), "waiting"),
    (and_(nudges.c.state == "noted", notes.c.state == "sent"), "sent"),
    else_="failed",
)


class SqlAnnouncements(Transaction):
    """Announcements, on a database."""

    async def put_announcement(self, announcement: Announcement) -> tuple[Announcement, bool]:
        values = {
            **announcement_values(announcement),
            "workspace_id": workspace_of(programs, announcement.program_id),
        }
        if announcement.id:
            await self._put(announcements, {**values, "id": announcement.id}, unique=("id",))
            return announcement, False
        new = self._insert(announcements).values({**values, "id": self._new_id()})
        row = await self._first(
            new.on_conflict_do_nothing(index_elements=["program_id", "token"]).returning(announcements.c.id)
        )
        if row is not None:
            return replace(announcement, id=row.id), True
        same = and_(announcements.c.program_id == announcement.program_id, announcements.c.token == announcement.token)
        return announcement_of((await self._rows(select(announcements).where(same)))[0]), False

    async def announcement(self, announcement_id: str) -> Announcement | None:
        row = await self._first(select(announcements).where(announcements.c.id == announcement_id))
        return announcement_of(row) if row else None

    async def announcements_under_way(self) -> list[Announcement]:
        under_way = select(announcements).where(announcements.c.done.is_(False))
        ordered = under_way.order_by(announcements.c.at, announcements.c.id)
        return [announcement_of(row) for row in await self._rows(ordered)]

    async def stop_announcement(self, announcement_id: str) -> int:
        waiting = update(nudges).where(_copies(announcement_id), nudges.c.state == "open")
        return await self._count(waiting.values(state="stopped"))

    async def progress(self, announcement_id: str) -> Progress:
        counted = _fates(announcement_id, FATE.label("fate"), func.count().label("number")).group_by(FATE)
        counts = {row.fate: row.number for row in await self._rows(counted)}
        failed = _fates(announcement_id, people.c.name).join(people, people.c.id == nudges.c.person_id)
        names = await self._rows(failed.where(FATE == "failed").order_by(people.c.name))
        return Progress(
            waiting=counts.get("waiting", 0),
            sent=counts.get("sent", 0),
            failed=counts.get("failed", 0),
            unreached=tuple(row.name for row in names),
            stopped=counts.get("stopped", 0),
        )


def _copies(announcement_id: str) -> ColumnElement[bool]:
    """Choose the nudges of an announcement; its program is named so that the index of slots is used."""
    program = select(announcements.c.program_id).where(announcements.c.id == announcement_id).scalar_subquery()
    return and_(
        nudges.c.program_id == program,
        nudges.c.rule == Rule.ANNOUNCEMENT.value,
        nudges.c.subject == announcement_id,
    )


def _fates(announcement_id: str, *columns: ColumnElement[Any]) -> Select[Any]:
    with_notes = select(*columns).select_from(nudges).outerjoin(notes, notes.c.id == nudges.c.note_id)
    return with_notes.where(_copies(announcement_id))
