"""A stage for planning and sending: either store, a courier that does as it is told, a clock that the test moves."""

from asyncio import sleep
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

from bot.content.prompts import Prompts
from bot.content.words import load_words
from bot.domain.announcements import Announcement, Progress
from bot.domain.notes import Absent, Doubt, Finding, Later, Lease, Note, Outcome, Sent, Unreadable
from bot.domain.people import Member, Pair, Person, Preferences
from bot.rehearsal.memory import MemoryStore
from bot.store import SqlStore, make_engine
from bot.store.tables import metadata
from bot.usecases.compose_note import Composer
from bot.usecases.load_program import load_program
from bot.usecases.look_up import look_up
from bot.usecases.plan_nudges import plan_nudges
from bot.usecases.ports import HeardMarks, Store
from bot.usecases.send_notes import send_notes
from bot.usecases.world import World
from tests.domain.cast import CHICAGO
from tests.small_program import DESIGN, ROSTER, small_program

TEAM = "T0TANDEM"
STORES = ("memory", "sqlite")


def at(month: int, day: int, hour: int, minute: int = 0, *, year: int = 2017) -> datetime:
    """A moment on Chicago's clock."""
    return datetime(year, month, day, hour, minute, tzinfo=CHICAGO).astimezone(UTC)


@dataclass
class Desk:
    """A courier that answers as the test says, and else brings everything; it keeps what it was given."""

    answers: dict[str, list[Outcome]] = field(default_factory=lambda: defaultdict(list))
    given: list[tuple[str, Note]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    looked: list[str] = field(default_factory=list)
    token_works: bool = True
    heard_at: datetime | None = None

    async def post(self, note: Note, person: Person, lease: Lease) -> Outcome:
        self.given.append((person.key, note))
        waiting = self.answers[person.key]
        return waiting.pop(0) if waiting else Sent("D0", f"{len(self.given)}.0")

    async def find(self, doubt: Doubt) -> Finding:
        self.looked.append(doubt.note_id)
        await sleep(0)  # another worker may come in between
        return self.findings.pop(0) if self.findings else Absent()

    async def marks_since(self, slack_id: str, channel: str, since: datetime) -> HeardMarks | Unreadable | Later:
        return {mark: self.heard_at for _, note in self.given for mark in note.marks}

    async def works(self) -> bool:
        return self.token_works

    async def show_progress(self, announcement: Announcement, progress: Progress) -> bool:
        raise NotImplementedError


class Stage:
    """The small program on one of the stores, without prompts unless a test brings some."""

    def __init__(self, store: Store, prompts: Prompts | None = None) -> None:
        self.now = at(5, 30, 12)
        self.desk = Desk()
        self.store = store
        self._ids = count(1)
        self.composer = Composer(load_words(), prompts or Prompts((), {}))
        self.use(self.desk)

    def use(self, desk: Desk) -> None:
        """Let another courier bring the notes."""
        self.desk = desk
        self.world = World(self.store, desk, self.composer, lambda: self.now, self.new_id, lambda: self.now.timestamp())

    def new_id(self) -> str:
        """Return the id of the next note."""
        return f"note-{next(self._ids)}"

    async def load(self, design: str = DESIGN, roster: str = ROSTER) -> None:
        """Load a program, or load it anew."""
        async with self.store.begin() as records:
            workspace = await records.workspace(TEAM)
            await load_program(records, workspace.id, *small_program(design, roster), self.now)

    async def member(self, key: str) -> Member:
        """Return somebody's membership in the program that began last."""
        async with self.store.begin() as records:
            workspace = await records.workspace(TEAM)
            person = next(person for person in await records.people(workspace.id) if person.key == key)
            programs = await records.programs(workspace.id)
            found = await records.members_by_id({(person.id, program.id) for program in programs})
        return max(found.values(), key=lambda member: member.program.span.first)

    async def pair(self, key: str) -> Pair:
        """Return a pair of any program."""
        async with self.store.begin() as records:
            workspace = await records.workspace(TEAM)
            programs = await records.programs(workspace.id)
            pairs = [pair for program in programs for pair in await records.pairs(program.id)]
        return next(pair for pair in pairs if pair.key == key)

    async def prefers(self, key: str, preferences: Preferences) -> None:
        """Let somebody change their settings."""
        person = (await self.member(key)).person
        async with self.store.begin() as records:
            await records.put_preferences(person.id, preferences)

    # -- the scheduler ------------------------------------------------------------------------------------------------

    async def plan(self) -> int:
        """Plan once; return how many rows were due."""
        return await plan_nudges(self.store, self.composer.prompts.all, self.now)

    async def send(self) -> int:
        """Send once; return how many people had something due."""
        return await send_notes(self.world)

    async def look_up(self) -> int:
        """Look for doubtful notes once; return how many were due."""
        return await look_up(self.world)

    async def tick(self) -> None:
        """Plan and send until nothing is due; a tick that never ends fails."""
        for do in (self.look_up, self.plan, self.send):
            for _ in range(50):
                if not await do():
                    break
            else:
                raise AssertionError("a busy loop: the same rows are due again and again")

    async def walk(self, until: datetime) -> None:
        """Let time pass from one thing due to the next, as a scheduler that is always awake would."""
        for _ in range(5000):
            await self.tick()
            if (due := await self._next_due()) == self.now:  # a refusal has changed what is to be said
                await self.tick()
                due = await self._next_due()
            if due is None or due > until:
                self.now = until
                return
            assert due > self.now, "a busy loop: what is due now was not dealt with"
            self.now = due
        raise AssertionError("a busy loop: the end never comes")

    async def _next_due(self) -> datetime | None:
        async with self.store.begin() as records:
            return await records.next_due()

    async def sleep(self, until: datetime) -> None:
        """Let time pass while the scheduler is down; then tick."""
        self.now = until
        await self.tick()

    # -- what was said ------------------------------------------------------------------------------------------------

    def heard(self, key: str) -> list[list[str]]:
        """Return the kinds of parts in each note that was given to the courier for somebody."""
        return [[part.rule for part in note.parts] for who, note in self.desk.given if who == key]

    def texts(self, key: str) -> list[str]:
        """Return the notes that were given to the courier for somebody."""
        return [note.text for who, note in self.desk.given if who == key]

    def forget(self) -> None:
        """Begin to listen anew."""
        self.desk.given.clear()


@asynccontextmanager
async def opened(kind: str) -> AsyncIterator[Store]:
    """Open an empty store: "memory" or "sqlite"."""
    if kind == "memory":
        yield MemoryStore()
        return
    engine = make_engine("sqlite://")
    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    yield SqlStore(engine)
    await engine.dispose()


A_DAY = timedelta(days=1)
