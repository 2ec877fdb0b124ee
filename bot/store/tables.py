"""The tables. Every row belongs to a workspace, and the database itself refuses one that points into another.

That is what the pairs of columns in the foreign keys are for: (workspace_id, person_id) must be a person of that
workspace. Only `events` has none: ids of Slack's, kept for a day, that say nothing about anybody.
"""

from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    Date,
    Float,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    UniqueConstraint,
    false,
    literal_column,
    text,
)

from bot.store.columns import Code, Moment, Prose, Roles

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Written out rather than bound: an index on part of a table is used only where the query says the same words.
OPEN: ColumnElement[str] = literal_column("'open'")
SENDING: ColumnElement[str] = literal_column("'sending'")
UNKNOWN: ColumnElement[str] = literal_column("'unknown'")


def _id() -> Column[Any]:
    return Column("id", Code, primary_key=True)


def _workspace() -> Column[Any]:
    return Column("workspace_id", Code, nullable=False)


def _in_workspace() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], ondelete="CASCADE")


def _belongs(column: str, parent: str, *, cascade: bool = True) -> ForeignKeyConstraint:
    """Let `column` name a row of `parent` in the same workspace; `cascade`: it goes when that one goes."""
    return ForeignKeyConstraint(
        ["workspace_id", column], [f"{parent}.workspace_id", f"{parent}.id"], ondelete="CASCADE" if cascade else None
    )


def _text(name: str) -> Column[Any]:
    return Column(name, Prose, nullable=False, server_default=text("''"))


def _partial(name: str, *columns: str, where: str) -> Index:
    """Index the few rows that are asked for again and again, not the many that are over and done with."""
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


workspaces = Table(
    "workspaces",
    metadata,
    _id(),
    Column("team_id", Code, unique=True),
    _text("name"),
    _text("stopped"),
    Column("stopped_at", Moment),
)

programs = Table(
    "programs",
    metadata,
    _id(),
    _workspace(),
    Column("key", Code, nullable=False),
    Column("zone", Code, nullable=False),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("design", JSON, nullable=False),
    _in_workspace(),
    UniqueConstraint("workspace_id", "key"),
    UniqueConstraint("workspace_id", "id"),
)

people = Table(
    "people",
    metadata,
    _id(),
    _workspace(),
    Column("key", Code, nullable=False),
    _text("name"),
    Column("slack_id", Code),
    _text("email"),
    Column("zone", Code, nullable=False),
    Column("preferences", JSON, nullable=False, default=dict),
    _text("unreachable"),
    Column("unreachable_at", Moment),
    _text("channel"),
    _in_workspace(),
    UniqueConstraint("workspace_id", "key"),
    UniqueConstraint("workspace_id", "slack_id"),
    UniqueConstraint("workspace_id", "id"),
)

pauses = Table(
    "pauses",
    metadata,
    _id(),
    _workspace(),
    Column("person_id", Code, nullable=False),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    _belongs("person_id", "people"),
    Index(None, "person_id"),
)

members = Table(
    "members",
    metadata,
    Column("program_id", Code, primary_key=True),
    Column("person_id", Code, primary_key=True),
    _workspace(),
    Column("roles", Roles, nullable=False),
    _belongs("program_id", "programs"),
    _belongs("person_id", "people"),
    Index(None, "person_id"),
)

pairs = Table(
    "pairs",
    metadata,
    _id(),
    _workspace(),
    Column("program_id", Code, nullable=False),
    Column("key", Code, nullable=False),
    Column("mentor_id", Code, nullable=False),
    Column("mentee_id", Code, nullable=False),
    Column("liaison_id", Code),
    _text("rhythm"),
    Column("starts", Date, nullable=False),
    Column("ends", Date),
    _belongs("program_id", "programs"),
    _belongs("mentor_id", "people", cascade=False),
    _belongs("mentee_id", "people", cascade=False),
    _belongs("liaison_id", "people", cascade=False),
    UniqueConstraint("program_id", "key"),
    UniqueConstraint("workspace_id", "id"),
    Index(None, "mentor_id"),
    Index(None, "mentee_id"),
    Index(None, "liaison_id"),
)

meetings = Table(
    "meetings",
    metadata,
    _id(),
    _workspace(),
    Column("pair_id", Code, nullable=False),
    Column("day", Date, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("means", Code, nullable=False),
    Column("logged_by", Code, nullable=False),
    Column("logged_at", Moment, nullable=False),
    Column("moved", JSON, nullable=False),
    _belongs("pair_id", "pairs"),
    _belongs("logged_by", "people", cascade=False),
    UniqueConstraint("pair_id", "day"),
    UniqueConstraint("workspace_id", "id"),
)

meeting_words = Table(
    "meeting_words",
    metadata,
    Column("meeting_id", Code, primary_key=True),
    Column("person_id", Code, primary_key=True),
    _workspace(),
    Column("place", Integer, nullable=False),
    _text("next_step"),
    _text("notes"),
    _belongs("meeting_id", "meetings"),
    _belongs("person_id", "people"),
)

goals = Table(
    "goals",
    metadata,
    _id(),
    _workspace(),
    Column("pair_id", Code, nullable=False),
    _text("what"),
    _text("help"),
    Column("state", Code, nullable=False),
    Column("since", Moment, nullable=False),
    Column("set_at", Moment, nullable=False),
    _belongs("pair_id", "pairs"),
    Index(None, "pair_id"),
)

answers = Table(
    "answers",
    metadata,
    _id(),
    _workspace(),
    Column("pair_id", Code, nullable=False),
    Column("person_id", Code, nullable=False),
    Column("kind", Code, nullable=False),
    Column("day", Date, nullable=False),
    Column("at", Moment, nullable=False),
    Column("remind_on", Date),
    _text("words"),
    _belongs("pair_id", "pairs"),
    _belongs("person_id", "people"),
    Index(None, "pair_id", "kind", "at"),
)

agenda = Table(
    "agenda",
    metadata,
    _id(),
    _workspace(),
    Column("program_id", Code, nullable=False),
    Column("pair_id", Code),
    Column("person_id", Code),
    Column("due_at", Moment),
    _belongs("program_id", "programs"),
    _belongs("pair_id", "pairs"),
    _belongs("person_id", "people"),
    CheckConstraint("(pair_id IS NULL) <> (person_id IS NULL)", name="about_one"),
    UniqueConstraint("pair_id"),
    UniqueConstraint("person_id", "program_id"),
    Index(None, "due_at", "id"),
)

notes = Table(
    "notes",
    metadata,
    _id(),
    _workspace(),
    Column("program_id", Code, nullable=False),
    Column("person_id", Code, nullable=False),
    Column("lane", Integer, nullable=False),
    Column("state", Code, nullable=False),
    Column("lease_until", Moment, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("settled_at", Moment),
    Column("look_at", Moment),
    _text("channel"),
    _text("ts"),
    _text("reason"),
    _belongs("program_id", "programs"),
    _belongs("person_id", "people"),
    UniqueConstraint("workspace_id", "id"),
    Index(None, "person_id", "started_at"),
    _partial("ix_notes_on_their_way", "lease_until", where="state = 'sending'"),
    _partial("ix_notes_unknown", "look_at", where="state = 'unknown'"),
)

nudges = Table(
    "nudges",
    metadata,
    _id(),
    _workspace(),
    Column("program_id", Code, nullable=False),
    Column("rule", Code, nullable=False),
    Column("subject", Code, nullable=False),
    Column("occurrence", Code, nullable=False),
    Column("person", Code, nullable=False),
    Column("person_id", Code, nullable=False),
    Column("lane", Integer, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("too_late", Moment, nullable=False),
    Column("pair_id", Code),
    Column("facts", JSON, nullable=False),
    Column("state", Code, nullable=False, server_default="open"),
    Column("note_id", Code),
    Column("again", Boolean, nullable=False, server_default=false()),
    _belongs("program_id", "programs"),
    _belongs("person_id", "people"),
    _belongs("pair_id", "pairs"),
    _belongs("note_id", "notes"),
    UniqueConstraint("program_id", "rule", "subject", "occurrence", "person_id", name="uq_nudges_slot"),
    _partial("ix_nudges_open", "not_before", where="state = 'open'"),
    _partial("ix_nudges_turns", "workspace_id", "lane", "not_before", where="state = 'open'"),
    _partial("ix_nudges_open_of_member", "person_id", "program_id", where="state = 'open'"),
    _partial("ix_nudges_noted", "note_id", where="note_id IS NOT NULL"),
)

paces = Table(
    "paces",
    metadata,
    Column("workspace_id", Code, primary_key=True),
    Column("method", Code, primary_key=True),
    Column("rate", Float, nullable=False),
    Column("next_at", Moment, nullable=False),
    Column("resumes_at", Moment, nullable=False),
    Column("raised_at", Moment, nullable=False),
    Column("found", Boolean, nullable=False),
    Column("failures", Integer, nullable=False),
    _in_workspace(),
)

heard = Table(
    "heard",
    metadata,
    Column("person_id", Code, primary_key=True),
    Column("mark", Code, primary_key=True),
    _workspace(),
    Column("at", Moment, nullable=False),
    Column("spoken_at", Moment),
    _belongs("person_id", "people"),
)

announcements = Table(
    "announcements",
    metadata,
    _id(),
    _workspace(),
    Column("program_id", Code, nullable=False),
    Column("author_id", Code, nullable=False),
    Column("text", Prose, nullable=False),
    Column("audience", Roles, nullable=False),
    Column("token", Code, nullable=False),
    Column("at", Moment, nullable=False),
    _text("link"),
    _text("channel"),
    _text("ts"),
    Column("done", Boolean, nullable=False),
    _belongs("program_id", "programs"),
    _belongs("author_id", "people"),
    UniqueConstraint("program_id", "token"),
    Index(None, "done", "at"),
)

events = Table(
    "events",
    metadata,
    _id(),
    Column("at", Moment, nullable=False),
    Index(None, "at"),
)
