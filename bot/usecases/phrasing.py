"""Small turns of phrase: days, lengths of time, names and lists as people say them."""

from collections.abc import Iterable
from datetime import date, datetime


def day_words(day: date) -> str:
    """Say a day: "Monday, June 12"."""
    return f"{day:%A, %B} {day.day}"


def short_day(day: date) -> str:
    """Say a day without its weekday: "June 12"."""
    return f"{day:%B} {day.day}"


def moment_words(local: datetime) -> str:
    """Say a moment on the reader's own clock: "Tuesday, November 14, 1:00 PM your time"."""
    return f"{day_words(local.date())}, {local.hour % 12 or 12}:{local:%M %p} your time"


def count_words(count: int, noun: str) -> str:
    """Say how many: "1 meeting", "14 meetings"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def first_name(name: str) -> str:
    """Return what one would call the person: the first word of the name."""
    return name.split()[0] if name.split() else name


def listed(names: Iterable[str]) -> str:
    """Join names: "Maya", "Maya and Ben", "Maya, Ben and Zoë"."""
    *others, last = list(names) or [""]
    return f"{', '.join(others)} and {last}" if others else last
