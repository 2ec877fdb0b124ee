"""The agenda: what is to be looked at again, and when."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    ScalarSelect,
    Update,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
    union,
    update,
)

from bot.domain.nudges import Nudge
from bot.domain.pace import POSTS
from bot.domain.people import Member, Pair
from bot.store.rows import nudge_values
from bot.store.sheets import Rows, sheet_of
from bot.store.snapshots import Snapshots, is_around
from bot.store.tables import OPEN, SENDING, UNKNOWN, agenda, announcements, notes, nudges, paces, pairs, workspaces
from bot.store.texts import among
from bot.store.transaction import Insert, due_now, insert_many
from bot.usecases.ports import Look

SLOT = ("program_id", "rule", "subject", "occurrence", "person_id")
RENEWED = ("state", "lane", "not_before", "too_late", "pair_id", "facts")


class SqlPlanning(Snapshots):
    """The agenda, on a database."""

    async def claim_looks(self, now: datetime, limit: int) -> list[Look]:
        rows = await self._rows(DUE_LOOKS, {"now": now, "most": limit})
        return [Look(row.id, row.program_id, row.pair_id, row.person_id) for row in rows]

    async def looked_at(self, looks: Collection[Look]) -> dict[str, Pair | Member]:
        of_member = {(look.person_id, look.program_id): look.id for look in looks if look.person_id}
        of_pair = {look.pair_id: look.id for look in looks if look.pair_id}
        held = await self._member_rows(person_id for person_id, _ in of_member)
        theirs = await self._pair_rows_around(held, of_pair)
        found, around = await self._load_members_and_pairs(held, theirs)
        subjects: dict[str, Pair | Member] = {of_pair[pair.id]: pair for pair in around if pair.id in of_pair}
        for member in found:
            if look_id := of_member.get((member.person.id, member.program.id)):
                subjects[look_id] = member
        return subjects

    async def members_by_id(self, ids: Collection[tuple[str, str]]) -> dict[tuple[str, str], Member]:
        held = await self._member_rows(person_id for person_id, _ in ids)
        found = await self._load_members(held, await self._pair_rows_around(held))
        return {key: found[key] for key in ids if key in found}

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
        put = opening_where_new(tuple(values[0]), self._dialect)
        return (await self._fill(put, nudges, values)).rowcount

    async def look_again(self, looks: Sequence[tuple[Look, datetime | None]]) -> None:
        if not looks:
            return
        rows = [{"id": look.id, "due_at": due} for look, due in looks]
        await self._fill(looking_again(self._dialect), agenda, rows)

    async def look_now(self, now: datetime, *, pair_id: str | None = None, person_id: str | None = None) -> None:
        if person_id is not None:
            pair_ids = [pair_id] if pair_id is not None else []
            values = {"person_ids": self._listed([person_id]), "pair_ids": self._listed(pair_ids)}
            await self._do(person_due_now(self._dialect), {"now": now, **values})
            await self._do(HELD_DUE_NOW, {"now": now, "held_by": person_id})
        elif pair_id is not None:
            await self._do(PAIR_DUE_NOW, {"now": now, "pair": pair_id})

    async def look_at_all(self, program_id: str, now: datetime) -> None:
        await self._do(ALL_DUE_NOW, {"now": now, "program": program_id})

    async def next_due(self) -> datetime | None:
        (row,) = await self._rows(NEXT_DUE)
        return _first_of(row)

    async def anything_to_do(self, now: datetime) -> bool:
        (row,) = await self._rows(TO_DO)
        due = _first_of(row[1:])
        return row.announcing or (due is not None and due <= now)


def _earliest(moment: ColumnElement[Any], *where: ColumnElement[bool]) -> ScalarSelect[Any]:
    return select(moment).where(*where).order_by(moment).limit(1).scalar_subquery()


def _next_turn() -> ScalarSelect[Any]:
    """Return when the oldest open nudge can go: when it is due, or when its workspace's rest is over.

    Where a workspace is stopped, nothing goes. Both are asked of the first rows of an index only, row by row; as joins
    they would have the database read all open nudges.
    """
    theirs = and_(paces.c.workspace_id == nudges.c.workspace_id, paces.c.method == POSTS)
    rested = case((paces.c.resumes_at > nudges.c.not_before, paces.c.resumes_at), else_=nudges.c.not_before)
    at = func.coalesce(select(rested).where(theirs).scalar_subquery(), nudges.c.not_before)
    open_ones = select(at).where(nudges.c.state == OPEN, nudges.c.workspace_id.not_in(STOPPED))
    return open_ones.order_by(nudges.c.not_before).limit(1).scalar_subquery()


STOPPED = select(workspaces.c.id).where(workspaces.c.stopped != "")
DUE_LOOKS = (
    select(agenda.c.id, agenda.c.program_id, agenda.c.pair_id, agenda.c.person_id)
    .where(agenda.c.due_at <= bindparam("now"))
    .order_by(agenda.c.due_at, agenda.c.id)
    .limit(bindparam("most", type_=Integer))
    .with_for_update(skip_locked=True)
)
HELD_DUE_NOW = (
    update(nudges)
    .where(nudges.c.person_id == bindparam("held_by"), nudges.c.state == OPEN)
    .where(nudges.c.not_before > bindparam("now", type_=nudges.c.not_before.type))
    .values(not_before=bindparam("now", type_=nudges.c.not_before.type))
)
THE_TWO = union(*(select(pairs.c[name]).where(pairs.c.id == bindparam("pair")) for name in ("mentor_id", "mentee_id")))
PAIR_DUE_NOW = due_now(or_(agenda.c.pair_id == bindparam("pair"), agenda.c.person_id.in_(THE_TWO)))
ALL_DUE_NOW = due_now(agenda.c.program_id == bindparam("program"))
DUE = (
    _earliest(agenda.c.due_at, agenda.c.due_at.is_not(None)).label("look"),
    _next_turn().label("turn"),
    _earliest(notes.c.lease_until, notes.c.state == SENDING).label("lease"),
    _earliest(
        notes.c.look_at,
        notes.c.state == UNKNOWN,
        notes.c.look_at.is_not(None),
        notes.c.workspace_id.not_in(STOPPED),
    ).label("doubt"),
)
NEXT_DUE = select(*DUE)
TO_DO = select(exists().where(announcements.c.done.is_(False)).label("announcing"), *DUE)


@cache
def person_due_now(dialect: str) -> Update:
    """Make the rows of `person_ids`, of all their pairs and of `pair_ids` due at `now`."""
    theirs = select(pairs.c.id).where(is_around(dialect))
    return due_now(or_(among(agenda.c.person_id, "person_ids", dialect), agenda.c.pair_id.in_(theirs)))


@cache
def looking_again(dialect: str) -> Update:
    """Set when each row of a sheet is due next."""
    sheet = sheet_of(agenda, ("id", "due_at"), dialect)
    return update(agenda).where(agenda.c.id == sheet.c.id).values(due_at=sheet.c.due_at)


@cache
def opening_where_new(names: tuple[str, ...], dialect: str) -> Insert:
    """Insert nudges whose slot is new, and open those again that were withdrawn, or whose days have moved on."""
    insert = insert_many(nudges, names, dialect)
    moved_on = and_(nudges.c.state.in_((OPEN, "lapsed")), nudges.c.too_late < insert.excluded.too_late)
    return insert.on_conflict_do_update(
        index_elements=list(SLOT),
        set_={name: insert.excluded[name] for name in RENEWED},
        where=or_(nudges.c.state == "withdrawn", moved_on),
    )


def _first_of(moments: Iterable[datetime | None]) -> datetime | None:
    return min((moment for moment in moments if moment is not None), default=None)


def _slot(nudge: Nudge) -> tuple[str, ...]:
    """Return what makes a nudge the same, in the words of SLOT."""
    slot = nudge.slot
    return nudge.program_id, slot.rule, slot.subject, slot.occurrence, nudge.person_id
