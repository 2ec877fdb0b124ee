"""What pairs have done, as far as their snapshots tell it: a fixed number of queries, few where nothing was done."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Label, Select, Table, case, exists, func, select

from bot.domain.agreements import lacking
from bot.domain.appointments import Appointment, Planned
from bot.domain.endings import Ending, PhaseMove
from bot.domain.goals import OPEN_STATES
from bot.domain.meetings import Confirmed
from bot.domain.people import Answer
from bot.store.kept import Kept
from bot.store.rows import AnyRow, answer_of
from bot.store.tables import (
    agreements,
    answers,
    appointments,
    endings,
    goals,
    meetings,
    pairs,
    phase_moves,
    replies,
)
from bot.store.texts import among
from bot.store.transaction import Transaction

T = TypeVar("T")
Ids = Collection[str]

APPOINTMENTS, ENDINGS, PHASE_MOVES = (
    Kept(appointments, Appointment),
    Kept(endings, Ending),
    Kept(phase_moves, PhaseMove),
)
OPEN_GOALS = sorted(state.value for state in OPEN_STATES)


def _has(table: Table) -> Label[Any]:
    return exists().where(table.c.pair_id == pairs.c.id).correlate(pairs).label(f"has_{table.name}")


# A pair, and what else there is of it at all: most have no moved phase, and none is asked for.
PAIR = (*pairs.c, *map(_has, (agreements, goals, appointments, replies, endings, phase_moves)))


@dataclass(frozen=True, slots=True)
class Version:
    """Who has signed a version of an agreement, who wrote it last, and what it `lacks` to be signed."""

    version: int
    edited_by: str
    edited_at: datetime
    mentor_signed: datetime | None
    mentee_signed: datetime | None
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """What a pair has done: in numbers and states, with the newest answers of each partner and kind, newest first."""

    meetings: int = 0
    last_meeting: date | None = None
    logged_at: datetime | None = None
    said: tuple[Answer, ...] = ()
    versions: tuple[Version, ...] = ()
    goals: int = 0
    open_goals: int = 0
    replies: frozenset[tuple[str, str, str, str]] = frozenset()
    appointment: Appointment | None = None
    phase_moves: tuple[PhaseMove, ...] = ()
    ending: Ending | None = None


NOTHING_DONE = Done()


class Deeds(Transaction):
    """Reads what pairs have done."""

    async def _what_was_done(self, rows: Collection[AnyRow]) -> dict[str, Done]:
        """Return what the pairs with these rows (of PAIR) have done; a pair that has done nothing is left out."""
        ids = [row.id for row in rows]
        counts = await self._rows(meetings_counted(self._dialect), {"pair_ids": self._listed(ids)})
        done = {row.pair_id: Done(row.number, row.last, row.logged) for row in counts}
        for pair_id, said in (await self._newest_answers(ids)).items():
            done[pair_id] = replace(done.get(pair_id, NOTHING_DONE), said=tuple(said))
        for has, add in self._rest():
            of_these = [row.id for row in rows if getattr(row, has)]
            if of_these:
                await add(of_these, done)
        return done

    def _rest(self) -> tuple[tuple[str, Callable[[Ids, dict[str, Done]], Any]], ...]:
        return (
            ("has_agreements", self._add_versions),
            ("has_goals", self._add_goals),
            ("has_appointments", self._add_appointments),
            ("has_replies", self._add_replies),
            ("has_endings", self._add_endings),
            ("has_phase_moves", self._add_phase_moves),
        )

    async def _newest_answers(self, pair_ids: list[str]) -> defaultdict[str, list[Answer]]:
        """Return the newest answer of each partner and kind, newest first, for each pair that has any."""
        said: defaultdict[str, list[Answer]] = defaultdict(list)
        for row in await self._rows(newest_answers(self._dialect), {"pair_ids": self._listed(pair_ids)}):
            said[row.pair_id].append(answer_of(row))
        return said

    async def _add_versions(self, ids: Ids, done: dict[str, Done]) -> None:
        rows = await self._rows(versions_of(self._dialect), {"pair_ids": self._listed(ids)})
        made = ((row.pair_id, _version(row)) for row in rows)
        for pair_id, versions in _by_pair(made):
            done[pair_id] = replace(done.get(pair_id, NOTHING_DONE), versions=tuple(versions))

    async def _add_goals(self, ids: Ids, done: dict[str, Done]) -> None:
        for row in await self._rows(goals_counted(self._dialect), {"pair_ids": self._listed(ids)}):
            done[row.pair_id] = replace(done.get(row.pair_id, NOTHING_DONE), goals=row.number, open_goals=row.open)

    async def _add_appointments(self, ids: Ids, done: dict[str, Done]) -> None:
        for row in await self._rows(appointments_ahead(self._dialect), {"pair_ids": self._listed(ids)}):
            done[row.pair_id] = replace(done.get(row.pair_id, NOTHING_DONE), appointment=APPOINTMENTS.read(row))

    async def _add_replies(self, ids: Ids, done: dict[str, Done]) -> None:
        rows = await self._rows(choices_of(self._dialect), {"pair_ids": self._listed(ids)})
        made = ((row.pair_id, (row.question, row.occurrence, row.person_id, row.choice)) for row in rows)
        for pair_id, said in _by_pair(made):
            done[pair_id] = replace(done.get(pair_id, NOTHING_DONE), replies=frozenset(said))

    async def _add_endings(self, ids: Ids, done: dict[str, Done]) -> None:
        for row in await self._rows(endings_asked(self._dialect), {"pair_ids": self._listed(ids)}):
            done[row.pair_id] = replace(done.get(row.pair_id, NOTHING_DONE), ending=ENDINGS.read(row))

    async def _add_phase_moves(self, ids: Ids, done: dict[str, Done]) -> None:
        rows = await self._rows(phases_moved(self._dialect), {"pair_ids": self._listed(ids)})
        for pair_id, moves in _by_pair((row.pair_id, PHASE_MOVES.read(row)) for row in rows):
            done[pair_id] = replace(done.get(pair_id, NOTHING_DONE), phase_moves=tuple(moves))


def _version_of(row: AnyRow) -> Version:
    return Version(row.version, row.edited_by, row.edited_at, row.mentor_signed, row.mentee_signed)


def _by_pair(found: Iterable[tuple[str, T]]) -> Iterable[tuple[str, list[T]]]:
    sorted_out: defaultdict[str, list[T]] = defaultdict(list)
    for pair_id, one in found:
        sorted_out[pair_id].append(one)
    return sorted_out.items()


# -- the statements: built once for each dialect; to build one takes longer than to execute it ---------------------


def _of_pairs(column: ColumnElement[Any], dialect: str) -> ColumnElement[bool]:
    return among(column, "pair_ids", dialect)


@cache
def meetings_counted(dialect: str) -> Select[Any]:
    """Choose how often the pairs with these `pair_ids` have met, and when for the last time."""
    met = select(
        meetings.c.pair_id,
        func.count().label("number"),
        func.max(meetings.c.day).label("last"),
        func.max(meetings.c.logged_at).label("logged"),
    )
    counts = meetings.c.confirmed != Confirmed.DENIED.value
    return met.where(_of_pairs(meetings.c.pair_id, dialect), counts).group_by(meetings.c.pair_id)


@cache
def newest_answers(dialect: str) -> Select[Any]:
    """Choose the newest answer of each partner, kind and circle in the pairs with these `pair_ids`, newest first."""
    rank = func.row_number().over(
        partition_by=(answers.c.pair_id, answers.c.person_id, answers.c.kind, answers.c.past_liaison),
        order_by=(answers.c.at.desc(), answers.c.id.desc()),
    )
    ranked = select(answers, rank.label("rank")).where(_of_pairs(answers.c.pair_id, dialect)).subquery()
    return select(ranked).where(ranked.c.rank == 1).order_by(ranked.c.at.desc(), ranked.c.id.desc())


def _version(row: AnyRow) -> Version:
    lacks = lacking(
        rhythm=row.rhythm is not None,
        minutes=row.minutes is not None or row.hours_a_month is not None,
        means=row.means not in (None, "", "[]"),
    )
    return Version(row.version, row.edited_by, row.edited_at, row.mentor_signed, row.mentee_signed, lacks)


@cache
def versions_of(dialect: str) -> Select[Any]:
    """Choose the versions of the agreements of the pairs with these `pair_ids`, without their words:
    of these only what has to be said before it can be signed.
    """
    names = ("pair_id", "version", "edited_by", "edited_at", "mentor_signed", "mentee_signed")
    said = (
        agreements.c.terms[name].as_string().label(name) for name in ("rhythm", "minutes", "hours_a_month", "means")
    )
    chosen = select(*(agreements.c[name] for name in names), *said)
    return chosen.where(_of_pairs(agreements.c.pair_id, dialect)).order_by(agreements.c.version)


@cache
def goals_counted(dialect: str) -> Select[Any]:
    """Choose how many goals the pairs with these `pair_ids` have, and how many are open."""
    is_open = case((goals.c.state.in_(OPEN_GOALS), 1), else_=0)
    counted = select(goals.c.pair_id, func.count().label("number"), func.sum(is_open).label("open"))
    return counted.where(_of_pairs(goals.c.pair_id, dialect)).group_by(goals.c.pair_id)


@cache
def appointments_ahead(dialect: str) -> Select[Any]:
    """Choose the appointments that are planned in the pairs with these `pair_ids`, the last one last."""
    ahead = appointments.c.state == Planned.AHEAD.value
    return select(appointments).where(_of_pairs(appointments.c.pair_id, dialect), ahead).order_by(appointments.c.starts)


@cache
def choices_of(dialect: str) -> Select[Any]:
    """Choose what the pairs with these `pair_ids` have said to the program's questions, without their words."""
    names = ("pair_id", "question", "occurrence", "person_id", "choice")
    return select(*(replies.c[name] for name in names)).where(_of_pairs(replies.c.pair_id, dialect))


@cache
def endings_asked(dialect: str) -> Select[Any]:
    """Choose the early endings that hold in the pairs with these `pair_ids`, the newest last."""
    holds = endings.c.taken_back.is_(False)
    return select(endings).where(_of_pairs(endings.c.pair_id, dialect), holds).order_by(endings.c.asked_at)


@cache
def phases_moved(dialect: str) -> Select[Any]:
    """Choose where phases were moved in the pairs with these `pair_ids`, oldest first."""
    return (
        select(phase_moves)
        .where(_of_pairs(phase_moves.c.pair_id, dialect))
        .order_by(phase_moves.c.at, phase_moves.c.id)
    )
