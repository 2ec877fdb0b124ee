"""An asyncio loop whose time is virtual: when nothing is ready, the clock jumps to the next timer.

Production's coroutines run on it unchanged, a year in seconds, and always in the same order.
"""

import asyncio
import selectors
from collections.abc import Callable
from typing import Any

AT_ONCE = 1e-6  # seconds: what lies that close together happens at once, and the clock does not move for it
A_MOMENT = 0.02  # real seconds that a real server (PostgreSQL) has to answer before the clock goes on


class NothingWillEverHappen(RuntimeError):
    """Every task waits, and no timer is set: in the real world this program would hang."""


class _Selector(selectors.DefaultSelector):
    """Waits for real files while there are any, such as a server's socket; else moves the clock on."""

    passed = 0.0
    own_files = 0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if len(self.get_map()) > self.own_files:
            ready = super().select(0.0 if timeout == 0.0 else A_MOMENT)
            if ready:
                return ready
            timeout = A_MOMENT if timeout is None else min(timeout, 1.0)  # it may wait for a lock of a paused worker
        if timeout is None:
            raise NothingWillEverHappen
        self.passed += max(timeout, 0.0)
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    """A loop that begins at second 0 and never waits."""

    def __init__(self) -> None:
        self._chosen = _Selector()
        super().__init__(self._chosen)
        self._chosen.own_files = len(self._chosen.get_map())  # the loop's pipe to itself
        self._clock_resolution = AT_ONCE

    def time(self) -> float:
        """Return the seconds that have passed, by this loop's own clock."""
        return self._chosen.passed

    def run_in_executor(  # type: ignore[override]
        self, executor: Any, func: Callable[..., Any], *args: Any
    ) -> asyncio.Future[Any]:
        """Run it here and now: threads would come in another order each time."""
        done: asyncio.Future[Any] = self.create_future()
        try:
            done.set_result(func(*args))
        except Exception as error:  # noqa: BLE001 - as an executor does: it belongs to who awaits it
            done.set_exception(error)
        return done
