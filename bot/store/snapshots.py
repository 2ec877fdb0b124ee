"""How pairs, people and members are read with all that is known of them: a fixed number of queries, however many."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Text, cast, func, literal, select, type_coerce, union

from bot.domain.days import Span
from bot.domain.people import Answer, Member, Pair, Person, newest_of
from bot.domain.program import Program, Role
from bot.domain.rhythm import read_rhythm
from bot.store.documents import read_program
from bot.store.rows import UTC_ZONE, AnyRow, answer_of, person_of
from bot.store.tables import answers, meetings, members, pairs, pauses, people, programs
from bot.store.transaction import Transaction

# What a person is made of; their preferences as text, since most people's are the same.
PERSON = (
    *(people.c[name] for name in ("id", "key", "name", "slack_id", "email", "zone", "unreachable", "channel")),
    cast(people.c.preferences, Text).label("preferences"),
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


@dataclass(frozen=True, slots=True)
class Done:
    """What a pair has done, in numbers, and the newest answers of each partner and kind, newest first."""

    meetings: int = 0
    last_meeting: date | None = None
    logged_at: datetime | None = None
    said: tuple[Answer, ...] = ()


class Snapshots(Transaction):
    """Reads values that are made of many rows."""

    async def _workspaces_of(self, program_ids: Collection[str]) -> dict[str, str]:
        found = select(programs.c.id, programs.c.workspace_id).where(self._among(programs.c.id, program_ids))
        return {row.id: row.workspace_id for row in await self._rows(found)}

    async def _load_programs(self, condition: ColumnElement[bool]) -> dict[str, Program]:
        """Return programs by id, in the order of their first days."""
        chosen = select(programs.c.id, cast(programs.c.design, Text).label("design")).where(condition)
        rows = await self._rows(chosen.order_by(programs.c.first_day, programs.c.key))
        return {row.id: read_program(row.id, row.design) for row in rows}

    async def _load_people(self, condition: ColumnElement[bool]) -> Crowd:
        """Return people, by key."""
        rows = await self._rows(select(*PERSON).where(condition).order_by(people.c.key, people.c.id))
        of_them = self._among(pauses.c.person_id, (row.id for row in rows))
        found = await self._rows(select(pauses).where(of_them).order_by(pauses.c.first_day, pauses.c.last_day))
        spans: dict[str, tuple[Span, ...]] = defaultdict(tuple)
        for row in found:
            spans[row.person_id] += (Span(row.first_day, row.last_day),)
        return Crowd(rows, spans)

    async def _load_pairs(self, condition: ColumnElement[bool]) -> list[Pair]:
        """Return pairs, by program and key."""
        rows = await self._pair_rows(condition)
        if not rows:
            return []
        known = await self._load_programs(self._among(programs.c.id, (row.program_id for row in rows)))
        crowd = await self._load_people(self._among(people.c.id, _people_of(rows)))
        return await self._make_pairs(rows, known, crowd)

    async def _load_members(
        self, who: ColumnElement[bool], theirs: ColumnElement[bool]
    ) -> dict[tuple[str, str], Member]:
        """Return the members that `who` chooses, by (person id, program id), with those of the pairs `theirs`.

        In the order of their keys, the program that began last first.
        """
        found, _ = await self._load_members_and_pairs(who, theirs)
        found.sort(key=lambda member: member.program.span.first, reverse=True)
        found.sort(key=lambda member: member.person.key)
        return {(member.person.id, member.program.id): member for member in found}

    async def _load_members_and_pairs(
        self, who: ColumnElement[bool], which: ColumnElement[bool]
    ) -> tuple[list[Member], list[Pair]]:
        """Return the members that `who` chooses, with their pairs among those that `which` chooses; and those."""
        chosen, rows = await self._rows(select(members).where(who)), await self._pair_rows(which)
        if not chosen and not rows:
            return [], []
        known = await self._load_programs(self._among(programs.c.id, (row.program_id for row in (*chosen, *rows))))
        needed = {*_people_of(rows), *(row.person_id for row in chosen)}
        crowd = await self._load_people(self._among(people.c.id, needed))
        made = await self._make_pairs(rows, known, crowd)
        own, watched = _by_member(made)
        found = []
        for row in chosen:
            program, key = known[row.program_id], (row.person_id, row.program_id)
            person = crowd.person(row.person_id, program.zone)
            found.append(Member(program, person, row.roles, tuple(own.get(key, ())), tuple(watched.get(key, ()))))
        return found, made

    async def _pair_rows(self, condition: ColumnElement[bool]) -> list[AnyRow]:
        """Return rows by program and key. Sorted here: SQLite would read all pairs in that order, to save a sort."""
        found = await self._rows(select(pairs).where(condition))
        return sorted(found, key=lambda row: (row.program_id, row.key))

    def _pairs_around(self, person_ids: Collection[str], pair_ids: Collection[str] = ()) -> ColumnElement[bool]:
        """Choose the pairs that any of these people belong to or follow, and the pairs with these ids.

        Each way to a pair has its index. Where they are an OR, SQLite may read all pairs of the program instead.
        """
        ways = [self._among(NEAR.c[name], person_ids) for name in ("mentor_id", "mentee_id", "liaison_id")]
        ways.append(self._among(NEAR.c.id, pair_ids))
        return pairs.c.id.in_(union(*(select(NEAR.c.id).where(way) for way in ways)))

    async def _make_pairs(self, rows: list[AnyRow], known: Mapping[str, Program], crowd: Crowd) -> list[Pair]:
        done = await self._what_was_done([row.id for row in rows])
        return [_pair(row, known[row.program_id], crowd, done.get(row.id, Done())) for row in rows]

    async def _what_was_done(self, pair_ids: list[str]) -> dict[str, Done]:
        counts = await self._rows(
            select(
                meetings.c.pair_id,
                func.count().label("number"),
                func.max(meetings.c.day).label("last"),
                func.max(meetings.c.logged_at).label("logged"),
            )
            .where(self._among(meetings.c.pair_id, pair_ids))
            .group_by(meetings.c.pair_id)
        )
        met = {row.pair_id: (row.number, row.last, row.logged) for row in counts}
        said = await self._newest_answers(pair_ids)
        return {
            pair_id: Done(*met.get(pair_id, (0, None, None)), tuple(said[pair_id]))
            for pair_id in (met.keys() | said.keys())
        }

    async def _newest_answers(self, pair_ids: list[str]) -> defaultdict[str, list[Answer]]:
        """Return the newest answer of each partner and kind, newest first, for each pair that has any."""
        rank = func.row_number().over(
            partition_by=(answers.c.pair_id, answers.c.person_id, answers.c.kind),
            order_by=(answers.c.at.desc(), answers.c.id.desc()),
        )
        ranked = select(answers, rank.label("rank")).where(self._among(answers.c.pair_id, pair_ids)).subquery()
        newest = select(ranked).where(ranked.c.rank == 1).order_by(ranked.c.at.desc(), ranked.c.id.desc())
        said: defaultdict[str, list[Answer]] = defaultdict(list)
        for row in await self._rows(newest):
            said[row.pair_id].append(answer_of(row))
        return said


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
        snoozes=newest.snoozes,
    )


PairsOf = defaultdict[tuple[str, str], list[Pair]]


def _by_member(found: Iterable[Pair]) -> tuple[PairsOf, PairsOf]:
    """Return the own pairs and the followed pairs of each (person id, program id)."""
    own: PairsOf = defaultdict(list)
    watched: PairsOf = defaultdict(list)
    for pair in found:
        for person_id in {pair.mentor.id, pair.mentee.id}:
            own[person_id, pair.program.id].append(pair)
        if pair.liaison is not None:
            watched[pair.liaison.id, pair.program.id].append(pair)
    return own, watched


def has_role(role: Role) -> ColumnElement[bool]:
    """Choose the members with this role; roles are kept as words between spaces."""
    return (literal(" ") + type_coerce(members.c.roles, Text) + " ").like(f"% {role} %")
