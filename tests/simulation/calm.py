"""The same year, calmly: what everybody would have heard if nothing had gone wrong.

It is played with the records in memory, without Slack, line or disk, so that the two plays share the rules and words
and nothing of delivery.
"""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from bot.domain.announcements import Announcement, Progress
from bot.domain.notes import Absent, Doubt, Finding, Lease, Note, Outcome, Refused, Sent
from bot.domain.people import Person
from bot.rehearsal.memory import MemoryStore
from bot.usecases.plan_nudges import plan_nudges
from bot.usecases.ports import HeardMarks
from bot.usecases.send_notes import send_notes
from bot.usecases.world import World
from bot.wiring import make_composer
from tests.simulation.acts import People
from tests.simulation.script import Act, Leave, Return, Script
from tests.simulation.slots import Slot, in_both_plays


@dataclass(frozen=True, slots=True)
class Expected:
    """What somebody heard in the calm play, and when."""

    slot: Slot
    at: datetime
    too_late: datetime


@dataclass(slots=True)
class Desk:
    """A courier who brings everything at once, but to people who have left."""

    gone: set[str] = field(default_factory=set)
    brought: list[Note] = field(default_factory=list)

    async def post(self, note: Note, person: Person, lease: Lease) -> Outcome:
        if person.slack_id in self.gone:
            return Refused("user_disabled", whose="person")
        self.brought.append(note)
        return Sent("calm", note.id)

    async def find(self, doubt: Doubt) -> Finding:
        return Absent()

    async def marks_since(self, slack_id: str, channel: str, since: datetime) -> HeardMarks:
        return {}

    async def works(self) -> bool:
        return True

    async def show_progress(self, announcement: Announcement, progress: Progress) -> bool:
        return True


class CalmYear:
    """The year in memory. `play` runs it once."""

    def __init__(self, script: Script, start: datetime) -> None:
        self._script = script
        self._now = start
        self._store = MemoryStore()
        self._desk = Desk()
        self._people = People(script.program, script.roster)
        ids = count(1)
        self._world = World(
            self._store,
            self._desk,
            make_composer(),
            now=lambda: self._now,
            new_id=lambda: f"note-{next(ids):06d}",
            steady=lambda: self._now.timestamp(),
        )

    async def play(self) -> list[Expected]:
        """Play the year; return what was heard, in its order."""
        await self._people.load(self._world)
        acts = list(self._script.acts)
        heard: list[Expected] = []
        while (moment := await self._next(acts)) is not None:
            self._now = max(moment, self._now)
            while acts and acts[0].at <= self._now:
                await self._perform(acts.pop(0))
            await self._tick()
            heard += [expected for note in self._desk.brought for expected in self._held(note)]
            self._desk.brought.clear()
        return heard

    async def _next(self, acts: list[Act]) -> datetime | None:
        async with self._store.begin() as records:
            due = await records.next_due()
        return min((moment for moment in (due, acts[0].at if acts else None) if moment), default=None)

    async def _perform(self, act: Act) -> None:
        user = self._people.slack_id(act.who)
        match act.deed:
            case Leave():
                self._desk.gone.add(user)
            case Return():
                self._desk.gone.discard(user)
            case _ if user in self._desk.gone:
                return
        await self._people.perform(self._world, act)

    async def _tick(self) -> None:
        while await plan_nudges(self._store, self._world.composer.prompts.all, self._now):
            pass
        while await send_notes(self._world, limit=500):
            pass

    def _held(self, note: Note) -> list[Expected]:
        """Return what a note holds, by the names that both plays share."""
        shelf = self._store.shelf
        tokens = {one.id: one.token for one in shelf.announcements.values()}
        names = {one.id: one.place for one in shelf.appointments.values()}
        names |= {one.id: str(one.day) for one in shelf.meetings.values()}
        names |= {one.id: one.what for one in shelf.promises.values()}
        nudges = [shelf.nudges[nudge_id].nudge for nudge_id in shelf.notes[note.id].nudge_ids]
        return [
            Expected(
                Slot(
                    n.slot.rule,
                    tokens.get(n.slot.subject, n.slot.subject),
                    in_both_plays(n.slot.occurrence, names),
                    n.slot.person,
                ),
                self._now,
                n.too_late,
            )
            for n in nudges
        ]


def play_calmly(script: Script, start: datetime) -> list[Expected]:
    """Return what everybody hears when nothing goes wrong."""
    return asyncio.run(CalmYear(script, start).play())
