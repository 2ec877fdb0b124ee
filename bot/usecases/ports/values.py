"""What goes in and out of the records, beside the values of the domain."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.domain.notes import Note
from bot.domain.pace import Pace
from bot.domain.people import Person


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
