"""A pair's own phases: those of its program, unless a liaison let one of them begin on another day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from bot.domain.days import Span
from bot.domain.people import Pair
from bot.domain.program import Phase, Program

PHASES = tuple(Phase)
A_DAY = timedelta(days=1)
FOUR_WEEKS = 28

Starts = tuple[tuple[Phase, date], ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """A day of a phase on which one idea has its turn: the `number`-th of `of`, counted from 0.

    About every four weeks there is one, the first at the phase's start; where that is a day without messages, on the
    next one that has any.
    """

    phase: Phase
    number: int
    of: int
    day: date


def windows_of(pair: Pair) -> Mapping[Phase, Span]:
    """Return the window of each phase for this pair: one that was moved ends the phase before it."""
    return _windows(pair.program, starts_of(pair)) if pair.phase_moves else pair.program.windows


def phase_of(pair: Pair, day: date) -> Phase | None:
    """Return the phase that the pair is in on `day`; None before the first and after the last."""
    return next((phase for phase, window in windows_of(pair).items() if day in window), None)


def starts_of(pair: Pair) -> Starts:
    """Return the days on which phases begin for this pair alone: of several moves of one phase, the last counts."""
    if not pair.phase_moves:
        return ()
    own = pair.program.windows
    newest = {move.phase: move.day for move in pair.phase_moves}
    return tuple((phase, newest[phase]) for phase in PHASES if newest.get(phase, own[phase].first) != own[phase].first)


def room_for(pair: Pair, phase: Phase) -> Span | None:
    """Return the days on which a phase may begin for a pair: each phase keeps a day. None for the first one."""
    windows, at = windows_of(pair), PHASES.index(phase)
    if at == 0:
        return None
    first = max(windows[PHASES[at - 1]].first, pair.span.first) + A_DAY
    last = windows[PHASES[at + 1]].first - A_DAY if at + 1 < len(PHASES) else pair.span.last
    return Span(first, last) if first <= last else None


def turns_of(pair: Pair) -> tuple[Turn, ...]:
    """Return the turns of all phases, in the order of their days."""
    return turns(pair.program, starts_of(pair))


@lru_cache(maxsize=4096)
def turns(program: Program, starts: Starts = ()) -> tuple[Turn, ...]:
    """Return the turns of a program in which these phases begin on these days."""
    windows = _windows(program, starts) if starts else program.windows
    return tuple(turn for phase in PHASES for turn in _turns_in(program, phase, windows[phase]))


def _turns_in(program: Program, phase: Phase, window: Span) -> list[Turn]:
    first, last = max(window.first, program.opens), min(window.last, program.span.last)
    if first > last:
        return []
    days = (last - first).days + 1
    of = max(1, round(days / FOUR_WEEKS))
    placed = [program.working_day_from(first + timedelta(days=number * days // of)) for number in range(of)]
    return [Turn(phase, number, of, day) for number, day in enumerate(placed) if day <= last]


@lru_cache(maxsize=4096)
def _windows(program: Program, starts: Starts) -> Mapping[Phase, Span]:
    moved = dict(starts)
    firsts = {phase: moved.get(phase, window.first) for phase, window in program.windows.items()}
    lasts = {phase: window.last for phase, window in program.windows.items()}
    for phase, following in pairwise(PHASES):
        if following in moved:
            lasts[phase] = firsts[following] - A_DAY
    return {phase: Span(firsts[phase], lasts[phase]) for phase in PHASES}
