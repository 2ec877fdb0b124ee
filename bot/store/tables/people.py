"""Workspaces, programs, and who is in them."""

from sqlalchemy import JSON, Column, Date, Index, Table, UniqueConstraint

from bot.store.columns import Code, Moment, Roles
from bot.store.tables.shape import a_workspace, an_id, belongs, in_workspace, metadata, prose

workspaces = Table(
    "workspaces",
    metadata,
    an_id(),
    Column("team_id", Code, unique=True),
    prose("name"),
    prose("stopped"),
    Column("stopped_at", Moment),
)

programs = Table(
    "programs",
    metadata,
    an_id(),
    a_workspace(),
    Column("key", Code, nullable=False),
    Column("zone", Code, nullable=False),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("design", JSON, nullable=False),
    in_workspace(),
    UniqueConstraint("workspace_id", "key"),
    UniqueConstraint("workspace_id", "id"),
)

people = Table(
    "people",
    metadata,
    an_id(),
    a_workspace(),
    Column("key", Code, nullable=False),
    prose("name"),
    Column("slack_id", Code),
    prose("email"),
    Column("zone", Code, nullable=False),
    Column("preferences", JSON, nullable=False, default=dict),
    prose("unreachable"),
    Column("unreachable_at", Moment),
    prose("channel"),
    in_workspace(),
    UniqueConstraint("workspace_id", "key"),
    UniqueConstraint("workspace_id", "slack_id"),
    UniqueConstraint("workspace_id", "id"),
)

pauses = Table(
    "pauses",
    metadata,
    an_id(),
    a_workspace(),
    Column("person_id", Code, nullable=False),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    belongs("person_id", "people"),
    Index(None, "person_id"),
)

members = Table(
    "members",
    metadata,
    Column("program_id", Code, primary_key=True),
    Column("person_id", Code, primary_key=True),
    a_workspace(),
    Column("roles", Roles, nullable=False),
    belongs("program_id", "programs"),
    belongs("person_id", "people"),
    Index(None, "person_id"),
)

pairs = Table(
    "pairs",
    metadata,
    an_id(),
    a_workspace(),
    Column("program_id", Code, nullable=False),
    Column("key", Code, nullable=False),
    Column("mentor_id", Code, nullable=False),
    Column("mentee_id", Code, nullable=False),
    Column("liaison_id", Code),
    prose("rhythm"),
    Column("starts", Date, nullable=False),
    Column("ends", Date),
    prose("channel"),
    belongs("program_id", "programs"),
    belongs("mentor_id", "people", cascade=False),
    belongs("mentee_id", "people", cascade=False),
    belongs("liaison_id", "people", cascade=False),
    UniqueConstraint("program_id", "key"),
    UniqueConstraint("workspace_id", "id"),
    Index(None, "mentor_id"),
    Index(None, "mentee_id"),
    Index(None, "liaison_id"),
)
