"""The four phases' windows: those that a design gives, and the days between them for the others."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from bot.domain.days import Span
from bot.domain.program import SHARES, Phase, usual_windows

DAY = timedelta(days=1)
PHASES = tuple(Phase)


def all_windows(program: Span, given: Mapping[Phase, Span]) -> dict[Phase, Span]:
    """Return a window for each phase: the given ones, and for those between them their usual shares of the days.

    `given` has no problems (`window_problems`).
    """
    if not given:
        return usual_windows(program)
    windows: dict[Phase, Span] = {}
    for before, missing, after in _gaps(given):
        first = given[before].last + DAY if before else program.first
        last = given[after].first - DAY if after else program.last
        windows |= _divide(Span(first, last), missing) if missing else {}
    return {phase: given.get(phase) or windows[phase] for phase in PHASES}


def window_problems(program: Span, given: Mapping[Phase, Span]) -> Iterator[tuple[Phase, str]]:
    """Yield each phase whose window does not suit the one before it, or the program, with a sentence."""
    for before, missing, after in _gaps(given):
        if before and after:
            sentence = _between(before, given[before], missing, after, given[after])
        elif after:
            sentence = _at_the_beginning(program, missing, after, given[after])
        elif before:
            sentence = _at_the_end(program, before, given[before], missing)
        else:
            sentence = ""
        if sentence:
            yield after or before or Phase.PLANNING, sentence


def _gaps(given: Mapping[Phase, Span]) -> Iterator[tuple[Phase | None, list[Phase], Phase | None]]:
    """Yield each two given phases that follow each other, with those left out between them; None at either end."""
    before: Phase | None = None
    missing: list[Phase] = []
    for phase in PHASES:
        if phase in given:
            yield before, missing, phase
            before, missing = phase, []
        else:
            missing.append(phase)
    yield before, missing, None


def _between(before: Phase, earlier: Span, missing: list[Phase], after: Phase, later: Span) -> str:
    if later.last < earlier.first:
        return f"The phases are out of order: {after} comes after {before}, not before it."
    if later.first <= earlier.last:
        return f"{after} begins on {later.first}, but {before} ends on {earlier.last}: phases do not overlap."
    free = (later.first - earlier.last).days - 1
    if not missing and free:
        return f"No phase covers the days from {earlier.last} to {later.first}: {after} begins on {earlier.last + DAY}."
    return _too_few(free, missing)


def _at_the_beginning(program: Span, missing: list[Phase], after: Phase, later: Span) -> str:
    free = (later.first - program.first).days
    if not missing and free > 0:
        return f"The program begins on {program.first}, but {after} only on {later.first}: it begins with the program."
    return _too_few(free, missing)


def _at_the_end(program: Span, before: Phase, earlier: Span, missing: list[Phase]) -> str:
    free = (program.last - earlier.last).days
    if not missing and free > 0:
        return f"The program ends on {program.last}, but {before} already on {earlier.last}: it ends with the program."
    return _too_few(free, missing)


def _too_few(free: int, missing: list[Phase]) -> str:
    if not missing or free >= len(missing):
        return ""
    return f"No day is left for {' and '.join(missing)}: give every phase a window, or leave room for it."


def _divide(span: Span, phases: list[Phase]) -> dict[Phase, Span]:
    """Divide `span` among phases by their usual shares; each has one day at least."""
    whole, share, first = sum(SHARES[phase] for phase in phases), 0.0, span.first
    windows = {}
    for number, phase in enumerate(phases, start=1):
        share += SHARES[phase] / whole
        most = span.last - timedelta(days=len(phases) - number)
        last = min(max(span.first + timedelta(days=round(share * span.days) - 1), first), most)
        windows[phase] = Span(first, last)
        first = last + DAY
    return windows
