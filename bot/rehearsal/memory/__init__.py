"""Records that live in memory, for as long as a rehearsal lasts. They keep what the store keeps, less the disk."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from itertools import count

from bot.rehearsal.memory.agenda import MemoryAgenda
from bot.rehearsal.memory.announcements import MemoryAnnouncements
from bot.rehearsal.memory.doubts import MemoryDoubts
from bot.rehearsal.memory.pairs import MemoryPairs
from bot.rehearsal.memory.programs import MemoryPrograms
from bot.rehearsal.memory.year import MemoryYear
from bot.rehearsal.shelf import Shelf
from bot.usecases.ports import Records, Trouble


class MemoryStore:
    """A store without a disk. One transaction at a time; an error ends the rehearsal, so nothing is rolled back."""

    def __init__(self) -> None:
        self.shelf = Shelf()
        self._ids = (f"m{n:06d}" for n in count(1))

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Records]:
        """Open what stands for a transaction."""
        yield MemoryRecords(self.shelf, self._new_id)

    def _new_id(self) -> str:
        return next(self._ids)


class MemoryRecords(MemoryAgenda, MemoryDoubts, MemoryPrograms, MemoryPairs, MemoryYear, MemoryAnnouncements):
    """All of it in one transaction."""

    def __init__(self, shelf: Shelf, new_id: Callable[[], str]) -> None:
        self.shelf = shelf
        self._make_id = new_id

    def _new_id(self) -> str:
        return self._make_id()

    async def first_time(self, event: str, now: datetime) -> bool:
        new = event not in self.shelf.events
        self.shelf.events.add(event)
        return new

    async def forget_event(self, event: str) -> None:
        self.shelf.events.discard(event)

    async def trouble(self, now: datetime) -> Trouble:
        without = tuple(person for person in self.shelf.people.values() if not person.slack_id)
        gone = tuple(person for person in self.shelf.people.values() if person.unreachable)
        unknown = sum(kept.state == "unknown" for kept in self.shelf.notes.values())
        return Trouble(unknown=unknown, without_slack=without, unreachable=gone)
