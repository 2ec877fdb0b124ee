"""The pair's year: agreements, goals with their story, appointments, promises, replies, endings, handovers.

Everything new has a default or may be empty, so that the release before this one works on as it did.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

CODE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")
NEW_COLUMNS = (
    ("pairs", "channel"),
    ("meetings", "confirmed"),
    ("meeting_words", "private"),
    ("goals", "why"),
    ("goals", "measure"),
    ("goals", "set_by"),
)
NEW_TABLES = (
    "agreements",
    "drafts",
    "goal_moves",
    "corrections",
    "appointments",
    "promises",
    "replies",
    "endings",
    "rematches",
    "handovers",
    "phase_moves",
)


def upgrade() -> None:
    """Add columns and tables."""
    for table, column in NEW_COLUMNS:
        op.add_column(table, _empty(column))
    op.add_column("goals", sa.Column("target", sa.Date))
    op.add_column("answers", sa.Column("past_liaison", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_index("uq_goals_workspace_id_id", "goals", ["workspace_id", "id"], unique=True)
    _what_they_agree_on()
    _what_they_do()
    _what_they_say()
    _what_changes_a_pair()


def downgrade() -> None:
    """Take them away again."""
    for table in reversed(NEW_TABLES):
        op.drop_table(table)
    op.drop_index("uq_goals_workspace_id_id", "goals")
    op.drop_column("answers", "past_liaison")
    op.drop_column("goals", "target")
    for table, column in reversed(NEW_COLUMNS):
        op.drop_column(table, column)


def _what_they_agree_on() -> None:
    _table(
        "agreements",
        _code("pair_id"),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("terms", sa.JSON, nullable=False),
        _code("edited_by"),
        _moment("edited_at"),
        _moment("mentor_signed", empty=True),
        _moment("mentee_signed", empty=True),
        of={"pair_id": "pairs"},
        unique=("pair_id", "version"),
    )
    op.create_table(
        "drafts",
        *(_code(name) for name in ("person_id", "form", "subject", "workspace_id")),
        sa.Column("fields", sa.JSON, nullable=False),
        _moment("at"),
        sa.PrimaryKeyConstraint("person_id", "form", "subject", name="pk_drafts"),
        _belongs("drafts", "person_id", "people"),
    )


def _what_they_do() -> None:
    _table(
        "goal_moves",
        _code("goal_id"),
        _code("person_id"),
        _moment("at"),
        _code("state"),
        _empty("words"),
        sa.Column("meeting_id", CODE),
        of={"goal_id": "goals", "person_id": "people"},
        index=("goal_id", "at"),
    )
    _table(
        "corrections",
        _code("meeting_id"),
        _code("person_id"),
        _moment("at"),
        _empty("before"),
        _empty("words"),
        of={"meeting_id": "meetings", "person_id": "people"},
        index=("meeting_id", "at"),
    )
    _table(
        "appointments",
        _code("pair_id"),
        _moment("starts"),
        sa.Column("minutes", sa.Integer, nullable=False),
        _code("set_by"),
        _moment("set_at"),
        _empty("place"),
        _code("state"),
        sa.Column("sequence", sa.Integer, nullable=False),
        of={"pair_id": "pairs"},
        index=("pair_id", "starts"),
    )
    _table(
        "promises",
        _code("pair_id"),
        _code("what"),
        _code("owner_id"),
        _code("set_by"),
        _moment("set_at"),
        sa.Column("due", sa.Date),
        sa.Column("meeting_id", CODE),
        _moment("done_at", empty=True),
        of={"pair_id": "pairs", "owner_id": "people"},
        index=("pair_id", "set_at"),
    )


def _what_they_say() -> None:
    _table(
        "replies",
        *(_code(name) for name in ("pair_id", "person_id", "question", "occurrence", "choice")),
        _empty("words"),
        _moment("at"),
        of={"pair_id": "pairs", "person_id": "people"},
        unique=("pair_id", "person_id", "question", "occurrence"),
    )


def _what_changes_a_pair() -> None:
    _table(
        "endings",
        _code("pair_id"),
        _code("asked_by"),
        _moment("asked_at"),
        sa.Column("last_day", sa.Date, nullable=False),
        _empty("reason"),
        sa.Column("goal_id", CODE),
        sa.Column("taken_back", sa.Boolean, nullable=False),
        sa.Column("past_liaison", sa.Boolean, nullable=False),
        sa.Column("ends_before", sa.Date),
        of={"pair_id": "pairs", "asked_by": "people"},
        index=("pair_id", "asked_at"),
    )
    _table(
        "rematches",
        *(_code(name) for name in ("program_id", "person_id", "pair_id")),
        _moment("at"),
        _code("state"),
        _empty("words"),
        of={"program_id": "programs", "person_id": "people", "pair_id": "pairs"},
        unique=("pair_id", "person_id"),
        index=("program_id", "at"),
    )
    _table(
        "handovers",
        _code("pair_id"),
        sa.Column("from_id", CODE),
        sa.Column("to_id", CODE),
        _code("by"),
        _moment("at"),
        of={"pair_id": "pairs"},
        index=("pair_id", "at"),
    )
    _table(
        "phase_moves",
        _code("pair_id"),
        _code("phase"),
        sa.Column("day", sa.Date, nullable=False),
        _code("by"),
        _moment("at"),
        of={"pair_id": "pairs"},
        index=("pair_id", "at"),
    )


def _table(
    name: str,
    *columns: sa.Column[object],
    of: dict[str, str],
    unique: tuple[str, ...] = (),
    index: tuple[str, ...] = (),
) -> None:
    """Create a table with an id, in a workspace, that belongs to rows `of` other tables."""
    keys = [_belongs(name, column, parent) for column, parent in of.items()]
    once = [sa.UniqueConstraint(*unique, name=f"uq_{name}_{'_'.join(unique)}")] if unique else []
    primary = sa.PrimaryKeyConstraint("id", name=f"pk_{name}")
    op.create_table(name, _code("id"), _code("workspace_id"), *columns, primary, *keys, *once)
    if index:
        op.create_index(f"ix_{name}_{'_'.join(index)}", name, list(index))


def _belongs(table: str, column: str, parent: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", column],
        [f"{parent}.workspace_id", f"{parent}.id"],
        ondelete="CASCADE",
        name=f"fk_{table}_workspace_id_{column}",
    )


def _code(name: str) -> sa.Column[object]:
    return sa.Column(name, CODE, nullable=False)


def _empty(name: str) -> sa.Column[object]:
    return sa.Column(name, CODE, nullable=False, server_default=sa.text("''"))


def _moment(name: str, *, empty: bool = False) -> sa.Column[object]:
    return sa.Column(name, MOMENT, nullable=empty)
