"""An account as data, from a file or a request: checked, with every mistake in a sentence."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields
from typing import Any
from zoneinfo import ZoneInfo

from bot.playground.workspace.channels import Room
from bot.playground.workspace.state import Member

HANDLE = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")
USER_ID, CHANNEL_ID = re.compile(r"[UW][A-Z0-9]{1,20}"), re.compile(r"[CG][A-Z0-9]{1,20}")
HOURS = re.compile(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d")
OF_MEMBERS = {one.name: bool if one.default is False else str for one in fields(Member)}
OF_ROOMS = {"id": str, "name": str, "members": list, "is_private": bool, "topic": str, "with_app": bool}
SAID = {str: "a text", bool: "true or false", list: "a list"}


def member_from(row: Mapping[str, Any]) -> Member:
    """The member that a checked row describes. Without an id they get one that follows from the name."""
    guest = bool(row.get("is_restricted") or row.get("is_ultra_restricted"))  # Slack says both of a single-channel one
    return Member(**{"id": id_from("U", row), **row, "is_restricted": guest})


def room_from(row: Mapping[str, Any], ids: Mapping[str, str]) -> Room:
    """The channel that a checked row describes. `ids` are the people's ids, by name and by id; the app is in it."""
    members = tuple(ids[one] for one in row.get("members", ()))
    return Room(**{"id": id_from("C", row), "with_app": True, **row, "members": members})


def id_from(letter: str, row: Mapping[str, Any]) -> str:
    """The id that a row gives, or one made from its name."""
    return str(row.get("id") or letter + re.sub(r"[^A-Z0-9]", "", str(row.get("name", "")).upper()))


def mistakes_in_member(row: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with a row that shall describe a member."""
    yield from _missing(row, "name", "real_name")
    yield from mistakes_in_fields(row)


def mistakes_in_fields(row: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with those fields of a member that there are."""
    yield from _shape(row, OF_MEMBERS)
    if isinstance(row.get("id"), str) and not USER_ID.fullmatch(row["id"]):
        yield '`id` is no user id: write U and capital letters or digits, such as "U0MAYA"'
    if isinstance(row.get("tz"), str) and not _is_zone(row["tz"]):
        yield f'`tz` = "{row["tz"]}" is no time zone: write for example "America/Chicago" or "Europe/Berlin"'
    if isinstance(row.get("email"), str) and row["email"] and not re.fullmatch(r"[^@\s]+@[^@\s]+", row["email"]):
        yield f'`email` = "{row["email"]}" is no address'
    if isinstance(row.get("dnd"), str) and row["dnd"] and not HOURS.fullmatch(row["dnd"]):
        yield f'`dnd` = "{row["dnd"]}" are no hours: write them as "22:00-07:00"'


def mistakes_in_room(row: Mapping[str, Any], people: Collection[str]) -> Iterator[str]:
    """What is wrong with a row that shall describe a channel. `people` are the names and ids that there are."""
    yield from _missing(row, "name")
    yield from _shape(row, OF_ROOMS)
    if isinstance(row.get("id"), str) and not CHANNEL_ID.fullmatch(row["id"]):
        yield '`id` is no channel id: write C and capital letters or digits, such as "C0GENERAL"'
    members = row.get("members")
    for one in members if isinstance(members, list) else ():
        if one not in people:
            yield f"`members` names {one!r}, and nobody here is called that: give the name or the id of a person"


def _missing(row: Mapping[str, Any], *names: str) -> Iterator[str]:
    for name in names:
        if row.get(name) in (None, ""):
            yield f"`{name}` is missing"


def _shape(row: Mapping[str, Any], allowed: Mapping[str, type]) -> Iterator[str]:
    for name, value in row.items():
        if name not in allowed:
            yield f"`{name}` is not known here: there are {', '.join(allowed)}"
        elif type(value) is not allowed[name]:
            yield f"`{name}` is {SAID[allowed[name]]}"
    if isinstance(row.get("name"), str) and row["name"] and not HANDLE.fullmatch(row["name"]):
        yield f'`name` = "{row["name"]}" is no handle: small letters, digits, dots and dashes, such as "maya"'


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True
