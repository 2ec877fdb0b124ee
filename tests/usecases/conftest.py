"""A world for use cases: the real records on SQLite, the small program, a clock that the test sets."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

import pytest

from bot.content.prompts import load_prompts
from bot.content.words import load_words
from bot.domain.announcements import Announcement, Progress
from bot.domain.notes import Doubt, Finding, Lease, Note, Outcome, Sent
from bot.domain.people import Pair, Person
from bot.store.engine import make_engine
from bot.store.records import SqlStore
from bot.store.tables import metadata
from bot.usecases.compose_note import Composer
from bot.usecases.plan_nudges import plan_nudges
from bot.usecases.ports import HeardMarks, Store
from bot.usecases.send_notes import send_notes
from bot.usecases.world import World
from tests.small_program import FRIDAY_MORNING, load_small_program
from tests.usecases.stage import STORES, Stage, opened


@dataclass
class Postbag:
    """A courier that brings everything at once, and keeps it."""

    brought: list[tuple[str, str]] = field(default_factory=list)

    async def post(self, note: Note, person: Person, lease: Lease) -> Outcome:
        self.brought.append((person.key, note.text))
        return Sent("D0", f"{len(self.brought)}.0")

    async def find(self, doubt: Doubt) -> Finding:
        raise NotImplementedError

    async def marks_since(self, slack_id: str, channel: str, since: datetime) -> HeardMarks:
        raise NotImplementedError

    async def works(self) -> bool:
        raise NotImplementedError

    async def show_progress(self, announcement: Announcement, progress: Progress) -> bool:
        raise NotImplementedError


class Setting:
    """The world of a test, with the few questions that tests ask."""

    def __init__(self, store: Store) -> None:
        self.now = FRIDAY_MORNING
        self.postbag = Postbag()
        ids = count(1)
        composer = Composer(load_words(), load_prompts())
        self.world = World(
            store,
            self.postbag,
            composer,
            now=lambda: self.now,
            new_id=lambda: f"note-{next(ids)}",
            steady=lambda: self.now.timestamp(),
        )

    async def pair(self, key: str) -> Pair:
        async with self.world.store.begin() as records:
            workspace = await records.workspace("T0TANDEM")
            program = (await records.programs(workspace.id))[0]
            return next(pair for pair in await records.pairs(program.id) if pair.key == key)

    async def told(self, key: str, *, within: timedelta = timedelta(0)) -> list[str]:
        """Let time pass, plan and send, and return all that this person has been told."""
        end: datetime = self.now + within
        while True:
            while await plan_nudges(self.world.store, (), self.now):
                pass
            while await send_notes(self.world):
                pass
            async with self.world.store.begin() as records:
                due = await records.next_due()
            if due is None or due > end:
                break
            self.now = max(due, self.now)
        self.now = end
        return [text for who, text in self.postbag.brought if who == key]


@pytest.fixture
async def setting() -> AsyncIterator[Setting]:
    engine = make_engine("sqlite://")
    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    store = SqlStore(engine)
    await load_small_program(store, FRIDAY_MORNING)
    yield Setting(store)
    await engine.dispose()


@pytest.fixture(params=STORES)
async def stage(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    """The small program, two days before it begins, on each of the stores."""
    async with opened(request.param) as store:
        made = Stage(store)
        await made.load()
        yield made
