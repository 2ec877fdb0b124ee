"""The playground's clock: it stands still until it is moved, and never runs backwards.

What lets it run by itself is `pace.py`; only a saved state that is taken up again may put it back.
"""

import re
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

MICROSECOND = timedelta(microseconds=1)
STAMP = re.compile(r"([0-9]{1,20})(?:\.([0-9]*))?")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Clock:
    """What time it is in this Slack: always aware, in UTC."""

    def __init__(self, now: datetime):
        self._now = _in_utc(now)
        self._last_stamp = 0

    def now(self) -> datetime:
        """The present moment, in UTC."""
        return self._now

    def set(self, to: datetime) -> None:
        """Move the clock to `to` (aware). Raise ValueError if that is in the past."""
        moment = _in_utc(to)
        if moment < self._now:
            raise ValueError(f"the clock stands at {self._now.isoformat()} and does not run back to {to.isoformat()}")
        self._now = moment

    def stamp(self) -> str:
        """A fresh `ts`, as Slack writes them: unique, growing, and never before the present moment."""
        self._last_stamp = max((self._now - EPOCH) // MICROSECOND, self._last_stamp + 1)
        return written(self._last_stamp)

    @property
    def last_stamp(self) -> str:
        """The newest `ts` that was given out."""
        return written(self._last_stamp)

    def put_back(self, now: datetime, last_stamp: str) -> None:
        """Stand where a saved state says, be it earlier, and give no `ts` again that stands in that state."""
        self._now = _in_utc(now)
        self._last_stamp = microseconds_of(last_stamp)

    def seconds(self) -> int:
        """The present moment in whole seconds since 1970."""
        return int(self._now.timestamp())


def written(microseconds: int) -> str:
    """A `ts` for that many microseconds since 1970."""
    return f"{microseconds // 1_000_000}.{microseconds % 1_000_000:06d}"


def microseconds_of(ts: str) -> int:
    """Read a `ts`, with or without a fraction. Raise ValueError if it is none."""
    found = STAMP.fullmatch(ts)
    if found is None:
        raise ValueError(f"no ts: {ts}")
    return int(found[1]) * 1_000_000 + int((found[2] or "")[:6].ljust(6, "0"))


def moment_of(ts: str) -> datetime:
    """The moment, in UTC, that a `ts` stands for."""
    return EPOCH + timedelta(microseconds=microseconds_of(ts))


def said_locally(moment: datetime, zone: tzinfo) -> str:
    """A moment as a person there reads it: `Thu 1 Jun, 09:00`."""
    local = moment.astimezone(zone)
    return f"{local:%a} {local.day} {local:%b, %H:%M}"


def zone_named(name: str | None, otherwise: str) -> ZoneInfo:
    """The zone called `name`; some people have none."""
    return ZoneInfo(name or otherwise)


def _in_utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(UTC)
