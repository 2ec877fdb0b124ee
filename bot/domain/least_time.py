"""The least time that a program asks of its pairs: its unit, and whether what two agree comes to it.

What a pair says of its time can be put in two ways, and where it says both, both have to be enough.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.agreements import Terms
from bot.domain.program import Minimum
from bot.domain.rhythm import Rhythm, Unit

MONTHS_A_YEAR = 12
A_YEAR = {Unit.DAY: 365, Unit.WEEK: 52, Unit.MONTH: MONTHS_A_YEAR}
A_MONTH = {"day": 365 / 12, "week": 52 / 12, "month": 1.0, "year": 1 / 12}
NEARLY = 0.95  # a twentieth less is the calendar's doing
MEETING = "meeting"
_UNIT = re.compile(r"(hour|minute|meeting)s? (?:a|an|per|each|every) (day|week|month|year|meeting)")


@dataclass(frozen=True, slots=True)
class LeastUnit:
    """What is counted (hour, minute or meeting), and for how long (day, week, month, year or one meeting)."""

    counted: str
    per: str


def read_unit(words: str) -> LeastUnit:
    """Read "hours a month", "minutes a week", "minutes a meeting", "meetings a year".

    Raises ValueError, with a sentence that says what would be right.
    """
    match = _UNIT.fullmatch(" ".join(words.lower().split()))
    if match is None or match[1] == match[2]:
        like = '"hours a month", "minutes a week", "minutes a meeting" or "meetings a year"'
        raise ValueError(f'"{words}" is not a unit that can be checked: write {like}')
    return LeastUnit(match[1], match[2])


def short_at(terms: Terms, minimum: Minimum | None) -> str | None:
    """Return the field in which terms come to less than the program asks for; None where they are enough.

    What is not said yet is not short. Nor is what cannot be checked: a program that was loaded long ago may have a unit
    of its own.
    """
    if minimum is None:
        return None
    try:
        unit = read_unit(minimum.unit)
    except ValueError:
        return None
    least = minimum.amount * NEARLY
    return next((field for field, comes_to in _said(terms, unit) if comes_to < least), None)


def _said(terms: Terms, unit: LeastUnit) -> Iterator[tuple[str, float]]:
    """Yield each field in which the pair says how much it is, with that in the program's unit."""
    meetings = _meetings_a_month(terms.rhythm) if terms.rhythm else None
    if unit.counted == MEETING:
        if meetings is not None:
            yield "rhythm", meetings / A_MONTH[unit.per]
        return
    of_an_hour = 60 if unit.counted == "minute" else 1
    spans = meetings if unit.per == MEETING else A_MONTH[unit.per]  # how many of them come in a month
    if terms.minutes is not None and unit.per == MEETING:
        yield "minutes", terms.minutes / 60 * of_an_hour
    elif terms.minutes is not None and meetings is not None and spans is not None:
        yield "minutes", terms.minutes / 60 * meetings / spans * of_an_hour
    if terms.hours_a_month is not None and spans is not None:
        yield "hours_a_month", terms.hours_a_month / spans * of_an_hour


def _meetings_a_month(rhythm: Rhythm) -> float:
    return A_YEAR[rhythm.unit] / rhythm.count / MONTHS_A_YEAR
