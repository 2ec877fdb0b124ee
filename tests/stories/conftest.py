"""The stage of the stories: the real bot, records and words, on a Slack that fits in a process.

What is typed goes over HTTP into the playground, over its WebSocket into Bolt, through screens and use cases into
SQLite, and back as calls of the Web API. Nothing of ours is replaced, and nobody sleeps: an act returns when the bot
has done all that it set off. The clock stands still until `stage.tick` or `stage.goes_to` moves it.
"""

import asyncio
import json
import shutil
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.domain.goals import Goal
from bot.domain.meetings import Meeting
from bot.domain.people import Pair, Person
from bot.domain.program import Program
from bot.manifest import read_manifest
from bot.playground import Call, Hooks, Member, Playground
from bot.playground.workspace.installed_app import TEAM_ID
from bot.settings import Settings
from bot.usecases.news import A_SITTING
from bot.wiring import Tandem, open_store, open_tandem, serve
from scheduler.jobs import tick
from tests.small_program import FRIDAY_MORNING, STRANGER, load_small_program, small_program
from tests.stories.people import Desk, Json

LONG_ENOUGH_SECONDS = 30.0
PATIENCE_OF_SLACK = 15.0  # Slack's own are 3 s: a story is about what is said, not about how busy this machine is
SLOWER = PATIENCE_OF_SLACK / 3.0  # and a trigger, too, lives so many times as long


@dataclass
class Lookup:
    """What is on record, for looking at."""

    tandem: Tandem
    team_id: str

    async def program(self) -> Program:
        async with self.tandem.store.begin() as records:
            workspace = await records.workspace(self.team_id)
            return (await records.programs(workspace.id))[0]

    async def pair(self, key: str) -> Pair:
        program = await self.program()
        async with self.tandem.store.begin() as records:
            return next(pair for pair in await records.pairs(program.id) if pair.key == key)

    async def person(self, key: str) -> Person:
        async with self.tandem.store.begin() as records:
            workspace = await records.workspace(self.team_id)
            return next(person for person in await records.people(workspace.id) if person.key == key)

    async def meetings(self, pair_key: str) -> list[Meeting]:
        """Newest first."""
        pair = await self.pair(pair_key)
        async with self.tandem.store.begin() as records:
            return await records.meetings(pair.id, 100)

    async def goals(self, pair_key: str) -> list[Goal]:
        pair = await self.pair(pair_key)
        async with self.tandem.store.begin() as records:
            return await records.goals(pair.id)


class Stage:
    """Everything together: who is here, what time it is, what goes out."""

    def __init__(self, playground: Playground, tandem: Tandem, settings: Settings) -> None:
        self.playground = playground
        self.tandem = tandem
        self.settings = settings
        self.records = Lookup(tandem, playground.team_id)

    @property
    def now(self) -> datetime:
        """The playground's time."""
        return self.playground.clock.now()

    def desk(self, user: str) -> Desk:
        """Return somebody's desk, by Slack id."""
        person = self.playground.slack.person(user)
        assert person is not None, user
        return Desk(self.playground.slack, person, self.settled)

    async def settled(self) -> None:
        """Wait until the bot is not answering anybody any more."""
        assert await self.tandem.doors.busy.finish(LONG_ENOUGH_SECONDS), "the bot is still busy"

    async def tick(self, at: datetime | None = None) -> None:
        """Let the scheduler plan and send all that is due, at every moment until `at`, or now."""
        if at is not None:
            await self.goes_to(at)
        await tick(self.tandem)

    async def after_the_sitting(self) -> None:
        """Let the sitting pass after which one of a pair hears what the other has just done."""
        await self.tick(self.now + A_SITTING)

    async def goes_to(self, moment: datetime) -> None:
        """Move the clock, through every moment at which something is due."""
        await self.playground.move_clock(moment)

    def calls(self, method: str = "") -> list[Call]:
        """What the bot has called so far."""
        return [call for call in self.playground.calls if method in ("", call.method)]

    def pings_nobody(self) -> bool:
        """Tell whether nothing that went out could ping anybody: it is all escaped, and marked verbatim.

        A Home pings nobody, whoever is named there; in messages we name nobody in a way that Slack acts on.
        """
        calls = [(call.method, _unpacked(call.args)) for call in self.calls()]
        messages = [args for method, args in calls if method.startswith("chat.")]
        shown = [
            message.body
            for channel in self.playground.slack.workspace.channels.values()
            for message in channel.messages.values()
        ]
        told = [body for body in shown if "bot_id" in body]
        marked = [one for thing in (*told, *(args for _, args in calls)) for one in mrkdwn_in(thing)]
        assert told
        assert marked
        return (
            all(args.get("parse") == "none" and not args.get("link_names") for args in messages)
            and all(one.get("verbatim") is True and "<!" not in one["text"] for one in marked)
            and not any("<!" in text or "<@" in text for text in _acted_on([*messages, *told]))
        )


def _unpacked(args: Mapping[str, Any]) -> Json:
    """Return a call's arguments with what travelled as JSON in a string read again."""
    return {name: _read(value) for name, value in args.items()}


def _read(value: Any) -> Any:
    try:
        return json.loads(value) if isinstance(value, str) and value[:1] in ("[", "{") else value
    except ValueError:
        return value


def _acted_on(sent: Sequence[Json]) -> list[str]:
    """Return the texts in which Slack would look for mentions: the top-level one, and mrkdwn."""
    return [str(args.get("text", "")) for args in sent] + [one["text"] for args in sent for one in mrkdwn_in(args)]


def mrkdwn_in(thing: Any) -> list[Json]:
    """Return every mrkdwn object of a structure."""
    if isinstance(thing, dict):
        own = [thing] if thing.get("type") == "mrkdwn" else []
        return own + [found for value in thing.values() for found in mrkdwn_in(value)]
    return [found for one in thing for found in mrkdwn_in(one)] if isinstance(thing, list) else []


def members() -> list[Member]:
    """Give everybody of the small program an account, and a stranger."""
    program, roster = small_program()
    accounts = [
        Member(id=str(person.slack_id), name=person.key, real_name=person.name, tz=(person.zone or program.zone).key)
        for person in roster.people
    ]
    return [*accounts, Member(id=STRANGER, name="robin", real_name="Robin Visitor")]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file of records with the small program in it, made once: each story begins with a copy."""
    database = tmp_path_factory.mktemp("template") / "tandem.sqlite3"

    async def make() -> None:
        async with open_store(f"sqlite:///{database}") as (_, store):
            await load_small_program(store, FRIDAY_MORNING, TEAM_ID)

    asyncio.run(make())
    return database


@pytest.fixture
async def stage(template: Path, tmp_path: Path) -> AsyncIterator[Stage]:
    async with staged(f"sqlite:///{shutil.copy(template, tmp_path)}") as stage:
        yield stage


@asynccontextmanager
async def staged(database_url: str) -> AsyncIterator[Stage]:
    """Set the stage on records that hold the small program."""
    playground = Playground(
        dict(read_manifest().raw),
        members(),
        now=FRIDAY_MORNING,
        port=0,
        team_name="First Year",
        ack_seconds=PATIENCE_OF_SLACK,
        seconds=lambda: time.monotonic() / SLOWER,
    )
    async with playground:
        settings = Settings(
            _env_file=None,
            slack_bot_token=SecretStr(playground.bot_token),
            slack_app_token=SecretStr(playground.app_token),
            slack_api_url=playground.api_url,
            database_url=database_url,
        )
        async with open_tandem(settings, playground.clock.now) as tandem:
            playground.hooks = Hooks(_next_due(tandem), lambda: tick(tandem))
            async with serve(tandem, settings):
                yield Stage(playground, tandem, settings)


def _next_due(tandem: Tandem) -> Callable[[], Any]:
    async def next_due() -> datetime | None:
        async with tandem.store.begin() as records:
            return await records.next_due()

    return next_due


@pytest.fixture
def records(stage: Stage) -> Lookup:
    return stage.records


@pytest.fixture
def maya(stage: Stage) -> Desk:
    """Tom's mentee."""
    return stage.desk("U0MAYA")


@pytest.fixture
def tom(stage: Stage) -> Desk:
    """Maya's mentor."""
    return stage.desk("U0TOM")


@pytest.fixture
def noor(stage: Stage) -> Desk:
    """In two pairs: Ben's mentor and Inês's mentee."""
    return stage.desk("U0NOOR")


@pytest.fixture
def ben(stage: Stage) -> Desk:
    """Noor's mentee, in Guam."""
    return stage.desk("U0BEN")


@pytest.fixture
def ines(stage: Stage) -> Desk:
    """Noor's mentor."""
    return stage.desk("U0INES")


@pytest.fixture
def lena(stage: Stage) -> Desk:
    """The liaison of all three pairs."""
    return stage.desk("U0LENA")


@pytest.fixture
def ada(stage: Stage) -> Desk:
    """The coordinator."""
    return stage.desk("U0ADA")


@pytest.fixture
def charlie(stage: Stage) -> Desk:
    """A reader, who must see nothing private."""
    return stage.desk("U0CHARLIE")


@pytest.fixture
def stranger(stage: Stage) -> Desk:
    """Somebody with an account and no part in the program."""
    return stage.desk(STRANGER)
