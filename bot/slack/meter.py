"""The meter: interactive answers do not wait for their turn, but what they cost is counted.

Somebody who clicks is answered at once, past the queue. Slack counts these calls all the same, so the workspace's pace
has to know of them; and a 429 that an answer meets is meant for everybody who calls, in all processes.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from contextlib import asynccontextmanager, suppress
from contextvars import ContextVar
from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace

import aiohttp
import structlog

from bot.slack.failures import retry_after
from bot.usecases.debit_calls import Spent

log = structlog.get_logger()
EVERY_SECONDS = 1.0

# The workspace that is being answered, set by the doors: calls made for nobody in particular are not counted.
answered_workspace: ContextVar[str] = ContextVar("answered_workspace", default="")

Debit = Callable[[Sequence[Spent]], Awaitable[None]]


class Meter:
    """Counts calls of `methods` on the session that `trace` is given to."""

    def __init__(self, methods: Collection[str], now: Callable[[], datetime]) -> None:
        self._methods = frozenset(methods)
        self._now = now
        self._spent: dict[tuple[str, str], Spent] = {}
        self._something = asyncio.Event()
        self._urgent = asyncio.Event()

    def trace(self) -> aiohttp.TraceConfig:
        """Return what makes a session tell of its calls."""
        config = aiohttp.TraceConfig()
        config.on_request_start.append(self._begun)
        config.on_request_end.append(self._ended)
        return config

    async def _begun(
        self, session: aiohttp.ClientSession, about: SimpleNamespace, params: aiohttp.TraceRequestStartParams
    ) -> None:
        about.key = (answered_workspace.get(), params.url.path.rpartition("/")[2])
        if self._counts(about.key):
            spent = self._of(about.key)
            self._spent[about.key] = replace(spent, calls=spent.calls + 1)
            self._something.set()

    async def _ended(
        self, session: aiohttp.ClientSession, about: SimpleNamespace, params: aiohttp.TraceRequestEndParams
    ) -> None:
        if params.response.status == 429 and self._counts(about.key):
            until = self._now() + retry_after(params.response)
            self._spent[about.key] = replace(self._of(about.key), limited_until=until)
            self._something.set()
            self._urgent.set()

    def _counts(self, key: tuple[str, str]) -> bool:
        return bool(key[0]) and key[1] in self._methods

    def _of(self, key: tuple[str, str]) -> Spent:
        return self._spent.get(key) or Spent(*key)

    @asynccontextmanager
    async def running(self, debit: Debit) -> AsyncIterator[None]:
        """Hand what was counted to `debit`, at most once a second, a 429 at once; and the rest at the end."""
        task = asyncio.create_task(self._run(debit)) if self._methods else None
        try:
            yield
        finally:
            if task is not None:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
                await self._hand_over(debit)

    async def _run(self, debit: Debit) -> None:
        while True:
            await self._something.wait()
            await self._hand_over(debit)
            with suppress(TimeoutError):
                async with asyncio.timeout(EVERY_SECONDS):
                    await self._urgent.wait()

    async def _hand_over(self, debit: Debit) -> None:
        spent, self._spent = list(self._spent.values()), {}
        self._something.clear()
        self._urgent.clear()
        try:
            if spent:
                await debit(spent)
        except Exception as error:  # noqa: BLE001 - nobody waits for this; a second later it is tried again
            log.warning("calls_not_counted", kind=type(error).__name__)
            self._take_back(spent)

    def _take_back(self, spent: Sequence[Spent]) -> None:
        for one in spent:
            since = self._of((one.workspace_id, one.method))
            until = since.limited_until or one.limited_until
            both = Spent(one.workspace_id, one.method, since.calls + one.calls, until)
            self._spent[one.workspace_id, one.method] = both
        self._something.set()
