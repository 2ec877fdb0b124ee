"""Faults on order: how a test makes this Slack stumble, the way the real one and the network do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

How = Literal["429", "drop_before", "drop_after", "500", "500_after", "hang", "hang_before"] | Mapping[str, Any]


@dataclass(slots=True)
class Fault:
    """What goes wrong, how often, with calls of which method (`*`: any), and only where `when` (the arguments) is true.

    `429` is refused with Retry-After; `drop_before` and `drop_after` cut the line before or after the call is carried
    out; `500` is carried out by nobody, `500_after` is; `hang_before` and `hang` never answer. A mapping is the answer
    itself: `{"error": "user_not_found"}`; with `"after": True` the call has been carried out all the same.
    """

    method: str
    how: How
    times: int = 1
    retry_after: int = 30
    when: Callable[[Mapping[str, Any]], bool] | None = None

    def fits(self, method: str, args: Mapping[str, Any]) -> bool:
        """Whether this call goes wrong."""
        return self.times > 0 and self.method in ("*", method) and (self.when is None or self.when(args))

    @property
    def carried_out(self) -> bool:
        """Whether the call takes effect all the same."""
        if isinstance(self.how, str):
            return self.how in ("drop_after", "500_after", "hang")
        return bool(self.how.get("after"))

    @property
    def garbled(self) -> bool:
        """Whether the app gets another answer than the true one."""
        return not isinstance(self.how, str) or self.how == "500_after"


def strike(faults: list[Fault], method: str, args: Mapping[str, Any]) -> Fault | None:
    """The first fault that this call meets, one time fewer now; None if all goes well."""
    fault = next((fault for fault in faults if fault.fits(method, args)), None)
    if fault is not None:
        fault.times -= 1
        if fault.times == 0:
            faults.remove(fault)
    return fault
