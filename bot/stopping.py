"""An orderly end: nothing new is begun, and all that is under way shares what is left of the time."""

import time
from collections.abc import Callable

DRAIN_SECONDS = 6.0  # of the ten that are allowed in all


class Stopping:
    """Whether this process is about to end, and how long it may still take."""

    def __init__(self, seconds: float = DRAIN_SECONDS, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds, self._clock = seconds, clock
        self._ends: float | None = None

    @property
    def begun(self) -> bool:
        """Whether nothing new may be begun: no batch claimed, no tick."""
        return self._ends is not None

    def begin(self) -> None:
        """Begin to stop; safe to call again."""
        if self._ends is None:
            self._ends = self._clock() + self._seconds

    def left(self, at_least: float = 0.0) -> float:
        """Return the seconds that are left; all of them, where it has not begun."""
        left = self._seconds if self._ends is None else self._ends - self._clock()
        return max(left, at_least)
