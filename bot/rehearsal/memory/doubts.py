"""Notes of which nobody knows whether they arrived, in memory."""

from collections.abc import Collection
from datetime import datetime

from bot.domain.notes import Absent, Doubt, Finding, Later, Sent, Unreadable
from bot.rehearsal.memory.outbox import MemoryOutbox
from bot.rehearsal.shelf import KeptNote
from bot.usecases.ports import RESTORED, HeardMarks, Unclear


class MemoryDoubts(MemoryOutbox):
    """Doubtful notes."""

    async def claim_doubts(self, now: datetime, limit: int, again_at: datetime) -> list[Doubt]:
        unknown = [] if self.shelf.stopped else self._unknown()
        waiting = [kept for kept in unknown if kept.look_at is not None and kept.look_at <= now]
        taken = sorted(waiting, key=lambda kept: (kept.look_at, kept.note.id))[:limit]
        for kept in taken:
            kept.look_at = again_at
        return [self._doubt(kept) for kept in taken]

    def _unknown(self) -> list[KeptNote]:
        return [kept for kept in self.shelf.doubtful.values() if kept.state == "unknown"]

    def _doubt(self, kept: KeptNote) -> Doubt:
        person = self.shelf.people[kept.note.person_id]
        return Doubt(kept.note.id, "w", person.id, person.slack_id or "", person.channel, kept.note.lane, kept.at)

    async def settle_doubt(self, note_id: str, finding: Finding, now: datetime, *, say_again: bool = False) -> None:
        kept = self.shelf.notes[note_id]
        if kept.state != "unknown":
            return
        match finding:
            case Sent():
                kept.state = "sent"
            case Absent():
                self._end(kept, "absent", now)
            case Later(until=until):
                kept.look_at = until
            case Unreadable() if say_again:
                await self.decide_unknown(note_id, say_again=True, now=now)
            case Unreadable():
                kept.look_at = None

    async def unknown_notes(self, program_id: str) -> list[Unclear]:
        waiting = [k for k in self._unknown() if k.look_at is None and k.note.program_id == program_id]
        return [self._unclear(kept) for kept in sorted(waiting, key=lambda kept: (kept.at, kept.note.id))]

    def _unclear(self, kept: KeptNote) -> Unclear:
        rules = sorted({self.shelf.nudges[nudge_id].nudge.slot.rule for nudge_id in kept.nudge_ids})
        return Unclear(kept.note.id, self.shelf.people[kept.note.person_id], kept.at, tuple(rules))

    async def decide_unknown(self, note_id: str, *, say_again: bool, now: datetime) -> bool:
        kept = self.shelf.notes[note_id]
        if kept.state != "unknown":
            return False
        if say_again:
            self._end(kept, "repeated", now, again=True)
        else:
            kept.state = "let_be"
        return True

    async def heard_marks(self, person_ids: Collection[str]) -> frozenset[str]:
        return frozenset(mark for person_id in person_ids for mark in self.shelf.heard.get(person_id, ()))

    async def put_heard(self, workspace_id: str, person_id: str, marks: HeardMarks, now: datetime) -> None:
        self.shelf.heard[person_id] = {**marks, **self.shelf.heard.get(person_id, {})}

    async def last_sign(self, workspace_id: str) -> datetime | None:
        return max((kept.at for kept in self.shelf.notes.values()), default=None)

    async def stop_workspace(self, workspace_id: str, reason: str, now: datetime) -> bool:
        may = self.shelf.stopped != RESTORED if reason == RESTORED else not self.shelf.stopped
        self.shelf.stopped = reason if may else self.shelf.stopped
        return may

    async def start_workspace(self, workspace_id: str) -> None:
        self.shelf.stopped = ""
