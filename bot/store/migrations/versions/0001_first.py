"""The first tables."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

# What bot/store/columns.py makes of its kinds of columns, written out: a migration does not change when they do.
CODE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")

NEWEST_FIRST = (
    "events",
    "announcements",
    "nudges",
    "notes",
    "agenda",
    "answers",
    "goals",
    "meeting_words",
    "meetings",
    "pairs",
    "members",
    "pauses",
    "people",
    "programs",
    "workspaces",
)


def upgrade() -> None:
    """Make all tables, parents first."""
    _workspaces_and_people()
    _pairs()
    _outbox()
    _announcements_and_events()


def downgrade() -> None:
    """Drop all tables, children first."""
    for table in NEWEST_FIRST:
        op.drop_table(table)


def _workspaces_and_people() -> None:
    _table("workspaces", _code("team_id", nullable=True), _prose("name"), _unique("workspaces", "team_id"))
    _table(
        "programs",
        _code("workspace_id"),
        _code("key"),
        _code("zone"),
        sa.Column("first_day", sa.Date, nullable=False),
        sa.Column("last_day", sa.Date, nullable=False),
        sa.Column("design", sa.JSON, nullable=False),
        _in_workspace("programs"),
        _unique("programs", "workspace_id", "key"),
        _unique("programs", "workspace_id", "id"),
    )
    _table(
        "people",
        _code("workspace_id"),
        _code("key"),
        _prose("name"),
        _code("slack_id", nullable=True),
        _prose("email"),
        _code("zone"),
        sa.Column("preferences", sa.JSON, nullable=False),
        _prose("unreachable"),
        sa.Column("unreachable_at", MOMENT),
        _in_workspace("people"),
        _unique("people", "workspace_id", "key"),
        _unique("people", "workspace_id", "slack_id"),
        _unique("people", "workspace_id", "id"),
    )
    _table(
        "pauses",
        _code("workspace_id"),
        _code("person_id"),
        sa.Column("first_day", sa.Date, nullable=False),
        sa.Column("last_day", sa.Date, nullable=False),
        _belongs("pauses", "person_id", "people"),
    )
    _index("pauses", "person_id")
    op.create_table(
        "members",
        _code("program_id"),
        _code("person_id"),
        _code("workspace_id"),
        _code("roles"),
        _belongs("members", "program_id", "programs"),
        _belongs("members", "person_id", "people"),
        sa.PrimaryKeyConstraint("program_id", "person_id", name=op.f("pk_members")),
    )
    _index("members", "person_id")


def _pairs() -> None:
    _table(
        "pairs",
        _code("workspace_id"),
        _code("program_id"),
        _code("key"),
        _code("mentor_id"),
        _code("mentee_id"),
        _code("liaison_id", nullable=True),
        _prose("rhythm"),
        sa.Column("starts", sa.Date, nullable=False),
        sa.Column("ends", sa.Date),
        _belongs("pairs", "program_id", "programs"),
        _belongs("pairs", "mentor_id", "people", ondelete=None),
        _belongs("pairs", "mentee_id", "people", ondelete=None),
        _belongs("pairs", "liaison_id", "people", ondelete=None),
        _unique("pairs", "program_id", "key"),
        _unique("pairs", "workspace_id", "id"),
    )
    _index("pairs", "mentor_id")
    _index("pairs", "mentee_id")
    _index("pairs", "liaison_id")
    _table(
        "meetings",
        _code("workspace_id"),
        _code("pair_id"),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("minutes", sa.Integer, nullable=False),
        _code("means"),
        _code("logged_by"),
        sa.Column("logged_at", MOMENT, nullable=False),
        sa.Column("moved", sa.JSON, nullable=False),
        _belongs("meetings", "pair_id", "pairs"),
        _belongs("meetings", "logged_by", "people", ondelete=None),
        _unique("meetings", "pair_id", "day"),
        _unique("meetings", "workspace_id", "id"),
    )
    op.create_table(
        "meeting_words",
        _code("meeting_id"),
        _code("person_id"),
        _code("workspace_id"),
        sa.Column("place", sa.Integer, nullable=False),
        _prose("next_step"),
        _prose("notes"),
        _belongs("meeting_words", "meeting_id", "meetings"),
        _belongs("meeting_words", "person_id", "people"),
        sa.PrimaryKeyConstraint("meeting_id", "person_id", name=op.f("pk_meeting_words")),
    )
    _table(
        "goals",
        _code("workspace_id"),
        _code("pair_id"),
        _prose("what"),
        _prose("help"),
        _code("state"),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("set_at", MOMENT, nullable=False),
        _belongs("goals", "pair_id", "pairs"),
    )
    _index("goals", "pair_id")
    _table(
        "answers",
        _code("workspace_id"),
        _code("pair_id"),
        _code("person_id"),
        _code("kind"),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("remind_on", sa.Date),
        _prose("words"),
        _belongs("answers", "pair_id", "pairs"),
        _belongs("answers", "person_id", "people"),
    )
    _index("answers", "pair_id", "kind", "at")


def _outbox() -> None:
    _table(
        "agenda",
        _code("workspace_id"),
        _code("program_id"),
        _code("pair_id", nullable=True),
        _code("person_id", nullable=True),
        sa.Column("due_at", MOMENT),
        _belongs("agenda", "program_id", "programs"),
        _belongs("agenda", "pair_id", "pairs"),
        _belongs("agenda", "person_id", "people"),
        sa.CheckConstraint("(pair_id IS NULL) <> (person_id IS NULL)", name=op.f("ck_agenda_about_one")),
        _unique("agenda", "pair_id"),
        _unique("agenda", "person_id", "program_id"),
    )
    _index("agenda", "due_at", "id")
    _table(
        "notes",
        _code("workspace_id"),
        _code("program_id"),
        _code("person_id"),
        sa.Column("lane", sa.Integer, nullable=False),
        _code("state"),
        sa.Column("lease_until", MOMENT, nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("settled_at", MOMENT),
        _prose("channel"),
        _prose("ts"),
        _prose("reason"),
        _belongs("notes", "program_id", "programs"),
        _belongs("notes", "person_id", "people"),
        _unique("notes", "workspace_id", "id"),
    )
    _index("notes", "person_id", "started_at")
    _partial("ix_notes_on_their_way", "notes", "lease_until", where="state = 'sending'")
    _table(
        "nudges",
        _code("workspace_id"),
        _code("program_id"),
        _code("rule"),
        _code("subject"),
        _code("occurrence"),
        _code("person"),
        _code("person_id"),
        sa.Column("lane", sa.Integer, nullable=False),
        sa.Column("not_before", MOMENT, nullable=False),
        sa.Column("too_late", MOMENT, nullable=False),
        _code("pair_id", nullable=True),
        sa.Column("facts", sa.JSON, nullable=False),
        sa.Column("state", CODE, nullable=False, server_default="open"),
        _code("note_id", nullable=True),
        _belongs("nudges", "program_id", "programs"),
        _belongs("nudges", "person_id", "people"),
        _belongs("nudges", "pair_id", "pairs"),
        _belongs("nudges", "note_id", "notes"),
        sa.UniqueConstraint("program_id", "rule", "subject", "occurrence", "person_id", name=op.f("uq_nudges_slot")),
    )
    _partial("ix_nudges_open", "nudges", "not_before", where="state = 'open'")
    _partial("ix_nudges_open_of_member", "nudges", "person_id", "program_id", where="state = 'open'")
    _partial("ix_nudges_noted", "nudges", "note_id", where="note_id IS NOT NULL")


def _announcements_and_events() -> None:
    _table(
        "announcements",
        _code("workspace_id"),
        _code("program_id"),
        _code("author_id"),
        sa.Column("text", CODE, nullable=False),
        _code("audience"),
        _code("token"),
        sa.Column("at", MOMENT, nullable=False),
        _prose("link"),
        _prose("channel"),
        _prose("ts"),
        sa.Column("done", sa.Boolean, nullable=False),
        _belongs("announcements", "program_id", "programs"),
        _belongs("announcements", "author_id", "people"),
        _unique("announcements", "program_id", "token"),
    )
    _index("announcements", "done", "at")
    _table("events", sa.Column("at", MOMENT, nullable=False))
    _index("events", "at")


def _table(name: str, *parts: sa.schema.SchemaItem) -> None:
    op.create_table(name, _code("id"), *parts, sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")))


def _code(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, CODE, nullable=nullable)


def _prose(name: str) -> sa.Column[Any]:
    return sa.Column(name, CODE, nullable=False, server_default="")


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def _in_workspace(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_workspace_id")
    return sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], ondelete="CASCADE", name=name)


def _belongs(table: str, column: str, parent: str, *, ondelete: str | None = "CASCADE") -> sa.ForeignKeyConstraint:
    """Let `column` name a row of `parent` in the same workspace."""
    name = op.f(f"fk_{table}_workspace_id_{column}")
    there = [f"{parent}.workspace_id", f"{parent}.id"]
    return sa.ForeignKeyConstraint(["workspace_id", column], there, ondelete=ondelete, name=name)


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def _partial(name: str, table: str, *columns: str, where: str) -> None:
    op.create_index(name, table, list(columns), sqlite_where=sa.text(where), postgresql_where=sa.text(where))
