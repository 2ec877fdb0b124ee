"""A process that can be paused and killed between any two awaits, and that does no harm once it is dead."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from tests.simulation.faults import Faults

Got = TypeVar("Got")


class Killed(BaseException):
    """The process is gone. No cleanup of its own runs: whatever it tries to touch raises this again."""


@dataclass(eq=False)
class Process:
    """One life of a worker, or of the bot. `generation` tells one life from the next.

    `now` and `steady` are what its clocks show; `points` counts the awaits that it has come through.
    """

    name: str
    faults: Faults
    frozen_until: float = 0.0
    alive: bool = True
    at_death: list[Callable[[], None]] = field(default_factory=list)
    tasks: list[asyncio.Task[Any]] = field(default_factory=list)
    spared: bool = False

    async def point(self, where: str) -> None:
        """Come to a place between two awaits: others may run, and this process may be paused or killed here."""
        self.check()
        happens = None if self.spared else self.faults.at_point(where)
        if happens is not None:
            now = asyncio.get_running_loop().time()
            if happens.kind == "pause":
                self.frozen_until = now + happens.seconds
                self.faults.note(now, "pause", f"{self.name} {where}", self.frozen_until)
            elif happens.kind == "crash":
                self.faults.note(now, "crash", f"{self.name} {where}")
                self.kill()
            else:
                await asyncio.sleep(happens.seconds)
        await self.thaw()
        self.check()

    async def thaw(self) -> None:
        """Stand still while the process is paused, and if it is paused again meanwhile."""
        left = self.frozen_until - asyncio.get_running_loop().time()
        if left > 0:
            await asyncio.sleep(left)
            await self.thaw()

    def check(self) -> None:
        """Raise Killed if the process is dead."""
        if not self.alive:
            raise Killed(self.name)

    def kill(self) -> None:
        """End this life now: open transactions roll back, and its tasks can touch nothing any more."""
        self.alive = False
        for act in self.at_death:
            act()
        for task in self.tasks:
            task.cancel()

    async def live(self, work: Callable[[], Awaitable[Got]]) -> Got | None:
        """Do `work` until it is done or this process is dead; None for the dead."""
        task = asyncio.ensure_future(work())
        self.tasks.append(task)
        try:
            return await task
        except Killed:
            return None
        except asyncio.CancelledError:
            if self.alive:
                raise
            return None
        except Exception:
            if self.alive:
                raise
            return None  # what a dead process says is heard by nobody
        finally:
            self.tasks.remove(task)
