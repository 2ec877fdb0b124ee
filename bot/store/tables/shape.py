"""What all tables share: their names, and kinds of columns and keys."""

from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    ForeignKeyConstraint,
    Index,
    MetaData,
    literal_column,
    text,
)

from bot.store.columns import Code, Prose

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


def an_id() -> Column[Any]:
    """Return the id, by which a row is known."""
    return Column("id", Code, primary_key=True)


def a_workspace() -> Column[Any]:
    """Return the workspace that a row belongs to."""
    return Column("workspace_id", Code, nullable=False)


def in_workspace() -> ForeignKeyConstraint:
    """Let a row go when its workspace goes."""
    return ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], ondelete="CASCADE")


def belongs(column: str, parent: str, *, cascade: bool = True) -> ForeignKeyConstraint:
    """Let `column` name a row of `parent` in the same workspace; `cascade`: it goes when that one goes."""
    return ForeignKeyConstraint(
        ["workspace_id", column], [f"{parent}.workspace_id", f"{parent}.id"], ondelete="CASCADE" if cascade else None
    )


def prose(name: str) -> Column[Any]:
    """Return a column for what people write; "" where nothing is."""
    return Column(name, Prose, nullable=False, server_default=text("''"))


def code(name: str) -> Column[Any]:
    """Return a column for a word of ours, such as a state; "" where there is none."""
    return Column(name, Code, nullable=False, server_default=text("''"))


def partial(name: str, *columns: str, where: str) -> Index:
    """Index the few rows that are asked for again and again, not the many that are over and done with."""
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))
