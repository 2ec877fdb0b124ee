"""A crowd: as many pairs in as many workspaces as one likes, written by the database itself in a few statements.

`load_program` would take an hour for a million pairs; here is no row that it could not have written. Each workspace has
one program, the shipped sample. Each pair has a mentor and a mentee of its own; a liaison follows ten pairs.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Date, TextClause, bindparam, create_engine, text
from sqlalchemy.types import TypeEngine

from bot.content.designs import read_program
from bot.content.shipped import shipped_program
from bot.domain.program import Program
from bot.store.columns import Moment
from bot.store.documents import write_program

FIRST_DAY = date(2017, 6, 1)
A_DATE = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}")
# A Monday morning in the first month: whoever has not met is late, and liaisons have their digest.
MONDAY = datetime(2017, 6, 19, 17, tzinfo=UTC)
PAIRS_OF_A_LIAISON = 10
LONG_AFTER = datetime(2099, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Crowd:
    """`workspaces` with `pairs_each`; every row of the agenda is due at `due_at`.

    Their program begins on `first_day`, a Thursday as the sample's. `team_id` is the Slack team of a single workspace.
    """

    pairs_each: int
    workspaces: int = 1
    due_at: datetime = LONG_AFTER
    first_day: date = FIRST_DAY
    team_id: str = ""

    @property
    def pairs(self) -> int:
        """How many there are in all."""
        return self.pairs_each * self.workspaces

    @property
    def people(self) -> int:
        """How many there are in all: mentors, mentees, liaisons."""
        return 2 * self.pairs + self.workspaces * -(-self.pairs_each // PAIRS_OF_A_LIAISON)

    @property
    def rows(self) -> int:
        """How long the agenda is: a row for each pair, and one for each member."""
        return self.pairs + self.people


def sample_beginning(first_day: date) -> Program:
    """Read the sample as if it began on `first_day`, a Thursday: every date in it moves along."""
    design = shipped_program("alcts-2017")[0].read_text(encoding="utf8")
    return read_program(A_DATE.sub(lambda found: str(date.fromisoformat(found[0]) + (first_day - FIRST_DAY)), design))


def thursday_before(day: date) -> date:
    """Return a first day for a program that is in its third week on `day`."""
    return day - timedelta(days=(day.weekday() - FIRST_DAY.weekday()) % 7 + 14)


def fill(url: str, crowd: Crowd) -> None:
    """Write a crowd into an empty database that has its tables."""
    program = sample_beginning(crowd.first_day)
    facts = {
        "pairs": crowd.pairs,
        "each": crowd.pairs_each,
        "due": crowd.due_at,
        "team": crowd.team_id,
        "first": program.span.first,
        "end": program.span.last,
        "design": write_program(program),
    }
    engine = create_engine(plain(url))
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":  # to look at each foreign key takes most of the time; SQLite does not
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        for statement in STATEMENTS:
            connection.execute(statement, {name: facts[name] for name in statement.compile().params})
        connection.exec_driver_sql("ANALYZE")  # as in a database that has been in use
    engine.dispose()


def plain(url: str) -> str:
    """Return the URL for SQLAlchemy without asyncio, as the naive design uses it."""
    return url.replace("postgresql://", "postgresql+psycopg://")


def _number(expression: str) -> str:
    """Return SQL for a number with leading zeros, so that ids sort as they were made."""
    return f"substr(CAST(1000000000 + {expression} AS TEXT), 2)"


IN_WORKSPACE = f"'workspace-' || {_number('w')}"
IN_PROGRAM = f"'program-' || {_number('w')}"
LIAISON = f"i - i % :each % {PAIRS_OF_A_LIAISON}"
ZONE = """CASE i % 4 WHEN 0 THEN 'America/New_York' WHEN 1 THEN 'America/Chicago'
                     WHEN 2 THEN 'America/Denver' ELSE 'America/Los_Angeles' END"""

WRITTEN = (
    """
    CREATE TEMPORARY TABLE couples AS
    WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < :pairs - 1)
    SELECT i, i / :each AS w FROM n
    """,
    f"""
    CREATE TEMPORARY TABLE everybody AS
    SELECT 'mentor' AS role, i, w FROM couples
    UNION ALL SELECT 'mentee', i, w FROM couples
    UNION ALL SELECT 'liaison', i, w FROM couples WHERE i % :each % {PAIRS_OF_A_LIAISON} = 0
    """,
    f"""
    INSERT INTO workspaces (id, team_id, name)
    SELECT {IN_WORKSPACE}, CASE WHEN :team = '' THEN 'T' || {_number("w")} ELSE :team END, ''
    FROM couples WHERE i % :each = 0
    """,
    f"""
    INSERT INTO programs (id, workspace_id, key, zone, first_day, last_day, design)
    SELECT {IN_PROGRAM}, {IN_WORKSPACE}, 'alcts-2017', 'America/Chicago', :first, :end, :design
    FROM couples WHERE i % :each = 0
    """,
    f"""
    INSERT INTO people (id, workspace_id, key, name, slack_id, email, zone, preferences, unreachable)
    SELECT role || '-' || {_number("i")}, {IN_WORKSPACE}, role || '-' || {_number("i")},
           'Robin ' || role || ' ' || i, 'U' || upper(role) || {_number("i")}, '', {ZONE}, '{{}}', ''
    FROM everybody
    """,
    f"""
    INSERT INTO members (program_id, person_id, workspace_id, roles)
    SELECT {IN_PROGRAM}, role || '-' || {_number("i")}, {IN_WORKSPACE}, role FROM everybody
    """,
    f"""
    INSERT INTO pairs (id, workspace_id, program_id, key, mentor_id, mentee_id, liaison_id, rhythm, starts)
    SELECT 'pair-' || {_number("i")}, {IN_WORKSPACE}, {IN_PROGRAM}, 'pair-' || {_number("i")},
           'mentor-' || {_number("i")}, 'mentee-' || {_number("i")}, 'liaison-' || {_number(f"({LIAISON})")},
           '', :first
    FROM couples
    """,
    f"""
    INSERT INTO agenda (id, workspace_id, program_id, pair_id, due_at)
    SELECT 'look-pair-' || {_number("i")}, {IN_WORKSPACE}, {IN_PROGRAM}, 'pair-' || {_number("i")}, :due FROM couples
    """,
    f"""
    INSERT INTO agenda (id, workspace_id, program_id, person_id, due_at)
    SELECT 'look-' || role || '-' || {_number("i")}, {IN_WORKSPACE}, {IN_PROGRAM}, role || '-' || {_number("i")}, :due
    FROM everybody
    """,
)
TYPES: dict[str, TypeEngine[Any]] = {"due": Moment(), "first": Date(), "end": Date(), "design": JSON()}


def _typed(statement: str) -> TextClause:
    known = [bindparam(name, type_=kind) for name, kind in TYPES.items() if f":{name}" in statement]
    return text(statement).bindparams(*known)


STATEMENTS = [_typed(statement) for statement in WRITTEN]
