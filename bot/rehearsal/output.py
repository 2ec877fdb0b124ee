"""A rehearsal on paper: to be read, or to be worked with (one JSON object a line)."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, date
from enum import StrEnum

from bot.domain.days import monday_of
from bot.rehearsal.year import Delivered


def as_jsonl(messages: Iterable[Delivered]) -> Iterator[str]:
    """Yield one JSON object for each message; moments are ISO 8601, `at` in UTC and `local` with its offset."""
    for message in messages:
        yield json.dumps(
            {
                "at": message.at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
                "local": message.local.isoformat(),
                "to": message.to,
                "roles": list(message.roles),
                "pairs": list(message.pairs),
                "kinds": list(message.kinds),
                "slots": list(message.slots),
                "phase": message.phase,
                "text": message.text,
            },
            ensure_ascii=False,
        )


def as_text(messages: list[Delivered], names: dict[str, str]) -> Iterator[str]:
    """Yield the year as one reads it: day by day on each one's own calendar, who hears what; then how much it is."""
    day: date | None = None
    for message in sorted(messages, key=lambda message: (message.local.date(), message.at, message.to)):
        if message.local.date() != day:
            day = message.local.date()
            yield f"\n━━ {day:%A, %B} {day.day}, {day.year} ━━"
        clock = f"{message.local:%a %H:%M} ({message.local.tzname()})"
        yield f"\n{names.get(message.to, message.to)} · {clock} · {', '.join(message.kinds)}"
        yield from (f"    {line}" for line in message.text.splitlines())
    yield from _sum(messages, names)


def _sum(messages: list[Delivered], names: dict[str, str]) -> Iterator[str]:
    by_person = Counter(message.to for message in messages)
    by_week = Counter((message.to, monday_of(message.local.date())) for message in messages)
    yield f"\n━━ {len(messages)} messages to {len(by_person)} people ━━"
    if not messages:
        return
    (busiest, most), (full_week, in_week) = by_person.most_common(1)[0], by_week.most_common(1)[0]
    yield f"Most in the year: {names.get(busiest, busiest)}, {most}."
    yield f"Most in a week: {names.get(full_week[0], full_week[0])}, {in_week}."
    kinds = Counter(kind for message in messages for kind in message.kinds)
    yield "By kind: " + ", ".join(f"{kind} {number}" for kind, number in kinds.most_common()) + "."


class Form(StrEnum):
    """How a rehearsal is printed."""

    TEXT = "text"
    JSONL = "jsonl"


def printed(form: Form, messages: list[Delivered], names: dict[str, str]) -> Iterator[str]:
    """Yield the lines of a rehearsal; `names` are those of the people, by key."""
    return as_jsonl(messages) if form is Form.JSONL else as_text(messages, names)
