"""What a pair's year is made of, beside meetings and goals, in memory."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import TypeVar

from bot.domain.agreements import Agreement
from bot.domain.appointments import Appointment, Promise
from bot.domain.drafts import Draft
from bot.domain.endings import Ending, Handover, PhaseMove, Rematch
from bot.domain.goals import Goal, GoalMove
from bot.domain.meetings import Correction
from bot.domain.replies import Reply
from bot.rehearsal.shelf import Shelf

T = TypeVar("T")


class MemoryYear:
    """The pair's year."""

    shelf: Shelf

    def _new_id(self) -> str:
        raise NotImplementedError

    async def look_now(self, now: datetime, *, pair_id: str | None = None, person_id: str | None = None) -> None:
        raise NotImplementedError

    # -- what they agree on ---------------------------------------------------------------------------------------

    async def agreements(self, pair_id: str) -> list[Agreement]:
        own = (one for one in self.shelf.agreements.values() if one.pair_id == pair_id)
        return sorted(own, key=lambda one: one.version)

    async def put_agreement(self, agreement: Agreement) -> Agreement:
        known = self.shelf.agreements.get((agreement.pair_id, agreement.version))
        written = replace(agreement, id=known.id if known else agreement.id or self._new_id())
        self.shelf.agreements[agreement.pair_id, agreement.version] = written
        self.shelf.forget(agreement.pair_id)
        return written

    async def remove_agreement(self, agreement_id: str) -> None:
        for place, one in list(self.shelf.agreements.items()):
            if one.id == agreement_id:
                del self.shelf.agreements[place]
                self.shelf.forget(one.pair_id)

    async def put_rhythm(self, pair_id: str, rhythm: str) -> None:
        self.shelf.pairs[pair_id] = replace(self.shelf.pairs[pair_id], rhythm=rhythm)
        self.shelf.forget()

    async def draft(self, person_id: str, form: str, subject: str) -> Draft | None:
        return self.shelf.drafts.get((person_id, form, subject))

    async def put_draft(self, draft: Draft) -> None:
        self.shelf.drafts[draft.person_id, draft.form, draft.subject] = draft

    async def drop_draft(self, person_id: str, form: str, subject: str) -> None:
        self.shelf.drafts.pop((person_id, form, subject), None)

    # -- what they do ---------------------------------------------------------------------------------------------

    async def goals_of(self, pair_ids: Collection[str]) -> dict[str, list[Goal]]:
        return _by((goal.pair_id, goal) for goal in self.shelf.goals.values() if goal.pair_id in pair_ids)

    async def goal_moves(self, pair_id: str) -> list[GoalMove]:
        own = {goal.id for goal in self.shelf.goals.values() if goal.pair_id == pair_id}
        return _in_order(move for move in self.shelf.goal_moves if move.goal_id in own and self._counts(move))

    async def said_at_meetings(self, pair_ids: Collection[str]) -> dict[str, list[GoalMove]]:
        own = {goal.id for goal in self.shelf.goals.values() if goal.pair_id in pair_ids}
        said = _in_order(move for move in self.shelf.goal_moves if move.goal_id in own and move.meeting_id)
        return _by((move.meeting_id or "", move) for move in said)

    def _counts(self, move: GoalMove) -> bool:
        meeting = self.shelf.meetings.get(move.meeting_id or "")
        return meeting is None or meeting.counts

    async def add_goal_move(self, move: GoalMove) -> None:
        self.shelf.goal_moves.append(replace(move, id=self._new_id()))

    async def remove_goal_move(self, move_id: str) -> None:
        self.shelf.goal_moves[:] = [move for move in self.shelf.goal_moves if move.id != move_id]

    async def corrections(self, meeting_ids: Collection[str]) -> dict[str, list[Correction]]:
        return _by((one.meeting_id, one) for one in self.shelf.corrections if one.meeting_id in meeting_ids)

    async def add_correction(self, correction: Correction) -> None:
        self.shelf.corrections.append(replace(correction, id=self._new_id()))

    async def remove_correction(self, correction_id: str) -> None:
        self.shelf.corrections[:] = [one for one in self.shelf.corrections if one.id != correction_id]

    async def appointment(self, appointment_id: str) -> Appointment | None:
        return self.shelf.appointments.get(appointment_id)

    async def appointments(self, pair_id: str) -> list[Appointment]:
        own = (one for one in self.shelf.appointments.values() if one.pair_id == pair_id)
        return sorted(own, key=lambda one: (one.starts, one.id))

    async def put_appointment(self, appointment: Appointment) -> Appointment:
        written = replace(appointment, id=appointment.id or self._new_id())
        self.shelf.appointments[written.id] = written
        self.shelf.forget(written.pair_id)
        return written

    async def promise(self, promise_id: str) -> Promise | None:
        return self.shelf.promises.get(promise_id)

    async def promises(self, pair_ids: Collection[str]) -> dict[str, list[Promise]]:
        return _by((one.pair_id, one) for one in self.shelf.promises.values() if one.pair_id in pair_ids)

    async def put_promise(self, promise: Promise) -> Promise:
        written = replace(promise, id=promise.id or self._new_id())
        self.shelf.promises[written.id] = written
        return written

    async def remove_promise(self, promise_id: str) -> None:
        self.shelf.promises.pop(promise_id, None)

    # -- what they say, and what changes a pair -------------------------------------------------------------------

    async def replies(self, pair_ids: Collection[str]) -> dict[str, list[Reply]]:
        found = (one for one in self.shelf.replies.values() if one.pair_id in pair_ids)
        return _by((one.pair_id, one) for one in sorted(found, key=lambda reply: (reply.at, reply.id)))

    async def put_reply(self, reply: Reply) -> None:
        key = (reply.pair_id, reply.person_id, reply.question.value, reply.occurrence)
        known = self.shelf.replies.get(key)
        self.shelf.replies[key] = replace(reply, id=known.id if known else self._new_id())
        self.shelf.forget(reply.pair_id)

    async def put_ending(self, ending: Ending) -> Ending:
        written = replace(ending, id=ending.id or self._new_id())
        self.shelf.endings[written.id] = written
        self.shelf.forget(written.pair_id)
        return written

    async def endings(self, pair_id: str) -> list[Ending]:
        return [one for one in self.shelf.endings.values() if one.pair_id == pair_id]

    async def end_pair(self, pair_id: str, last_day: date | None, now: datetime) -> None:
        self.shelf.pairs[pair_id] = replace(self.shelf.pairs[pair_id], ends=last_day)
        self.shelf.forget()
        await self._look_at_all_of(pair_id, now)

    async def rematches(self, program_id: str) -> list[Rematch]:
        return [one for one in self.shelf.rematches.values() if one.program_id == program_id]

    async def put_rematch(self, rematch: Rematch) -> Rematch:
        known = self.shelf.rematches.get((rematch.pair_id, rematch.person_id))
        written = replace(rematch, id=known.id if known else rematch.id or self._new_id())
        self.shelf.rematches[rematch.pair_id, rematch.person_id] = written
        return written

    async def handovers(self, pair_id: str) -> list[Handover]:
        return [one for one in self.shelf.handovers if one.pair_id == pair_id]

    async def hand_over(self, handover: Handover) -> None:
        self.shelf.handovers.append(replace(handover, id=self._new_id()))
        await self._look_at_all_of(handover.pair_id, handover.at)
        row = self.shelf.pairs[handover.pair_id]
        self.shelf.pairs[row.id] = replace(row, liaison_id=handover.to_id)
        self.shelf.forget()
        await self._look_at_all_of(handover.pair_id, handover.at)

    async def phase_moves(self, pair_id: str) -> list[PhaseMove]:
        return [one for one in self.shelf.phase_moves if one.pair_id == pair_id]

    async def add_phase_move(self, move: PhaseMove) -> None:
        self.shelf.phase_moves.append(replace(move, id=self._new_id()))
        self.shelf.forget(move.pair_id)
        await self._look_at_all_of(move.pair_id, move.at)

    async def put_pair_channel(self, pair_id: str, channel: str) -> None:
        self.shelf.channels[pair_id] = channel
        self.shelf.forget(pair_id)

    async def _look_at_all_of(self, pair_id: str, now: datetime) -> None:
        row = self.shelf.pairs[pair_id]
        for person_id in filter(None, (row.mentor_id, row.mentee_id, row.liaison_id)):
            await self.look_now(now, person_id=person_id, pair_id=pair_id)


def _in_order(moves: Iterable[GoalMove]) -> list[GoalMove]:
    return sorted(moves, key=lambda move: (move.at, move.id))


def _by(found: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    sorted_out: defaultdict[str, list[T]] = defaultdict(list)
    for key, one in found:
        sorted_out[key].append(one)
    return dict(sorted_out)
