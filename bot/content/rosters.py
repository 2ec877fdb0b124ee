"""Read a roster: who is in a program, and who is paired with whom."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.content import checks
from bot.content.cells import Cell, read_cells
from bot.content.problems import FilesRefused, Problem, did_you_mean, quoted
from bot.content.sources import Source, read_text
from bot.domain.days import Span
from bot.domain.program import Program, Role
from bot.domain.rhythm import Rhythm, read_rhythm

PERSON_COLUMNS = ("key", "name", "slack", "email", "zone", "roles")
PAIR_COLUMNS = ("key", "mentor", "mentee", "liaison", "rhythm", "starts", "ends")
COLUMNS = ("kind", *PERSON_COLUMNS, *PAIR_COLUMNS[1:])
KINDS = {"person": PERSON_COLUMNS, "pair": PAIR_COLUMNS}

_SLACK_ID = re.compile(r"[UW][A-Z0-9]{2,}")
_EMAIL = re.compile(r"[^@\s,;<>|]+@[^@\s,;<>|]+\.[^@\s,;<>|.]+")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
LONGEST_EMAIL = 254

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RosterPerson:
    """A person's line. `zone` is None where Slack's own is meant, or else the program's; `email` may be ""."""

    key: str
    name: str
    slack_id: str | None
    email: str
    zone: ZoneInfo | None
    roles: frozenset[Role]
    line: int


@dataclass(frozen=True, slots=True)
class RosterPair:
    """A pair's line, its people by their keys. None: nothing agreed, no liaison, no day of its own."""

    key: str
    mentor: str
    mentee: str
    liaison: str | None
    rhythm: Rhythm | None
    starts: date | None
    ends: date | None
    line: int


@dataclass(frozen=True, slots=True)
class Roster:
    """Everybody and every pair of a program, in the order of the file; `name` is the file's."""

    people: tuple[RosterPerson, ...]
    pairs: tuple[RosterPair, ...]
    name: str = "roster.csv"


def read_roster(source: Source, name: str | None, program: Program) -> Roster:
    """Read a roster from a path, bytes or text. `name` is what the file is called; None: its own name.

    Raises FilesRefused with every mistake.
    """
    name = name or (source.name if isinstance(source, Path) else "roster.csv")
    cells, problems = read_cells(read_text(source, name), name)
    find = Findings(name, problems)
    rows = _rows(cells, find)
    people = [(row, _person(row, find)) for row in rows if row["kind"].text == "person"]
    _check_people(people, find)
    known = {person.key: person for _, person in reversed(people)}
    pairs = [(row, _pair(row, program.span, find)) for row in rows if row["kind"].text == "pair"]
    for row, pair in pairs:
        _check_its_people(row, pair, known, find)
    _check_pairs(pairs, program.span, find)
    if find.problems:
        raise FilesRefused(find.problems)
    return Roster(tuple(person for _, person in people), tuple(pair for _, pair in pairs), name)


Row = Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Findings:
    """What is wrong with the file so far."""

    name: str
    problems: list[Problem] = field(default_factory=list)

    def say(self, cell: Cell, sentence: str) -> None:
        """Add a problem with a cell."""
        self.problems.append(Problem(self.name, cell.line, cell.column, sentence))

    def value(self, cell: Cell, read: Callable[[str], T], instead: T) -> T:
        """Return what `read` makes of a cell; where it raises ValueError, say so and return `instead`."""
        try:
            return read(cell.text)
        except ValueError as error:
            self.say(cell, str(error))
            return instead


def _rows(cells: list[list[Cell]], find: Findings) -> list[Row]:
    """Return the rows below a header that is right, by their columns; those that cannot be read are left out."""
    if not cells:
        find.say(Cell("", 1, 1), f"This file is empty: its first line is {','.join(COLUMNS)}.")
        return []
    header, *rows = cells
    before = len(find.problems)
    _check_header(header, find)
    if len(find.problems) > before:
        return []
    named = [row for row in (_named(header, row, find) for row in rows) if row]
    if not any(row["kind"].text == "person" for row in named) and len(find.problems) == before:
        find.say(header[0], "There is nobody in this roster: add a line for each person.")
    return named


def _check_header(header: list[Cell], find: Findings) -> None:
    names = [cell.text for cell in header]
    if len(names) == 1:
        find.say(header[0], f"This is not a roster's first line: it is {','.join(COLUMNS)}, with commas.")
        return
    for number, cell in enumerate(header):
        if cell.text not in COLUMNS:
            find.say(cell, f"There is no column {quoted(cell.text)}{did_you_mean(cell.text, COLUMNS)}")
        elif cell.text in names[:number]:
            find.say(cell, f"The column {quoted(cell.text)} is here twice.")
    for name in COLUMNS:
        if name not in names:
            find.say(header[0], f"The column {quoted(name)} is missing.")


def _named(header: list[Cell], cells: list[Cell], find: Findings) -> Row | None:
    if len(cells) != len(header):
        count = f"Cells in this line: {len(cells)}, in the first line: {len(header)}"
        sentence = f"{count}. Put quotes around a text that has a comma."
        find.say(cells[0], sentence)
        return None
    row = {column.text: cell for column, cell in zip(header, cells, strict=True)}
    kind = row["kind"]
    if kind.text not in KINDS:
        find.say(kind, f"{quoted(kind.text)} is not a kind of line{did_you_mean(kind.text, KINDS)}")
        return None
    for column, cell in row.items():
        if cell.text and column not in ("kind", *KINDS[kind.text]):
            find.say(cell, f"A {kind.text} has nothing under {quoted(column)}: leave it blank.")
    return row


def _person(row: Row, find: Findings) -> RosterPerson:
    """Read a person's line; where a cell cannot be read, its value is only good for going on."""
    slack, email = row["slack"], row["email"]
    if not slack.text and not email.text:
        find.say(slack, "A person has a Slack id or an e-mail address, or both: this one has neither.")
    return RosterPerson(
        key=find.value(row["key"], checks.key, row["key"].text),
        name=find.value(row["name"], checks.line, ""),
        slack_id=find.value(slack, _slack_id, None),
        email=find.value(email, _email, ""),
        zone=find.value(row["zone"], lambda text: checks.zone(text) if text else None, None),
        roles=find.value(row["roles"], _roles, frozenset(Role)),
        line=row["kind"].line,
    )


def _slack_id(text: str) -> str | None:
    if text and not _SLACK_ID.fullmatch(text):
        raise ValueError(
            f"{quoted(text)} is not a Slack member id, such as U012AB3CD: in Slack, open the person's profile, "
            'then "Copy member ID". Or leave it blank and give an e-mail address.'
        )
    return text or None


def _email(text: str) -> str:
    if text and (not _EMAIL.fullmatch(text) or not text.isprintable() or len(text) > LONGEST_EMAIL):
        raise ValueError(f"{quoted(text)} is not an e-mail address, such as maya@example.org.")
    return text


def _roles(text: str) -> frozenset[Role]:
    if not text:
        raise ValueError(f"A person has a role, or several with a blank between them: {', '.join(Role)}.")
    return frozenset(checks.role(word) for word in text.split())


def _check_people(people: Iterable[tuple[Row, RosterPerson]], find: Findings) -> None:
    """Say which keys, Slack ids and e-mail addresses belong to two."""
    for column, what in (("key", "key"), ("slack", "Slack id"), ("email", "e-mail address")):
        _check_unique(((row[column], row["kind"].line) for row, _ in people), what, find)


def _check_unique(cells: Iterable[tuple[Cell, int]], what: str, find: Findings) -> None:
    lines: dict[str, int] = {}
    for cell, line in cells:
        text = cell.text.casefold()
        if text in lines:
            find.say(cell, f"The {what} {quoted(cell.text)} is taken by line {lines[text]}.")
        elif text:
            lines[text] = line


def _pair(row: Row, program: Span, find: Findings) -> RosterPair:
    """Read a pair's line; where a cell cannot be read, its value is only good for going on."""
    starts = find.value(row["starts"], lambda text: _day(text, program), None)
    ends = find.value(row["ends"], lambda text: _day(text, program), None)
    if starts and ends and ends < starts:
        find.say(row["ends"], f"This pair ends ({ends}) before it starts ({starts}).")
    return RosterPair(
        key=find.value(row["key"], checks.key, row["key"].text),
        mentor=row["mentor"].text,
        mentee=row["mentee"].text,
        liaison=row["liaison"].text or None,
        rhythm=find.value(row["rhythm"], lambda text: read_rhythm(text) if text else None, None),
        starts=starts,
        ends=ends,
        line=row["kind"].line,
    )


def _day(text: str, program: Span) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None:
        raise ValueError(f"{quoted(text)} is not a date: write year, month and day, as in {program.first}.")
    if day not in program:
        raise ValueError(f"{day} is outside of the program, which goes from {program.first} to {program.last}.")
    return day


def _check_its_people(row: Row, pair: RosterPair, known: Mapping[str, RosterPerson], find: Findings) -> None:
    for role in (Role.MENTOR, Role.MENTEE, Role.LIAISON):
        _check_part(row[role], role, known, find)
    if pair.mentor and pair.mentor == pair.mentee:
        find.say(row["mentee"], "Nobody is their own mentor: mentor and mentee are two people.")
    elif pair.liaison and pair.liaison in (pair.mentor, pair.mentee):
        find.say(row["liaison"], f"{quoted(pair.liaison)} is one of the pair: the liaison is somebody else.")


def _check_part(cell: Cell, role: Role, known: Mapping[str, RosterPerson], find: Findings) -> None:
    if not cell.text:
        if role is not Role.LIAISON:
            find.say(cell, f"A pair has a {role}: write the key of a person.")
        return
    person = known.get(cell.text)
    if person is None:
        hint = did_you_mean(cell.text, known) if known else ""
        find.say(cell, f"Nobody here has the key {quoted(cell.text)}{_short(hint)}")
    elif role not in person.roles:
        find.say(cell, f"{quoted(cell.text)} is not a {role}: add {role} to the roles in line {person.line}.")


def _short(hint: str) -> str:
    """Keep a hint only when it names one person; a list of everybody helps nobody."""
    return hint if hint.endswith("?") else ": add a line of kind person, or write another key."


def _check_pairs(pairs: list[tuple[Row, RosterPair]], program: Span, find: Findings) -> None:
    """Say which keys are taken, and which two people are paired twice at one time."""
    _check_unique(((row["key"], pair.line) for row, pair in pairs), "key", find)
    same_two: dict[frozenset[str], list[tuple[Row, RosterPair]]] = {}
    for row, pair in pairs:
        if pair.mentor and pair.mentee:
            same_two.setdefault(frozenset((pair.mentor, pair.mentee)), []).append((row, pair))
    for group in same_two.values():
        for (_, earlier), (row, later) in combinations(group, 2):
            if _overlap(_span(earlier, program), _span(later, program)):
                find.say(row["key"], f"The same two are paired in line {earlier.line} at the same time.")


def _span(pair: RosterPair, program: Span) -> Span:
    return Span(pair.starts or program.first, pair.ends or program.last)


def _overlap(one: Span, other: Span) -> bool:
    return one.first <= other.last and other.first <= one.last
