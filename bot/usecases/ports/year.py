"""What a pair's year is made of, beside meetings and goals."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Protocol

from bot.domain.agreements import Agreement
from bot.domain.appointments import Appointment, Promise
from bot.domain.drafts import Draft
from bot.domain.endings import Ending, Handover, PhaseMove, Rematch
from bot.domain.goals import Goal, GoalMove
from bot.domain.meetings import Correction
from bot.domain.replies import Reply


class PairsYear(Protocol):
    """What a pair's year is made of, beside meetings and goals."""

    async def agreements(self, pair_id: str) -> list[Agreement]:
        """Return all versions of a pair's agreement, the first one first."""

    async def put_agreement(self, agreement: Agreement) -> Agreement:
        """Write a version, new or changed: a pair has each version once."""

    async def remove_agreement(self, agreement_id: str) -> None:
        """Take out a version that nobody is bound by; safe to call twice."""

    async def put_rhythm(self, pair_id: str, rhythm: str) -> None:
        """Write how often a pair means to meet; "" for the program's rhythm."""

    async def draft(self, person_id: str, form: str, subject: str) -> Draft | None:
        """Return what a person has typed into a form and not sent."""

    async def put_draft(self, draft: Draft) -> None:
        """Keep what a person has typed; the newest takes the place of what was kept."""

    async def drop_draft(self, person_id: str, form: str, subject: str) -> None:
        """Forget what was typed; safe to call twice."""

    async def goals_of(self, pair_ids: Collection[str]) -> dict[str, list[Goal]]:
        """Return the goals of these pairs, oldest first; a pair without any is left out."""

    async def goal_moves(self, pair_id: str) -> list[GoalMove]:
        """Return the stories of a pair's goals, oldest first, without what was said at meetings that do not count."""

    async def said_at_meetings(self, pair_ids: Collection[str]) -> dict[str, list[GoalMove]]:
        """Return what these pairs said of goals at meetings that count or do not, oldest first, by the meeting's id."""

    async def add_goal_move(self, move: GoalMove) -> None:
        """Add a line to a goal's story."""

    async def remove_goal_move(self, move_id: str) -> None:
        """Take a line out of a goal's story; safe to call twice."""

    async def corrections(self, meeting_ids: Collection[str]) -> dict[str, list[Correction]]:
        """Return what was put right about meetings, oldest first; a meeting without any is left out."""

    async def add_correction(self, correction: Correction) -> None:
        """Add what was put right."""

    async def remove_correction(self, correction_id: str) -> None:
        """Take back what was put right; safe to call twice."""

    async def appointment(self, appointment_id: str) -> Appointment | None:
        """Return an appointment by its id."""

    async def appointments(self, pair_id: str) -> list[Appointment]:
        """Return all appointments of a pair, whatever became of them, by their moment."""

    async def put_appointment(self, appointment: Appointment) -> Appointment:
        """Write an appointment, new (id "") or changed."""

    async def promise(self, promise_id: str) -> Promise | None:
        """Return a promise by its id."""

    async def promises(self, pair_ids: Collection[str]) -> dict[str, list[Promise]]:
        """Return all promises of these pairs, oldest first; a pair without any is left out."""

    async def put_promise(self, promise: Promise) -> Promise:
        """Write a promise, new (id "") or changed."""

    async def remove_promise(self, promise_id: str) -> None:
        """Remove a promise; safe to call twice."""

    async def replies(self, pair_ids: Collection[str]) -> dict[str, list[Reply]]:
        """Return what these pairs have said to the program's questions, oldest first; without who said nothing."""

    async def put_reply(self, reply: Reply) -> None:
        """Write what somebody said; it takes the place of what they said to the same question before."""

    async def put_ending(self, ending: Ending) -> Ending:
        """Write an early ending, new (id "") or changed."""

    async def endings(self, pair_id: str) -> list[Ending]:
        """Return the early endings that were asked for, oldest first."""

    async def end_pair(self, pair_id: str, last_day: date | None, now: datetime) -> None:
        """Let a pair's last day be that one; None: the program's. All who belong to it are looked at again."""

    async def rematches(self, program_id: str) -> list[Rematch]:
        """Return the requests for a new partner in a program, oldest first."""

    async def put_rematch(self, rematch: Rematch) -> Rematch:
        """Write a request, new (id "") or changed; a person asks once after each pair."""

    async def handovers(self, pair_id: str) -> list[Handover]:
        """Return who followed a pair until when, oldest first."""

    async def hand_over(self, handover: Handover) -> None:
        """Give a pair to another liaison. All who belong to it or follow it, then or now, are looked at again."""

    async def phase_moves(self, pair_id: str) -> list[PhaseMove]:
        """Return where a liaison has moved a pair's phases, oldest first."""

    async def add_phase_move(self, move: PhaseMove) -> None:
        """Let a phase begin on another day for one pair."""

    async def put_pair_channel(self, pair_id: str, channel: str) -> None:
        """Write the conversation of the two of a pair with Tandem."""
