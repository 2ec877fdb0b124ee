"""Values that are stored as one JSON document each: a program's design, a person's preferences.

pydantic writes and reads them, so that a field added to the domain is stored without a change here; a document
written before the field was there is read with its default.
"""

from dataclasses import replace

from pydantic import TypeAdapter

from bot.domain.people import Preferences
from bot.domain.program import Program

Document = dict[str, object]

_PROGRAM = TypeAdapter(Program)
_PREFERENCES = TypeAdapter(Preferences)


def write_program(program: Program) -> Document:
    """Return the design as what JSON can hold; it has no id of its own."""
    document: Document = _PROGRAM.dump_python(replace(program, id=""), mode="json")
    return document


def read_program(program_id: str, document: Document) -> Program:
    """Read what write_program wrote."""
    return _PROGRAM.validate_python({**document, "id": program_id})


def write_preferences(preferences: Preferences) -> Document:
    """Return what a person chose as what JSON can hold."""
    document: Document = _PREFERENCES.dump_python(preferences, mode="json")
    return {**document, "muted": sorted(preferences.muted)}


def read_preferences(document: Document) -> Preferences:
    """Read what write_preferences wrote; an empty document has all defaults."""
    return _PREFERENCES.validate_python(document)
