"""Small turns of phrase: days, lengths of time, names and lists as people say them."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from bot.domain.meetings import Means, Meeting


def day_words(day: date) -> str:
    """Say a day: "Monday, June 12"."""
    return f"{day:%A, %B} {day.day}"


def short_day(day: date) -> str:
    """Say a day without its weekday: "June 12"."""
    return f"{day:%B} {day.day}"


def near_day(day: date, today: date) -> str:
    """Say a day as one would on `today`: "today", "yesterday", "tomorrow"; any other as `short_day` does."""
    return {0: "today", 1: "tomorrow", -1: "yesterday"}.get((day - today).days, short_day(day))


def moment_words(local: datetime) -> str:
    """Say a moment on the reader's own clock: "Tuesday, November 14, 1:00 PM your time"."""
    return f"{day_words(local.date())}, {time_words(local)} your time"


def near_moment(local: datetime, today: date) -> str:
    """Say a moment as one would on `today`: "tomorrow, 1:00 PM your time"; any other as `moment_words` does."""
    if abs((local.date() - today).days) > 1:
        return moment_words(local)
    return f"{near_day(local.date(), today)}, {time_words(local)} your time"


def time_words(local: datetime) -> str:
    """Say a time of day: "1:00 PM"."""
    return f"{local.hour % 12 or 12}:{local:%M %p}"


def means_words(means: Means) -> str:
    """Say how a pair met: "by phone", "in Slack"."""
    return {Means.SLACK: "in Slack", Means.IN_PERSON: "in person", Means.EMAIL: "by e-mail"}.get(means, f"by {means}")


def facts_words(meeting: Meeting) -> str:
    """Say a meeting's facts: "Monday, June 12, 45 minutes by video"."""
    return f"{day_words(meeting.day)}, {count_words(meeting.minutes, 'minute')} {means_words(meeting.means)}"


def count_words(count: int, noun: str) -> str:
    """Say how many: "1 meeting", "14 meetings"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def span_words(length: timedelta) -> str:
    """Say a length of time: "40 seconds", "3 minutes"."""
    seconds = round(length.total_seconds())
    return count_words(seconds, "second") if seconds < 90 else count_words(round(seconds / 60), "minute")


def first_name(name: str) -> str:
    """Return what one would call the person: the first word of the name."""
    return name.split()[0] if name.split() else name


def listed(names: Iterable[str]) -> str:
    """Join names: "Maya", "Maya and Ben", "Maya, Ben and Zoë"."""
    *others, last = list(names) or [""]
    return f"{', '.join(others)} and {last}" if others else last
