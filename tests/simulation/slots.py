"""The names behind the marks: read from the records once a year is over, for the oracle and for who looks into it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b

from tests.simulation.database import Database
from tests.simulation.second_thoughts import A_STEP


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """What a mark stands for. The subject of an announcement is the token by which it was made."""

    rule: str
    subject: str
    occurrence: str
    person: str

    def __str__(self) -> str:
        return f"{self.rule}/{self.subject}/{self.occurrence}/{self.person}"


@dataclass(frozen=True, slots=True)
class Kept:
    """A slot in the records: until when it may be said (as text), and what became of it."""

    slot: Slot
    too_late: str
    state: str


SLOTS = """
    SELECT nudges.program_id, rule, subject, occurrence, person, nudges.too_late, announcements.token,
        nudges.state || coalesce('/' || notes.state, '')
    FROM nudges
    LEFT JOIN notes ON notes.id = nudges.note_id
    LEFT JOIN announcements ON announcements.id = nudges.subject
    ORDER BY nudges.id"""


BACK, WITHDRAWN, DAY = "/back", "withdrawn", len("2017-06-12")

# What ids that stand in an occurrence are called in both plays: an appointment by its place, a meeting by its day, a
# next step by its words.
NAMES = (
    "SELECT id, place FROM appointments",
    "SELECT id, day FROM meetings",
    "SELECT id, what FROM promises",
)


def in_both_plays(occurrence: str, names: Mapping[str, str]) -> str:
    """Return an occurrence with names in the place of ids; the mark of a next step's words is left out."""
    if names.get(occurrence.partition("/")[0], "").startswith(A_STEP):
        return names[occurrence.partition("/")[0]]
    return "/".join(names.get(part, part) for part in occurrence.split("/"))


def read_slots(database: Database) -> dict[str, Kept]:
    """Return all slots by their marks."""
    found = {}
    names = {str(one): str(name)[:10] for query in NAMES for one, name in database.read(query)}
    for program_id, rule, subject, occurrence, person, too_late, token, state in database.read(SLOTS):
        named = f"{program_id}/{rule}/{subject}/{occurrence}/{person}"
        mark = blake2b(named.encode(), digest_size=12).hexdigest()
        found[mark] = Kept(Slot(rule, token or subject, in_both_plays(occurrence, names), person), str(too_late), state)
    return found


def withdrawn_by(slot: Slot, before: Iterable[Slot]) -> set[Slot]:
    """Return the slots, some of `before` or such as may be, that `slot` says are not so any more; none if it is news.

    Somebody is back; an appointment is called off; an answer to a meeting, or a change of an agreement, is taken back;
    or the change waits again.
    """
    named = slot.occurrence
    if named.endswith(BACK):
        return {replace(slot, occurrence=named[: -len(BACK)])}
    earlier = [one for one in before if replace(one, occurrence=named) == slot and one != slot]
    if slot.rule == "meeting_answered":
        return {one for one in earlier if one.occurrence == f"{named[:DAY]}/denied"}
    if slot.rule == "appointment_set":
        return {one for one in earlier if one.occurrence.rpartition("/")[0] == named.rpartition("/")[0]}
    if slot.rule == "agreement_news":
        version, step, _ = named.split("/")
        of_it = [one for one in earlier if one.occurrence.startswith(f"{version}/")]
        gone = [one for one in of_it if one.occurrence.startswith(f"{version}/{WITHDRAWN}/")]
        return set(of_it) if step == WITHDRAWN else set(gone[-1:])
    return set()
