"""Days, and the moments at which a person may be spoken to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from operator import attrgetter
from zoneinfo import ZoneInfo

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LOOK_AHEAD_DAYS = 400
MIDNIGHT = time(0)
_first = attrgetter("first")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Days from `first` to `last`, both included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class SpeakingHours:
    """When a person may be spoken to: from `start` until before `end`, on `days` (0 is Monday), in their zone.

    An `end` of 00:00 is the midnight at which the day ends.
    """

    start: time = time(9)
    end: time = time(17)
    days: frozenset[int] = frozenset(range(5))


@dataclass(frozen=True, slots=True)
class Speaking:
    """All that decides when one person may be spoken to.

    `closed` are spans in which nothing is said (quiet dates, pauses). `spoken` are the days, in the person's zone,
    on which an automatic note went out already: at most one a day, and `weekly` a week (Monday to Sunday).
    """

    zone: ZoneInfo
    hours: SpeakingHours
    within: Span
    closed: tuple[Span, ...] = ()
    spoken: tuple[date, ...] = ()
    weekly: int = 3

    def next_moment(self, after: datetime) -> datetime | None:
        """Return the first moment at or after `after` (aware) when the person may be spoken to, in UTC.

        None: not before the last day, or not within the next 400 days.
        """
        after = after.astimezone(UTC)
        first = max(after.astimezone(self.zone).date(), self.within.first)
        for ahead in range(LOOK_AHEAD_DAYS):
            day = first + timedelta(days=ahead)
            if day > self.within.last:
                return None
            if not self.is_open(day):
                continue
            opens, closes = self._window(day)
            moment = self._not_again_before_they_begin(max(opens, after), day)
            if moment < closes:
                return moment
        return None

    def _not_again_before_they_begin(self, moment: datetime, day: date) -> datetime:
        """Return `moment`, or, in a night in which an hour comes twice, when the hours begin for the second time."""
        local = moment.astimezone(self.zone)
        if not local.fold or local.time() >= self.hours.start:
            return moment
        return datetime.combine(day, self.hours.start, self.zone).replace(fold=1).astimezone(UTC)

    def is_open(self, day: date) -> bool:
        """Tell whether anything may be said on `day`, whatever the hour."""
        return (
            day.weekday() in self.hours.days
            and day not in self.spoken
            and not any(day in span for span in self.closed)
            and sum(1 for said in self.spoken if monday_of(said) == monday_of(day)) < self.weekly
        )

    def _window(self, day: date) -> tuple[datetime, datetime]:
        last = day + timedelta(days=1) if self.hours.end == MIDNIGHT else day
        return wall(day, self.hours.start, self.zone), wall(last, self.hours.end, self.zone)


@lru_cache(maxsize=65536)
def wall(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the moment (UTC) at which a clock on the wall in `zone` shows `at` on `day`.

    Where the hour comes twice, the first; where it is left out, the moment at which the clock jumps over it:
    "02:30" in a spring night is 03:00, never 03:30.
    """
    naive = datetime.combine(day, at)
    early, late = naive.replace(tzinfo=zone, fold=0), naive.replace(tzinfo=zone, fold=1)
    before, after = early.utcoffset(), late.utcoffset()
    if before is not None and after is not None and after > before:  # a gap: fold=1 has the later offset
        overshoot = early.astimezone(UTC)
        return _jump(overshoot - (after - before), overshoot, zone)
    return early.astimezone(UTC)


def _jump(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    """Find the moment between `low` and `high` (UTC) at which the offset changes, to the second."""
    offset = low.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(zone).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """Return the moment (UTC) at which `day` begins in `zone`."""
    return wall(day, MIDNIGHT, zone)


def monday_of(day: date) -> date:
    """Return the Monday of the week that `day` lies in."""
    return day - timedelta(days=day.weekday())


def week_name(day: date) -> str:
    """Return the ISO week of `day`, as in "2017-W23"."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def stopped_days(spans: Iterable[Span], after: date, until: date) -> int:
    """Count the days in (after, until] that lie in any of `spans`; overlapping spans count once."""
    counted, edge = 0, after
    for span in sorted(spans, key=_first):
        first, last = max(span.first, edge + timedelta(days=1)), min(span.last, until)
        if first <= last:
            counted += (last - first).days + 1
            edge = last
    return counted


def without(span: Span, closed: Iterable[Span]) -> list[Span]:
    """Return what is left of `span` when the days of `closed` are taken out, in its order."""
    left = [span]
    for gone in closed:
        left = [rest for one in left for rest in _around(one, gone) if rest.first <= rest.last]
    return left


def _around(span: Span, gone: Span) -> tuple[Span, ...]:
    if gone.last < span.first or span.last < gone.first:
        return (span,)
    a_day = timedelta(days=1)
    return Span(span.first, gone.first - a_day), Span(gone.last + a_day, span.last)


def running_day(stops: Iterable[Span], since: date, days: int) -> date:
    """Return the day on which `days` days have run since `since`, those in any of `stops` left out.

    With one day or more it never lies in a stop itself.
    """
    day = since + timedelta(days=days)
    for span in sorted(stops, key=_first):
        overlap_first = max(span.first, since + timedelta(days=1))
        if overlap_first <= span.last and overlap_first <= day:
            day += timedelta(days=(span.last - overlap_first).days + 1)
            since = span.last
    return day
