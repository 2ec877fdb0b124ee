"""Nudges and notes: what is open, what is on its way, what has arrived."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.domain.notes import Doubt, Finding, Outcome, SentNote
from bot.domain.nudges import Nudge
from bot.domain.pace import Pace, Queue
from bot.usecases.ports.values import HeardMarks, Started, Turn, Unclear


class Sending(Protocol):
    """Nudges and notes: what is open, what is on its way, what has arrived, and how fast it may go."""

    async def claim_turns(self, method: str, now: datetime, limit: int) -> list[Turn]:
        """Take whose turn it is to be called by `method`: up to `limit` people with open nudges due at `now`.

        Each workspace that may be called gives as many as its pace allows, the one that waits longest first; in it,
        what is urgent goes first, then what is old. A workspace is locked until the transaction ends and passed over
        by others meanwhile: two workers never make two notes for one person, nor count one turn twice. At most one
        program of a person is returned; the other one's turn comes with the next call.
        """

    async def next_turn(self, method: str, now: datetime) -> datetime | None:
        """Return from when on somebody may be called to whom something is due at `now`; None: nothing is."""

    async def all_paces(self) -> tuple[Pace, ...]:
        """Return the paces of all workspaces, for who runs Tandem; nothing is locked."""

    async def put_paces(self, paces: Collection[Pace]) -> None:
        """Write paces that this transaction has taken."""

    async def pace(self, workspace_id: str, method: str, now: datetime) -> Pace:
        """Take the pace of a method in a workspace, locked until the transaction ends."""

    async def queue(self, program_id: str, method: str, now: datetime, announcement_id: str = "") -> Queue:
        """Return what is due in a program's workspace at `now`, and how much of it is of this announcement.

        Nothing is locked: it is for telling people how long something takes.
        """

    async def open_nudges(self, people: Collection[tuple[str, str]], now: datetime) -> list[Nudge]:
        """Return the open nudges of these members with `not_before` at or before `now`, by person and slot."""

    async def spoken_days(self, person_ids: Collection[str], since: datetime) -> dict[str, tuple[date, ...]]:
        """Return the days (in the person's zone) on which an automatic note went out or may have: not announcements."""

    async def hold(self, until: Mapping[str, datetime]) -> None:
        """Let open nudges (by id) wait until then."""

    async def close_nudges(self, nudge_ids: Collection[str], state: str) -> None:
        """End open nudges that are not sent.

        `state` is "lapsed" (too late), "withdrawn" (no longer true) or "heard" (said before a backup was restored).
        """

    async def start_notes(self, started: Sequence[Started], *, now: datetime, lease_until: datetime) -> None:
        """Record that notes are about to be sent; their nudges become "noted". Committed before Slack is called."""

    async def settle_notes(self, outcomes: Mapping[str, Outcome], now: datetime) -> None:
        """Record how it went with notes, by id. `Later` and a workspace's `Refused` open the nudges again, other
        refusals end them; `Unknown` is looked up after the settling time.

        Only a note that is on its way can be settled, and an unknown one that turns out to be sent: whoever wakes up
        late changes nothing that another has taken over.
        """

    async def give_up_leases(self, now: datetime) -> int:
        """Make notes unknown whose sender has not come back by `lease_until`; return how many.

        They are looked up after the settling time.
        """

    async def claim_doubts(self, now: datetime, limit: int, again_at: datetime) -> list[Doubt]:
        """Take unknown notes that are to be looked up at `now`; another worker finds them at `again_at` or later.

        None of a workspace that is stopped: Slack would refuse the question as well.
        """

    async def settle_doubt(self, note_id: str, finding: Finding, now: datetime, *, say_again: bool = False) -> None:
        """Record what was found of an unknown note. `Absent` opens its nudges again; `Later` is looked up again.

        `Unreadable` stays unknown for a person to decide; with `say_again` its nudges open, marked as said before.
        """

    async def unknown_notes(self, program_id: str) -> list[Unclear]:
        """Return a program's notes that stay unknown until somebody decides, oldest first."""

    async def decide_unknown(self, note_id: str, *, say_again: bool, now: datetime) -> bool:
        """End an unknown note: its nudges open again, marked as said before, or it is let be. Return False if another
        was faster."""

    async def put_channels(self, channels: Mapping[str, str]) -> None:
        """Write the conversations of people (by id) with Tandem."""

    async def sent_notes(self, person_id: str, limit: int) -> list[SentNote]:
        """Return the newest notes to a person, newest first, with the slots that each one held.

        Without those that Slack did not take and that went out later: the later one is there.
        """

    async def heard_marks(self, person_ids: Collection[str]) -> frozenset[str]:
        """Return the marks that were found in conversations after a backup was restored: not to be said again."""

    async def put_heard(self, workspace_id: str, person_id: str, marks: HeardMarks, now: datetime) -> None:
        """Remember marks that were found in a person's conversation; those of automatic notes spend their days."""

    async def last_sign(self, workspace_id: str) -> datetime | None:
        """Return when these records last heard or did something: what happened later, a restored backup lacks.

        Of a stopped workspace, before it was stopped: people go on pressing buttons.
        """

    async def stop_workspace(self, workspace_id: str, reason: str, now: datetime) -> bool:
        """Send nothing to a workspace until it is started again; return False if it was stopped already.

        The first reason stays, but RESTORED takes the place of any other: those pass by themselves.
        """

    async def start_workspace(self, workspace_id: str) -> None:
        """Send to a workspace again."""
