"""What coordinators say to many, in memory."""

from dataclasses import replace

from bot.domain.announcements import Announcement, Progress
from bot.domain.nudges import Rule
from bot.rehearsal.shelf import KeptNudge, Shelf


class MemoryAnnouncements:
    """Announcements."""

    shelf: Shelf

    def _new_id(self) -> str:
        raise NotImplementedError

    async def put_announcement(self, announcement: Announcement) -> tuple[Announcement, bool]:
        known = next((a for a in self.shelf.announcements.values() if a.token == announcement.token), None)
        if known is not None and not announcement.id:
            return known, False
        written = replace(announcement, id=announcement.id or self._new_id())
        self.shelf.announcements[written.id] = written
        return written, known is None

    async def announcement(self, announcement_id: str) -> Announcement | None:
        return self.shelf.announcements.get(announcement_id)

    async def announcements_under_way(self) -> list[Announcement]:
        return [announcement for announcement in self.shelf.announcements.values() if not announcement.done]

    async def stop_announcement(self, announcement_id: str) -> int:
        copies = self._copies(announcement_id)
        waiting = [kept for kept in copies if kept.state == "open"]
        for kept in waiting:
            kept.state = "stopped"
            self.shelf.open_ids.pop(kept.nudge.id, None)
        return len(waiting)

    async def progress(self, announcement_id: str) -> Progress:
        states = [(self._state_of(kept), kept.nudge.person_id) for kept in self._copies(announcement_id)]
        missed = sorted(self.shelf.people[person].name for state, person in states if state == "failed")
        counted = [state for state, _ in states]
        return Progress(
            counted.count("waiting"),
            counted.count("sent"),
            counted.count("failed"),
            tuple(missed),
            counted.count("stopped"),
        )

    def _copies(self, announcement_id: str) -> list[KeptNudge]:
        kept = self.shelf.nudges.values()
        return [k for k in kept if k.nudge.slot.rule == Rule.ANNOUNCEMENT and k.nudge.slot.subject == announcement_id]

    def _state_of(self, kept: KeptNudge) -> str:
        if kept.state in ("open", "stopped"):
            return "waiting" if kept.state == "open" else "stopped"
        note = self.shelf.notes.get(kept.note_id or "")
        if note and note.state == "unknown" and note.look_at is not None:
            return "waiting"  # until it was looked for
        by_note = {"sending": "waiting", "sent": "sent"}
        return by_note.get(note.state, "failed") if note and kept.state == "noted" else "failed"
