"""Find who in a workspace each line of a roster is about: pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bot.content.problems import Problem, quoted
from bot.content.rosters import Roster, RosterPerson
from bot.domain.errors import RuleBroken
from bot.domain.people import Person
from bot.domain.program import Program


@dataclass(frozen=True, slots=True)
class Match:
    """A line, the person that it is about (None: somebody new), and that person as they are to be from now on."""

    row: RosterPerson
    known: Person | None
    person: Person

    @property
    def alters(self) -> bool:
        """Tell whether anything is to be written."""
        return self.known != self.person


def match_people(roster: Roster, program: Program, people: Iterable[Person]) -> list[Match]:
    """Match each line by its key, or else by its Slack id or e-mail address.

    Raises RuleBroken, with every such line, where a key is somebody else's in this workspace, or where two people
    would have one Slack id or one e-mail address.
    """
    people = tuple(people)
    known = _known(roster, people)
    matches = [Match(row, known.get(row.key), _anew(row, known.get(row.key), program)) for row in roster.people]
    problems = [*_strangers(matches, roster.name), *_clashes(matches, people, roster.name)]
    if problems:
        raise RuleBroken("\n".join(str(problem) for problem in problems))
    return matches


def _known(roster: Roster, people: tuple[Person, ...]) -> dict[str, Person]:
    """Return the known people by their keys in the roster; nobody is there twice."""
    by_key = {person.key: person for person in people}
    known = {row.key: by_key[row.key] for row in roster.people if row.key in by_key}
    free = [person for person in people if person.key not in known]
    by_slack_id = {person.slack_id: person for person in free if person.slack_id}
    by_email = {person.email.casefold(): person for person in free if person.email}
    taken: set[str] = set()
    for row in roster.people:
        same = by_slack_id.get(row.slack_id or "") or by_email.get(row.email.casefold())
        if same and row.key not in known and same.id not in taken:
            known[row.key] = same
            taken.add(same.id)
    return known


def _same_account(row: RosterPerson, person: Person) -> bool:
    return bool(
        (row.slack_id and row.slack_id == person.slack_id)
        or (row.email and row.email.casefold() == person.email.casefold())
    )


def _anew(row: RosterPerson, known: Person | None, program: Program) -> Person:
    """Return the person as the line says; what it leaves blank stays.

    A Slack id that came from an e-mail address goes with that address: the new one is looked up anew.
    """
    if known is None:
        return Person("", row.key, row.name, row.zone or program.zone, row.slack_id, row.email)
    email = row.email or known.email
    moved = bool(known.email) and email.casefold() != known.email.casefold()
    slack_id = row.slack_id or (None if moved else known.slack_id)
    reachable_anew = slack_id != known.slack_id or email != known.email
    return replace(
        known,
        name=row.name,
        zone=row.zone or known.zone,
        slack_id=slack_id,
        email=email,
        unreachable="" if reachable_anew else known.unreachable,
        unreachable_at=None if reachable_anew else known.unreachable_at,
    )


def _strangers(matches: Iterable[Match], file: str) -> Iterator[Problem]:
    """Yield the lines whose key is another person's: they would inherit what that person wrote."""
    for match in matches:
        if match.known and _is_someone_else(match.row, match.known):
            sentence = f"The key {quoted(match.row.key)} is {match.known.name}'s in this workspace: write another key."
            yield Problem(file, match.row.line, 1, sentence)


def _is_someone_else(row: RosterPerson, known: Person) -> bool:
    """Tell whether name and account both differ; where accounts cannot be compared, the key is believed."""
    if row.name.casefold() == known.name.casefold() or _same_account(row, known):
        return False
    return bool((row.slack_id and known.slack_id) or (row.email and known.email))


def _clashes(matches: list[Match], people: tuple[Person, ...], file: str) -> Iterator[Problem]:
    """Yield the lines after which two people would have one account."""
    altered = {match.known.id for match in matches if match.known}
    others = [person for person in people if person.id not in altered]
    slack_ids = {person.slack_id: person for person in others if person.slack_id}
    emails = {person.email.casefold(): person for person in others if person.email}
    for match in matches:
        person, email = match.person, match.person.email.casefold()
        owner = slack_ids.get(person.slack_id or "") or emails.get(email)
        if owner:
            sentence = f"{person.name} would have the same Slack id or e-mail address as {owner.name}."
            yield Problem(file, match.row.line, 1, sentence)
        slack_ids |= {person.slack_id: person} if person.slack_id else {}
        emails |= {email: person} if email else {}
