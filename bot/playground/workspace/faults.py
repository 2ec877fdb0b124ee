"""Faults on order: how a test makes this Slack stumble, the way the real one and the network do."""

import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any, Self

How = str | Mapping[str, Any]
Arguments = Mapping[str, Any]

NOT_TAKEN = ("429", "drop_before", "500", "503", "hang_before", "html")
TAKEN = ("drop_after", "500_after", "503_after", "hang", "not_json", "empty", "truncated", "slow")
BLAMED = (*NOT_TAKEN, "500_after", "503_after")  # the app is told, if anything, that it did not work
OF_CALLS = (*NOT_TAKEN, *TAKEN)
OF_DELIVERIES = ("lost", "unheard", "late", "cut", "silence")
DELIVERIES = ("slash_commands", "interactive", "events_api")  # in the place of a method
SLOW_SECONDS = 1.0
STORMY_PAUSE = 2  # seconds: the Retry-After in a storm


class UnknownFault(ValueError):
    """There is no such fault; the sentence says what there is."""


@dataclass(slots=True)
class Fault:
    """What goes wrong, how often, and with what: calls of a method (`*`: any), or what is brought to the app.

    Of calls, `429` is refused with Retry-After. `drop_before` and `drop_after` cut the line before or after the call
    is carried out; `500` and `503` are carried out by nobody, `500_after` and `503_after` are; `hang_before` and `hang`
    never answer; `slow` answers truly, but only after `seconds`. `html` is the page of a gateway, and nothing is
    carried out; with `not_json`, `empty` and `truncated` it is, and the answer's body is no JSON. A mapping is the
    answer itself: `{"error": "user_not_found"}`; with `"after": True` the call has been carried out all the same.

    Of deliveries (the method is `slash_commands`, `interactive` or `events_api`), `lost` never gets there; `unheard`
    gets there, but the acknowledgement does not come back; `late` gets there after `seconds`; `cut` breaks every
    socket on the way; `silence` makes the sockets mute, for `seconds` if there are any.

    `times` may be None: without end. With a `probability` only some of what fits is hit: the same `seed`, the same
    ones. `when` narrows it down by the arguments or the payload.
    """

    method: str
    how: How
    times: int | None = 1
    retry_after: int = 30
    when: Callable[[Arguments], bool] | None = None
    probability: float = 1.0
    seed: int = 0
    seconds: float = 0.0
    id: str = field(default_factory=lambda: "F" + secrets.token_hex(4).upper())
    _chance: Random = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Raise UnknownFault if there is no such fault, or not there."""
        self._chance = Random(self.seed)
        there_are = OF_DELIVERIES if self.method in DELIVERIES else OF_CALLS
        if isinstance(self.how, str) and self.how not in there_are:
            raise UnknownFault(f'`how` is one of {", ".join(there_are)}, or an answer such as {{"error": …}}.')
        if self.method in DELIVERIES and not isinstance(self.how, str):
            raise UnknownFault(f"What is brought to the app goes wrong as one of {', '.join(there_are)}.")

    def fits(self, method: str, args: Arguments) -> bool:
        """Whether this could go wrong. `*` means any call, and no delivery."""
        if self.times is not None and self.times <= 0:
            return False
        meant = self.method == method or (self.method == "*" and method not in DELIVERIES)
        return meant and (self.when is None or self.when(args))

    def strikes(self) -> bool:
        """Whether it goes wrong this time."""
        return self.probability >= 1 or self._chance.random() < self.probability

    @property
    def carried_out(self) -> bool:
        """Whether the call takes effect all the same."""
        return self.how in TAKEN if isinstance(self.how, str) else bool(self.how.get("after"))

    @property
    def answer(self) -> dict[str, Any] | None:
        """What the app is answered in place of the truth; None if that is sent, or nothing that it can read."""
        if not isinstance(self.how, str):
            return {"ok": False, **{name: value for name, value in self.how.items() if name != "after"}}
        if self.how == "429":
            return {"ok": False, "error": "ratelimited"}
        return {"ok": False, "error": "internal_error"} if self.how in BLAMED else None

    def shown(self) -> dict[str, Any]:
        """The fault as JSON holds it."""
        return {
            "id": self.id,
            "method": self.method,
            "how": self.how if isinstance(self.how, str) else dict(self.how),
            "times": self.times,
            "probability": self.probability,
            "seed": self.seed,
            "seconds": self.seconds,
            "retry_after": self.retry_after,
        }


class Faults(list[Fault]):
    """What will go wrong, in order: the first that fits, strikes."""

    @classmethod
    def storm(cls, probability: float, seed: int = 0) -> Self:
        """Let about that part of all calls, and of all deliveries, go wrong, in every way that there is."""
        calls = _spread(("*",), OF_CALLS, probability, seed)
        return cls([*calls, *_spread(DELIVERIES, OF_DELIVERIES, probability, seed)])

    def strike(self, method: str, args: Arguments) -> Fault | None:
        """The fault that this call or delivery meets, one time fewer now; None if all goes well."""
        fault = next((fault for fault in self if fault.fits(method, args) and fault.strikes()), None)
        if fault is not None and fault.times is not None:
            fault.times -= 1
            if fault.times == 0:
                self.remove(fault)
        return fault

    def without(self, fault_id: str) -> bool:
        """Take away one by its id; say whether it was there."""
        before = len(self)
        self[:] = [fault for fault in self if fault.id != fault_id]
        return len(self) < before


def _spread(methods: tuple[str, ...], ways: tuple[str, ...], probability: float, seed: int) -> Iterator[Fault]:
    for number, how in enumerate(ways):
        for method in methods:
            yield Fault(
                method,
                how,
                times=None,
                retry_after=STORMY_PAUSE,
                probability=probability / len(ways),
                seed=seed * 1000 + number,
                seconds=SLOW_SECONDS,
            )
