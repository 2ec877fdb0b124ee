"""A pair's year as a line: its phases, its meetings as marks, and where today is. Words stand beside it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from bot.domain.days import Span
from bot.domain.program import Phase

CELLS = 40  # as many as fit beside each other on a phone
MET, AHEAD, BEHIND, TODAY, PLANNED = "●", "·", "─", "▲", "○"


@dataclass(frozen=True, slots=True)
class Stretch:
    """One phase of a year line: its marks, from its first day on."""

    phase: Phase
    marks: str


def year_line(
    span: Span, windows: Mapping[Phase, Span], met: Collection[date], today: date, planned: date | None = None
) -> list[Stretch]:
    """Divide a pair's days into its phases and mark what was in them: a cell stands for some days.

    Meetings win over everything, then today, then a planned meeting. A phase outside of the span is left out.
    """
    days_a_cell = max(-(-span.days // CELLS), 1)
    found = []
    for phase, window in windows.items():
        first, last = max(window.first, span.first), min(window.last, span.last)
        if first <= last:
            cells = range(0, (last - first).days + 1, days_a_cell)
            parts = [_cell(first.toordinal() + start, days_a_cell, last) for start in cells]
            found.append(Stretch(phase, "".join(_mark(part, met, today, planned) for part in parts)))
    return found


def _cell(first: int, days: int, last: date) -> Span:
    return Span(date.fromordinal(first), min(date.fromordinal(first + days - 1), last))


def _mark(cell: Span, met: Collection[date], today: date, planned: date | None) -> str:
    if any(day in cell for day in met):
        return MET
    if today in cell:
        return TODAY
    if planned is not None and planned in cell:
        return PLANNED
    return BEHIND if cell.last < today else AHEAD
