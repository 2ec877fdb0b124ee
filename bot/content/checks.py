"""What is right for one value: each check returns the value, or raises ValueError with a sentence."""

import re
from datetime import date
from functools import cache
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from bot.content.problems import did_you_mean, quoted
from bot.domain.program import Phase, Role

LONGEST_TEXT = 200
YEARS = range(1990, 2200)
_KEY = re.compile(r"[a-z0-9-]{1,60}")
_FORBIDDEN_IN_LINKS = re.compile(r"[\s<>|\"]")


def key(text: str) -> str:
    """Return a key: small letters, digits and hyphens, 60 at most."""
    if not _KEY.fullmatch(text):
        raise ValueError(f"{quoted(text)} is not a key: use small letters, digits and hyphens, such as maya or call-2.")
    return text


def line(text: str) -> str:
    """Return a text of one line, not empty and not endless."""
    if not text:
        raise ValueError("This is empty: write a few words.")
    if not text.isprintable():
        raise ValueError("This has a line break or another invisible character in it: write it on one line.")
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"This has {len(text)} characters; {LONGEST_TEXT} is the most.")
    return text


def day(value: date) -> date:
    """Return a day whose year is not mistyped."""
    if value.year not in YEARS:
        raise ValueError(f"{value} is not in a year that a program can be in: check the year.")
    return value


def link(text: str) -> str:
    """Return an address that a browser can open; "" for none."""
    if not text:
        return text
    try:
        address = urlsplit(text)
    except ValueError:
        address = urlsplit("")
    if address.scheme not in ("http", "https") or not address.netloc or _FORBIDDEN_IN_LINKS.search(text):
        raise ValueError(f"{quoted(text)} is not a link: it begins with https:// or http:// and has no spaces.")
    return text


def role(text: str) -> Role:
    """Return the role of that name."""
    if text not in list(Role):
        raise ValueError(f"{quoted(text)} is not a role{did_you_mean(text, Role)}")
    return Role(text)


def zone(text: str) -> ZoneInfo:
    """Return the time zone of that name, such as America/Chicago."""
    if text not in _zones():
        raise ValueError(f"{quoted(text)} is not a time zone{_near_zone(text)}")
    return ZoneInfo(text)


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _near_zone(text: str) -> str:
    """Return the zone whose city is meant, or the nearest by its letters, or what a zone looks like."""
    city = text.strip().lower().replace(" ", "_").rpartition("/")[2]
    of_city = sorted((name for name in _zones() if name.lower().rpartition("/")[2] == city), key=_plainness)
    hint = f" – did you mean {quoted(of_city[0])}?" if of_city and city else did_you_mean(text, _zones())
    return hint if hint.endswith("?") else ": write continent and city, such as America/Chicago or Europe/Berlin."


def _plainness(name: str) -> tuple[bool, int, str]:
    """Sort America/Chicago before the names of old."""
    return "/" not in name, len(name), name


def phase(text: str) -> Phase:
    """Return the phase of that name."""
    if text not in list(Phase):
        raise ValueError(f"{quoted(text)} is not a phase{did_you_mean(text, Phase)}")
    return Phase(text)
