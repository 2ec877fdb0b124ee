"""What is due, and what was said: agenda, nudges, notes, paces, announcements."""

from sqlalchemy import JSON, Boolean, CheckConstraint, Column, Float, Index, Integer, Table, UniqueConstraint, false

from bot.store.columns import Code, Moment, Prose, Roles
from bot.store.tables.shape import a_workspace, an_id, belongs, in_workspace, metadata, partial, prose

agenda = Table(
    "agenda",
    metadata,
    an_id(),
    a_workspace(),
    Column("program_id", Code, nullable=False),
    Column("pair_id", Code),
    Column("person_id", Code),
    Column("due_at", Moment),
    belongs("program_id", "programs"),
    belongs("pair_id", "pairs"),
    belongs("person_id", "people"),
    CheckConstraint("(pair_id IS NULL) <> (person_id IS NULL)", name="about_one"),
    UniqueConstraint("pair_id"),
    UniqueConstraint("person_id", "program_id"),
    Index(None, "due_at", "id"),
)

notes = Table(
    "notes",
    metadata,
    an_id(),
    a_workspace(),
    Column("program_id", Code, nullable=False),
    Column("person_id", Code, nullable=False),
    Column("lane", Integer, nullable=False),
    Column("state", Code, nullable=False),
    Column("lease_until", Moment, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("settled_at", Moment),
    Column("look_at", Moment),
    prose("channel"),
    prose("ts"),
    prose("reason"),
    belongs("program_id", "programs"),
    belongs("person_id", "people"),
    UniqueConstraint("workspace_id", "id"),
    Index(None, "person_id", "started_at"),
    partial("ix_notes_on_their_way", "lease_until", where="state = 'sending'"),
    partial("ix_notes_unknown", "look_at", where="state = 'unknown'"),
)

nudges = Table(
    "nudges",
    metadata,
    an_id(),
    a_workspace(),
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
    belongs("program_id", "programs"),
    belongs("person_id", "people"),
    belongs("pair_id", "pairs"),
    belongs("note_id", "notes"),
    UniqueConstraint("program_id", "rule", "subject", "occurrence", "person_id", name="uq_nudges_slot"),
    partial("ix_nudges_open", "not_before", where="state = 'open'"),
    partial("ix_nudges_turns", "workspace_id", "lane", "not_before", where="state = 'open'"),
    partial("ix_nudges_open_of_member", "person_id", "program_id", where="state = 'open'"),
    partial("ix_nudges_noted", "note_id", where="note_id IS NOT NULL"),
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
    in_workspace(),
)

heard = Table(
    "heard",
    metadata,
    Column("person_id", Code, primary_key=True),
    Column("mark", Code, primary_key=True),
    a_workspace(),
    Column("at", Moment, nullable=False),
    Column("spoken_at", Moment),
    belongs("person_id", "people"),
)

announcements = Table(
    "announcements",
    metadata,
    an_id(),
    a_workspace(),
    Column("program_id", Code, nullable=False),
    Column("author_id", Code, nullable=False),
    Column("text", Prose, nullable=False),
    Column("audience", Roles, nullable=False),
    Column("token", Code, nullable=False),
    Column("at", Moment, nullable=False),
    prose("link"),
    prose("channel"),
    prose("ts"),
    Column("done", Boolean, nullable=False),
    belongs("program_id", "programs"),
    belongs("author_id", "people"),
    UniqueConstraint("program_id", "token"),
    Index(None, "done", "at"),
)

events = Table(
    "events",
    metadata,
    an_id(),
    Column("at", Moment, nullable=False),
    Index(None, "at"),
)
