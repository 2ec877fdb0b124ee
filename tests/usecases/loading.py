"""A small program that is loaded again and again, for tests of loading."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.content.designs import read_program
from bot.content.rosters import read_roster
from bot.domain.errors import RuleBroken
from bot.domain.meetings import Means, Meeting
from bot.domain.people import Pair, Person
from bot.domain.program import Role
from bot.usecases.load_program import Loaded, load_program
from bot.usecases.ports import Store

MAY = datetime(2017, 5, 20, 15, tzinfo=UTC)
OCTOBER = datetime(2017, 10, 2, 15, tzinfo=UTC)
DESIGN = """key = "spring"
name = "Spring Program"
zone = "America/Chicago"
first_day = 2017-06-01
last_day = 2018-04-30
"""
HEADER = "kind,key,name,slack,email,zone,roles,mentor,mentee,liaison,rhythm,starts,ends\n"
TOM = "person,tom,Tom Baker,U0TOM,,America/New_York,mentor,,,,,,\n"
MAYA = "person,maya,Maya Chen,,maya@example.org,,mentee,,,,,,\n"
LENA = "person,lena,Lena Fox,U0LENA,lena@example.org,,liaison,,,,,,\n"
CHARLIE = "person,charlie,Charlie Diaz,U0CHARLIE,,,mentee,,,,,,\n"
PAIR = "pair,tom-maya,,,,,,tom,maya,lena,,,\n"
ROSTER = HEADER + TOM + MAYA + LENA + PAIR


class World:
    """A store with one workspace, and a clock that the test sets."""

    def __init__(self, store: Store, workspace_id: str) -> None:
        self.store = store
        self.workspace_id = workspace_id
        self.now = MAY

    async def load(self, roster: str = ROSTER, design: str = DESIGN) -> Loaded:
        program = read_program(design)
        async with self.store.begin() as records:
            return await load_program(
                records, self.workspace_id, program, read_roster(roster, "roster.csv", program), self.now
            )

    async def refuses(self, roster: str) -> str:
        with pytest.raises(RuleBroken) as broken:
            await self.load(roster)
        return str(broken.value)

    async def person(self, key: str) -> Person:
        async with self.store.begin() as records:
            return next(person for person in await records.people(self.workspace_id) if person.key == key)

    async def pair(self, key: str = "tom-maya") -> Pair:
        async with self.store.begin() as records:
            (program,) = await records.programs(self.workspace_id)
            return next(pair for pair in await records.pairs(program.id) if pair.key == key)

    async def roles(self) -> dict[str, frozenset[Role]]:
        """Return the roles of each person, by key."""
        async with self.store.begin() as records:
            (program,) = await records.programs(self.workspace_id)
            keys = {person.id: person.key for person in await records.people(self.workspace_id)}
            return {keys[person_id]: roles for person_id, roles in (await records.roles(program.id)).items() if roles}

    async def change(self, key: str, change: Callable[[Person], Person]) -> None:
        person = await self.person(key)
        async with self.store.begin() as records:
            await records.put_person(self.workspace_id, change(person))

    async def meet(self) -> None:
        pair = await self.pair()
        async with self.store.begin() as records:
            await records.put_meeting(
                Meeting(pair.id, date(2017, 6, 12), 45, Means.VIDEO, pair.mentor.id, datetime(2017, 6, 12, tzinfo=UTC))
            )

    async def settle(self) -> None:
        """Let the clock have looked at everything."""
        async with self.store.begin() as records:
            looks = await records.claim_looks(self.now + timedelta(days=400), 100)
            await records.look_again([(look, None) for look in looks])

    async def due(self) -> int:
        """Count what the clock is to look at again."""
        async with self.store.begin() as records:
            return len(await records.claim_looks(self.now, 100))
