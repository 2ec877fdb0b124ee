"""What needs a person's eye, over all workspaces: for who runs Tandem."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select

from bot.store.rows import workspace_of, zone_named
from bot.store.snapshots import Snapshots, people_where
from bot.store.tables import OPEN, SENDING, UNKNOWN, members, notes, nudges, people, programs, workspaces
from bot.usecases.ports import Trouble, Workspace


class SqlTroubles(Snapshots):
    """What is wrong, on a database."""

    async def trouble(self, now: datetime) -> Trouble:
        running = await self._running_programs(now)
        in_them = select(members.c.person_id).where(self._among(members.c.program_id, running))
        without = await self._load_people(people_where(people.c.slack_id.is_(None) & people.c.id.in_(in_them)))
        unreachable = await self._load_people(people_where(people.c.unreachable != ""))
        return Trouble(
            stuck=await self._stuck(now),
            unknown=await self._unknown(notes.c.look_at.is_not(None)),
            undecided=await self._unknown(notes.c.look_at.is_(None)),
            refused=await self._refused(),
            without_slack=tuple(without.everybody()),
            unreachable=tuple(unreachable.everybody()),
            oldest_due=await self._oldest_due(now),
            stopped=await self._stopped(),
        )

    async def _running_programs(self, now: datetime) -> list[str]:
        """Return the programs that are under way, each by the calendar of its own zone."""
        spans = select(programs.c.id, programs.c.zone, programs.c.first_day, programs.c.last_day)

        def today(zone: str) -> date:
            return now.astimezone(zone_named(zone)).date()

        return [row.id for row in await self._rows(spans) if row.first_day <= today(row.zone) <= row.last_day]

    async def _stuck(self, now: datetime) -> int:
        lapsed = select(func.count()).where(notes.c.state == SENDING, notes.c.lease_until < now)
        return int((await self._rows(lapsed))[0][0])

    async def _unknown(self, chosen: ColumnElement[bool]) -> int:
        unknown = select(func.count()).where(notes.c.state == UNKNOWN, chosen)
        return int((await self._rows(unknown))[0][0])

    async def _refused(self) -> dict[str, int]:
        by_reason = select(notes.c.reason, func.count().label("number")).where(notes.c.state == "refused")
        rows = await self._rows(by_reason.group_by(notes.c.reason).order_by(notes.c.reason))
        return {row.reason: row.number for row in rows}

    async def _oldest_due(self, now: datetime) -> datetime | None:
        due = select(nudges.c.not_before).where(nudges.c.state == OPEN, nudges.c.not_before < now)
        row = await self._first(due.order_by(nudges.c.not_before).limit(1))
        return row.not_before if row else None

    async def _stopped(self) -> tuple[Workspace, ...]:
        rows = await self._rows(select(workspaces).where(workspaces.c.stopped != "").order_by(workspaces.c.id))
        return tuple(workspace_of(row) for row in rows)
