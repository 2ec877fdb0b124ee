"""Play a program's year: the real rules, words and use cases, a clock that jumps from moment to moment."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import count

from bot.content.rosters import Roster, RosterPair
from bot.domain.announcements import Announcement, Progress
from bot.domain.days import midnight
from bot.domain.notes import Absent, Doubt, Finding, Lease, Note, Outcome, Sent
from bot.domain.nudges import Nudge, Rule
from bot.domain.people import Member, Pair, Person
from bot.domain.program import Program
from bot.rehearsal.behaviors import Behavior, acts_of
from bot.rehearsal.behaviors.deeds import Act, NewPair
from bot.rehearsal.doing import Doing
from bot.rehearsal.memory import MemoryStore
from bot.rehearsal.shelf import Shelf
from bot.usecases.compose_note import Composer
from bot.usecases.load_program import load_program
from bot.usecases.plan_nudges import BATCH, plan_nudges
from bot.usecases.ports import HeardMarks, Store
from bot.usecases.send_notes import send_notes
from bot.usecases.world import World

TEAM = "T"
LEAD = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Delivered:
    """One message as it would arrive. `local` is `at` on the person's own clock; keys are those of the roster."""

    at: datetime
    local: datetime
    to: str
    roles: tuple[str, ...]
    pairs: tuple[str, ...]
    kinds: tuple[str, ...]
    slots: tuple[str, ...]
    phase: str
    text: str


@dataclass(slots=True)
class Mailbox:
    """A courier that brings everything at once, and keeps it."""

    arrived: list[tuple[Note, Person]] = field(default_factory=list)

    async def post(self, note: Note, person: Person, lease: Lease) -> Outcome:
        """Take a note."""
        self.arrived.append((note, person))
        return Sent("rehearsal", note.id)

    async def find(self, doubt: Doubt) -> Finding:
        """Nothing is in doubt in a rehearsal."""
        return Absent()

    async def marks_since(self, slack_id: str, channel: str, since: datetime) -> HeardMarks:
        """Nothing is restored in a rehearsal."""
        return {}

    async def works(self) -> bool:
        """Nobody refuses anything in a rehearsal."""
        return True

    async def show_progress(self, announcement: Announcement, progress: Progress) -> bool:
        """Nobody announces anything in a rehearsal."""
        return True


class Year:
    """One program year, whose records are kept in `store`, which is empty. `live` goes through it once."""

    def __init__(self, program: Program, roster: Roster, behavior: Behavior, composer: Composer, store: Store) -> None:
        self._design = program
        self._roster = with_addresses(roster)
        self._behavior = behavior
        self._store = store
        self._mailbox = Mailbox()
        self._now = midnight(program.opens, program.zone) - LEAD
        ids = count(1)
        self._world = World(
            self._store,
            self._mailbox,
            composer,
            now=lambda: self._now,
            new_id=lambda: f"note-{next(ids):06d}",
            steady=lambda: self._now.timestamp(),
        )

    async def live(self) -> AsyncIterator[tuple[datetime, Note, Person]]:
        """Go through the year from moment to moment; give each note when it arrives, and to whom."""
        await self._load()
        acts = acts_of(self._behavior, await self._pairs())
        while (moment := self._next(acts, await self._next_due())) is not None:
            self._now = max(moment, self._now)
            while acts and acts[0].at <= self._now:
                await self._perform(acts.pop(0))
            await self._tick()
            for note, person in self._mailbox.arrived:
                yield self._now, note, person
            self._mailbox.arrived.clear()

    # -- time -----------------------------------------------------------------------------------------------------

    @staticmethod
    def _next(acts: list[Act], due: datetime | None) -> datetime | None:
        return min(filter(None, (acts[0].at if acts else None, due)), default=None)

    async def _next_due(self) -> datetime | None:
        async with self._store.begin() as records:
            return await records.next_due()

    async def _tick(self) -> None:
        prompts = self._world.composer.prompts.all
        while await plan_nudges(self._store, prompts, self._now) >= BATCH:
            pass
        await send_notes(self._world, limit=500)  # what is left has its turn at once: it is the next thing due

    # -- people ---------------------------------------------------------------------------------------------------

    async def _load(self) -> None:
        async with self._store.begin() as records:
            workspace = await records.workspace(TEAM)
            await load_program(records, workspace.id, self._design, self._roster, self._now)

    async def _pairs(self) -> tuple[Pair, ...]:
        async with self._store.begin() as records:
            (program,) = await records.programs((await records.workspace(TEAM)).id)
            return await records.pairs(program.id)

    async def _perform(self, act: Act) -> None:
        """Do what somebody does, by the same use case that their click or command would call."""
        if isinstance(act.deed, NewPair):
            self._roster = with_new_pair(self._roster, act.pair_key, act.deed)
            await self._load()
            return
        member = await self._member(act.person_key)
        pair = next(pair for pair in member.pairs if pair.key == act.pair_key)
        await Doing(self._world, member, pair).do(act.deed)

    async def _member(self, person_key: str) -> Member:
        """Return who acts, as a door does: by their Slack id."""
        slack_id = next(person.slack_id for person in self._roster.people if person.key == person_key)
        async with self._store.begin() as records:
            workspace = await records.workspace(TEAM)
            (member,) = await records.members_of_slack_user(workspace.id, str(slack_id))
        return member


async def play(program: Program, roster: Roster, behavior: Behavior, composer: Composer) -> list[Delivered]:
    """Play a year in memory; return all messages, in the order of their moments, then of their receivers."""
    store = MemoryStore()
    year = Year(program, roster, behavior, composer, store)
    delivered = [_delivered(store.shelf, at, note, person) async for at, note, person in year.live()]
    return sorted(delivered, key=lambda message: (message.at, message.to))


def _delivered(shelf: Shelf, at: datetime, note: Note, person: Person) -> Delivered:
    nudges = [shelf.nudges[nudge_id].nudge for nudge_id in shelf.notes[note.id].nudge_ids]
    program = shelf.programs[note.program_id]
    local = at.astimezone(person.zone)
    return Delivered(
        at=at,
        local=local,
        to=person.key,
        roles=tuple(sorted(shelf.roles[program.id, person.id])),
        pairs=tuple(sorted(_pair_keys(shelf, nudges, person, local.date()))),
        kinds=tuple(part.rule for part in note.parts),
        slots=tuple(sorted(str(nudge.slot) for nudge in nudges)),
        phase=str(program.phase_on(local.date()) or ""),
        text=note.text,
    )


def _pair_keys(shelf: Shelf, nudges: list[Nudge], person: Person, day: date) -> set[str]:
    """Return the pairs that a note is about: named by its nudges, a liaison's caseload, or the person's own."""
    keys = {shelf.pairs[nudge.pair_id].key for nudge in nudges if nudge.pair_id}
    for nudge in nudges:
        if nudge.pair_id is None:
            watching = nudge.slot.rule == Rule.DIGEST
            for row in shelf.pairs.values():
                own = row.liaison_id == person.id if watching else person.id in (row.mentor_id, row.mentee_id)
                if own and row.starts <= day <= (row.ends or day):
                    keys.add(row.key)
    return keys


def with_addresses(roster: Roster) -> Roster:
    """Give a Slack id to those whom the roster knows by e-mail only: Slack would tell it before the first day."""
    people = (p if p.slack_id else replace(p, slack_id=f"U{number:08d}") for number, p in enumerate(roster.people))
    return replace(roster, people=tuple(people))


def with_new_pair(roster: Roster, pair_key: str, new: NewPair) -> Roster:
    """Return the roster as a coordinator changes it when the mentee of a pair is given another mentor."""
    former = next(pair for pair in roster.pairs if pair.key == pair_key)
    pair = RosterPair(new.key, new.mentor_key, former.mentee, former.liaison, former.rhythm, new.starts, None, 0)
    return replace(roster, pairs=(*roster.pairs, pair))


def rehearse(program: Program, roster: Roster, behavior: Behavior, composer: Composer) -> list[Delivered]:
    """Return every message of the year under `behavior`. The same input gives the same messages."""
    return asyncio.run(play(program, roster, behavior, composer))
