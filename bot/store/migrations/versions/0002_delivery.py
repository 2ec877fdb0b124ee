"""Doubts that are looked up, paces that all workers share, workspaces that are stopped, backups that were restored.

Everything new has a default or may be empty, so that the release before this one works on as it did.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

CODE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")


def upgrade() -> None:
    """Add columns, indexes and two tables; doubts that are known already are looked up at once."""
    op.add_column("workspaces", _empty("stopped"))
    op.add_column("workspaces", sa.Column("stopped_at", MOMENT))
    op.add_column("people", _empty("channel"))
    op.add_column("notes", sa.Column("look_at", MOMENT))
    op.add_column("nudges", sa.Column("again", sa.Boolean, nullable=False, server_default=sa.false()))
    _partial("ix_notes_unknown", "notes", "look_at", where="state = 'unknown'")
    _partial("ix_nudges_turns", "nudges", "workspace_id", "lane", "not_before", where="state = 'open'")
    _paces()
    _heard()
    op.execute("UPDATE notes SET look_at = settled_at WHERE state = 'unknown'")
    op.execute(
        "UPDATE people SET channel = coalesce((SELECT max(channel) FROM notes "
        "WHERE notes.person_id = people.id AND notes.state = 'sent'), '')"
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("heard")
    op.drop_table("paces")
    op.drop_index("ix_nudges_turns", "nudges")
    op.drop_index("ix_notes_unknown", "notes")
    for table, column in (
        ("nudges", "again"),
        ("notes", "look_at"),
        ("people", "channel"),
        ("workspaces", "stopped_at"),
        ("workspaces", "stopped"),
    ):
        op.drop_column(table, column)


def _paces() -> None:
    op.create_table(
        "paces",
        sa.Column("workspace_id", CODE, nullable=False),
        sa.Column("method", CODE, nullable=False),
        sa.Column("rate", sa.Float, nullable=False),
        *(sa.Column(name, MOMENT, nullable=False) for name in ("next_at", "resumes_at", "raised_at")),
        sa.Column("found", sa.Boolean, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "method", name="pk_paces"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], ondelete="CASCADE", name="fk_paces_workspace_id"),
    )


def _heard() -> None:
    op.create_table(
        "heard",
        sa.Column("person_id", CODE, nullable=False),
        sa.Column("mark", CODE, nullable=False),
        sa.Column("workspace_id", CODE, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("spoken_at", MOMENT),
        sa.PrimaryKeyConstraint("person_id", "mark", name="pk_heard"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["people.workspace_id", "people.id"],
            ondelete="CASCADE",
            name="fk_heard_workspace_id_person_id",
        ),
    )


def _empty(name: str) -> sa.Column[str]:
    return sa.Column(name, CODE, nullable=False, server_default=sa.text("''"))


def _partial(name: str, table: str, *columns: str, where: str) -> None:
    op.create_index(name, table, list(columns), sqlite_where=sa.text(where), postgresql_where=sa.text(where))
