"""Where a process lives: production put together as `bot.wiring` does it, with only the edges of the world replaced."""

import asyncio
import itertools
from collections.abc import Callable
from datetime import datetime
from typing import Any, cast

from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.clock import Clock, GivenClock
from bot.domain.pace import LIMITS
from bot.slack.directory import SlackDirectory
from bot.slack.progress import progress_blocks
from bot.usecases.compose_note import Composer
from bot.usecases.world import World
from tests.simulation.database import Database, Link
from tests.simulation.mutants import Mutant
from tests.simulation.process import Process
from tests.simulation.session import Session
from tests.simulation.slack import Slack

Now = Callable[[], datetime]


class House:
    """One place for a worker or for the bot, over all its lives; the engine remembers compiled statements."""

    def __init__(self, name: str, database: Database, slack: Slack, composer: Composer, mutant: Mutant) -> None:
        self.name = name
        self.database = database
        self.slack = slack
        self.composer = composer
        self.mutant = mutant
        self.lives = itertools.count(1)
        self.process = Process(name, slack.faults)
        self.engine: AsyncEngine = database.engine(self._connect)
        self._ids = itertools.count(1)
        self.new_id: Callable[[], str] = lambda: f"{self.name}-{next(self._ids):08x}"

    async def _connect(self, *_: Any, **__: Any) -> Link:
        return self.database.link(self.process)

    async def begin_life(self) -> Process:
        """Begin a new life: connections of the last one are none of ours."""
        self.process = Process(f"{self.name}.{next(self.lives)}", self.slack.faults)
        await self.engine.dispose(close=False)
        return self.process

    async def open(self, database_time: Now, machine_time: Now) -> tuple[World, Clock | GivenClock]:
        """Put the parts of this life together, as `open_tandem` does; look at the clock once."""
        process = self.process
        session = cast(Any, Session(self.slack, process))
        handlers: list[AsyncRetryHandler] | None = None if self.mutant.sdk_retries else []
        client = AsyncWebClient(token="xoxb-simulated", session=session, retry_handlers=handlers)
        steady = asyncio.get_running_loop().time

        async def asked() -> datetime:
            await process.point("before the clock")
            self.database.check()
            return database_time()

        clock: Clock | GivenClock = Clock(asked, SlackDirectory(client).time, steady, machine_time)
        if self.mutant.local_clocks:
            clock = GivenClock(machine_time)
        await clock.check()
        courier = self.mutant.courier(client, clock.now, progress_blocks, steady)
        store = self.mutant.store(self.engine, self._next_id, LIMITS)
        dice = self.slack.faults.order.random
        return World(store, courier, self.composer, clock.now, self._next_id, steady, dice), clock

    async def world(self, database_time: Now, machine_time: Now) -> World:
        """Return what use cases are given in this life."""
        return (await self.open(database_time, machine_time))[0]

    def _next_id(self) -> str:
        return self.new_id()
