"""What coordinators say to many."""

from typing import Protocol

from bot.domain.announcements import Announcement, Progress


class Announcements(Protocol):
    """What coordinators say to many."""

    async def put_announcement(self, announcement: Announcement) -> tuple[Announcement, bool]:
        """Write an announcement, new (by its `token`) or changed. Return it, and whether it was new."""

    async def announcement(self, announcement_id: str) -> Announcement | None:
        """Return an announcement by its id."""

    async def announcements_under_way(self) -> list[Announcement]:
        """Return those whose progress line is not final."""

    async def stop_announcement(self, announcement_id: str) -> int:
        """Take back the copies that are still open, for good; return how many."""

    async def progress(self, announcement_id: str) -> Progress:
        """Count the copies of an announcement by what became of them, and name who could not be reached."""
