"""Say in words what differs between two versions of a program, a person or a pair: pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from bot.domain.days import WEEKDAYS, Span, SpeakingHours
from bot.domain.people import Pair, Person
from bot.domain.program import Program
from bot.usecases.ports import PairRow

T = TypeVar("T")


def program_changes(old: Program, new: Program) -> Iterator[str]:
    """Yield a sentence for each field of the design that differs."""
    for field, read in PROGRAM_FIELDS.items():
        yield from _ended(_changes(((field, read(old), read(new)),)))
    for phase, window in new.windows.items():
        yield from _ended(_changes(((f"Days of {phase}", old.windows.get(phase), window),)))
    yield from _list_changes("Quiet days", old.quiet, new.quiet, _days)
    yield from _list_changes("Key dates", old.key_dates, new.key_dates, lambda one: one.name)
    yield from _list_changes("Trainings", old.trainings, new.trainings, lambda one: one.title)
    yield from _list_changes("Resources", old.resources, new.resources, lambda one: one.title)
    yield from _list_changes("Goals", old.goals, new.goals, str)
    yield from _list_changes("Areas", old.areas, new.areas, str)
    yield from _list_changes("Interests", old.interests, new.interests, str)


def person_changes(old: Person, new: Person) -> str:
    """Return what differs in the fields that a roster sets, or ""."""
    return "; ".join(
        _changes(
            (
                ("name", old.name, new.name),
                ("Slack id", old.slack_id, new.slack_id),
                ("e-mail", old.email, new.email),
                ("zone", old.zone.key, new.zone.key),
            )
        )
    )


def pair_changes(old: Pair, new: PairRow, names: Mapping[str, str]) -> str:
    """Return what differs between a pair and its line in the roster; `names` are people's, by their ids."""
    changes = _changes(
        (
            ("mentor", old.mentor.name, names[new.mentor_id]),
            ("mentee", old.mentee.name, names[new.mentee_id]),
            ("liaison", old.liaison and old.liaison.name, new.liaison_id and names[new.liaison_id]),
            ("rhythm", old.rhythm and str(old.rhythm), new.rhythm),
            ("starts", old.starts, new.starts),
            ("ends", old.ends, new.ends),
        )
    )
    return "; ".join(changes) or "somebody else of the same name"


def listed_words(words: Iterable[str]) -> str:
    """Return the words in their order, with commas; "none" when there are none."""
    return ", ".join(sorted(words)) or "none"


def _changes(fields: Iterable[tuple[str, object, object]]) -> Iterator[str]:
    for field, old, new in fields:
        if (old or None) != (new or None):
            yield f"{field}: {_words(old)} → {_words(new)}"


def _ended(sentences: Iterable[str]) -> Iterator[str]:
    return (f"{sentence}." for sentence in sentences)


def _words(value: object) -> str:
    if isinstance(value, Span):
        return _days(value)
    return str(value) if value else "none"


def _list_changes(what: str, old: Sequence[T], new: Sequence[T], label: Callable[[T], str]) -> Iterator[str]:
    gone = {label(one) for one in old if one not in new}
    come = {label(one) for one in new if one not in old}
    for verb, labels in (("added", come - gone), ("changed", come & gone), ("removed", gone - come)):
        if labels:
            yield f"{what} {verb}: {listed_words(labels)}."
    if old != new and not gone | come:
        yield f"{what}: now in another order."


def _days(span: Span) -> str:
    return f"{span.first} to {span.last}"


def _hours(hours: SpeakingHours) -> str:
    days = " ".join(WEEKDAYS[day] for day in sorted(hours.days))
    return f"{hours.start:%H:%M} to {hours.end:%H:%M}, {days}"


PROGRAM_FIELDS: dict[str, Callable[[Program], object]] = {
    "Name": lambda program: program.name,
    "Zone": lambda program: program.zone.key,
    "First day": lambda program: program.span.first,
    "Last day": lambda program: program.span.last,
    "Hours": lambda program: _hours(program.hours),
    "Rhythm": lambda program: program.rhythm,
    "Minimum": lambda program: program.minimum,
}
