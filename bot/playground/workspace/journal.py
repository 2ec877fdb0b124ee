"""The journal: what the app asked of the Web API, and what Slack brought to the app, as it happened."""

import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.playground.workspace import violations as rules
from bot.playground.workspace.bell import Bell
from bot.playground.workspace.clock import Clock
from bot.playground.workspace.state import Json

KEPT = 5000


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the app's. `at` is the playground's time (ISO), `ms` real milliseconds; no token is kept.

    `violations` are sentences about what Slack would frown at, beside what it refuses; `fault` is what went wrong on
    order. A use of a response URL stands here as the method `response_url`.
    """

    n: int
    at: str
    method: str
    args: Json
    answer: Json
    ms: float
    violations: tuple[str, ...] = ()
    fault: str = ""


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
    fault: str = ""

    @property
    def name(self) -> str:
        """What it is, in a word or two: `slash_commands /say`, `block_actions`, `event app_home_opened`."""
        if self.kind == "slash_commands":
            return f"{self.kind} {self.payload.get('command', '')}"
        if self.kind == "events_api":
            return f"event {self.payload.get('event', {}).get('type', '')}"
        return str(self.payload.get("type", self.kind))


@dataclass(slots=True)
class Journal:
    """The newest entries, oldest first, in one count. `called` says how many calls there have been in all."""

    clock: Clock
    bell: Bell
    entries: deque[Call | Delivery] = field(default_factory=lambda: deque(maxlen=KEPT))
    calls: deque[Call] = field(default_factory=lambda: deque(maxlen=KEPT))
    called: int = 0
    _counted: int = 0

    def call(
        self, method: str, args: Json, answer: Json, began: float, violations: tuple[str, ...] = (), fault: str = ""
    ) -> None:
        """Write down a call that began at `began` (time.perf_counter)."""
        noticed = (*violations, *rules.of_call(method, args))
        entry = Call(self._next(), self._now(), method, args, answer, _since(began), noticed, fault)
        self.called += 1
        self.calls.append(entry)
        self._add(entry)

    def response(self, args: Json, answer: Json, began: float, violations: tuple[str, ...] = ()) -> None:
        """Write down what was sent to a response URL: no call of a method, so it is not among `calls`."""
        self._add(Call(self._next(), self._now(), "response_url", args, answer, _since(began), violations))

    def delivery(
        self, kind: str, payload: Json, reply: Json | None, began: float, retry: int = 0, fault: str = ""
    ) -> None:
        """Write down what was brought to the app, once the acknowledgement has come, or has not."""
        ms = _since(began)
        noticed = rules.of_delivery(kind, payload, reply, ms)
        self._add(Delivery(self._next(), self._now(), kind, payload, reply, ms, retry, noticed, fault))

    def forget(self) -> None:
        """Let go of what was written down; the count goes on."""
        self.entries.clear()
        self.calls.clear()
        self.bell.ring()

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
