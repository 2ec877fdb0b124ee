"""Nudges and notes: what is open, what is on its way, what has arrived."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, Select, Update, bindparam, insert, null, or_, select, union_all, update

from bot.domain.notes import SETTLING, Later, Outcome, Refused, Sent, SentNote, Unknown
from bot.domain.nudges import Lane, Nudge
from bot.store.doubts import SqlDoubts
from bot.store.rows import AnyRow, nudge_of, zone_named
from bot.store.tables import OPEN, SENDING, UNKNOWN, heard, notes, nudges, people, programs
from bot.store.texts import among
from bot.store.transaction import workspace_of
from bot.usecases.ports import Started

MAY_HAVE_ARRIVED = ("sending", "sent", "unknown")
BY_SLOT = (nudges.c.rule, nudges.c.subject, nudges.c.occurrence, nudges.c.person)


class SqlSending(SqlDoubts):
    """Nudges and notes, on a database."""

    async def open_nudges(self, people: Collection[tuple[str, str]], now: datetime) -> list[Nudge]:
        wanted, (person_ids, program_ids) = set(people), zip(*people, strict=True) if people else ((), ())
        values = {"person_ids": self._listed(person_ids), "program_ids": self._listed(program_ids), "now": now}
        rows = await self._rows(open_nudges_of(self._dialect), values)
        return [nudge_of(row) for row in rows if (row.person_id, row.program_id) in wanted]

    async def spoken_days(self, person_ids: Collection[str], since: datetime) -> dict[str, tuple[date, ...]]:
        days: defaultdict[str, set[date]] = defaultdict(set)
        values = {"person_ids": self._listed(person_ids), "since": since}
        for row in await self._rows(spoken_to(self._dialect), values):
            zone = zone_named(row.zone, zone_named(row.program_zone or "UTC"))
            days[row.person_id].add(row.at.astimezone(zone).date())
        return {person_id: tuple(sorted(found)) for person_id, found in days.items()}

    async def hold(self, until: Mapping[str, datetime]) -> None:
        if not until:
            return
        await self._do(HELD, [{"nudge": nudge_id, "until": moment} for nudge_id, moment in sorted(until.items())])

    async def close_nudges(self, nudge_ids: Collection[str], state: str) -> None:
        await self._do(closed(self._dialect), {"nudge_ids": self._listed(nudge_ids), "end": state})

    async def start_notes(self, started: Sequence[Started], *, now: datetime, lease_until: datetime) -> None:
        if not started:
            return
        same = {"state": "sending", "started_at": now, "lease_until": lease_until}
        rows = [
            {
                "id": one.note.id,
                "program": one.note.program_id,
                "person_id": one.note.person_id,
                "lane": int(one.note.lane),
            }
            for one in started
        ]
        await self._do(STARTED, [row | same for row in rows])
        held = sorted((nudge_id, one.note.id) for one in started for nudge_id in one.nudge_ids)
        if held:
            await self._do(NOTED, [{"nudge": nudge_id, "note": note_id} for nudge_id, note_id in held])

    async def settle_notes(self, outcomes: Mapping[str, Outcome], now: datetime) -> None:
        arrived = {note_id: outcome for note_id, outcome in outcomes.items() if isinstance(outcome, Sent)}
        if arrived:
            await self._settle_sent(arrived, now)
        for note_id, outcome in outcomes.items():
            if not isinstance(outcome, Sent):
                await self._settle_other(note_id, outcome, now)

    async def _settle_sent(self, arrived: Mapping[str, Sent], now: datetime) -> None:
        await self._do(
            ARRIVED,
            [{"note": n, "where": sent.channel, "when": sent.ts, "now": now} for n, sent in sorted(arrived.items())],
        )

    async def _settle_other(self, note_id: str, outcome: Outcome, now: datetime) -> None:
        on_its_way = update(notes).where(notes.c.id == note_id, notes.c.state == SENDING).values(settled_at=now)
        held = update(nudges).where(nudges.c.note_id == note_id, nudges.c.state == "noted")
        match outcome:
            case Later(until, reason):
                if await self._count(on_its_way.values(state="later", reason=reason)):
                    await self._do(held.values(state="open", not_before=until, note_id=None))
            case Refused(reason, whose="workspace"):
                if await self._count(on_its_way.values(state="later", reason=reason)):
                    await self._do(held.values(state="open", note_id=None))
            case Refused(reason):
                if await self._count(on_its_way.values(state="refused", reason=reason)):
                    await self._do(held.values(state="refused"))
            case Unknown(reason):
                await self._do(on_its_way.values(state="unknown", reason=reason, look_at=now + SETTLING))

    async def put_channels(self, channels: Mapping[str, str]) -> None:
        if channels:
            await self._do(CHANNEL_FOUND, [{"person": who, "where": where} for who, where in sorted(channels.items())])

    async def sent_notes(self, person_id: str, limit: int) -> list[SentNote]:
        newest = (
            select(notes.c.id, notes.c.started_at, notes.c.state)
            .where(notes.c.person_id == person_id, notes.c.state.not_in(("later", "absent")))
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


# -- the statements of sending: built once -------------------------------------------------------------------------

STARTED = insert(notes).values(
    program_id=bindparam("program"), workspace_id=workspace_of(programs, bindparam("program"))
)
OPEN_ONE = update(nudges).where(nudges.c.id == bindparam("nudge"), nudges.c.state == OPEN)
HELD = OPEN_ONE.values(not_before=bindparam("until"))
NOTED = OPEN_ONE.values(state="noted", note_id=bindparam("note"))
ARRIVED = (
    update(notes)
    .where(notes.c.id == bindparam("note"), or_(notes.c.state == SENDING, notes.c.state == UNKNOWN))
    .values(channel=bindparam("where"), ts=bindparam("when"), settled_at=bindparam("now"))
    .values(state="sent", reason="", look_at=None)
)
CHANNEL_FOUND = update(people).where(people.c.id == bindparam("person")).values(channel=bindparam("where"))


@cache
def open_nudges_of(dialect: str) -> Select[Any]:
    """Choose what is due to any of `person_ids` in any of `program_ids`; locked: nobody withdraws it meanwhile."""
    theirs = among(nudges.c.person_id, "person_ids", dialect), among(nudges.c.program_id, "program_ids", dialect)
    due = select(nudges).where(nudges.c.state == OPEN, nudges.c.not_before <= bindparam("now"), *theirs)
    return due.order_by(nudges.c.person_id, *BY_SLOT).with_for_update()


@cache
def spoken_to(dialect: str) -> CompoundSelect[Any]:
    """Choose what was said to `person_ids` from `since` on, without announcements: what these records tell, and what
    conversations told, after a backup was made of them.
    """
    noted = (
        select(notes.c.person_id, notes.c.started_at.label("at"), people.c.zone, programs.c.zone.label("program_zone"))
        .join(people, people.c.id == notes.c.person_id)
        .join(programs, programs.c.id == notes.c.program_id)
        .where(among(notes.c.person_id, "person_ids", dialect), notes.c.started_at >= bindparam("since"))
        .where(notes.c.state.in_(MAY_HAVE_ARRIVED), notes.c.lane != int(Lane.ANNOUNCEMENT))
    )
    found = (
        select(heard.c.person_id, heard.c.spoken_at, people.c.zone, null())
        .join(people, people.c.id == heard.c.person_id)
        .where(among(heard.c.person_id, "person_ids", dialect), heard.c.spoken_at >= bindparam("since"))
    )
    return union_all(noted, found)


@cache
def closed(dialect: str) -> Update:
    """Let the open ones of `nudge_ids` end."""
    open_ones = update(nudges).where(among(nudges.c.id, "nudge_ids", dialect), nudges.c.state == OPEN)
    return open_ones.values(state=bindparam("end"))
