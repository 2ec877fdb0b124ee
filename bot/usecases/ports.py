"""All that a use case may touch: the records, and the courier who brings notes to people.

All moments are aware and in UTC; all dates are days on the calendar of the person or program that they belong to.
Ids are opaque; keys are the names that a coordinator gave in the roster.
"""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from bot.domain.announcements import Announcement, Progress
from bot.domain.days import Span
from bot.domain.meetings import Goal, Meeting
from bot.domain.notes import Doubt, Finding, Later, Lease, Note, Outcome, SentNote, Unreadable
from bot.domain.nudges import Nudge
from bot.domain.pace import Pace, Queue
from bot.domain.people import Answer, Member, Pair, Person, Preferences
from bot.domain.program import Program, Role


class RecordsAway(Exception):
    """The records cannot be reached for the moment, or not in time; the text says why, for a log.

    What was to be written may be written all the same, if the line was cut at the very end.
    """


@dataclass(frozen=True, slots=True)
class Look:
    """One row of the agenda: look again at a pair (by its id) or at a member (`person_id` in `program_id`)."""

    id: str
    program_id: str
    pair_id: str | None = None
    person_id: str | None = None


@dataclass(frozen=True, slots=True)
class Workspace:
    """A Slack team; `team_id` is "" until its token has been used for the first time.

    `stopped` says why nothing is sent there, or "": the token is refused, the app was removed, a backup was restored.
    """

    id: str
    team_id: str
    name: str = ""
    stopped: str = ""


RESTORED = "restored"  # only `tandem doctor --after-restore` starts such a workspace again


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is in one workspace: (person id, program id), no more than `pace` allows."""

    pace: Pace
    people: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Started:
    """A note that is about to be sent, with the nudges (by id) that it holds."""

    note: Note
    nudge_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unclear:
    """A note of which a person has to say whether to send it again."""

    note_id: str
    person: Person
    at: datetime
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PairRow:
    """A pair as the roster has it, by ids: what `load` writes."""

    program_id: str
    key: str
    mentor_id: str
    mentee_id: str
    liaison_id: str | None
    rhythm: str
    starts: date
    ends: date | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What `tandem doctor` reports: how many messages hang or are unknown, and who cannot be reached.

    `unknown` are looked up by Tandem itself; `undecided` wait for a person. `stopped` workspaces are sent nothing.
    """

    stuck: int = 0
    unknown: int = 0
    undecided: int = 0
    refused: Mapping[str, int] = field(default_factory=dict)
    without_slack: tuple[Person, ...] = ()
    unreachable: tuple[Person, ...] = ()
    oldest_due: datetime | None = None
    stopped: tuple[Workspace, ...] = ()


# Marks that stand in a conversation, with the moment of the automatic note that says it; None: an announcement does.
HeardMarks = Mapping[str, datetime | None]


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
        """Make the rows of a pair, or of a person in every program and of all their pairs, due at `now`.

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


class Programs(Protocol):
    """Programs and who is in them."""

    async def workspaces(self) -> tuple[Workspace, ...]:
        """Return all workspaces."""

    async def workspace(self, team_id: str) -> Workspace:
        """Return the workspace of a Slack team. The only one without a team becomes this team's; else a new one."""

    async def programs(self, workspace_id: str) -> tuple[Program, ...]:
        """Return the programs of a workspace, by first day."""

    async def put_program(self, workspace_id: str, program: Program) -> Program:
        """Write a design: a new one, or that of the same key anew. Return it with its id."""

    async def people(self, workspace_id: str) -> tuple[Person, ...]:
        """Return everybody in a workspace, by key."""

    async def put_person(self, workspace_id: str, person: Person) -> Person:
        """Write name, Slack id, e-mail, zone and reachability: anew (id "" and a new key) or changed.

        Preferences and pauses stay. Raises LookupError for a person of another workspace.
        """

    async def put_people(self, workspace_id: str, persons: Sequence[Person]) -> tuple[Person, ...]:
        """Write people, however many, as put_person does; return them in the same order. No key may come twice."""

    async def roles(self, program_id: str) -> dict[str, frozenset[Role]]:
        """Return the roles of each person (by id) in a program."""

    async def put_roles(self, program_id: str, person_id: str, roles: frozenset[Role], now: datetime) -> None:
        """Make a person a member with these roles; no roles: a member no more. Their agenda row is due at `now`."""

    async def put_members(self, program_id: str, roles: Mapping[str, frozenset[Role]], now: datetime) -> None:
        """Give roles to people (by id), however many, as put_roles does."""

    async def pairs(self, program_id: str) -> tuple[Pair, ...]:
        """Return all pairs of a program, by key, with all that is known of them."""

    async def put_pair(self, pair: PairRow, now: datetime) -> str:
        """Write a pair, new (id "" and a new key) or changed; return its id.

        Its agenda row is due at `now`, and so are those of all who belong to it or follow it, or did until now.
        Raises ValueError for a rhythm that cannot be read.
        """

    async def put_pairs(self, rows: Sequence[PairRow], now: datetime) -> list[str]:
        """Write pairs of one program, however many, as put_pair does; return their ids. No key may come twice."""

    async def members_of_slack_user(self, workspace_id: str, slack_id: str) -> tuple[Member, ...]:
        """Return what a Slack user is in each program, the one that began last first."""

    async def members(self, program_id: str) -> tuple[Member, ...]:
        """Return all members of a program with their pairs, by the person's key."""

    async def person_of_slack_user(self, workspace_id: str, slack_id: str) -> Person | None:
        """Return the person with this Slack id."""

    async def coordinators(self, program_id: str) -> tuple[Person, ...]:
        """Return the coordinators of a program, by name."""


class Pairs(Protocol):
    """What pairs do."""

    async def meeting_on(self, pair_id: str, day: date) -> Meeting | None:
        """Return the meeting of that day."""

    async def meeting(self, meeting_id: str) -> Meeting | None:
        """Return a meeting by its id."""

    async def meetings_by_id(self, ids: Collection[str]) -> dict[str, Meeting]:
        """Return those of the meetings that still exist."""

    async def meetings(self, pair_id: str, limit: int) -> list[Meeting]:
        """Return the newest meetings, newest first."""

    async def put_meeting(self, meeting: Meeting) -> tuple[Meeting, bool]:
        """Write a meeting, new (id "") or changed. Return it, and whether it was new.

        A new one on a day that has one already (somebody was faster) is not written: the other one is returned.
        """

    async def remove_meeting(self, meeting_id: str) -> None:
        """Remove a meeting; safe to call twice."""

    async def lock_pair(self, pair_id: str) -> None:
        """Keep the pair to this transaction until it ends: two forms about its goals are taken one after the other."""

    async def goals(self, pair_id: str) -> list[Goal]:
        """Return a pair's goals, oldest first."""

    async def put_goal(self, goal: Goal, now: datetime) -> Goal:
        """Write a goal, new (id "") or changed; `since` becomes `now` where its state is new."""

    async def put_answer(self, answer: Answer) -> None:
        """Add an answer to a reminder."""

    async def put_pause(self, person_id: str, pause: Span) -> None:
        """Add a pause."""

    async def end_pauses(self, person_id: str, today: date) -> None:
        """End what runs on `today` with yesterday, and drop what has not begun."""

    async def put_preferences(self, person_id: str, preferences: Preferences) -> None:
        """Write what a person chose."""


class Announcements(Protocol):
    """What coordinators say to many."""

    async def put_announcement(self, announcement: Announcement) -> tuple[Announcement, bool]:
        """Write an announcement, new (by its `token`) or changed. Return it, and whether it was new."""

    async def announcement(self, announcement_id: str) -> Announcement | None:
        """Return an announcement by its id."""

    async def announcements_under_way(self) -> list[Announcement]:
        """Return those whose progress line is not final."""

    async def stop_announcement(self, announcement_id: str) -> int:
        """Take back the copies that are still open, for good; return how many."""

    async def progress(self, announcement_id: str) -> Progress:
        """Count the copies of an announcement by what became of them, and name who could not be reached."""


class Records(Planning, Sending, Programs, Pairs, Announcements, Protocol):
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


__all__ = ["Courier", "HeardMarks", "Look", "PairRow", "Records", "RecordsAway", "Store", "Trouble", "Workspace"]
