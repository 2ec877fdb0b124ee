"""The agenda: what is to be looked at again, and when."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, case, exists, or_, select, update

from bot.domain.nudges import Nudge
from bot.domain.pace import POSTS
from bot.domain.people import Member, Pair
from bot.store.rows import nudge_values
from bot.store.sheets import Rows, sheet_of
from bot.store.snapshots import Snapshots
from bot.store.tables import OPEN, SENDING, UNKNOWN, agenda, members, notes, nudges, paces, pairs, workspaces
from bot.usecases.ports import Look

SLOT = ("program_id", "rule", "subject", "occurrence", "person_id")
RENEWED = ("state", "lane", "not_before", "too_late", "pair_id", "facts")


class SqlPlanning(Snapshots):
    """The agenda, on a database."""

    async def claim_looks(self, now: datetime, limit: int) -> list[Look]:
        columns = (agenda.c.id, agenda.c.program_id, agenda.c.pair_id, agenda.c.person_id)
        due = select(*columns).where(agenda.c.due_at <= now).order_by(agenda.c.due_at, agenda.c.id).limit(limit)
        return [
            Look(row.id, row.program_id, row.pair_id, row.person_id)
            for row in await self._rows(due.with_for_update(skip_locked=True))
        ]

    async def looked_at(self, looks: Collection[Look]) -> dict[str, Pair | Member]:
        of_member = {(look.person_id, look.program_id): look.id for look in looks if look.person_id}
        of_pair = {look.pair_id: look.id for look in looks if look.pair_id}
        theirs = self._pairs_around([person_id for person_id, _ in of_member], of_pair)
        found, around = await self._load_members_and_pairs(self._members_among(of_member), theirs)
        subjects: dict[str, Pair | Member] = {of_pair[pair.id]: pair for pair in around if pair.id in of_pair}
        for member in found:
            if look_id := of_member.get((member.person.id, member.program.id)):
                subjects[look_id] = member
        return subjects

    async def members_by_id(self, ids: Collection[tuple[str, str]]) -> dict[tuple[str, str], Member]:
        theirs = self._pairs_around([person_id for person_id, _ in ids])
        found = await self._load_members(self._members_among(ids), theirs)
        return {key: found[key] for key in ids if key in found}

    def _members_among(self, ids: Collection[tuple[str, str]]) -> ColumnElement[bool]:
        """Choose the members with these (person id, program id), and perhaps others of the same people."""
        return self._among(members.c.person_id, (person_id for person_id, _ in ids))

    async def put_nudges(self, nudges: Sequence[Nudge]) -> int:
        by_slot = {_slot(nudge): nudge for nudge in reversed(nudges)}
        if not by_slot:
            return 0
        of_program = await self._workspaces_of({nudge.program_id for nudge in nudges})
        in_one_order = sorted(by_slot)  # so that two planners never wait for each other in a circle
        values = [
            {**nudge_values(nudge), "id": self._new_id(), "workspace_id": of_program[nudge.program_id]}
            for nudge in map(by_slot.__getitem__, in_one_order)
        ]
        return await self._open_where_new(values)

    async def _open_where_new(self, values: Rows) -> int:
        insert = self._insert_many(nudges, values[0])
        put = insert.on_conflict_do_update(
            index_elements=list(SLOT),
            set_={name: insert.excluded[name] for name in RENEWED},
            where=nudges.c.state == "withdrawn",
        )
        return (await self._fill(put, nudges, values)).rowcount

    async def look_again(self, looks: Sequence[tuple[Look, datetime | None]]) -> None:
        if not looks:
            return
        sheet = sheet_of(agenda, ("id", "due_at"), self._connection.dialect.name)
        again = update(agenda).where(agenda.c.id == sheet.c.id).values(due_at=sheet.c.due_at)
        await self._fill(again, agenda, [{"id": look.id, "due_at": due} for look, due in looks])

    async def look_now(self, now: datetime, *, pair_id: str | None = None, person_id: str | None = None) -> None:
        chosen = []
        if pair_id is not None:
            chosen.append(agenda.c.pair_id == pair_id)
        if person_id is not None:
            theirs = select(pairs.c.id).where(self._pairs_around([person_id]))
            chosen += [agenda.c.person_id == person_id, agenda.c.pair_id.in_(theirs)]
        if chosen:
            await self._make_due(or_(*chosen), now)

    async def look_at_all(self, program_id: str, now: datetime) -> None:
        await self._make_due(agenda.c.program_id == program_id, now)

    async def next_due(self) -> datetime | None:
        row = await self._first(NEXT_DUE)
        return min((moment for moment in (row or ()) if moment is not None), default=None)


def _earliest(moment: ColumnElement[Any], *where: ColumnElement[bool]) -> ScalarSelect[Any]:
    return select(moment).where(*where).order_by(moment).limit(1).scalar_subquery()


def _next_turn() -> ScalarSelect[Any]:
    """Return when the oldest open nudge can go: when it is due, or when its workspace's rest is over.

    Where a workspace is stopped, nothing goes.
    """
    theirs = and_(paces.c.workspace_id == nudges.c.workspace_id, paces.c.method == POSTS)
    due = case((paces.c.resumes_at > nudges.c.not_before, paces.c.resumes_at), else_=nudges.c.not_before)
    stopped = exists().where(workspaces.c.id == nudges.c.workspace_id, workspaces.c.stopped != "")
    open_ones = select(due).select_from(nudges.outerjoin(paces, theirs)).where(nudges.c.state == OPEN, ~stopped)
    return open_ones.order_by(nudges.c.not_before).limit(1).scalar_subquery()


NEXT_DUE = select(
    _earliest(agenda.c.due_at, agenda.c.due_at.is_not(None)).label("look"),
    _next_turn().label("turn"),
    _earliest(notes.c.lease_until, notes.c.state == SENDING).label("lease"),
    _earliest(notes.c.look_at, notes.c.state == UNKNOWN, notes.c.look_at.is_not(None)).label("doubt"),
)


def _slot(nudge: Nudge) -> tuple[str, ...]:
    """Return what makes a nudge the same, in the words of SLOT."""
    slot = nudge.slot
    return nudge.program_id, slot.rule, slot.subject, slot.occurrence, nudge.person_id
