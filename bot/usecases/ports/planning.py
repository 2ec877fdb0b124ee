"""The agenda: what is to be looked at again, and when."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.nudges import Nudge
from bot.domain.people import Member, Pair
from bot.usecases.ports.values import Look


class Planning(Protocol):
    """The agenda: what is to be looked at again, and when."""

    async def claim_looks(self, now: datetime, limit: int) -> list[Look]:
        """Take up to `limit` rows that are due at `now`, oldest first, locked until the transaction ends."""

    async def looked_at(self, looks: Collection[Look]) -> dict[str, Pair | Member]:
        """Return what each row (by its id) is about, with all that is known of it; without those that are no more."""

    async def members_by_id(self, ids: Collection[tuple[str, str]]) -> dict[tuple[str, str], Member]:
        """Return the members for (person id, program id), with their own and their followed pairs."""

    async def put_nudges(self, nudges: Sequence[Nudge]) -> int:
        """Write those whose slot is new; return how many were written.

        One that was never sent is written anew and opened where it was withdrawn, or where its days have moved on: a
        break puts off a reminder, though its first days went by, or lapsed, while Tandem was away.
        """

    async def look_again(self, looks: Sequence[tuple[Look, datetime | None]]) -> None:
        """Set when each row is due next; None: not before something changes."""

    async def look_now(self, now: datetime, *, pair_id: str | None = None, person_id: str | None = None) -> None:
        """Make the rows of a pair and its two, or of a person in every program and of all their pairs, due at `now`.

        What is held for the person is looked at again as well: the break or the hours that it waits for may be gone.
        """

    async def look_at_all(self, program_id: str, now: datetime) -> None:
        """Make every row of a program due at `now`."""

    async def next_due(self) -> datetime | None:
        """Return the earliest moment at which something is due: a row of the agenda, an open nudge, a doubtful note.

        Nothing that would go to a stopped workspace is due.
        """

    async def anything_to_do(self, now: datetime) -> bool:
        """Tell whether something is due at `now`, or an announcement is under way."""
