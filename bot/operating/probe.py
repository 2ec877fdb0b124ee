"""A question that may find no answer: asked once at a time, and never waited for longer than a moment."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

import structlog

log = structlog.get_logger()
T = TypeVar("T")


class Probe(Generic[T]):
    """Asks `ask`; who looks while an answer is awaited awaits the same one, so that questions never pile up."""

    def __init__(self, ask: Callable[[], Awaitable[T]], seconds: float = 2.0) -> None:
        self._ask, self._seconds = ask, seconds
        self._asking: asyncio.Task[T | None] | None = None

    async def look(self) -> T | None:
        """Return the answer; None where there is none in time, or it failed. Never raises."""
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._asked())
        done, _ = await asyncio.wait({self._asking}, timeout=self._seconds)
        return self._asking.result() if done else None

    async def close(self) -> None:
        """Ask no more."""
        if self._asking is not None:
            self._asking.cancel()
            await asyncio.wait({self._asking}, timeout=self._seconds)

    async def _asked(self) -> T | None:
        try:
            return await self._ask()
        except Exception as error:  # noqa: BLE001 - whatever it is, who looks must learn that there is no answer
            log.warning("no_answer_for_the_operator", kind=type(error).__name__)
            return None
