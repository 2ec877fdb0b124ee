"""What a coordinator says to many at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.people import Member
from bot.domain.program import Role


@dataclass(frozen=True, slots=True)
class Announcement:
    """A coordinator's words to an audience. `token` makes pressing twice one announcement.

    `channel` and `ts` name the message with the progress line; `done` is True when that line is final.
    """

    program_id: str
    author_id: str
    text: str
    audience: frozenset[Role]
    token: str
    at: datetime
    link: str = ""
    channel: str = ""
    ts: str = ""
    done: bool = False
    id: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How many copies are where, and the names of those who could not be reached."""

    waiting: int = 0
    sent: int = 0
    failed: int = 0
    unreached: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """How many people it is for."""
        return self.waiting + self.sent + self.failed

    @property
    def finished(self) -> bool:
        """Tell whether nothing is waiting any more."""
        return self.waiting == 0


def audience_of(members: Iterable[Member], roles: frozenset[Role]) -> list[Member]:
    """Return the members with any of the roles, each once, by name."""
    chosen = {member.person.id: member for member in members if member.roles & roles}
    return sorted(chosen.values(), key=lambda member: (member.person.name, member.person.id))
