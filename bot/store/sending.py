"""Nudges and notes: what is open, what is on its way, what has arrived."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, insert, select, tuple_, update

from bot.domain.notes import Later, Note, Outcome, Refused, Sent, SentNote, Unknown
from bot.domain.nudges import Lane, Nudge
from bot.store.rows import AnyRow, nudge_of, zone_named
from bot.store.snapshots import Snapshots
from bot.store.tables import OPEN, SENDING, notes, nudges, people, programs
from bot.store.transaction import workspace_of

MAY_HAVE_ARRIVED = ("sending", "sent", "unknown")
BY_SLOT = (nudges.c.rule, nudges.c.subject, nudges.c.occurrence, nudges.c.person)


class SqlSending(Snapshots):
    """Nudges and notes, on a database."""

    async def claim_people(self, now: datetime, limit: int) -> list[tuple[str, str]]:
        locked = await self._lock_people(now, limit)
        due = nudges.c.state == OPEN, nudges.c.not_before <= now, self._among(nudges.c.person_id, locked)
        first = func.min(nudges.c.lane), func.min(nudges.c.not_before)
        members = select(nudges.c.person_id, nudges.c.program_id).where(*due)
        chosen: dict[str, str] = {}
        for row in await self._rows(
            members.group_by(nudges.c.person_id, nudges.c.program_id).order_by(*first, nudges.c.program_id)
        ):
            chosen.setdefault(row.person_id, row.program_id)
        return list(chosen.items())

    async def _lock_people(self, now: datetime, limit: int) -> list[str]:
        """Lock up to `limit` people with something due, what is urgent and old first, passing over who is taken.

        What is due is read again once they are locked: another worker may have been there in between.
        """
        due = (
            select(
                nudges.c.person_id,
                func.min(nudges.c.lane).label("lane"),
                func.min(nudges.c.not_before).label("first"),
            )
            .where(nudges.c.state == OPEN, nudges.c.not_before <= now)
            .group_by(nudges.c.person_id)
            .subquery()
        )
        waiting = select(people.c.id).join(due, due.c.person_id == people.c.id)
        ordered = waiting.order_by(due.c.lane, due.c.first, people.c.id).limit(limit)
        rows = await self._rows(ordered.with_for_update(of=people, skip_locked=True, key_share=True))
        return [row.id for row in rows]

    async def open_nudges(self, people: Collection[tuple[str, str]], now: datetime) -> list[Nudge]:
        theirs = tuple_(nudges.c.person_id, nudges.c.program_id).in_(sorted(set(people)))
        found = select(nudges).where(nudges.c.state == OPEN, nudges.c.not_before <= now, theirs)
        ordered = found.order_by(nudges.c.person_id, *BY_SLOT)
        return [nudge_of(row) for row in await self._rows(ordered.with_for_update())]  # nobody withdraws them meanwhile

    async def spoken_days(self, person_ids: Collection[str], since: datetime) -> dict[str, tuple[date, ...]]:
        spoken = (
            select(notes.c.person_id, notes.c.started_at, people.c.zone, programs.c.zone.label("program_zone"))
            .join(people, people.c.id == notes.c.person_id)
            .join(programs, programs.c.id == notes.c.program_id)
            .where(
                self._among(notes.c.person_id, person_ids),
                notes.c.started_at >= since,
                notes.c.state.in_(MAY_HAVE_ARRIVED),
                notes.c.lane != int(Lane.ANNOUNCEMENT),
            )
        )
        days: defaultdict[str, set[date]] = defaultdict(set)
        for row in await self._rows(spoken):
            zone = zone_named(row.zone, zone_named(row.program_zone))
            days[row.person_id].add(row.started_at.astimezone(zone).date())
        return {person_id: tuple(sorted(found)) for person_id, found in days.items()}

    async def hold(self, nudge_ids: Collection[str], until: datetime) -> None:
        await self._do(update(nudges).where(*self._still_open(nudge_ids)).values(not_before=until))

    async def close_nudges(self, nudge_ids: Collection[str], state: str) -> None:
        await self._do(update(nudges).where(*self._still_open(nudge_ids)).values(state=state))

    async def start_note(self, note: Note, nudge_ids: Collection[str], *, now: datetime, lease_until: datetime) -> None:
        started = insert(notes).values(
            id=note.id,
            workspace_id=workspace_of(programs, note.program_id),
            program_id=note.program_id,
            person_id=note.person_id,
            lane=int(note.lane),
            state="sending",
            started_at=now,
            lease_until=lease_until,
        )
        await self._do(started)
        await self._do(update(nudges).where(*self._still_open(nudge_ids)).values(state="noted", note_id=note.id))

    def _still_open(self, nudge_ids: Collection[str]) -> tuple[ColumnElement[bool], ...]:
        return self._among(nudges.c.id, nudge_ids), nudges.c.state == OPEN

    async def settle_note(self, note_id: str, outcome: Outcome, now: datetime) -> None:
        settled = update(notes).where(notes.c.id == note_id).values(settled_at=now)
        on_its_way = settled.where(notes.c.state == SENDING)
        held = update(nudges).where(nudges.c.note_id == note_id, nudges.c.state == "noted")
        match outcome:
            case Sent(channel, ts):
                arrived = settled.where(notes.c.state.in_(("sending", "unknown")))
                await self._do(arrived.values(state="sent", channel=channel, ts=ts, reason=""))
            case Later(until, reason):
                if await self._count(on_its_way.values(state="later", reason=reason)):
                    await self._do(held.values(state="open", not_before=until, note_id=None))
            case Refused(reason):
                if await self._count(on_its_way.values(state="refused", reason=reason)):
                    await self._do(held.values(state="refused"))
            case Unknown(reason):
                await self._do(on_its_way.values(state="unknown", reason=reason))

    async def give_up_leases(self, now: datetime) -> int:
        lapsed = update(notes).where(notes.c.state == SENDING, notes.c.lease_until < now)
        return await self._count(lapsed.values(state="unknown", settled_at=now, reason="the sender never came back"))

    async def sent_notes(self, person_id: str, limit: int) -> list[SentNote]:
        newest = (
            select(notes.c.id, notes.c.started_at, notes.c.state)
            .where(notes.c.person_id == person_id, notes.c.state != "later")
            .order_by(notes.c.started_at.desc(), notes.c.id.desc())
            .limit(limit)
        )
        rows = await self._rows(newest)
        held: defaultdict[str, list[AnyRow]] = defaultdict(list)
        of_them = self._among(nudges.c.note_id, (row.id for row in rows))
        for nudge in await self._rows(select(nudges).where(of_them).order_by(*BY_SLOT)):
            held[nudge.note_id].append(nudge)
        return [_sent_note(row, held[row.id]) for row in rows]


def _sent_note(row: AnyRow, held: list[AnyRow]) -> SentNote:
    slots = tuple((nudge.rule, nudge.subject, nudge.occurrence, nudge.pair_id) for nudge in held)
    return SentNote(row.id, row.started_at, row.state, slots, tuple(nudge.facts for nudge in held))
