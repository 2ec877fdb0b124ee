"""Values that are stored as one JSON document each: a program's design, a person's preferences.

pydantic writes and reads them, so that a field added to the domain is stored without a change here; a document
written before the field was there is read with its default.
"""

from dataclasses import replace
from functools import lru_cache

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


@lru_cache(maxsize=1024)
def read_program(program_id: str, document: str) -> Program:
    """Read what write_program wrote, as JSON. The same design is read once, and is the same object every time."""
    return replace(_PROGRAM.validate_json(document), id=program_id)


def write_preferences(preferences: Preferences) -> Document:
    """Return what a person chose as what JSON can hold."""
    document: Document = _PREFERENCES.dump_python(preferences, mode="json")
    return {**document, "muted": sorted(preferences.muted)}


@lru_cache(maxsize=1024)
def read_preferences(document: str) -> Preferences:
    """Read what write_preferences wrote, as JSON; an empty document has all defaults."""
    return _PREFERENCES.validate_json(document)
