"""What a rehearsal keeps in memory: everything that the store keeps in tables."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.agreements import Agreement
from bot.domain.announcements import Announcement
from bot.domain.appointments import Appointment, Promise
from bot.domain.drafts import Draft
from bot.domain.endings import Ending, Handover, PhaseMove, Rematch
from bot.domain.goals import Goal, GoalMove
from bot.domain.meetings import Correction, Meeting
from bot.domain.notes import Note
from bot.domain.nudges import Lane, Nudge
from bot.domain.pace import Pace
from bot.domain.people import Answer, Pair, Person
from bot.domain.program import Program, Role
from bot.domain.replies import Reply
from bot.usecases.ports import Look, PairRow


@dataclass(slots=True)
class KeptNudge:
    """A nudge and what became of it."""

    nudge: Nudge
    state: str = "open"
    note_id: str | None = None


@dataclass(slots=True)
class KeptNote:
    """A note, when it was begun, what became of it and which nudges it holds."""

    note: Note
    at: datetime
    state: str
    nudge_ids: tuple[str, ...]
    lease_until: datetime
    look_at: datetime | None = None

    @property
    def counts(self) -> bool:
        """Tell whether it spends the person's budget: it went out, or may have, and is no announcement."""
        return self.state in ("sending", "sent", "unknown") and self.note.lane is not Lane.ANNOUNCEMENT


@dataclass(slots=True)
class Shelf:
    """Everything that is kept."""

    programs: dict[str, Program] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    roles: dict[tuple[str, str], frozenset[Role]] = field(default_factory=dict)
    pairs: dict[str, PairRow] = field(default_factory=dict)
    meetings: dict[str, Meeting] = field(default_factory=dict)
    goals: dict[str, Goal] = field(default_factory=dict)
    answers: list[Answer] = field(default_factory=list)
    agreements: dict[tuple[str, int], Agreement] = field(default_factory=dict)
    drafts: dict[tuple[str, str, str], Draft] = field(default_factory=dict)
    goal_moves: list[GoalMove] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    appointments: dict[str, Appointment] = field(default_factory=dict)
    promises: dict[str, Promise] = field(default_factory=dict)
    replies: dict[tuple[str, str, str, str], Reply] = field(default_factory=dict)
    endings: dict[str, Ending] = field(default_factory=dict)
    rematches: dict[tuple[str, str], Rematch] = field(default_factory=dict)
    handovers: list[Handover] = field(default_factory=list)
    phase_moves: list[PhaseMove] = field(default_factory=list)
    channels: dict[str, str] = field(default_factory=dict)
    agenda: dict[Look, datetime | None] = field(default_factory=dict)
    nudges: dict[str, KeptNudge] = field(default_factory=dict)
    by_slot: dict[tuple[str, object], str] = field(default_factory=dict)
    open_ids: dict[str, None] = field(default_factory=dict)
    notes: dict[str, KeptNote] = field(default_factory=dict)
    notes_of: dict[str, list[KeptNote]] = field(default_factory=dict)
    sending: dict[str, KeptNote] = field(default_factory=dict)
    doubtful: dict[str, KeptNote] = field(default_factory=dict)
    paces: dict[str, Pace] = field(default_factory=dict)
    heard: dict[str, dict[str, datetime | None]] = field(default_factory=dict)
    stopped: str = ""
    announcements: dict[str, Announcement] = field(default_factory=dict)
    events: set[str] = field(default_factory=set)
    known_pairs: dict[str, Pair] = field(default_factory=dict)
    pairs_of: dict[str, list[PairRow]] = field(default_factory=dict)

    def coordinators(self, program_id: str) -> list[str]:
        """Return who coordinates a program, by id."""
        held = self.roles.items()
        return [who for (program, who), roles in held if program == program_id and Role.COORDINATOR in roles]

    def covered_by(self, person_id: str) -> list[PairRow]:
        """Return the pairs that somebody stands in for, since messages do not reach their liaison."""
        held = self.roles.items()
        theirs = {program for (program, who), roles in held if who == person_id and Role.COORDINATOR in roles}
        return [row for row in self.pairs.values() if row.program_id in theirs and self._is_alone(row, person_id)]

    def _is_alone(self, row: PairRow, person_id: str) -> bool:
        if row.liaison_id is None or {row.liaison_id, person_id} & {row.mentor_id, row.mentee_id}:
            return False
        return not self.people[row.liaison_id].can_be_reached and self.people[person_id].can_be_reached

    def forget(self, pair_id: str | None = None) -> None:
        """Let go of what was worked out about a pair, or about all, since something of it has changed."""
        if pair_id is None:
            self.known_pairs.clear()
            self.pairs_of.clear()
        else:
            self.known_pairs.pop(pair_id, None)
