"""A file of people and channels (TOML) for a playground that runs alone: checked wholly before anything starts."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.playground.workspace.accounts import id_from, member_from, mistakes_in_member, mistakes_in_room, room_from
from bot.playground.workspace.channels import Room
from bot.playground.workspace.state import Member

TABLES = ("people", "channels")

INVENTED = (
    Member("UMAYA", "maya", "Maya Okafor", tz="America/Chicago", email="maya@example.org", title="Cataloger"),
    Member("UTOM", "tom", "Tom Lindqvist", tz="Europe/Stockholm", email="tom@example.org", title="Archivist"),
    Member("UADA", "ada", "Ada Ferreira", tz="America/New_York", email="ada@example.org", is_admin=True),
    Member("ULENA", "lena", "Lena Brandt", tz="Asia/Kathmandu", email="lena@example.org", dnd="22:00-07:00"),
    Member("UGUEST", "gus", "Gus Visitor", tz="America/Chicago", is_restricted=True, title="a guest"),
    Member("ULEFT", "nell", "Nell Gone", deleted=True),
)
INVENTED_ROOMS = (
    Room("CGENERAL", "general", ("UMAYA", "UTOM", "UADA", "ULENA"), topic="For everybody", with_app=True),
    Room("CQUIET", "quiet", ("UADA", "UMAYA"), is_private=True, topic="The app is not in here"),
)


class PeopleRefused(ValueError):
    """The file cannot be used; each line says where, and what would be right."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is here, and where they talk."""

    members: Sequence[Member] = INVENTED
    rooms: Sequence[Room] = INVENTED_ROOMS


def read_people(path: Path) -> Cast:
    """Read a file of `[[people]]` and `[[channels]]`. Raise PeopleRefused with every mistake in it."""
    tables = _parsed(path)
    problems = [f"{path}: {sentence}." for sentence in _mistakes(tables)]
    if problems:
        raise PeopleRefused("\n".join(problems))
    members = [member_from(row) for row in tables["people"]]
    ids = {name: member.id for member in members for name in (member.name, member.id)}
    return Cast(members, [room_from(row, ids) for row in tables.get("channels", [])])


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf8"))
    except OSError as error:
        raise PeopleRefused(f"{path}: it cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise PeopleRefused(f"{path}: it is no text in UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise PeopleRefused(f"{path}: it is no TOML: {error}.") from None


def _mistakes(tables: dict[str, Any]) -> Iterator[str]:
    for name, rows in tables.items():
        if name not in TABLES:
            yield f"`{name}` is not known here: there are [[people]] and [[channels]]"
        elif not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            yield f"`{name}` is a list of tables: write [[{name}]] above each"
            return
    if not tables.get("people"):
        yield "nobody is in it: write [[people]] with a name and a real_name"
        return
    yield from _mistakes_in_people(tables["people"])
    known = {value for row in tables["people"] for value in (row.get("name"), id_from("U", row))}
    for number, row in enumerate(tables.get("channels", []), start=1):
        for sentence in mistakes_in_room(row, {one for one in known if isinstance(one, str)}):
            yield f"{_place('channel', number, row)}: {sentence}"


def _mistakes_in_people(rows: list[dict[str, Any]]) -> Iterator[str]:
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, start=1):
        for sentence in mistakes_in_member(row):
            yield f"{_place('person', number, row)}: {sentence}"
        for kind, value in (("name", str(row.get("name"))), ("id", id_from("U", row))):
            if f"{kind} {value}" in seen:
                yield f"{_place('person', number, row)}: person {seen[f'{kind} {value}']} has the same {kind}"
            seen.setdefault(f"{kind} {value}", number)


def _place(kind: str, number: int, row: dict[str, Any]) -> str:
    return f"{kind} {number} ({row['name']})" if row.get("name") else f"{kind} {number}"
