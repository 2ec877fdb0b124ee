"""Where workers are born, watched and killed."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from tests.kills.slack import LeanSlack
from tests.kills.worker import Order, work

NURSERY = get_context("forkserver")
NURSERY.set_forkserver_preload(["tests.kills.warm", "tests.kills.worker"])


Task = Callable[[Order, Connection], None]


@dataclass(frozen=True, slots=True)
class Kill:
    """When to kill: at a point in the worker itself, or at a call of Slack's, `when` it was "dropped" or "taken"."""

    at: int
    when: str = ""

    def __str__(self) -> str:
        return f"call {self.at} {self.when}" if self.when else f"point {self.at}"


@dataclass(slots=True)
class Life:
    """How a worker went: whether it was killed, at which moment, and the points that it came by if it was not."""

    killed: bool = False
    moment: datetime | None = None
    points: list[str] = field(default_factory=list)
    calls: int = 0


async def live(order: Order, slack: LeanSlack, kill: Kill | None, task: Task = work) -> Life:
    """Let one worker live until it has done its work or is killed. Raises RuntimeError when it dies otherwise."""
    here, there = NURSERY.Pipe()
    child = NURSERY.Process(target=task, args=(order, there))
    child.start()
    there.close()
    life = Life()
    before = slack.calls
    slack.on_call = _killer(child.pid or 0, kill, before)
    with closing(here):
        async for told in _heard(here):
            if isinstance(told, datetime):
                life.moment = slack.now = told
                here.send(None)
            else:
                life.points = told
    child.join()
    life.killed, life.calls = child.exitcode == -signal.SIGKILL, slack.calls - before
    if child.exitcode not in (0, -signal.SIGKILL):
        raise RuntimeError(f"a worker ended by itself with {child.exitcode}")
    return life


def _killer(pid: int, kill: Kill | None, before: int) -> Callable[[int, str], bool]:
    def on_call(number: int, when: str) -> bool:
        if kill is None or (number - before, when) != (kill.at, kill.when):
            return False
        os.kill(pid, signal.SIGKILL)
        return True

    return on_call


async def _heard(here: Connection) -> AsyncIterator[Any]:
    """Yield what a worker tells, until it is no more."""
    loop = asyncio.get_running_loop()
    while True:
        readable = asyncio.Event()
        loop.add_reader(here.fileno(), readable.set)
        try:
            await readable.wait()
        finally:
            loop.remove_reader(here.fileno())
        try:
            yield here.recv()
        except (EOFError, ConnectionResetError):
            return
