"""What a pair's year is made of, beside meetings and goals: one statement for each question."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, Table, delete, func, select, update

from bot.domain.agreements import Agreement
from bot.domain.appointments import Appointment, Promise
from bot.domain.drafts import Draft
from bot.domain.endings import Ending, Handover, PhaseMove, Rematch
from bot.domain.goals import Goal, GoalMove
from bot.domain.meetings import Confirmed, Correction
from bot.domain.replies import Reply
from bot.store.kept import Kept
from bot.store.planning import SqlPlanning
from bot.store.rows import goal_of
from bot.store.tables import (
    agreements,
    appointments,
    corrections,
    drafts,
    endings,
    goal_moves,
    goals,
    handovers,
    meetings,
    pairs,
    people,
    phase_moves,
    promises,
    rematches,
    replies,
)
from bot.store.transaction import workspace_of

T = TypeVar("T")

AGREEMENTS = Kept(agreements, Agreement)
DRAFTS = Kept(drafts, Draft)
GOAL_MOVES = Kept(goal_moves, GoalMove)
CORRECTIONS = Kept(corrections, Correction)
APPOINTMENTS = Kept(appointments, Appointment)
PROMISES = Kept(promises, Promise)
REPLIES = Kept(replies, Reply)
ENDINGS = Kept(endings, Ending)
REMATCHES = Kept(rematches, Rematch)
HANDOVERS = Kept(handovers, Handover)
PHASE_MOVES = Kept(phase_moves, PhaseMove)


class SqlYear(SqlPlanning):
    """The pair's year, on a database."""

    # -- what they agree on ---------------------------------------------------------------------------------------

    async def agreements(self, pair_id: str) -> list[Agreement]:
        of_pair = select(agreements).where(agreements.c.pair_id == pair_id).order_by(agreements.c.version)
        return [AGREEMENTS.read(row) for row in await self._rows(of_pair)]

    async def put_agreement(self, agreement: Agreement) -> Agreement:
        made = await self._keep(AGREEMENTS, agreement, pairs, agreement.pair_id, unique=("pair_id", "version"))
        return replace(agreement, id=made)

    async def remove_agreement(self, agreement_id: str) -> None:
        await self._do(delete(agreements).where(agreements.c.id == agreement_id))

    async def put_rhythm(self, pair_id: str, rhythm: str) -> None:
        await self._do(update(pairs).where(pairs.c.id == pair_id).values(rhythm=rhythm))

    async def draft(self, person_id: str, form: str, subject: str) -> Draft | None:
        row = await self._first(select(drafts).where(*_is_draft(person_id, form, subject)))
        return DRAFTS.read(row) if row else None

    async def put_draft(self, draft: Draft) -> None:
        values = {**DRAFTS.values(draft), "workspace_id": workspace_of(people, draft.person_id)}
        new = self._insert(drafts).values(values)
        newest = {name: new.excluded[name] for name in ("fields", "at")}
        await self._do(new.on_conflict_do_update(index_elements=["person_id", "form", "subject"], set_=newest))

    async def drop_draft(self, person_id: str, form: str, subject: str) -> None:
        await self._do(delete(drafts).where(*_is_draft(person_id, form, subject)))

    # -- what they do ---------------------------------------------------------------------------------------------

    async def goals_of(self, pair_ids: Collection[str]) -> dict[str, list[Goal]]:
        of_pairs = select(goals).where(self._among(goals.c.pair_id, pair_ids)).order_by(goals.c.set_at, goals.c.id)
        return _by(((row.pair_id, goal_of(row)) for row in await self._rows(of_pairs)) if pair_ids else ())

    async def goal_moves(self, pair_id: str) -> list[GoalMove]:
        lines = goal_moves.join(goals, goals.c.id == goal_moves.c.goal_id)
        counted = select(goal_moves).select_from(lines.outerjoin(meetings, meetings.c.id == goal_moves.c.meeting_id))
        of_pair = counted.where(
            goals.c.pair_id == pair_id, func.coalesce(meetings.c.confirmed, "") != Confirmed.DENIED.value
        )
        oldest_first = of_pair.order_by(goal_moves.c.at, goal_moves.c.id)
        return [GOAL_MOVES.read(row) for row in await self._rows(oldest_first)]

    async def said_at_meetings(self, pair_ids: Collection[str]) -> dict[str, list[GoalMove]]:
        of_pairs = select(goal_moves).join(goals, goals.c.id == goal_moves.c.goal_id)
        at_some = of_pairs.where(self._among(goals.c.pair_id, pair_ids), goal_moves.c.meeting_id.is_not(None))
        rows = await self._rows(at_some.order_by(goal_moves.c.at, goal_moves.c.id)) if pair_ids else []
        return _by((row.meeting_id, GOAL_MOVES.read(row)) for row in rows)

    async def add_goal_move(self, move: GoalMove) -> None:
        await self._keep(GOAL_MOVES, move, goals, move.goal_id)

    async def remove_goal_move(self, move_id: str) -> None:
        await self._do(delete(goal_moves).where(goal_moves.c.id == move_id))

    async def corrections(self, meeting_ids: Collection[str]) -> dict[str, list[Correction]]:
        of_them = select(corrections).where(self._among(corrections.c.meeting_id, meeting_ids))
        rows = await self._rows(of_them.order_by(corrections.c.at, corrections.c.id)) if meeting_ids else []
        return _by((row.meeting_id, CORRECTIONS.read(row)) for row in rows)

    async def add_correction(self, correction: Correction) -> None:
        await self._keep(CORRECTIONS, correction, meetings, correction.meeting_id)

    async def remove_correction(self, correction_id: str) -> None:
        await self._do(delete(corrections).where(corrections.c.id == correction_id))

    async def appointment(self, appointment_id: str) -> Appointment | None:
        row = await self._first(select(appointments).where(appointments.c.id == appointment_id))
        return APPOINTMENTS.read(row) if row else None

    async def appointments(self, pair_id: str) -> list[Appointment]:
        of_pair = select(appointments).where(appointments.c.pair_id == pair_id)
        rows = await self._rows(of_pair.order_by(appointments.c.starts, appointments.c.id))
        return [APPOINTMENTS.read(row) for row in rows]

    async def put_appointment(self, appointment: Appointment) -> Appointment:
        made = await self._keep(APPOINTMENTS, appointment, pairs, appointment.pair_id)
        return replace(appointment, id=made)

    async def promise(self, promise_id: str) -> Promise | None:
        row = await self._first(select(promises).where(promises.c.id == promise_id))
        return PROMISES.read(row) if row else None

    async def promises(self, pair_ids: Collection[str]) -> dict[str, list[Promise]]:
        of_pairs = select(promises).where(self._among(promises.c.pair_id, pair_ids))
        rows = await self._rows(of_pairs.order_by(promises.c.set_at, promises.c.id)) if pair_ids else []
        return _by((row.pair_id, PROMISES.read(row)) for row in rows)

    async def put_promise(self, promise: Promise) -> Promise:
        return replace(promise, id=await self._keep(PROMISES, promise, pairs, promise.pair_id))

    async def remove_promise(self, promise_id: str) -> None:
        await self._do(delete(promises).where(promises.c.id == promise_id))

    # -- what they say, and what changes a pair -------------------------------------------------------------------

    async def replies(self, pair_ids: Collection[str]) -> dict[str, list[Reply]]:
        of_pairs = select(replies).where(self._among(replies.c.pair_id, pair_ids)).order_by(replies.c.at, replies.c.id)
        rows = await self._rows(of_pairs) if pair_ids else []
        return _by((row.pair_id, REPLIES.read(row)) for row in rows)

    async def put_reply(self, reply: Reply) -> None:
        asked_once = ("pair_id", "person_id", "question", "occurrence")
        await self._keep(REPLIES, reply, pairs, reply.pair_id, unique=asked_once)

    async def put_ending(self, ending: Ending) -> Ending:
        return replace(ending, id=await self._keep(ENDINGS, ending, pairs, ending.pair_id))

    async def endings(self, pair_id: str) -> list[Ending]:
        of_pair = select(endings).where(endings.c.pair_id == pair_id).order_by(endings.c.asked_at, endings.c.id)
        return [ENDINGS.read(row) for row in await self._rows(of_pair)]

    async def end_pair(self, pair_id: str, last_day: date | None, now: datetime) -> None:
        await self._do(update(pairs).where(pairs.c.id == pair_id).values(ends=last_day))
        await self._look_at_all_of(pair_id, now)

    async def rematches(self, program_id: str) -> list[Rematch]:
        of_program = select(rematches).where(rematches.c.program_id == program_id)
        return [REMATCHES.read(row) for row in await self._rows(of_program.order_by(rematches.c.at, rematches.c.id))]

    async def put_rematch(self, rematch: Rematch) -> Rematch:
        made = await self._keep(REMATCHES, rematch, pairs, rematch.pair_id, unique=("pair_id", "person_id"))
        return replace(rematch, id=made)

    async def handovers(self, pair_id: str) -> list[Handover]:
        of_pair = select(handovers).where(handovers.c.pair_id == pair_id).order_by(handovers.c.at, handovers.c.id)
        return [HANDOVERS.read(row) for row in await self._rows(of_pair)]

    async def hand_over(self, handover: Handover) -> None:
        await self._keep(HANDOVERS, handover, pairs, handover.pair_id)
        await self._look_at_all_of(handover.pair_id, handover.at)
        await self._do(update(pairs).where(pairs.c.id == handover.pair_id).values(liaison_id=handover.to_id))
        await self._look_at_all_of(handover.pair_id, handover.at)

    async def phase_moves(self, pair_id: str) -> list[PhaseMove]:
        of_pair = select(phase_moves).where(phase_moves.c.pair_id == pair_id)
        return [PHASE_MOVES.read(row) for row in await self._rows(of_pair.order_by(phase_moves.c.at, phase_moves.c.id))]

    async def add_phase_move(self, move: PhaseMove) -> None:
        await self._keep(PHASE_MOVES, move, pairs, move.pair_id)
        await self._look_at_all_of(move.pair_id, move.at)

    async def put_pair_channel(self, pair_id: str, channel: str) -> None:
        await self._do(update(pairs).where(pairs.c.id == pair_id).values(channel=channel))

    # -- the ways to do it ----------------------------------------------------------------------------------------

    async def _keep(
        self, kept: Kept[T], value: T, parent: Table, parent_id: str, *, unique: Collection[str] = ()
    ) -> str:
        """Write a value that hangs on a row of `parent`; return its id."""
        values = {**kept.values(value), "workspace_id": workspace_of(parent, parent_id)}
        return await self._put(kept.table, values, unique=unique or ("id",))

    async def _look_at_all_of(self, pair_id: str, now: datetime) -> None:
        row = await self._first(
            select(pairs.c.mentor_id, pairs.c.mentee_id, pairs.c.liaison_id).where(pairs.c.id == pair_id)
        )
        for person_id in filter(None, row or ()):
            await self.look_now(now, person_id=person_id, pair_id=pair_id)


def _is_draft(person_id: str, form: str, subject: str) -> tuple[ColumnElement[bool], ...]:
    return drafts.c.person_id == person_id, drafts.c.form == form, drafts.c.subject == subject


def _by(found: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    sorted_out: defaultdict[str, list[T]] = defaultdict(list)
    for key, one in found:
        sorted_out[key].append(one)
    return dict(sorted_out)
