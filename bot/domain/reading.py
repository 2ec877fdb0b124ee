"""Read what people type: a check-in in a few words, and a day in the words that people use for days.

Whatever is typed is either understood wholly or refused with the word that was not: nothing is guessed in silence.
Days as figures alone ("6/12") are refused, since half of the world reads them the other way round.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Generic, TypeVar

from bot.domain.days import WEEKDAYS
from bot.domain.meetings import Means
from bot.domain.rhythm import Rhythm, Unit

T = TypeVar("T")


class Wanted(StrEnum):
    """What would have been right in the place of what was not understood."""

    DAY = "day"
    MINUTES = "minutes"
    ANYTHING = "anything"


class NotUnderstood(ValueError):
    """Something typed cannot be read. `word` is it, as it was typed, or "" when something is missing."""

    def __init__(self, word: str, wanted: Wanted) -> None:
        super().__init__(f"not understood as {wanted}: {word!r}")
        self.word = word
        self.wanted = wanted


@dataclass(frozen=True, slots=True)
class QuickCheckin:
    """What `/checkin yesterday 45 zoom` says."""

    day: date
    minutes: int
    means: Means


def read_checkin(text: str, today: date) -> QuickCheckin:
    """Read a check-in such as "yesterday 45 zoom", "monday 1h by phone" or "June 12 an hour, coffee", in any order.

    Without a day it is today, without a means video. A weekday is the last one before today, a date without a year
    the nearest one that is not to come. Raises NotUnderstood.
    """
    rest = _Rest(text)
    minutes = rest.take(_LENGTH, _minutes_of)
    loose = rest.take(_DATE_BETWEEN_NUMBERS, lambda found: _untangled(found, today))
    days = rest.take(_DAY, lambda found: _day_of(found, today, ahead=False))
    means = rest.take(_MEANS, _means_of)
    minutes += rest.take(_NUMBER, lambda found: int(found[0]))
    minutes += [_Taken(one.word, one.value[1]) for one in loose]
    days += [_Taken(one.word, one.value[0]) for one in loose]
    rest.must_be_empty()
    day = _only(days, Wanted.DAY)
    how = _only(means, Wanted.ANYTHING)
    length = _only(minutes, Wanted.MINUTES)
    if length is None:
        raise NotUnderstood("", Wanted.MINUTES)
    return QuickCheckin(today if day is None else day, length, how or Means.VIDEO)


def read_day(text: str, today: date, *, ahead: bool) -> date:
    """Read a day such as "tomorrow", "next friday", "in 2 weeks", "15 October" or "2017-10-15", and nothing else.

    `ahead` tells whether a weekday or a date without a year is the nearest one to come or the nearest one past; a
    weekday is never today, a date may be. Raises NotUnderstood, with the whole text.
    """
    rest = _Rest(text)
    days = rest.take(_DAY, lambda found: _day_of(found, today, ahead=ahead))
    if len(days) != 1 or rest.words():
        raise NotUnderstood(text.strip(), Wanted.DAY)
    return days[0].value


# -- taking a text apart ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Taken(Generic[T]):
    """A value, and the words that it was read from."""

    word: str
    value: T


class _Rest:
    """What has not been understood yet. A bar stands where something was taken out, so that nothing grows together."""

    def __init__(self, text: str) -> None:
        self._text = text

    def take(self, pattern: re.Pattern[str], read: Callable[[re.Match[str]], T]) -> list[_Taken[T]]:
        taken: list[_Taken[T]] = []

        def keep(found: re.Match[str]) -> str:
            taken.append(_Taken(found[0].strip(), read(found)))
            return " | "

        self._text = pattern.sub(keep, self._text)
        return taken

    def words(self) -> list[str]:
        """Return what is left, without the small words that mean nothing here."""
        words = (word.strip(".,;:!?|()") for word in self._text.split())
        return [word for word in words if word.strip(_EDGES) and not _SMALL.fullmatch(word)]

    def must_be_empty(self) -> None:
        for word in self.words():
            raise NotUnderstood(word, _looks_like(word))


def _looks_like(word: str) -> Wanted:
    if re.fullmatch(r"[-+]?\d+", word):
        return Wanted.MINUTES
    return Wanted.DAY if re.fullmatch(r"\d+/\d+(/\d+)?|\d+[.-]\d+[.-]\d*", word) else Wanted.ANYTHING


def _only(taken: list[_Taken[T]], wanted: Wanted) -> T | None:
    """Return the value that was said, however often; None for none. Raises NotUnderstood for a second, other one."""
    for one in taken[1:]:
        if one.value != taken[0].value:
            raise NotUnderstood(one.word, wanted)
    return taken[0].value if taken else None


# -- lengths ------------------------------------------------------------------------------------------------------


def _minutes_of(found: re.Match[str]) -> int:
    if found["half_hour"]:
        return 30
    if found["alone"]:
        return int(found["alone"])
    hours = _SPOKEN_NUMBERS.get(found["hours"].lower()) or float(found["hours"].replace(",", "."))
    extra = 30 if found["and_half"] else int(found["extra"] or 0)
    return round(hours * 60) + extra


def _untangled(found: re.Match[str], today: date) -> tuple[date, int]:
    """Read "12 June 45" and "45 June 12": which number is the day, and which are the minutes?

    Where both could be, the day that is not to come wins, then minutes that people say (multiples of five), then the
    longer meeting.
    """
    month = _month(found["month"])
    before, after = int(found["before"]), int(found["after"])
    readings = [
        (day, minutes)
        for number, minutes in ((before, after), (after, before))
        if (day := _nearest(month, number, today, ahead=False)) is not None
    ]
    if not readings:
        raise NotUnderstood(found[0].strip(), Wanted.DAY)
    return max(readings, key=lambda reading: (reading[0] <= today, reading[1] % 5 == 0, reading[1]))


# -- days ---------------------------------------------------------------------------------------------------------


def _day_of(found: re.Match[str], today: date, *, ahead: bool) -> date:
    """Return the day that a match of `_DAY` means; raises NotUnderstood for one that no calendar has."""
    try:
        day = _meant(found, today, ahead=ahead)
    except (ValueError, OverflowError):
        day = None
    if day is None:
        raise NotUnderstood(found[0].strip(), Wanted.DAY)
    return day


def _meant(found: re.Match[str], today: date, *, ahead: bool) -> date | None:
    if found["iso"]:
        return date.fromisoformat(found["iso"])
    if found["name"]:
        return today + timedelta(days=_NAMED[" ".join(found["name"].lower().split())])
    if found["weekday"]:
        return _weekday(found["weekday"], today, ahead=ahead or (found["which"] or "").lower() == "next")
    if found["unit_ago"]:
        return _moved(today, found["count_ago"], found["unit_ago"], -1)
    if found["unit_in"]:
        return _moved(today, found["count_in"], found["unit_in"], 1)
    return _dated(found, today, ahead=ahead)


def _dated(found: re.Match[str], today: date, *, ahead: bool) -> date | None:
    month = _month(found["month_first"] or found["month_last"])
    number = int((found["day_last"] or found["day_first"]).rstrip("stndrhSTNDRH"))
    year = found["year_last"] or found["year_first"]
    return date(int(year), month, number) if year else _nearest(month, number, today, ahead=ahead)


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def _nearest(month: int, number: int, today: date, *, ahead: bool) -> date | None:
    """Return the nearest such day, today included; None where no year has it. A leap day may be eight years away."""
    step = 1 if ahead else -1
    for year in range(today.year, today.year + 9 * step, step):
        try:
            day = date(year, month, number)
        except ValueError:
            continue
        if day >= today if ahead else day <= today:
            return day
    return None


def _weekday(name: str, today: date, *, ahead: bool) -> date:
    wanted = WEEKDAYS.index(name[:3].lower())
    if ahead:
        return today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)
    return today - timedelta(days=(today.weekday() - wanted - 1) % 7 + 1)


def _moved(today: date, count: str, unit: str, sign: int) -> date:
    number = _SPOKEN_NUMBERS.get(count.lower()) or int(count)
    if unit.lower().startswith("month"):
        return Rhythm(sign * number, Unit.MONTH).after(today)
    days = 7 * number if unit.lower().startswith("week") else number
    return today + timedelta(days=sign * days)


# -- means --------------------------------------------------------------------------------------------------------


def _means_of(found: re.Match[str]) -> Means:
    return Means[str(found.lastgroup)]


# -- the words ----------------------------------------------------------------------------------------------------

_EDGES = ".,;:!?|()[]\"'“”‘’–—-+&"
_SMALL = re.compile(
    "with|for|by|on|via|at|over|the|an?|and|in|of|about|around|we|met|meetings?|session|had|our|together|long|it|was"
    "|time|us|ca|until|till",
    re.IGNORECASE,
)
_SPOKEN_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = {
    "today": 0,
    "tonight": 0,
    "tomorrow": 1,
    "day after tomorrow": 2,
    "yesterday": -1,
    "day before yesterday": -2,
}
_FLAGS = re.IGNORECASE | re.ASCII | re.VERBOSE
_MONTH = r"""(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?
    |oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"""
_WEEKDAY = r"""(?:mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"""
_NUMBER_OF_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_FEW = r"(?:\d{1,3}|one|two|three|four|five|six|an?)"
_UNIT = r"(?:days?|weeks?|months?)"
_BEFORE, _AFTER = r"(?<![\w.,/:+-])", r"(?![\w/:-]|[.,]\d)"
_LENGTH = re.compile(
    rf"""{_BEFORE}(?:
        (?P<half_hour>half\s+an?\s+hour)(?!\w)
      | (?P<hours>\d{{1,3}}(?:[.,]\d{{1,2}})?|one|two|three|four|five|six|an?)\s*(?:hours?|hrs?|h)(?![a-z])
        (?:\s*(?:and\s+)?(?:(?P<and_half>a\s+half)(?!\w)
          | (?P<extra>\d{{1,2}})\s*(?:minutes?|mins?|m)?{_AFTER}(?!\s*(?:st|nd|rd|th)?\s*(?:of\s+)?{_MONTH}(?!\w))))?
      | (?P<alone>\d{{1,6}})\s*(?:minutes?|mins?|m|['’′])(?!\w)
    )""",
    _FLAGS,
)
_DATE_BETWEEN_NUMBERS = re.compile(
    rf"{_BEFORE}(?P<before>\d{{1,3}})\s+(?P<month>{_MONTH})\s+(?P<after>\d{{1,3}}){_AFTER}(?!,?\s+\d{{4}})", _FLAGS
)
_DAY = re.compile(
    rf"""{_BEFORE}(?:
        (?P<iso>\d{{4}}-\d{{2}}-\d{{2}})
      | (?:the\s+)?(?P<name>day\s+before\s+yesterday|day\s+after\s+tomorrow|today|tonight|tomorrow|yesterday)
      | (?:(?P<which>last|next|this|past)\s+)?(?P<weekday>{_WEEKDAY})
      | (?P<count_ago>{_FEW})\s+(?P<unit_ago>{_UNIT})\s+ago
      | in\s+(?P<count_in>{_FEW})\s+(?P<unit_in>{_UNIT})
      | (?P<month_first>{_MONTH})\s+(?:the\s+)?(?P<day_last>{_NUMBER_OF_DAY})(?:,?\s+(?P<year_last>\d{{4}}))?
      | (?P<day_first>{_NUMBER_OF_DAY})\s+(?:of\s+)?(?P<month_last>{_MONTH})(?:,?\s+(?P<year_first>\d{{4}}))?
    ){_AFTER}""",
    _FLAGS,
)
_MEANS = re.compile(
    r"""(?<![\w-])(?:
        (?P<VIDEO>zoom|(?:google\s+)?meet|gmeet|(?:ms\s+)?teams|video-?|skype|webex|facetime|online)
      | (?P<PHONE>(?:by\s+)?phoned?|called|telephone|call)
      | (?P<EMAIL>e[\s-]?mail(?:s|ed)?|mails?)
      | (?P<SLACK>slack|(?:slack\s+)?huddle|dms?)
      | (?P<IN_PERSON>in[\s-]?person|person|coffee|lunch|dinner|breakfast|tea|walk|conference|face[\s-]to[\s-]face|f2f
          |visit)
    )(?:\s*(?:call|chat))?(?![\w-])""",
    _FLAGS,
)
_NUMBER = re.compile(rf"{_BEFORE}\d{{1,6}}{_AFTER}", _FLAGS)
