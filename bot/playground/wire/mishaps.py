"""What goes wrong, on order, on the way to the app."""

import asyncio
from typing import Protocol, runtime_checkable

from bot.playground.wire.line import Kind, Line, Outcome, Retry
from bot.playground.workspace.faults import Fault
from bot.playground.workspace.state import Json


@runtime_checkable
class Breakable(Protocol):
    """A line made of sockets, which can be cut, and fall silent."""

    def cut(self) -> None:
        """Cut every connection without a word."""

    def silence(self) -> None:
        """Let every connection stand, and bring nothing on it."""

    def talk(self) -> None:
        """End the silence."""


async def carry_badly(
    fault: Fault, line: Line, kind: Kind, payload: Json, within: float, retry: Retry
) -> Outcome | None:
    """Bring `payload` to the app as the fault says; None if it is lost. Without sockets, their faults lose it too."""
    if fault.how in ("late", "unheard"):
        pause = min(fault.seconds, within)
        await asyncio.sleep(pause)
        outcome = await line.carry(kind, payload, within - pause, retry)
        return outcome if fault.how == "late" else None
    if isinstance(line, Breakable):
        _break(line, fault)
    await asyncio.sleep(within)  # nobody knows yet that it is lost
    return None


def _break(line: Breakable, fault: Fault) -> None:
    if fault.how == "cut":
        line.cut()
    elif fault.how == "silence":
        line.silence()
        if fault.seconds:
            asyncio.get_running_loop().call_later(fault.seconds, line.talk)
