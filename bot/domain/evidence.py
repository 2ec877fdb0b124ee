"""What a pair has done so far, as far as rules need it: counts and states, none of their words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.replies import Question


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is on record of a pair.

    `in_force` is the version of the agreement that both have signed, 0 while there is none; `draft` the version that
    waits, 0 for none, with who `signed` it already, who `drafted` it last, and when the last of this was done
    (`waiting_since`); it cannot be signed while it `lacks` something. `replies` are (question, occurrence, person id,
    choice).
    """

    in_force: int = 0
    draft: int = 0
    drafted: str = ""
    signed: frozenset[str] = frozenset()
    waiting_since: datetime | None = None
    lacks: tuple[str, ...] = ()
    goals: int = 0
    open_goals: int = 0
    replies: frozenset[tuple[str, str, str, str]] = frozenset()

    def choice(self, question: Question, person_id: str, occurrence: str = "") -> str | None:
        """Return what somebody chose; None while they have said nothing."""
        if not self.replies:  # as for most, most of the year
            return None
        said = (reply for reply in self.replies if reply[:3] == (question, occurrence, person_id))
        return next((choice for *_, choice in said), None)


NOTHING_YET = Evidence()


class Signed(Protocol):
    """What is looked at of a version of an agreement."""

    @property
    def version(self) -> int:
        """Its number, from 1."""

    @property
    def edited_by(self) -> str:
        """Who wrote it last."""

    @property
    def edited_at(self) -> datetime:
        """When that was."""

    @property
    def mentor_signed(self) -> datetime | None:
        """When the mentor signed it."""

    @property
    def mentee_signed(self) -> datetime | None:
        """When the mentee signed it."""

    @property
    def lacks(self) -> tuple[str, ...]:
        """What it has to say yet before it can be signed."""


def signing_of(versions: Iterable[Signed], mentor_id: str, mentee_id: str) -> Evidence:
    """Return how far a pair is with its agreement, from all of its versions."""
    found = Evidence()
    for one in sorted(versions, key=lambda version: version.version):
        both = ((mentor_id, one.mentor_signed), (mentee_id, one.mentee_signed))
        signed = {person: at for person, at in both if at is not None}
        if len(signed) == len(both):
            found = Evidence(in_force=one.version)
        else:
            since = max((one.edited_at, *signed.values()))
            found = Evidence(found.in_force, one.version, one.edited_by, frozenset(signed), since, one.lacks)
    return found
