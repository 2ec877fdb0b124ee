"""What a way to the app is, whichever it takes: sockets (socket_mode.py) or signed requests (http_mode.py)."""

from dataclasses import dataclass
from typing import Literal, Protocol

from bot.playground.workspace.state import Json

Kind = Literal["slash_commands", "interactive", "events_api"]


@dataclass(frozen=True, slots=True)
class Retry:
    """Which further try of an event this is (0: the first of all), and why Slack makes it."""

    number: int = 0
    reason: str = ""


FIRST = Retry()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one try. `reply` is what the acknowledgement held ({} if nothing), None if none came.

    `reason` is Slack's word for what went wrong; `final` if the app asked not to be tried again.
    """

    reply: Json | None
    reason: str = ""
    final: bool = False


class Line(Protocol):
    """A way to the app. `open_ends` says how many ears there are at the other end."""

    @property
    def open_ends(self) -> int:
        """How many connections the app holds."""

    async def carry(self, kind: Kind, payload: Json, within: float, retry: Retry = FIRST) -> Outcome:
        """Bring `payload` to the app, and wait for its acknowledgement at most `within` seconds."""

    async def hang_up(self) -> None:
        """Close the line, and tell the app."""
