"""The vital signs of this process: what it is connected to, and when it last did what it is for."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from bot.stopping import Stopping

SHORTEST_PATIENCE = 60.0  # a beat that takes long is no beat that was missed


class SocketSigns(Protocol):
    """What connections to Slack tell of themselves."""

    @property
    def connected(self) -> int:
        """How many can bring something now."""

    @property
    def frame_age(self) -> float:
        """The seconds since anything was heard."""

    @property
    def silences(self) -> int:
        """How often one was given up because nothing was heard on it."""


class Pulse:
    """The ticks of a scheduler: `every` so many seconds one should begin."""

    def __init__(self, every: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.every = every
        self._clock = clock
        self._last_sign = self._due = clock()
        self.lag = 0.0  # how late the newest tick began, in seconds

    @property
    def age(self) -> float:
        """The seconds since a tick began, ended, or got something done."""
        return self._clock() - self._last_sign

    @property
    def is_recent(self) -> bool:
        """Whether that is not too long ago."""
        return self.age <= max(SHORTEST_PATIENCE, 10 * self.every)

    def begin(self) -> None:
        """A tick begins."""
        self.touch()
        self.lag = max(self._last_sign - self._due, 0.0)
        self._due = self._last_sign + self.every

    def touch(self) -> None:
        """Something was done."""
        self._last_sign = self._clock()


@dataclass
class Signs:
    """What of these a process has, and how it is. None: it is not this process's task."""

    stopping: Stopping
    sockets: SocketSigns | None = None
    listening: bool | None = None  # by HTTP, for what Slack sends
    pulse: Pulse | None = None
    leaps: Callable[[], float] = lambda: 0.0  # how often the clock leapt
