"""How pairs, people and members are read with all that is known of them: a fixed number of queries, however many."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, Text, cast, exists, literal, or_, select, type_coerce, union

from bot.domain.days import Span
from bot.domain.evidence import NOTHING_YET, Evidence, signing_of
from bot.domain.people import Member, Pair, Person, cover_of, newest_of
from bot.domain.program import Program, Role
from bot.domain.rhythm import read_rhythm
from bot.store.deeds import NOTHING_DONE, PAIR, Deeds, Done
from bot.store.documents import read_program
from bot.store.rows import UTC_ZONE, AnyRow, Values, person_of
from bot.store.tables import members, pairs, pauses, people, programs
from bot.store.texts import among

# What a person is made of; their preferences as text, since most people's are the same.
PERSON = (
    *(people.c[name] for name in ("id", "key", "name", "slack_id", "email", "zone", "unreachable", "channel")),
    people.c.unreachable_at,
    cast(people.c.preferences, Text).label("preferences"),
    exists().where(pauses.c.person_id == people.c.id).correlate(people).label("has_pauses"),  # few people have any
)


NEAR = pairs.alias("near")


class Crowd:
    """People as they were read; each becomes a person once for every zone that may stand in for theirs."""

    def __init__(self, rows: Iterable[AnyRow], pauses: Mapping[str, tuple[Span, ...]]) -> None:
        self._rows = {row.id: row for row in rows}
        self._pauses = pauses
        self._made: dict[tuple[str, str], Person] = {}

    def person(self, person_id: str, otherwise: ZoneInfo = UTC_ZONE) -> Person:
        """Return the person; `otherwise` stands in for a zone that this machine does not know."""
        key = (person_id, otherwise.key)
        if key not in self._made:
            self._made[key] = person_of(self._rows[person_id], self._pauses.get(person_id, ()), otherwise)
        return self._made[key]

    def everybody(self) -> list[Person]:
        """Return all, in the order in which they were read."""
        return [self.person(person_id) for person_id in self._rows]


class Snapshots(Deeds):
    """Reads values that are made of many rows."""

    async def _workspaces_of(self, program_ids: Collection[str]) -> dict[str, str]:
        rows = await self._rows(workspaces_of(self._dialect), {"ids": self._listed(program_ids)})
        return {row.id: row.workspace_id for row in rows}

    async def _load_programs(self, chosen: Select[Any], values: Values | None = None) -> dict[str, Program]:
        """Return the programs that a statement of `programs_where` chooses, by id, in the order of their first days."""
        return {row.id: read_program(row.id, row.design) for row in await self._rows(chosen, values)}

    async def _programs_by_id(self, ids: Iterable[str]) -> dict[str, Program]:
        return await self._load_programs(programs_among(self._dialect), {"ids": self._listed(ids)})

    async def _load_people(self, chosen: Select[Any], values: Values | None = None) -> Crowd:
        """Return the people that a statement of `people_where` chooses, by key."""
        rows = await self._rows(chosen, values)
        on_a_break = [row.id for row in rows if row.has_pauses]
        spans: dict[str, tuple[Span, ...]] = defaultdict(tuple)
        for row in await self._pauses_of(on_a_break) if on_a_break else ():
            spans[row.person_id] += (Span(row.first_day, row.last_day),)
        return Crowd(rows, spans)

    async def _pauses_of(self, person_ids: Collection[str]) -> list[AnyRow]:
        return await self._rows(pauses_of(self._dialect), {"ids": self._listed(person_ids)})

    async def _people_by_id(self, ids: Iterable[str]) -> Crowd:
        return await self._load_people(people_among(self._dialect), {"ids": self._listed(ids)})

    async def _load_pairs(self, chosen: Select[Any], values: Values) -> list[Pair]:
        """Return pairs, by program and key."""
        rows = await self._pair_rows(chosen, values)
        if not rows:
            return []
        known = await self._programs_by_id(row.program_id for row in rows)
        return await self._make_pairs(rows, known, await self._people_by_id(_people_of(rows)))

    async def _load_members(self, chosen: list[AnyRow], rows: list[AnyRow]) -> dict[tuple[str, str], Member]:
        """Return the members with these rows, by (person id, program id), with those of the pairs with these rows.

        In the order of their keys, the program that began last first.
        """
        found, _ = await self._load_members_and_pairs(chosen, rows)
        found.sort(key=lambda member: member.program.span.first, reverse=True)
        found.sort(key=lambda member: member.person.key)
        return {(member.person.id, member.program.id): member for member in found}

    async def _load_members_and_pairs(
        self, chosen: list[AnyRow], rows: list[AnyRow]
    ) -> tuple[list[Member], list[Pair]]:
        """Return the members with the rows `chosen`, with those of the pairs with these rows; and all these pairs."""
        if not chosen and not rows:
            return [], []
        known = await self._programs_by_id(row.program_id for row in (*chosen, *rows))
        crowd = await self._people_by_id({*_people_of(rows), *(row.person_id for row in chosen)})
        made = await self._make_pairs(rows, known, crowd)
        own, watched = _by_member(made)
        found = []
        for row in chosen:
            program, key = known[row.program_id], (row.person_id, row.program_id)
            person = crowd.person(row.person_id, program.zone)
            found.append(Member(program, person, row.roles, tuple(own.get(key, ())), tuple(watched.get(key, ()))))
        return found, made

    async def _member_rows(self, person_ids: Iterable[str]) -> list[AnyRow]:
        """Return all that these people are, in whatever programs."""
        return await self._rows(memberships_of(self._dialect), {"person_ids": self._listed(person_ids)})

    async def _pair_rows(self, chosen: Select[Any], values: Values) -> list[AnyRow]:
        """Return rows by program and key. Sorted here: SQLite would read all pairs in that order, to save a sort."""
        return sorted(await self._rows(chosen, values), key=lambda row: (row.program_id, row.key))

    async def _pair_rows_around(self, held: list[AnyRow], pair_ids: Iterable[str] = ()) -> list[AnyRow]:
        """Return the pairs of the members with these rows: theirs, those that they follow, those that they stand in
        for; and the pairs with these ids.
        """
        coordinated = {row.program_id for row in held if Role.COORDINATOR in row.roles}
        if coordinated:
            alone = await self._rows(pairs_to_cover(self._dialect), {"ids": self._listed(coordinated)})
            pair_ids = {*pair_ids, *(row.id for row in alone)}
        person_ids = {row.person_id for row in held}
        values = {"person_ids": self._listed(person_ids), "pair_ids": self._listed(pair_ids)}
        return await self._pair_rows(pairs_around(self._dialect), values)

    async def _make_pairs(self, rows: list[AnyRow], known: Mapping[str, Program], crowd: Crowd) -> list[Pair]:
        done, cover = await self._what_was_done(rows), await self._cover_of(rows, crowd)
        return [
            _covered(_pair(row, known[row.program_id], crowd, done.get(row.id, NOTHING_DONE)), cover) for row in rows
        ]

    async def _cover_of(self, rows: list[AnyRow], crowd: Crowd) -> dict[str, list[Person]]:
        """Return who stands in for a liaison whom messages do not reach, by program; asked only where there is one."""
        away = {row.program_id for row in rows if row.liaison_id and not crowd.person(row.liaison_id).can_be_reached}
        if not away:
            return {}
        held = await self._rows(coordinators_among(self._dialect), {"ids": self._listed(away)})
        stand_ins = await self._people_by_id(row.person_id for row in held)
        found: dict[str, list[Person]] = defaultdict(list)
        for row in held:
            found[row.program_id].append(stand_ins.person(row.person_id))
        return found


# -- the statements: built once for each dialect; to build one takes longer than to execute it ---------------------


def programs_where(condition: ColumnElement[bool]) -> Select[Any]:
    """Choose programs, in the order of their first days."""
    chosen = select(programs.c.id, cast(programs.c.design, Text).label("design")).where(condition)
    return chosen.order_by(programs.c.first_day, programs.c.key)


@cache
def programs_among(dialect: str) -> Select[Any]:
    """Choose the programs with these `ids`."""
    return programs_where(among(programs.c.id, "ids", dialect))


@cache
def workspaces_of(dialect: str) -> Select[Any]:
    """Choose the workspaces of the programs with these `ids`."""
    return select(programs.c.id, programs.c.workspace_id).where(among(programs.c.id, "ids", dialect))


def people_where(condition: ColumnElement[bool]) -> Select[Any]:
    """Choose people, by key."""
    return select(*PERSON).where(condition).order_by(people.c.key, people.c.id)


@cache
def people_among(dialect: str) -> Select[Any]:
    """Choose the people with these `ids`."""
    return people_where(among(people.c.id, "ids", dialect))


@cache
def pauses_of(dialect: str) -> Select[Any]:
    """Choose the pauses of the people with these `ids`."""
    of_them = among(pauses.c.person_id, "ids", dialect)
    return select(pauses).where(of_them).order_by(pauses.c.first_day, pauses.c.last_day)


@cache
def memberships_of(dialect: str) -> Select[Any]:
    """Choose all that the people with these `person_ids` are."""
    return select(members).where(among(members.c.person_id, "person_ids", dialect))


@cache
def coordinators_among(dialect: str) -> Select[Any]:
    """Choose who coordinates the programs with these `ids`."""
    return select(members).where(among(members.c.program_id, "ids", dialect), has_role(Role.COORDINATOR))


@cache
def is_around(dialect: str) -> ColumnElement[bool]:
    """Tell of a pair whether any of `person_ids` belong to it or follow it, or whether it is one of `pair_ids`.

    Each way to a pair has its index. Where they are an OR, SQLite may read all pairs of the program instead.
    """
    ways = [among(NEAR.c[name], "person_ids", dialect) for name in ("mentor_id", "mentee_id", "liaison_id")]
    ways.append(among(NEAR.c.id, "pair_ids", dialect))
    return pairs.c.id.in_(union(*(select(NEAR.c.id).where(way) for way in ways)))


@cache
def pairs_to_cover(dialect: str) -> Select[Any]:
    """Choose the pairs of the programs with these `ids` whose liaison messages do not reach."""
    away = or_(people.c.unreachable != "", people.c.slack_id.is_(None))
    theirs = select(pairs.c.id).join(people, people.c.id == pairs.c.liaison_id)
    return theirs.where(among(pairs.c.program_id, "ids", dialect), away)


@cache
def pairs_around(dialect: str) -> Select[Any]:
    """Choose those pairs."""
    return select(*PAIR).where(is_around(dialect))


# -- rows into pairs ------------------------------------------------------------------------------------------------


def _people_of(rows: Iterable[AnyRow]) -> set[str]:
    return {who for row in rows for who in (row.mentor_id, row.mentee_id, row.liaison_id) if who is not None}


def _pair(row: AnyRow, program: Program, crowd: Crowd, done: Done) -> Pair:
    newest = newest_of(done.said)
    return Pair(
        id=row.id,
        key=row.key,
        program=program,
        mentor=crowd.person(row.mentor_id, program.zone),
        mentee=crowd.person(row.mentee_id, program.zone),
        liaison=crowd.person(row.liaison_id, program.zone) if row.liaison_id else None,
        starts=row.starts,
        rhythm=read_rhythm(row.rhythm) if row.rhythm else None,
        ends=row.ends,
        meetings=done.meetings,
        last_meeting=done.last_meeting,
        logged_at=done.logged_at,
        answer=newest.answer,
        help_asked=newest.help_asked,
        help_past=newest.help_past,
        snoozes=newest.snoozes,
        evidence=_evidence(row, done),
        appointment=done.appointment,
        phase_moves=done.phase_moves,
        ending=done.ending,
        channel=row.channel,
    )


def _covered(pair: Pair, cover: Mapping[str, Sequence[Person]]) -> Pair:
    """Return a pair with those who stand in for its liaison, where that is needed."""
    return replace(pair, cover=cover_of(pair, cover[pair.program.id])) if pair.needs_cover else pair


def _evidence(row: AnyRow, done: Done) -> Evidence:
    if not (done.versions or done.goals or done.replies):  # as for most, while a program is young
        return NOTHING_YET
    signing = signing_of(done.versions, row.mentor_id, row.mentee_id)
    return replace(signing, goals=done.goals, open_goals=done.open_goals, replies=done.replies)


PairsOf = defaultdict[tuple[str, str], list[Pair]]


def _by_member(found: Iterable[Pair]) -> tuple[PairsOf, PairsOf]:
    """Return the own pairs and the followed pairs of each (person id, program id)."""
    own: PairsOf = defaultdict(list)
    watched: PairsOf = defaultdict(list)
    for pair in found:
        for person_id in {pair.mentor.id, pair.mentee.id}:
            own[person_id, pair.program.id].append(pair)
        followers = (*((pair.liaison,) if pair.liaison is not None else ()), *pair.cover)
        for person in followers:
            watched[person.id, pair.program.id].append(pair)
    return own, watched


def has_role(role: Role) -> ColumnElement[bool]:
    """Choose the members with this role; roles are kept as words between spaces."""
    return (literal(" ") + type_coerce(members.c.roles, Text) + " ").like(f"% {role} %")
