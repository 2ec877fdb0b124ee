"""One year, played: the real code on a clock that jumps, in a world where all goes well or everything breaks."""

import asyncio
import hashlib
import logging
from collections import deque
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy.exc import IntegrityError

from bot.domain.notes import SETTLING
from bot.store.migrate import upgrade
from bot.usecases.after_restore import after_restore
from bot.wiring import make_composer
from tests.simulation import fate
from tests.simulation.acts import People
from tests.simulation.calm import Expected, play_calmly
from tests.simulation.database import Database
from tests.simulation.faults import Fault, Faults, Weather
from tests.simulation.house import House
from tests.simulation.loop import VirtualLoop
from tests.simulation.mutants import SOUND, Mutant
from tests.simulation.process import Killed
from tests.simulation.script import Act, Leave, Return, Script, write_script
from tests.simulation.slack import Message, Slack
from tests.simulation.slots import Kept, read_slots
from tests.simulation.worker import Worker

LEAD, TRAIL = timedelta(days=2), timedelta(days=9)
TRY_AGAIN, TRIES = 45.0, 200
logging.getLogger("sqlalchemy.pool").setLevel(logging.CRITICAL)  # the dead cannot roll back, and say so


@dataclass(frozen=True, slots=True)
class Done:
    """An act: when it was begun for the first time and when it was done (loop times).

    `kept`: Tandem did not refuse. `again`: it was done once more after a backup was put back.
    """

    act: Act
    since: float
    at: float
    kept: bool
    again: bool = False


@dataclass(slots=True)
class Told:
    """What a year leaves behind, for the oracle. Moments are seconds since `start`, which is aware and in UTC."""

    script: Script
    start: datetime
    seconds: float
    messages: list[Message] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    events: list[fate.Event] = field(default_factory=list)
    acts: list[Done] = field(default_factory=list)
    slots: dict[str, Kept] = field(default_factory=dict)
    expected: list[Expected] = field(default_factory=list)
    statements: int = 0
    ticks: int = 0
    trace: str = ""


class Play:
    """The stage of one year. `perform` runs it once."""

    def __init__(
        self,
        seed: int,
        *,
        calm: bool = False,
        days: int | None = None,
        mutant: Mutant = SOUND,
        weather: Weather | None = None,
        database: Database | None = None,
    ) -> None:
        self.seed, self.calm, self.mutant = seed, calm, mutant
        self.script = write_script(seed, days)
        self.database = Database() if database is None else database
        span, zone = self.script.program.span, self.script.program.zone
        self.start = datetime.combine(span.first, time(0), zone).astimezone(UTC) - LEAD
        self.seconds = (datetime.combine(span.last, time(0), zone) + TRAIL - self.start).total_seconds()
        self.faults = Faults(seed, calm, mutant.weather if weather is None else weather)
        self.leap = timedelta(0)
        self.closed_until = 0.0
        self.restoring = False
        self.told = Told(self.script, self.start, self.seconds)
        self._backups: deque[tuple[float, Any]] = deque()

    def perform(self) -> Told:
        """Play the year and tell it."""
        self.told.expected = play_calmly(self.script, self.start)
        with asyncio.Runner(loop_factory=VirtualLoop) as runner:
            return runner.run(self._perform())

    async def _perform(self) -> Told:
        self.loop = asyncio.get_running_loop()
        self.loop.set_exception_handler(_hear_no_dead)
        self.slack = Slack(self.faults, self.true_time)
        self.bot = self._house("bot")
        self.workers = [Worker(self, self._house(f"worker{n}"), n) for n in range(1 if self.calm else 3)]
        self.people = People(self.script.program, self.script.roster)
        await self._set_up()
        self.acting = asyncio.Lock()
        tasks = [asyncio.ensure_future(job) for job in self._jobs()]
        await asyncio.wait(tasks, timeout=self.seconds, return_when=asyncio.FIRST_EXCEPTION)
        broken = [task for task in tasks if task.done() and not task.cancelled() and task.exception()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for task in broken:
            task.result()
        return self._tell()

    def _house(self, name: str) -> House:
        return House(name, self.database, self.slack, make_composer(), self.mutant)

    def _jobs(self) -> list[Coroutine[Any, Any, None]]:
        jobs = [worker.work() for worker in self.workers]
        return [*jobs, self._live(), *([] if self.calm else [self._befall()])]

    # -- time ---------------------------------------------------------------------------------------------------------

    def true_time(self) -> datetime:
        """Return what a right clock shows."""
        return self.start + timedelta(seconds=self.loop.time())

    def database_time(self) -> datetime:
        """Return what the clock of the database's machine shows."""
        return self.true_time() + self.leap

    def loop_time(self, moment: datetime) -> float:
        """Return when that will be, in seconds from the start."""
        return (moment - self.start).total_seconds()

    # -- set-up -------------------------------------------------------------------------------------------------------

    async def _set_up(self) -> None:
        self.faults.on = False
        await self.bot.begin_life()
        await upgrade(self.bot.engine)
        self.mutant.alter(self.database.raw)
        self.bot.new_id = _numbered("load")
        await self.people.load(await self.bot.world(self.database_time, self.true_time))
        self.faults.on = True

    # -- people -------------------------------------------------------------------------------------------------------

    async def _live(self) -> None:
        """Let everybody act, each at their time."""
        for act in self.script.acts:
            await asyncio.sleep(max(self.loop_time(act.at) - self.loop.time(), 0))
            async with self.acting:
                await self._let_act(act)

    async def _let_act(self, act: Act) -> None:
        user = self.people.slack_id(act.who)
        match act.deed:
            case Leave():
                self.slack.gone.add(user)
            case Return():
                self.slack.gone.discard(user)
            case _ if user in self.slack.gone:
                return
        await self.act(act, again=False)

    async def act(self, act: Act, *, again: bool) -> None:
        """Do it, and do it again where the bot breaks on the way: people press twice."""
        since, name = self.loop.time(), f"act{act.number}"
        for _ in range(TRIES):
            await asyncio.sleep(max(self.closed_until - self.loop.time(), 0))
            process = await self.bot.begin_life()
            self.bot.new_id = _numbered(name)
            try:
                kept = await process.live(lambda: self._perform_act(act))
            except Exception as error:  # noqa: BLE001 - the person is told that something went wrong
                self.last_error = error
                kept = None
                if isinstance(error, IntegrityError):  # it was done already, just before the bot broke
                    name += "+"
            if kept is not None:
                self.told.acts.append(Done(act, since, self.loop.time(), kept, again))
                return
            await asyncio.sleep(TRY_AGAIN)
        raise AssertionError(f"nobody could do {act}: {getattr(self, 'last_error', '')!r}")

    async def _perform_act(self, act: Act) -> bool:
        return await self.people.perform(await self.bot.world(self.database_time, self.true_time), act)

    # -- what befalls -------------------------------------------------------------------------------------------------

    async def _befall(self) -> None:
        for event in fate.write_fate(self.seed, self.seconds, self.faults.weather.events):
            await asyncio.sleep(max(event.at - self.loop.time(), 0))
            until = self.loop.time() + event.seconds
            self.faults.note(self.loop.time(), event.kind, until=until)
            match event.kind:
                case fate.SLACK_AWAY:
                    self.slack.down_until = until
                case fate.DATABASE_AWAY:
                    self.database.down_until = until
                case fate.EVERYBODY_AWAY:
                    self._close(until)
                case fate.BACKUP:
                    await self.database.quiet()
                    self._backups.append((self.loop.time(), self.database.backup()))
                case fate.RESTORED:
                    await self._restore(until)
                case fate.LEAP:
                    self.leap = timedelta(seconds=event.size)
                    self.loop.call_at(until, self._right_clock)

    def _right_clock(self) -> None:
        self.leap = timedelta(0)

    def _close(self, until: float) -> None:
        self.closed_until = max(self.closed_until, until)
        for house in (self.bot, *(worker.house for worker in self.workers)):
            house.process.kill()

    async def _restore(self, until: float) -> None:
        """Put the oldest backup in place while nobody works, as the runbook says; then people do again what is gone."""
        taken, copy = self._backups.popleft()
        self._close(until)
        async with self.acting:
            self._close(self.loop.time() + 1e9)  # once more: waiting for an act, somebody may have begun to work again
            await self.database.quiet()
            self.database.restore(copy)
            await asyncio.sleep(max(until - self.loop.time(), SETTLING.total_seconds()))  # as the runbook says
            await self._after_restore()
            self.closed_until = self.loop.time()
            for worker in self.workers:
                worker.wake()
            for done in [done for done in self.told.acts if done.at >= taken]:
                await self.act(done.act, again=True)

    async def _after_restore(self) -> None:
        if not self.mutant.after_restore:
            return
        self.faults.on = False  # who restores looks on until it is done
        await self.bot.begin_life()
        world = await self.bot.world(self.database_time, self.true_time)
        while True:
            if (await after_restore(world)).whole:
                break
            await asyncio.sleep(TRY_AGAIN)
        self.faults.on = True

    # -- telling ------------------------------------------------------------------------------------------------------

    def _tell(self) -> Told:
        told = self.told
        told.messages = self.slack.messages
        told.faults = self.faults.log
        told.slots = read_slots(self.database)
        told.statements = self.database.statements
        told.ticks = sum(worker.ticks for worker in self.workers)
        heard = repr((told.messages, told.faults, told.acts, told.statements, told.ticks))
        told.trace = hashlib.sha256(heard.encode()).hexdigest()[:16]
        return told


def _hear_no_dead(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Let tasks of dead processes end unheard; anything else is told as always."""
    if not isinstance(context.get("exception"), Killed):
        loop.default_exception_handler(context)


def _numbered(name: str) -> Any:
    numbers = iter(range(1, 1_000_000))
    return lambda: f"{name}-{next(numbers):06x}"
