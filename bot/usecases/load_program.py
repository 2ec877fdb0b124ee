"""Load a program: make the records say what program.toml and roster.csv say, and tell what that changed."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from bot.content.problems import Problem, quoted
from bot.content.rosters import Roster, RosterPair, RosterPerson
from bot.domain.errors import RuleBroken
from bot.domain.evidence import NOTHING_YET
from bot.domain.people import Pair, Person
from bot.domain.program import Program, Role
from bot.usecases.match_people import Match, match_people
from bot.usecases.name_changes import listed_words, pair_changes, person_changes, program_changes
from bot.usecases.ports import PairRow, Records

NOTHING = "Nothing has changed."


@dataclass(frozen=True, slots=True)
class Loaded:
    """The program with its id, and in sentences what loading it has added, changed and removed.

    `kept` is what people decided in Slack and the roster says otherwise.
    """

    program: Program
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """All that has changed, each as a sentence; one that says so when nothing has."""
        return (
            *(f"Added: {sentence}" for sentence in self.added),
            *(f"Changed: {sentence}" for sentence in self.changed),
            *(f"Removed: {sentence}" for sentence in self.removed),
            *(f"Kept: {sentence}" for sentence in self.kept),
        ) or (NOTHING,)

    def __str__(self) -> str:
        return "\n".join(self.sentences)


async def load_program(records: Records, workspace_id: str, program: Program, roster: Roster, now: datetime) -> Loaded:
    """Write what differs from the records, in the caller's transaction. Safe to call twice.

    Nothing is ever deleted: who is not in the roster any more loses their roles, and a pair that is not ends with
    yesterday. Raises RuleBroken, and has written nothing that stays, where the roster would hand what one person
    wrote to another.
    """
    known = next((one for one in await records.programs(workspace_id) if one.key == program.key), None)
    loading = _Loading(records, workspace_id, now, roster, known)
    stored = await loading.put_program(program)
    matches = match_people(roster, stored, await records.people(workspace_id))
    people = await loading.put_people(matches)
    await loading.put_roles(stored, people)
    await loading.put_pairs(stored, people)
    await loading.wake(stored)
    return Loaded(stored, *map(tuple, (loading.added, loading.changed, loading.removed, loading.kept)))


@dataclass(slots=True)
class _Loading:
    """One load under way, and what it has done so far. `before` is the program as it was, if it was there."""

    records: Records
    workspace_id: str
    now: datetime
    roster: Roster
    before: Program | None
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    touched: set[str] = field(default_factory=set)

    async def put_program(self, program: Program) -> Program:
        before = self.before
        if before is None:
            self.added.append(f"Program {program.name}, {program.span.first} to {program.span.last}.")
        elif replace(program, id=before.id) == before:
            return before
        else:
            program = replace(program, id=before.id)
            self.changed.extend(program_changes(before, program))
        return await self.records.put_program(self.workspace_id, program)

    async def put_people(self, matches: list[Match]) -> dict[str, Person]:
        """Write who is new or altered. Return everybody by their key in the roster."""
        await self._release_accounts(matches)
        altered = [match for match in matches if match.alters]
        written = await self.records.put_people(self.workspace_id, [match.person for match in altered])
        for match, person in zip(altered, written, strict=True):
            self._tell_person(match, person)
        people = {match.row.key: match.person for match in matches}
        return people | {match.row.key: person for match, person in zip(altered, written, strict=True)}

    async def _release_accounts(self, matches: list[Match]) -> None:
        """Take accounts from those who change theirs, so that another line can have them: no two people share one."""
        wanted = {match.person.slack_id for match in matches if match.alters}
        released = [replace(known, slack_id=None) for match in matches if (known := _gives_up(match, wanted))]
        await self.records.put_people(self.workspace_id, released)

    def _tell_person(self, match: Match, person: Person) -> None:
        if match.known:
            self.changed.append(f"{person.name}: {person_changes(match.known, match.person)}.")
            self.touched.add(person.id)

    async def put_roles(self, program: Program, people: dict[str, Person]) -> None:
        """Give everybody in the roster their roles, and withdraw those of everybody else."""
        recorded = await self.records.roles(program.id)
        given: dict[str, frozenset[Role]] = {}
        for row in self.roster.people:
            person, before = people[row.key], recorded.get(people[row.key].id, frozenset())
            if before != row.roles:
                given[person.id] = row.roles
                self._tell_roles(row, person, before)
        await self.records.put_members(program.id, given, self.now)
        await self._withdraw_roles(program, recorded, {person.id for person in people.values()})

    def _tell_roles(self, row: RosterPerson, person: Person, before: frozenset[Role]) -> None:
        if before:
            self.changed.append(f"{person.name}: roles: {listed_words(before)} → {listed_words(row.roles)}.")
            return
        known_as = "" if person.key == row.key else f", who is known in this workspace as {quoted(person.key)}"
        self.added.append(f"{person.name} ({listed_words(row.roles)}){known_as}.")

    async def _withdraw_roles(self, program: Program, recorded: Mapping[str, frozenset[Role]], stay: set[str]) -> None:
        gone = recorded.keys() - stay
        await self.records.put_members(program.id, dict.fromkeys(gone, frozenset()), self.now)
        for person in await self.records.people(self.workspace_id) if gone else ():
            if person.id in gone:
                had = listed_words(recorded[person.id])
                self.removed.append(f"{person.name} is not in the roster any more: no longer {had}.")

    async def put_pairs(self, program: Program, people: dict[str, Person]) -> None:
        """Write the pairs that are new or differ, and end those that the roster does not have any more."""
        recorded = {pair.key: pair for pair in await self.records.pairs(program.id)}
        names = {person.id: person.name for person in people.values()}
        rows = [self._pair_row(line, program, people, recorded.get(line.key)) for line in self.roster.pairs]
        await self._refuse_new_people_in_old_pairs(rows, recorded)
        rows = [await self._as_they_decided(row, recorded[row.key]) if row.key in recorded else row for row in rows]
        differ = [row for row in rows if row.key not in recorded or _row_of(recorded[row.key]) != row]
        for row in differ:
            self._tell_pair(row, recorded.get(row.key), names)
        missing = sorted(recorded.keys() - {row.key for row in rows})
        ended = [one for key in missing if (one := self._ended(recorded[key])) is not None]
        await self.records.put_pairs([*differ, *ended], self.now)
        if self.before:  # in a new program everybody is looked at anyway, because of their roles
            for row in (*differ, *ended):
                self.touched |= {row.mentor_id, row.mentee_id} | ({row.liaison_id} if row.liaison_id else set())

    def _pair_row(self, line: RosterPair, program: Program, people: dict[str, Person], known: Pair | None) -> PairRow:
        return PairRow(
            program_id=program.id,
            key=line.key,
            mentor_id=people[line.mentor].id,
            mentee_id=people[line.mentee].id,
            liaison_id=people[line.liaison].id if line.liaison else None,
            rhythm=str(line.rhythm) if line.rhythm else "",
            starts=line.starts or min(self._usual_start(program, known), line.ends or program.span.last),
            ends=line.ends,
            id=known.id if known else "",
        )

    async def _as_they_decided(self, row: PairRow, known: Pair) -> PairRow:
        """Return the row with what was decided in Slack: a signed rhythm, an early end, another liaison.

        The roster is older than that; what it says comes back when the agreement or the ending is taken back.
        """
        before = _row_of(known)
        stands = row
        if known.evidence.in_force and row.rhythm != before.rhythm:
            stands = replace(stands, rhythm=before.rhythm)
            self.kept.append(f"Pair {row.key}: {before.rhythm}, as the two have signed.")
        if known.ending is not None and row.ends != before.ends:
            stands = replace(stands, ends=before.ends)
            self.kept.append(f"Pair {row.key}: ends on {before.ends}, as was decided in Slack.")
        if row.liaison_id != before.liaison_id and await self.records.handovers(known.id):
            stands = replace(stands, liaison_id=before.liaison_id)
            self.kept.append(f"Pair {row.key}: its liaison, since it was handed over in Slack.")
        return stands

    def _usual_start(self, program: Program, known: Pair | None) -> date:
        """Return the day on which a pair starts whose line names none: the day on record, or the program's first.

        A pair that joins a program on record starts today: nobody is late with a meeting before they were paired.
        """
        if known and self.before and known.starts != self.before.span.first:
            return known.starts
        return program.span.first if known or not self.before else max(program.span.first, self._today(program))

    def _today(self, program: Program) -> date:
        return self.now.astimezone(program.zone).date()

    async def _refuse_new_people_in_old_pairs(self, rows: list[PairRow], recorded: Mapping[str, Pair]) -> None:
        """Raise RuleBroken for pairs that would hand what two people wrote to somebody else."""
        lines = {line.key: line.line for line in self.roster.pairs}
        problems = []
        for row in rows:
            pair = recorded.get(row.key)
            same = pair is None or (pair.mentor.id, pair.mentee.id) == (row.mentor_id, row.mentee_id)
            if pair and not same and await _used(self.records, pair):
                sentence = (
                    f"{pair.name} have already used the pair {quoted(row.key)}, and what they wrote is theirs: "
                    "give that line its old names and a day under ends, and add the new pair with a key of its own."
                )
                problems.append(Problem(self.roster.name, lines[row.key], 1, sentence))
        if problems:
            raise RuleBroken("\n".join(map(str, problems)))

    def _tell_pair(self, row: PairRow, known: Pair | None, names: Mapping[str, str]) -> None:
        if known:
            self.changed.append(f"Pair {row.key}: {pair_changes(known, row, names)}.")
        else:
            self.added.append(f"Pair {row.key}: {names[row.mentor_id]} and {names[row.mentee_id]}, from {row.starts}.")

    def _ended(self, pair: Pair) -> PairRow | None:
        """End a pair with yesterday, or with its first day when it has not begun; None: it has ended already."""
        ends = max(pair.starts, self._today(pair.program) - timedelta(days=1))
        if pair.span.last <= ends:
            return None
        self.removed.append(f"Pair {pair.key} ({pair.name}) is not in the roster any more: ends on {ends}.")
        return replace(_row_of(pair), ends=ends)

    async def wake(self, program: Program) -> None:
        """Let the clock look again at those whom a change concerns: at everybody, when the design has changed."""
        if self.before not in (None, program):
            await self.records.look_at_all(program.id, self.now)
        for person_id in sorted(self.touched):
            await self.records.look_now(self.now, person_id=person_id)


def _gives_up(match: Match, wanted: Container[str | None]) -> Person | None:
    """Return the person as known who changes an account that is wanted."""
    known = match.known
    if known is None or known.slack_id in (None, match.person.slack_id) or known.slack_id not in wanted:
        return None
    return known


async def _used(records: Records, pair: Pair) -> bool:
    """Tell whether the two have written or decided anything, also what counts no more: a meeting that was denied, an
    appointment that was called off, an ending that was taken back. Their conversation is theirs, too.
    """
    if pair.meetings or pair.answer or pair.channel or pair.evidence != NOTHING_YET:
        return True
    written = (
        await records.meetings(pair.id, 1),
        await records.promises([pair.id]),
        await records.appointments(pair.id),
        await records.endings(pair.id),
    )
    return any(written)


def _row_of(pair: Pair) -> PairRow:
    return PairRow(
        program_id=pair.program.id,
        key=pair.key,
        mentor_id=pair.mentor.id,
        mentee_id=pair.mentee.id,
        liaison_id=pair.liaison.id if pair.liaison else None,
        rhythm=str(pair.rhythm) if pair.rhythm else "",
        starts=pair.starts,
        ends=pair.ends,
        id=pair.id,
    )
