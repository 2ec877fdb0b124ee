"""Programs and who is in them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import and_, bindparam, delete, or_, select, update

from bot.domain.people import Member, Pair, Person
from bot.domain.program import Program, Role
from bot.domain.rhythm import read_rhythm
from bot.store.deeds import PAIR
from bot.store.documents import write_program
from bot.store.rows import pair_values, person_values
from bot.store.rows import workspace_of as workspace_from
from bot.store.sheets import Rows, in_parts
from bot.store.snapshots import Snapshots, has_role, people_where, programs_where
from bot.store.tables import agenda, members, pairs, people, programs, workspaces
from bot.store.transaction import due_now
from bot.usecases.ports import PairRow, Workspace


class SqlPrograms(Snapshots):
    """Programs and people, on a database."""

    async def workspaces(self) -> tuple[Workspace, ...]:
        return tuple(workspace_from(row) for row in await self._rows(select(workspaces).order_by(workspaces.c.id)))

    async def workspace(self, team_id: str) -> Workspace:
        known = await self._workspace_of_team(team_id) if team_id else await self._workspace_to_be()
        if known is None and team_id:
            await self._bind_or_add(team_id)
            known = await self._workspace_of_team(team_id)
        return known or await self._add_workspace()

    async def _workspace_of_team(self, team_id: str) -> Workspace | None:
        row = await self._first(WORKSPACE_OF_TEAM, {"team": team_id})
        return workspace_from(row) if row else None

    async def _workspace_to_be(self) -> Workspace | None:
        """Return the one that no team has yet, or else the only one that there is."""
        unbound_first = select(workspaces).order_by(workspaces.c.team_id.is_not(None), workspaces.c.id).limit(2)
        found = [workspace_from(row) for row in await self._rows(unbound_first)]
        return found[0] if found and (len(found) == 1 or not found[0].team_id) else None

    async def _bind_or_add(self, team_id: str) -> None:
        unbound = [row.id for row in await self._rows(select(workspaces.c.id).where(workspaces.c.team_id.is_(None)))]
        bind = update(workspaces).where(workspaces.c.team_id.is_(None), self._among(workspaces.c.id, unbound))
        if len(unbound) == 1 and await self._count(bind.values(team_id=team_id)):
            return
        new = self._insert(workspaces).values(id=self._new_id(), team_id=team_id)
        await self._do(new.on_conflict_do_nothing(index_elements=["team_id"]))

    async def _add_workspace(self) -> Workspace:
        added = Workspace(self._new_id(), "")
        await self._do(self._insert(workspaces).values(id=added.id))
        return added

    async def programs(self, workspace_id: str) -> tuple[Program, ...]:
        return tuple((await self._load_programs(PROGRAMS_OF, {"workspace": workspace_id})).values())

    async def put_program(self, workspace_id: str, program: Program) -> Program:
        values = {
            "id": program.id,
            "workspace_id": workspace_id,
            "key": program.key,
            "zone": program.zone.key,
            "first_day": program.span.first,
            "last_day": program.span.last,
            "design": write_program(program),
        }
        program_id = await self._put(programs, values, unique=("workspace_id", "key"))
        return (await self._programs_by_id([program_id]))[program_id]

    async def people(self, workspace_id: str) -> tuple[Person, ...]:
        return tuple((await self._load_people(PEOPLE_OF, {"workspace": workspace_id})).everybody())

    async def slack_users(self, workspace_id: str, id_ends: str) -> tuple[str, ...]:
        rows = await self._rows(SLACK_USERS_OF, {"workspace": workspace_id, "ends": f"%{id_ends}"})
        return tuple(row.slack_id for row in rows)

    async def put_person(self, workspace_id: str, person: Person) -> Person:
        return (await self.put_people(workspace_id, [person]))[0]

    async def put_people(self, workspace_id: str, persons: Sequence[Person]) -> tuple[Person, ...]:
        rows = [{"workspace_id": workspace_id, **person_values(person)} for person in persons]
        ids = await self._put_many(people, rows, unique=("workspace_id", "key"), at_first={"preferences": {}})
        crowd = await self._people_by_id(ids)
        return tuple(crowd.person(person_id) for person_id in ids)

    async def roles(self, program_id: str) -> dict[str, frozenset[Role]]:
        chosen = select(members.c.person_id, members.c.roles).where(members.c.program_id == program_id)
        return {row.person_id: row.roles for row in await self._rows(chosen.order_by(members.c.person_id))}

    async def put_roles(self, program_id: str, person_id: str, roles: frozenset[Role], now: datetime) -> None:
        await self.put_members(program_id, {person_id: roles}, now)

    async def put_members(self, program_id: str, roles: Mapping[str, frozenset[Role]], now: datetime) -> None:
        gone = [person_id for person_id, held in roles.items() if not held]
        for table in (members, agenda) if gone else ():
            theirs = self._among(table.c.person_id, gone)
            await self._do(delete(table).where(table.c.program_id == program_id, theirs))
        shared = {"program_id": program_id, "workspace_id": await self._workspace_of_program(program_id)}
        held = [
            {**shared, "person_id": person_id, "roles": roles[person_id]}
            for person_id in sorted(roles)
            if roles[person_id]
        ]
        for rows in in_parts(held):
            member = self._insert_many(members, rows[0])
            keys = ["program_id", "person_id"]
            put = member.on_conflict_do_update(index_elements=keys, set_={"roles": member.excluded.roles})
            await self._fill(put, members, rows)
        looks = [{**shared, "person_id": row["person_id"]} for row in held]
        await self._look_soon(looks, now, unique=("person_id", "program_id"))

    async def _look_soon(self, about: Rows, now: datetime, *, unique: Sequence[str]) -> None:
        """Put rows on the agenda, due now."""
        for rows in in_parts([{"id": self._new_id(), "due_at": now, **row} for row in about]):
            look = self._insert_many(agenda, rows[0])
            soon = look.on_conflict_do_update(index_elements=list(unique), set_={"due_at": look.excluded.due_at})
            await self._fill(soon, agenda, rows)

    async def pairs(self, program_id: str) -> tuple[Pair, ...]:
        return tuple(await self._load_pairs(PAIRS_IN, {"program": program_id}))

    async def put_pair(self, pair: PairRow, now: datetime) -> str:
        return (await self.put_pairs([pair], now))[0]

    async def put_pairs(self, rows: Sequence[PairRow], now: datetime) -> list[str]:
        if not rows:
            return []
        for rhythm in {row.rhythm for row in rows if row.rhythm}:
            read_rhythm(rhythm)  # what cannot be read again must not be written
        program_id, concerned = rows[0].program_id, await self._people_of_pairs(rows)
        shared = {"program_id": program_id, "workspace_id": await self._workspace_of_program(program_id)}
        ids = await self._put_many(
            pairs, [{**shared, **pair_values(row)} for row in rows], unique=("program_id", "key")
        )
        await self._look_soon([{**shared, "pair_id": pair_id} for pair_id in ids], now, unique=("pair_id",))
        concerned |= {who for row in rows for who in (row.mentor_id, row.mentee_id, row.liaison_id) if who is not None}
        theirs = and_(agenda.c.program_id == program_id, self._among(agenda.c.person_id, concerned))
        await self._do(due_now(theirs), {"now": now})
        return ids

    async def _people_of_pairs(self, rows: Sequence[PairRow]) -> set[str]:
        """Return who belonged to the pairs or followed them until now: what changes, changes for them too."""
        columns = (pairs.c.mentor_id, pairs.c.mentee_id, pairs.c.liaison_id)
        same_key = and_(pairs.c.program_id == rows[0].program_id, self._among(pairs.c.key, (row.key for row in rows)))
        same = or_(self._among(pairs.c.id, (row.id for row in rows)), same_key)
        return {who for row in await self._rows(select(*columns).where(same)) for who in row if who is not None}

    async def _workspace_of_program(self, program_id: str) -> str:
        found = await self._workspaces_of([program_id])
        if not found:
            raise LookupError("there is no such program")
        return found[program_id]

    async def members_of_slack_user(self, workspace_id: str, slack_id: str) -> tuple[Member, ...]:
        person_id = await self._person_id_of(workspace_id, slack_id)
        if person_id is None:
            return ()
        held = await self._member_rows([person_id])
        found = await self._load_members(held, await self._pair_rows_around(held))
        return tuple(found.values())

    async def _person_id_of(self, workspace_id: str, slack_id: str) -> str | None:
        row = await self._first(ID_OF_SLACK_USER, {"workspace": workspace_id, "slack": slack_id})
        return row.id if row else None

    async def members(self, program_id: str) -> tuple[Member, ...]:
        values = {"program": program_id}
        found = await self._load_members(await self._rows(MEMBERS_IN, values), await self._pair_rows(PAIRS_IN, values))
        return tuple(found.values())

    async def person_of_slack_user(self, workspace_id: str, slack_id: str) -> Person | None:
        found = await self._load_people(SLACK_USER, {"workspace": workspace_id, "slack": slack_id})
        return next(iter(found.everybody()), None)

    async def coordinators(self, program_id: str) -> tuple[Person, ...]:
        found = (await self._load_people(COORDINATORS_OF, {"program": program_id})).everybody()
        return tuple(sorted(found, key=lambda person: (person.name, person.key)))


# -- the statements that are asked with each click: built once -----------------------------------------------------

WORKSPACE_OF_TEAM = select(workspaces).where(workspaces.c.team_id == bindparam("team"))
PROGRAMS_OF = programs_where(programs.c.workspace_id == bindparam("workspace"))
PEOPLE_OF = people_where(people.c.workspace_id == bindparam("workspace"))
SLACK_USERS_OF = (
    select(people.c.slack_id)
    .where(people.c.workspace_id == bindparam("workspace"), people.c.slack_id.is_not(None))
    .where(people.c.id.like(bindparam("ends")))
    .order_by(people.c.id)
)
IS_SLACK_USER = and_(people.c.workspace_id == bindparam("workspace"), people.c.slack_id == bindparam("slack"))
ID_OF_SLACK_USER, SLACK_USER = select(people.c.id).where(IS_SLACK_USER), people_where(IS_SLACK_USER)
MEMBERS_IN = select(members).where(members.c.program_id == bindparam("program"))
PAIRS_IN = select(*PAIR).where(pairs.c.program_id == bindparam("program"))
COORDINATORS_OF = people_where(
    people.c.id.in_(
        select(members.c.person_id).where(members.c.program_id == bindparam("program"), has_role(Role.COORDINATOR))
    )
)
