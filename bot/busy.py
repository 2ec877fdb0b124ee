"""Counts what is under way, so that a stop can wait for it."""

import asyncio
from types import TracebackType


class Busy:
    """Use as `with busy:` around work; `finish` waits until no work is under way."""

    def __init__(self) -> None:
        self.count = 0
        self._idle = asyncio.Event()
        self._idle.set()

    def __enter__(self) -> None:
        self.count += 1
        self._idle.clear()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.count -= 1
        if not self.count:
            self._idle.set()

    async def finish(self, seconds: float) -> bool:
        """Wait until nothing is under way, but no longer than `seconds`; return whether all was finished."""
        try:
            async with asyncio.timeout(seconds):
                await self._idle.wait()
        except TimeoutError:
            return False
        return True
