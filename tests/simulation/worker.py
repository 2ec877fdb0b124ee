"""A worker: production's own tick, again and again, over many lives."""

import asyncio
import contextlib
from datetime import datetime, timedelta
from functools import partial
from random import Random
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from scheduler.jobs import tick
from tests.simulation.house import House
from tests.simulation.loop import AT_ONCE
from tests.simulation.process import Process

if TYPE_CHECKING:
    from tests.simulation.play import Play

BEAT = 10.0  # seconds between two ticks in production; here each worker comes somewhere within
LONGEST_REST = 60.0
DOWN_FOR = (2.0, 90.0)
WRONG_BY = timedelta(hours=2)

GOING_ON = SimpleNamespace(begun=False)  # it is killed, never asked to stop

NEXT_DUE = """SELECT min(due) FROM (
    SELECT min(due_at) AS due FROM agenda
    UNION ALL SELECT min(not_before) FROM nudges WHERE state = 'open'
    UNION ALL SELECT min(lease_until) FROM notes WHERE state = 'sending'
    UNION ALL SELECT min(look_at) FROM notes WHERE state = 'unknown')"""


class Worker:
    """One of the schedulers."""

    def __init__(self, play: "Play", house: House, number: int) -> None:
        self.play = play
        self.house = house
        self.ticks = 0
        self.errors: dict[str, int] = {}
        self._dice = Random(f"worker {play.seed} {number}")
        self._peeked: tuple[int, datetime | None] = (-1, None)
        self._open = asyncio.Event()

    async def work(self) -> None:
        """Live, die, and live again."""
        loop = self.play.loop
        while True:
            while (left := self.play.closed_until - loop.time()) > AT_ONCE:
                await self._wait_for_opening(left)
            process = await self.house.begin_life()
            await process.live(partial(self._one_life, process))
            await asyncio.sleep(self._dice.uniform(*DOWN_FOR))

    async def _wait_for_opening(self, seconds: float) -> None:
        self._open.clear()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._open.wait(), seconds)

    def wake(self) -> None:
        """Look again whether it may work."""
        self._open.set()

    async def _one_life(self, process: Process) -> None:
        wrong_by = timedelta(0) if self.play.calm else self._dice.uniform(-1, 1) * WRONG_BY

        def machine_time() -> datetime:
            return self.play.true_time() + wrong_by

        tandem: Any = None
        fruitless = 0
        while True:
            before = self._due()
            try:
                if tandem is None:
                    world, clock = await self.house.open(self.play.database_time, machine_time)
                    tandem = SimpleNamespace(world=world, store=world.store, clock=clock, stopping=GOING_ON)
                self.ticks += 1
                await tick(tandem)
            except Exception as error:  # noqa: BLE001 - as the scheduler's own `_run`: the next beat tries again
                process.check()
                self.last_error = error
                self.errors[type(error).__name__] = self.errors.get(type(error).__name__, 0) + 1
            fruitless = fruitless + 1 if self._due() == before else 0
            await self._rest(process, fruitless)

    async def _rest(self, process: Process, fruitless: int) -> None:
        """Sleep until something is due, and a part of a beat longer."""
        loop = self.play.loop
        if fruitless:
            await asyncio.sleep(min(BEAT / 2 * 2**fruitless, LONGEST_REST) * self._dice.uniform(0.5, 1.0))
        while True:
            while (left := self._seconds_left()) > 0:
                change = self.house.database.change()
                timer = loop.call_later(left, _finish, change)
                await change
                timer.cancel()
            together = self._dice.random() < 0.15
            await asyncio.sleep(0.0 if together else self._dice.uniform(0, BEAT))
            await process.thaw()
            if together or self._seconds_left() <= 0:  # nobody else was faster, or they begin at once
                return

    def _seconds_left(self) -> float:
        due = self._due()
        left = 3600.0 if due is None else (due - self.play.database_time()).total_seconds()
        return min(left, 3600.0)

    def _due(self) -> datetime | None:
        """Return what the records would say to "what is due next"; asked again only when they have changed."""
        database = self.house.database
        if self._peeked[0] != database.version:
            asked = NEXT_DUE if self.play.mutant.settling else NEXT_DUE.replace("min(look_at)", "min(started_at)")
            ((due,),) = database.read(asked)
            self._peeked = database.version, datetime.fromisoformat(str(due)) if due else None
        return self._peeked[1]


def _finish(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)
