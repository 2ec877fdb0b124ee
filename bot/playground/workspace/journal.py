"""The journal: what the app asked of the Web API, and what Slack brought to the app, as it happened."""

import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.playground.workspace.bell import Bell
from bot.playground.workspace.clock import Clock

Json = dict[str, Any]
KEPT = 5000


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the app's. `at` is the playground's time (ISO), `ms` real milliseconds; no token is kept.

    `violations` are sentences about what Slack would frown at, beside what it refuses.
    """

    n: int
    at: str
    method: str
    args: Json
    answer: Json
    ms: float
    violations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Delivery:
    """One payload brought to the app: a command, a click, an event. `reply` is its acknowledgement, if one came."""

    n: int
    at: str
    kind: str
    payload: Json
    reply: Json | None
    ms: float
    retry: int = 0
    violations: tuple[str, ...] = ()


@dataclass(slots=True)
class Journal:
    """The newest entries, oldest first, in one count. `called` says how many calls there have been in all."""

    clock: Clock
    bell: Bell
    entries: deque[Call | Delivery] = field(default_factory=lambda: deque(maxlen=KEPT))
    calls: deque[Call] = field(default_factory=lambda: deque(maxlen=KEPT))
    called: int = 0
    _counted: int = 0

    def call(self, method: str, args: Json, answer: Json, began: float, violations: tuple[str, ...] = ()) -> None:
        """Write down a call that began at `began` (time.perf_counter)."""
        entry = Call(self._next(), self._now(), method, args, answer, _since(began), violations)
        self.called += 1
        self.calls.append(entry)
        self._add(entry)

    def delivery(
        self,
        kind: str,
        payload: Json,
        reply: Json | None,
        began: float,
        retry: int = 0,
        violations: tuple[str, ...] = (),
    ) -> None:
        """Write down what was brought to the app, once the acknowledgement has come, or has not."""
        self._add(Delivery(self._next(), self._now(), kind, payload, reply, _since(began), retry, violations))

    def after(self, n: int) -> Iterator[Call | Delivery]:
        """What was written down after entry `n`, oldest first."""
        return (entry for entry in self.entries if entry.n > n)

    def _add(self, entry: Call | Delivery) -> None:
        self.entries.append(entry)
        self.bell.ring()

    def _next(self) -> int:
        self._counted += 1
        return self._counted

    def _now(self) -> str:
        return self.clock.now().isoformat()


def _since(began: float) -> float:
    return round((time.perf_counter() - began) * 1000, 2)
