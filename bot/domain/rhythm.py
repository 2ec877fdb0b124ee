"""How often a pair means to meet."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Unit(StrEnum):
    """The calendar unit of a rhythm."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


_SPOKEN = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Every `count` `unit`s: counted on the calendar, so that a month is a month and not thirty days."""

    count: int
    unit: Unit

    def after(self, day: date) -> date:
        """Return the day by which the next meeting is expected when the last one was on `day`."""
        match self.unit:
            case Unit.DAY:
                return day + timedelta(days=self.count)
            case Unit.WEEK:
                return day + timedelta(weeks=self.count)
            case Unit.MONTH:
                return _months_later(day, self.count)

    def __str__(self) -> str:
        if self.count == 1:
            return f"every {self.unit}"
        return f"every {_SPOKEN.get(self.count, str(self.count))} {self.unit}s"


_WORDS = re.compile(r"every\s+(?:(\d{1,3}|one|two|three|four|five|six)\s+)?(day|week|month)s?", re.IGNORECASE)
_SHORT = {"daily": Unit.DAY, "weekly": Unit.WEEK, "monthly": Unit.MONTH}
_NUMBERS = {word: number for number, word in _SPOKEN.items()}


def read_rhythm(words: str) -> Rhythm:
    """Read "weekly", "monthly", "every 2 weeks", "every three weeks", "every 10 days".

    Raises ValueError, with a sentence that says what would be right.
    """
    text = words.strip().lower()
    if text in _SHORT:
        return Rhythm(1, _SHORT[text])
    match = _WORDS.fullmatch(text)
    if match is None:
        raise ValueError(f'"{words}" is not a rhythm: write "weekly", "every 2 weeks", "monthly" or "every 10 days"')
    number = match[1] or "1"
    count = _NUMBERS.get(number) or int(number)
    if not 1 <= count <= 366:
        raise ValueError(f'"{words}" is not a rhythm: the number must be from 1 to 366')
    return Rhythm(count, Unit(match[2]))


def _months_later(day: date, months: int) -> date:
    years, month0 = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month0 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
