"""What the two of a pair do: meetings, goals, their agreement, and all that belongs to their year."""

from sqlalchemy import JSON, Boolean, Column, Date, Index, Integer, Table, UniqueConstraint, false

from bot.store.columns import Code, Moment, Prose
from bot.store.tables.shape import a_workspace, an_id, belongs, code, metadata, prose

meetings = Table(
    "meetings",
    metadata,
    an_id(),
    a_workspace(),
    Column("pair_id", Code, nullable=False),
    Column("day", Date, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("means", Code, nullable=False),
    Column("logged_by", Code, nullable=False),
    Column("logged_at", Moment, nullable=False),
    Column("moved", JSON, nullable=False),  # for the release before the stories of goals; nothing reads it any more
    code("confirmed"),
    belongs("pair_id", "pairs"),
    belongs("logged_by", "people", cascade=False),
    UniqueConstraint("pair_id", "day"),
    UniqueConstraint("workspace_id", "id"),
)

meeting_words = Table(
    "meeting_words",
    metadata,
    Column("meeting_id", Code, primary_key=True),
    Column("person_id", Code, primary_key=True),
    a_workspace(),
    Column("place", Integer, nullable=False),
    prose("next_step"),
    prose("notes"),
    prose("private"),
    belongs("meeting_id", "meetings"),
    belongs("person_id", "people"),
)

corrections = Table(
    "corrections",
    metadata,
    an_id(),
    a_workspace(),
    Column("meeting_id", Code, nullable=False),
    Column("person_id", Code, nullable=False),
    Column("at", Moment, nullable=False),
    prose("before"),
    prose("words"),
    belongs("meeting_id", "meetings"),
    belongs("person_id", "people"),
    Index(None, "meeting_id", "at"),
)

goals = Table(
    "goals",
    metadata,
    an_id(),
    a_workspace(),
    Column("pair_id", Code, nullable=False),
    prose("what"),
    prose("help"),
    prose("why"),
    prose("measure"),
    Column("target", Date),
    code("set_by"),
    Column("state", Code, nullable=False),
    Column("since", Moment, nullable=False),
    Column("set_at", Moment, nullable=False),
    belongs("pair_id", "pairs"),
    Index("uq_goals_workspace_id_id", "workspace_id", "id", unique=True),
    Index(None, "pair_id"),
)

goal_moves = Table(
    "goal_moves",
    metadata,
    an_id(),
    a_workspace(),
    Column("goal_id", Code, nullable=False),
    Column("person_id", Code, nullable=False),
    Column("at", Moment, nullable=False),
    Column("state", Code, nullable=False),
    prose("words"),
    Column("meeting_id", Code),
    belongs("goal_id", "goals"),
    belongs("person_id", "people"),
    Index(None, "goal_id", "at"),
)

answers = Table(
    "answers",
    metadata,
    an_id(),
    a_workspace(),
    Column("pair_id", Code, nullable=False),
    Column("person_id", Code, nullable=False),
    Column("kind", Code, nullable=False),
    Column("day", Date, nullable=False),
    Column("at", Moment, nullable=False),
    Column("remind_on", Date),
    prose("words"),
    Column("past_liaison", Boolean, nullable=False, server_default=false()),
    belongs("pair_id", "pairs"),
    belongs("person_id", "people"),
    Index(None, "pair_id", "kind", "at"),
)

agreements = Table(
    "agreements",
    metadata,
    an_id(),
    a_workspace(),
    Column("pair_id", Code, nullable=False),
    Column("version", Integer, nullable=False),
    Column("terms", JSON, nullable=False),
    Column("edited_by", Code, nullable=False),
    Column("edited_at", Moment, nullable=False),
    Column("mentor_signed", Moment),
    Column("mentee_signed", Moment),
    belongs("pair_id", "pairs"),
    UniqueConstraint("pair_id", "version"),
)

drafts = Table(
    "drafts",
    metadata,
    Column("person_id", Code, primary_key=True),
    Column("form", Code, primary_key=True),
    Column("subject", Code, primary_key=True),
    a_workspace(),
    Column("fields", JSON, nullable=False),
    Column("at", Moment, nullable=False),
    belongs("person_id", "people"),
)

appointments = Table(
    "appointments",
    metadata,
    an_id(),
    a_workspace(),
    Column("pair_id", Code, nullable=False),
    Column("starts", Moment, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("set_by", Code, nullable=False),
    Column("set_at", Moment, nullable=False),
    prose("place"),
    Column("state", Code, nullable=False),
    Column("sequence", Integer, nullable=False),
    belongs("pair_id", "pairs"),
    Index(None, "pair_id", "starts"),
)

promises = Table(
    "promises",
    metadata,
    an_id(),
    a_workspace(),
    Column("pair_id", Code, nullable=False),
    Column("what", Prose, nullable=False),
    Column("owner_id", Code, nullable=False),
    Column("set_by", Code, nullable=False),
    Column("set_at", Moment, nullable=False),
    Column("due", Date),
    Column("meeting_id", Code),
    Column("done_at", Moment),
    belongs("pair_id", "pairs"),
    belongs("owner_id", "people"),
    Index(None, "pair_id", "set_at"),
)

replies = Table(
    "replies",
    metadata,
    an_id(),
    a_workspace(),
    Column("pair_id", Code, nullable=False),
    Column("person_id", Code, nullable=False),
    Column("question", Code, nullable=False),
    Column("occurrence", Code, nullable=False),
    Column("choice", Code, nullable=False),
    prose("words"),
    Column("at", Moment, nullable=False),
    belongs("pair_id", "pairs"),
    belongs("person_id", "people"),
    UniqueConstraint("pair_id", "person_id", "question", "occurrence"),
)

endings = Table(
    "endings",
    metadata,
    an_id(),
    a_workspace(),
    Column("pair_id", Code, nullable=False),
    Column("asked_by", Code, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("last_day", Date, nullable=False),
    prose("reason"),
    Column("goal_id", Code),
    Column("taken_back", Boolean, nullable=False),
    Column("past_liaison", Boolean, nullable=False),
    Column("ends_before", Date),
    belongs("pair_id", "pairs"),
    belongs("asked_by", "people"),
    Index(None, "pair_id", "asked_at"),
)

rematches = Table(
    "rematches",
    metadata,
    an_id(),
    a_workspace(),
    Column("program_id", Code, nullable=False),
    Column("person_id", Code, nullable=False),
    Column("pair_id", Code, nullable=False),
    Column("at", Moment, nullable=False),
    Column("state", Code, nullable=False),
    prose("words"),
    belongs("program_id", "programs"),
    belongs("person_id", "people"),
    belongs("pair_id", "pairs"),
    UniqueConstraint("pair_id", "person_id"),
    Index(None, "program_id", "at"),
)

handovers = Table(
    "handovers",
    metadata,
    an_id(),
    a_workspace(),
    Column("pair_id", Code, nullable=False),
    Column("from_id", Code),
    Column("to_id", Code),
    Column("by", Code, nullable=False),
    Column("at", Moment, nullable=False),
    belongs("pair_id", "pairs"),
    Index(None, "pair_id", "at"),
)

phase_moves = Table(
    "phase_moves",
    metadata,
    an_id(),
    a_workspace(),
    Column("pair_id", Code, nullable=False),
    Column("phase", Code, nullable=False),
    Column("day", Date, nullable=False),
    Column("by", Code, nullable=False),
    Column("at", Moment, nullable=False),
    belongs("pair_id", "pairs"),
    Index(None, "pair_id", "at"),
)
