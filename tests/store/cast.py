"""The people that the tests are about, and short ways to say what they do."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Table, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.days import Span
from bot.domain.meetings import Means, Meeting, Words
from bot.domain.notes import Note
from bot.domain.nudges import Lane, Nudge, Rule, Slot
from bot.domain.people import Person
from bot.domain.program import Program, Role, usual_windows
from bot.store import SqlStore
from bot.usecases.ports import PairRow

NOW = datetime(2017, 6, 12, 15, 0, tzinfo=UTC)
A_MINUTE, AN_HOUR, A_DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
CHICAGO, NEW_YORK, AUCKLAND = ZoneInfo("America/Chicago"), ZoneInfo("America/New_York"), ZoneInfo("Pacific/Auckland")
YEAR = Span(date(2017, 6, 1), date(2018, 5, 31))


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is there, with the ids that the store gave them."""

    workspace_id: str
    program: Program
    maya: Person
    tom: Person
    lena: Person
    ada: Person
    charlie: Person
    pair_id: str

    def pair_row(self, **changed: object) -> PairRow:
        """Maya and Tom as the roster has them."""
        row = {
            "program_id": self.program.id,
            "key": "maya-tom",
            "mentor_id": self.tom.id,
            "mentee_id": self.maya.id,
            "liaison_id": self.lena.id,
            "rhythm": "every 2 weeks",
            "starts": YEAR.first,
        }
        return PairRow(**{**row, **changed})  # type: ignore[arg-type]

    def meeting(self, day: date = date(2017, 6, 9), *, by: Person | None = None, said: str = "") -> Meeting:
        """A meeting of Maya and Tom, logged by Maya."""
        logger = by or self.maya
        words = (Words(logger.id, said, ""),) if said else ()
        return Meeting(self.pair_id, day, 45, Means.VIDEO, logger.id, NOW, words=words)

    def nudge(
        self,
        occurrence: str = "1",
        *,
        to: Person | None = None,
        rule: str = Rule.CHECKIN_REMINDER,
        subject: str = "maya-tom",
        lane: Lane = Lane.REMINDER,
        not_before: datetime = NOW,
        program: Program | None = None,
        **facts: str,
    ) -> Nudge:
        """Something to be said to Maya from now on."""
        person = to or self.maya
        slot = Slot(rule, subject, occurrence, person.key)
        program_id = (program or self.program).id
        return Nudge(slot, program_id, person.id, lane, not_before, not_before + A_DAY, None, facts)

    def note(self, note_id: str = "note-1", *, to: Person | None = None, lane: Lane = Lane.REMINDER) -> Note:
        """A message to Maya."""
        return Note(note_id, self.program.id, (to or self.maya).id, lane, ())


async def write_cast(store: SqlStore, team_id: str = "T1", key: str = "spring") -> Cast:
    """Write a program with its people and one pair, as a roster does."""
    people: dict[str, Person] = {}
    async with store.begin() as records:
        workspace = await records.workspace(team_id)
        program = await records.put_program(workspace.id, a_program(key))
        for name, roles in ROLES.items():
            person = Person("", name, name.capitalize(), CHICAGO, slack_id=f"U{name}")
            people[name] = await records.put_person(workspace.id, person)
            await records.put_roles(program.id, people[name].id, frozenset(roles), NOW)
        cast = Cast(workspace.id, program, **people, pair_id="")
        pair_id = await records.put_pair(cast.pair_row(), NOW)
    return Cast(workspace.id, program, **people, pair_id=pair_id)


ROLES = {
    "maya": {Role.MENTEE},
    "tom": {Role.MENTOR},
    "lena": {Role.LIAISON, Role.READER},
    "ada": {Role.COORDINATOR},
    "charlie": {Role.MENTEE},
}


def a_program(key: str, span: Span = YEAR) -> Program:
    """A program that says little of its own."""
    return Program("", key, key.capitalize(), CHICAGO, span, usual_windows(span))


async def all_rows(engine: AsyncEngine, table: Table) -> list[dict[str, object]]:
    """Look at a table behind the store's back."""
    async with engine.connect() as connection:
        return [dict(row) for row in (await connection.execute(select(table))).mappings()]


async def states(engine: AsyncEngine, table: Table) -> list[object]:
    """Return the states in a table, sorted."""
    return sorted(row["state"] for row in await all_rows(engine, table))  # type: ignore[type-var]
