"""The hours in which a person wants no notifications, on their own wall."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.playground.workspace.clock import zone_named
from bot.playground.workspace.state import Member


def next_quiet(member: Member, now: datetime, zone: str) -> tuple[datetime, datetime] | None:
    """When their quiet hours begin and end: those of the moment, or the next ones; None for who has none.

    `zone` is the workspace's, for a person who has none of their own.
    """
    hours = _hours(member.dnd)
    if hours is None:
        return None
    wall, (start, end) = zone_named(member.tz, zone), hours
    today = now.astimezone(wall).date()
    days = (today + timedelta(days=offset) for offset in (-1, 0, 1))
    nights = (_night(day, start, end, wall) for day in days)
    return next((begins, ends) for begins, ends in nights if ends > now)


def is_quiet(member: Member, now: datetime, zone: str) -> bool:
    """Whether they want no notifications now."""
    night = next_quiet(member, now, zone)
    return night is not None and night[0] <= now


def _hours(dnd: str) -> tuple[time, time] | None:
    """Read `22:00-07:00`; the same time twice is the whole day. Raise ValueError if it is something else."""
    if not dnd:
        return None
    start, _, end = dnd.partition("-")
    return time.fromisoformat(start), time.fromisoformat(end)


def _night(day: date, start: time, end: time, wall: ZoneInfo) -> tuple[datetime, datetime]:
    last = day if end > start else day + timedelta(days=1)
    return datetime.combine(day, start, wall), datetime.combine(last, end, wall)
