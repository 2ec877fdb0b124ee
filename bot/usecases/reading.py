"""Read what people type: a check-in in a few words, a day, or when to meet next, in the words that people use.

Whatever is typed is either understood wholly or refused with the word that was not: nothing is guessed in silence.
Days as figures alone ("6/12") are refused, since half of the world reads them the other way round.

Which day is meant, and which hour, is dateparser's to say. *Where* a day stands in a line is said here: dateparser
finds dates in numbers that are none ("tuesday 10" is October to it) and passes over what it does not know.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, TypeVar

from bot.domain.days import MIDNIGHT, WEEKDAYS
from bot.domain.meetings import Means

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

T = TypeVar("T")


class Wanted(StrEnum):
    """What would have been right in the place of what was not understood."""

    DAY = "day"
    MINUTES = "minutes"
    TIME = "time"
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


@dataclass(frozen=True, slots=True)
class QuickPlan:
    """What `/mentoring next tuesday 3pm 45m zoom` says; `at` is None without an hour, `minutes` without a length."""

    day: date
    at: time | None = None
    minutes: int | None = None
    place: str = ""


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


def read_day_ahead(text: str, today: date) -> QuickPlan | None:
    """Read the day to come that somebody means who writes of a meeting as if it had been; None where none is meant.

    A weekday is never meant so: it is the last one. A date without a year is, where `text` has no other reading.
    """
    rest = _Rest(text)
    minutes = rest.take(_LENGTH, _minutes_of)
    times = rest.take(_TIME, lambda found: _time_of(found[0].strip(), today))
    days = rest.take(_DAY, lambda found: _ahead_of(found, today))
    if len(days) != 1 or days[0].value is None or days[0].value <= today:
        return None
    minutes += rest.take(_NUMBER, lambda found: int(found[0]))
    place = [one.value for one in rest.take(_MEANS, lambda found: found[0].strip())]
    lengths = [one.value for one in minutes]
    return QuickPlan(
        days[0].value,
        times[0].value if len(times) == 1 else None,
        lengths[0] if len(lengths) == 1 else None,
        place[0] if len(place) == 1 else "",
    )


def _ahead_of(found: re.Match[str], today: date) -> date | None:
    try:
        return _day_of(found, today, ahead=bool(found["dated"]))
    except NotUnderstood:
        return None


def read_plan(text: str, today: date) -> QuickPlan:
    """Read when to meet: "next tuesday 3pm", "in 2 weeks at 15:30 for an hour", "3 May noon 45m https://…".

    A day there must be; a weekday or a date without a year is the nearest one to come. Raises NotUnderstood.
    """
    rest = _Rest(text)
    links = rest.take(_LINK, lambda found: found[0].rstrip(".,;)"))
    times = rest.take(_TIME, lambda found: _time_of(found[0].strip(), today))
    minutes = rest.take(_LENGTH, _minutes_of)
    days = rest.take(_DAY, lambda found: _day_of(found, today, ahead=True))
    places = rest.take(_MEANS, lambda found: found[0].strip())
    for word in rest.words():
        raise NotUnderstood(word, Wanted.TIME if re.fullmatch(r"[\d:.]+", word) else _looks_like(word))
    day = _only(days, Wanted.DAY)
    if day is None:
        raise NotUnderstood("", Wanted.DAY)
    place = _only(links, Wanted.ANYTHING) or _only(places, Wanted.ANYTHING) or ""
    return QuickPlan(day, _only(times, Wanted.TIME), _only(minutes, Wanted.MINUTES), place)


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
    if found["quarters"]:
        return 45 if found["quarters"].lower().startswith("three") else 15
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
    numbers = int(found["before"]), int(found["after"])
    readings = [
        (day, minutes)
        for number, minutes in (numbers, numbers[::-1])
        if (day := _nearest_past(f"{number} {found['month']}", today)) is not None
    ]
    if not readings:
        raise NotUnderstood(found[0].strip(), Wanted.DAY)
    return max(readings, key=lambda reading: (reading[0] <= today, reading[1] % 5 == 0, reading[1]))


def _nearest_past(words: str, today: date) -> date | None:
    found = _DAY.fullmatch(words)
    try:
        return _day_of(found, today, ahead=False) if found else None
    except NotUnderstood:
        return None


# -- days and hours -----------------------------------------------------------------------------------------------


def warm_up() -> None:
    """Load dateparser and its English: a tenth of a second that nobody should wait for. Safe in any thread."""
    _asked("next friday", date(2000, 1, 1), ahead=True)


def _day_of(found: re.Match[str], today: date, *, ahead: bool) -> date:
    """Return the day that a match of `_DAY` means; raises NotUnderstood for one that no calendar has."""
    words = " ".join(found[0].lower().split()).removeprefix("the ")
    for said, meant in _AS_DATEPARSER_SAYS_IT:
        words = re.sub(said, meant, words)
    nearest = found["dated"] and not re.search(r"\d{4}", words)
    # A date may be today. To dateparser what is ahead never is, so it is asked as of the day before.
    since = today - timedelta(days=1) if nearest and ahead and today > date.min else today
    asked = _asked(words, since, ahead=ahead)
    if asked is None or not _is_the_day_named(asked.date(), found["named"]):
        raise NotUnderstood(found[0].strip(), Wanted.DAY)
    return asked.date()


def _is_the_day_named(day: date, name: str | None) -> bool:
    """Tell whether "friday, 13 october" is a Friday."""
    return name is None or WEEKDAYS[day.weekday()] == name[:3].lower()


def _time_of(words: str, today: date) -> time:
    """Return the hour that a match of `_TIME` means; raises NotUnderstood for one that no clock shows."""
    asked = _asked(f"{today.isoformat()} {words.lower().removeprefix('at ').strip()}", today, ahead=True)
    if asked is None:
        raise NotUnderstood(words, Wanted.TIME)
    return asked.time()


def _asked(words: str, today: date, *, ahead: bool) -> datetime | None:
    """Ask dateparser what `words` mean on `today`."""
    try:
        return _dateparser(today, ahead=ahead).get_date_data(words).date_obj
    except (ValueError, OverflowError):
        return None


def _dateparser(today: date, *, ahead: bool) -> "DateDataParser":
    """Return what reads English days as of `today`: no other language, no time stamps, no guessing at formats."""
    from dateparser.date import DateDataParser  # loaded when it is needed: see warm_up

    return DateDataParser(
        languages=["en"],
        settings={
            "RELATIVE_BASE": datetime.combine(today, MIDNIGHT),
            "PREFER_DATES_FROM": "future" if ahead else "past",
            "PARSERS": ["relative-time", "absolute-time"],
            "RETURN_AS_TIMEZONE_AWARE": False,
        },
    )


# -- means --------------------------------------------------------------------------------------------------------


def _means_of(found: re.Match[str]) -> Means:
    return Means[str(found.lastgroup)]


# -- the words ----------------------------------------------------------------------------------------------------

_EDGES = ".,;:!?|()[]\"'“”‘’–—-+&"
_SMALL = re.compile(
    "with|for|by|on|via|at|over|the|an?|and|in|of|about|around|we|met|meetings?|session|had|our|together|long|it|was"
    "|time|us|ca|until|till|morning|afternoon|evening",
    re.IGNORECASE,
)
_SPOKEN_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
# What people say, as dateparser knows it.
_AS_DATEPARSER_SAYS_IT = (
    (r"^this (morning|afternoon|evening)$", "today"),
    (r"^last (night|evening)$", "yesterday"),
    (r"^past\b", "last"),
    (r"^coming\b", "next"),
    (r"\bthurs?\b", "thursday"),
)
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
      | (?P<quarters>(?:three\s+)?quarters?)\s+of\s+an\s+hour(?!\w)
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
_YEAR = r"(?:,?\s+\d{4})?"
_DAY = re.compile(
    rf"""{_BEFORE}(?:
        \d{{4}}-\d{{2}}-\d{{2}}
      | (?:the\s+)?(?:day\s+before\s+yesterday|day\s+after\s+tomorrow|today|tonight|tomorrow|yesterday)
      | this\s+(?:morning|afternoon|evening)|last\s+(?:night|evening)
      | {_FEW}\s+{_UNIT}\s+ago
      | in\s+{_FEW}\s+{_UNIT}
      | (?P<dated>(?:(?P<named>{_WEEKDAY}),?\s+)?(?:the\s+)?(?:
          {_MONTH}\s+(?:the\s+)?{_NUMBER_OF_DAY}{_YEAR} | {_NUMBER_OF_DAY}\s+(?:of\s+)?{_MONTH}{_YEAR}))
      | (?:(?:last|next|this|past|coming)\s+)?{_WEEKDAY}
    ){_AFTER}""",
    _FLAGS,
)
_TIME = re.compile(
    rf"""{_BEFORE}(?:at\s+)?(?:
        \d{{1,2}}(?:[:.]\d{{2}})?\s*[ap]\.?m\b\.?
      | \d{{1,2}}:\d{{2}}{_AFTER}
      | (?:noon|midnight)(?![\w-])
    )""",
    _FLAGS,
)
_LINK = re.compile(r"https?://[^\s<>|]+", re.IGNORECASE)
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
