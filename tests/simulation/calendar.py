"""The oracle's own calendar: when each person may be spoken to, worked out from the script and nothing else."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

A_DAY = timedelta(days=1)
NIGHT_ENDS, NIGHT_BEGINS = time(9), time(17)  # as the sample's program.toml says: [hours]
WORKING_DAYS = (0, 1, 2, 3, 4)

Stretch = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Hours:
    """When somebody wants to hear, from a moment on."""

    since: datetime
    start: time = NIGHT_ENDS
    end: time = NIGHT_BEGINS
    days: tuple[int, ...] = WORKING_DAYS


@dataclass(frozen=True, slots=True)
class Break:
    """A pause from `said` (a moment) to the end of the day `last`; `ended` where it was ended before."""

    said: datetime
    last: date
    ended: datetime | None = None


@dataclass(slots=True)
class Listener:
    """One person, with what they chose and when they were away. `gone` are stretches without a Slack account."""

    key: str
    zone: ZoneInfo
    hours: list[Hours]
    breaks: list[Break] = field(default_factory=list)
    gone: list[Stretch] = field(default_factory=list)

    def day(self, moment: datetime) -> date:
        """Return the date on their calendar."""
        return moment.astimezone(self.zone).date()

    def hours_at(self, moment: datetime) -> Hours:
        """Return what they chose last before `moment`."""
        return next((one for one in reversed(self.hours) if one.since <= moment), self.hours[0])

    def on_a_break(self, moment: datetime) -> bool:
        """Tell whether they take a break."""
        return any(
            one.said <= moment and self.day(moment) <= one.last and (one.ended is None or moment < one.ended)
            for one in self.breaks
        )

    def hears_at(self, moment: datetime) -> bool:
        """Tell whether `moment` is decent: in their hours, on one of their days, on no break."""
        hours, local = self.hours_at(moment), moment.astimezone(self.zone)
        return local.weekday() in hours.days and hours.start <= local.time() < hours.end and not self.on_a_break(moment)


def moment_of(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return when a clock on the wall shows `at`: the first time it does, or when it jumps over it."""
    early = datetime.combine(day, at, zone)
    there = early.astimezone(UTC)
    back = there.astimezone(zone)
    if back.replace(tzinfo=None) == early.replace(tzinfo=None):
        return there
    after = datetime.combine(day, at, zone).replace(fold=1).astimezone(UTC)  # in a gap: between these two it jumps
    low, high = sorted((there, after))
    offset = low.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        low, high = (middle, high) if middle.astimezone(zone).utcoffset() == offset else (low, middle)
    return high


def days_between(first: date, last: date) -> Iterator[date]:
    """Yield the days from `first` to `last`."""
    while first <= last:
        yield first
        first += A_DAY


def less(stretch: Stretch, gone: Iterable[Stretch]) -> list[Stretch]:
    """Return what is left of a stretch of time when others are cut out."""
    left = [stretch]
    for begins, ends in gone:
        left = [
            part
            for one in left
            for part in ((one[0], min(one[1], begins)), (max(one[0], ends), one[1]))
            if part[0] < part[1]
        ]
    return left


def monday(day: date) -> date:
    """Return the Monday of its week."""
    return day - timedelta(days=day.weekday())
