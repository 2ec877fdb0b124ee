"""All of the records in one transaction, the store that opens them, and the courier."""

from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from bot.domain.announcements import Announcement, Progress
from bot.domain.notes import Doubt, Finding, Later, Lease, Note, Outcome, Unreadable
from bot.domain.people import Person
from bot.usecases.ports.announcements import Announcements
from bot.usecases.ports.pairs import Pairs
from bot.usecases.ports.planning import Planning
from bot.usecases.ports.programs import Programs
from bot.usecases.ports.sending import Sending
from bot.usecases.ports.values import HeardMarks, Trouble
from bot.usecases.ports.year import PairsYear


class Records(Planning, Sending, Programs, Pairs, PairsYear, Announcements, Protocol):
    """One transaction: what is read and written in it is one whole."""

    async def first_time(self, event: str, now: datetime) -> bool:
        """Tell whether `event` (an id of Slack's) is seen for the first time, and remember it for 25 hours."""

    async def forget_event(self, event: str) -> None:
        """Let `event` count as never seen: it changed nothing, and is to be looked at again if it comes again."""

    async def person(self, person_id: str) -> Person | None:
        """Return a person by id."""

    async def mark_unreachable(self, person_id: str, reason: str, now: datetime) -> None:
        """Note that Slack will not take messages to this person, and why; "" when it does again."""

    async def trouble(self, now: datetime) -> Trouble:
        """Return what needs a person's eye."""


class Store(Protocol):
    """Where the records are kept."""

    def begin(self) -> AbstractAsyncContextManager[Records]:
        """Open a transaction: committed at the end of the block, rolled back when it raises.

        Raises RecordsAway, at its begin, within or at its end, when the records cannot be reached.
        """


class Courier(Protocol):
    """Brings notes to people, once each: never tries again by itself."""

    async def post(self, note: Note, person: Person, lease: Lease) -> Outcome:
        """Send a note and say how it went; never raises for what Slack or the network does.

        Does not begin when `lease` leaves no time for the call: somebody else may have taken over.
        """

    async def find(self, doubt: Doubt) -> Finding:
        """Look for a note in the conversation where it would be."""

    async def marks_since(self, slack_id: str, channel: str, since: datetime) -> HeardMarks | Unreadable | Later:
        """Return the marks of all notes in a conversation since then."""

    async def works(self) -> bool:
        """Tell whether Slack takes our token."""

    async def show_progress(self, announcement: Announcement, progress: Progress) -> bool:
        """Bring an announcement's progress line up to date; return False if it is to be tried again."""
