"""Programs, people and pairs, in memory."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.appointments import Appointment, Planned
from bot.domain.endings import Ending
from bot.domain.evidence import Evidence, signing_of
from bot.domain.meetings import Confirmed
from bot.domain.people import Member, Pair, Person, cover_of, newest_of
from bot.domain.program import Program, Role
from bot.domain.rhythm import read_rhythm
from bot.rehearsal.shelf import Shelf
from bot.usecases.ports import Look, PairRow, Workspace


class MemoryPrograms:
    """Programs, people, pairs."""

    shelf: Shelf

    def _new_id(self) -> str:
        raise NotImplementedError

    async def workspaces(self) -> tuple[Workspace, ...]:
        return (Workspace("w", "", stopped=self.shelf.stopped),)

    async def workspace(self, team_id: str) -> Workspace:
        return Workspace("w", team_id, stopped=self.shelf.stopped)

    async def programs(self, workspace_id: str) -> tuple[Program, ...]:
        return tuple(sorted(self.shelf.programs.values(), key=lambda program: program.span))

    async def put_program(self, workspace_id: str, program: Program) -> Program:
        known = next((p.id for p in self.shelf.programs.values() if p.key == program.key), None)
        written = replace(program, id=known or self._new_id())
        self.shelf.programs[written.id] = written
        self.shelf.forget()
        return written

    async def people(self, workspace_id: str) -> tuple[Person, ...]:
        return tuple(sorted(self.shelf.people.values(), key=lambda person: person.key))

    async def slack_users(self, workspace_id: str, id_ends: str) -> tuple[str, ...]:
        known = (one for one in self.shelf.people.values() if one.id.endswith(id_ends))
        return tuple(one.slack_id for one in known if one.slack_id)

    async def person(self, person_id: str) -> Person | None:
        return self.shelf.people.get(person_id)

    async def put_person(self, workspace_id: str, person: Person) -> Person:
        known = self.shelf.people.get(person.id)
        written = replace(person, id=person.id or self._new_id())
        if known is not None:
            written = replace(written, preferences=known.preferences, pauses=known.pauses)
        self.shelf.people[written.id] = written
        self.shelf.forget()
        return written

    async def put_people(self, workspace_id: str, persons: Sequence[Person]) -> tuple[Person, ...]:
        return tuple([await self.put_person(workspace_id, person) for person in persons])

    async def roles(self, program_id: str) -> dict[str, frozenset[Role]]:
        return {person: roles for (program, person), roles in self.shelf.roles.items() if program == program_id}

    async def put_roles(self, program_id: str, person_id: str, roles: frozenset[Role], now: datetime) -> None:
        look = Look(f"{program_id}/{person_id}", program_id, person_id=person_id)
        if roles:
            self.shelf.roles[program_id, person_id] = roles
            self.shelf.agenda[look] = now
        else:
            self.shelf.roles.pop((program_id, person_id), None)
            self.shelf.agenda.pop(look, None)

    async def put_members(self, program_id: str, roles: Mapping[str, frozenset[Role]], now: datetime) -> None:
        for person_id, held in roles.items():
            await self.put_roles(program_id, person_id, held, now)

    async def put_pairs(self, rows: Sequence[PairRow], now: datetime) -> list[str]:
        return [await self.put_pair(row, now) for row in rows]

    async def put_pair(self, pair: PairRow, now: datetime) -> str:
        written = replace(pair, id=pair.id or self._new_id())
        known = self.shelf.pairs.get(written.id, written)
        before = {known.mentor_id, known.mentee_id, known.liaison_id}
        self.shelf.pairs[written.id] = written
        self.shelf.forget()
        self.shelf.agenda[Look(written.id, pair.program_id, pair_id=written.id)] = now
        after = {pair.mentor_id, pair.mentee_id, pair.liaison_id}
        for look in self.shelf.agenda:
            if look.person_id is not None and look.program_id == pair.program_id and look.person_id in before | after:
                self.shelf.agenda[look] = now
        return written.id

    async def pairs(self, program_id: str) -> tuple[Pair, ...]:
        rows = (row for row in self.shelf.pairs.values() if row.program_id == program_id)
        return tuple(self._known_pair(row) for row in sorted(rows, key=lambda row: row.key))

    async def looked_at(self, looks: Collection[Look]) -> dict[str, Pair | Member]:
        pairs = {look.id: self._known_pair(self.shelf.pairs[look.pair_id]) for look in looks if look.pair_id}
        of_members = [(look.id, (look.person_id, look.program_id)) for look in looks if look.person_id]
        members = await self.members_by_id([key for _, key in of_members])
        return pairs | {look_id: members[key] for look_id, key in of_members if key in members}

    def _known_pair(self, row: PairRow) -> Pair:
        if row.id not in self.shelf.known_pairs:
            self.shelf.known_pairs[row.id] = self._pair(row)
        return self.shelf.known_pairs[row.id]

    def _pair(self, row: PairRow) -> Pair:
        met = [m for m in self.shelf.meetings.values() if m.pair_id == row.id and m.confirmed is not Confirmed.DENIED]
        newest = newest_of(answer for answer in self.shelf.answers if answer.pair_id == row.id)
        pair = Pair(
            id=row.id,
            key=row.key,
            program=self.shelf.programs[row.program_id],
            mentor=self.shelf.people[row.mentor_id],
            mentee=self.shelf.people[row.mentee_id],
            liaison=self.shelf.people[row.liaison_id] if row.liaison_id else None,
            starts=row.starts,
            rhythm=read_rhythm(row.rhythm) if row.rhythm else None,
            ends=row.ends,
            meetings=len(met),
            last_meeting=max((meeting.day for meeting in met), default=None),
            logged_at=max((meeting.logged_at for meeting in met), default=None),
            answer=newest.answer,
            help_asked=newest.help_asked,
            help_past=newest.help_past,
            snoozes=newest.snoozes,
            evidence=self._evidence(row.id),
            appointment=self._appointment(row.id),
            phase_moves=tuple(move for move in self.shelf.phase_moves if move.pair_id == row.id),
            ending=self._ending(row.id),
            channel=self.shelf.channels.get(row.id, ""),
        )
        coordinators = (self.shelf.people[who] for who in self.shelf.coordinators(row.program_id))
        return replace(pair, cover=cover_of(pair, coordinators)) if pair.needs_cover else pair

    def _evidence(self, pair_id: str) -> Evidence:
        versions = [one for one in self.shelf.agreements.values() if one.pair_id == pair_id]
        goals = [goal for goal in self.shelf.goals.values() if goal.pair_id == pair_id]
        said = [reply for reply in self.shelf.replies.values() if reply.pair_id == pair_id]
        row = self.shelf.pairs[pair_id]
        signing = signing_of(versions, row.mentor_id, row.mentee_id)
        return replace(
            signing,
            goals=len(goals),
            open_goals=sum(goal.is_open for goal in goals),
            replies=frozenset((one.question.value, one.occurrence, one.person_id, one.choice) for one in said),
        )

    def _appointment(self, pair_id: str) -> Appointment | None:
        ahead = [
            one for one in self.shelf.appointments.values() if one.pair_id == pair_id and one.state is Planned.AHEAD
        ]
        return max(ahead, key=lambda one: one.starts, default=None)

    def _ending(self, pair_id: str) -> Ending | None:
        asked = [one for one in self.shelf.endings.values() if one.pair_id == pair_id and not one.taken_back]
        return max(asked, key=lambda one: one.asked_at, default=None)

    async def members_by_id(self, ids: Collection[tuple[str, str]]) -> dict[tuple[str, str], Member]:
        return {key: self._member(*key) for key in ids if (key[1], key[0]) in self.shelf.roles}

    def _member(self, person_id: str, program_id: str) -> Member:
        rows = [row for row in self._rows_of(person_id) if row.program_id == program_id]
        own = tuple(self._known_pair(row) for row in rows if person_id in (row.mentor_id, row.mentee_id))
        covered = [row for row in self.shelf.covered_by(person_id) if row.program_id == program_id]
        followed = [row for row in rows if row.liaison_id == person_id] + covered
        watched = tuple(self._known_pair(row) for row in sorted(followed, key=lambda row: row.key))
        program, person = self.shelf.programs[program_id], self.shelf.people[person_id]
        return Member(program, person, self.shelf.roles[program_id, person_id], own, watched)

    def _rows_of(self, person_id: str) -> list[PairRow]:
        if not self.shelf.pairs_of:
            for row in sorted(self.shelf.pairs.values(), key=lambda row: row.key):
                for who in {row.mentor_id, row.mentee_id, row.liaison_id or ""}:
                    self.shelf.pairs_of.setdefault(who, []).append(row)
        return self.shelf.pairs_of.get(person_id, [])

    async def members(self, program_id: str) -> tuple[Member, ...]:
        found = [self._member(person, program) for program, person in self.shelf.roles if program == program_id]
        return tuple(sorted(found, key=lambda member: member.person.key))

    async def members_of_slack_user(self, workspace_id: str, slack_id: str) -> tuple[Member, ...]:
        person = await self.person_of_slack_user(workspace_id, slack_id)
        keys = [(who, program) for program, who in self.shelf.roles if person is not None and who == person.id]
        return tuple(self._member(*key) for key in keys)

    async def person_of_slack_user(self, workspace_id: str, slack_id: str) -> Person | None:
        return next((person for person in self.shelf.people.values() if person.slack_id == slack_id), None)

    async def coordinators(self, program_id: str) -> tuple[Person, ...]:
        found = [self.shelf.people[who] for who in self.shelf.coordinators(program_id)]
        return tuple(sorted(found, key=lambda person: person.name))

    async def mark_unreachable(self, person_id: str, reason: str, now: datetime) -> None:
        marked = replace(self.shelf.people[person_id], unreachable=reason, unreachable_at=now if reason else None)
        self.shelf.people[person_id] = marked
        self.shelf.forget()
