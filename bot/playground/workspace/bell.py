"""A bell that rings at every change, so that nobody has to ask again and again."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

GLANCE = 0.01  # real seconds


class Bell:
    """Counts the changes, and wakes those who wait for the next one."""

    def __init__(self) -> None:
        self.revision = 1
        self._waiting: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        """Say that something has changed."""
        self.revision += 1
        waiting, self._waiting = self._waiting, set()
        for sleeper in waiting:
            if not sleeper.done():
                sleeper.set_result(None)

    async def heard_after(self, revision: int) -> int:
        """Wait for a change later than `revision`, and give the newest."""
        while self.revision <= revision:
            sleeper = asyncio.get_running_loop().create_future()
            self._waiting.add(sleeper)
            try:
                await sleeper
            finally:
                self._waiting.discard(sleeper)
        return self.revision

    async def until(self, happened: Callable[[], object], within: float) -> None:
        """Wait until `happened()` is true, asking at each change and each glance: not all that happens rings.

        Raise TimeoutError after `within` real seconds.
        """
        async with asyncio.timeout(within):
            while not happened():
                with suppress(TimeoutError):
                    async with asyncio.timeout(GLANCE):
                        await self.heard_after(self.revision)
