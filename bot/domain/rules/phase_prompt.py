"""Phase prompts: one idea at a time, spaced over the phase's window, each role its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from bot.domain.nudges import Entry, Rule, Slot
from bot.domain.people import Member, Pair
from bot.domain.program import Phase, Program, Role

WORTH_SAYING = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Prompt:
    """Which prompt there is, for whom, and where in the phase's window it falls (0 first day, 1 last)."""

    phase: Phase
    role: Role
    key: str
    place: float

    def __hash__(self) -> int:
        return hash(self.key)

    def __post_init__(self) -> None:
        if not 0 <= self.place < 1:
            raise ValueError(f"{self.key}: the place of a prompt is from 0 to below 1, not {self.place}")


@dataclass(frozen=True, slots=True)
class _Line:
    """One prompt in the calendar of a program: the same for all its members."""

    day: date
    last: date
    role: Role
    occurrence: str
    facts: tuple[tuple[str, str], ...]


def phase_prompt(member: Member, prompts: tuple[Prompt, ...], today: date) -> Iterator[Entry]:
    """Yield the prompts, in the order of their days, of each role that the member has in a pair under way.

    A prompt that a full week or a long silence has held back for a week is not said any more.
    """
    program, person = member.program, member.person
    for line in _calendar(program, member.roles, prompts):
        if line.last >= today and (pairs := _pairs_as(member, line.role, line.day)):
            slot = Slot(Rule.PHASE_PROMPT, program.key, line.occurrence, person.key)
            last = min(line.last, max(pair.span.last for pair in pairs))
            yield Entry(slot, person, line.day, last, facts=line.facts)


@lru_cache(maxsize=4096)
def _calendar(program: Program, roles: frozenset[Role], prompts: tuple[Prompt, ...]) -> tuple[_Line, ...]:
    """Return the prompts for these roles, in the order of their days."""
    placed = ((_day(program, prompt), prompt) for prompt in prompts if prompt.role in roles)
    lines = [_line(day, prompt) for day, prompt in placed if day is not None]
    return tuple(sorted(lines, key=lambda line: line.day))


def _day(program: Program, prompt: Prompt) -> date | None:
    """Return a prompt's day; None where its phase has none left for it."""
    window = program.window_within(prompt.phase)
    if window is None:
        return None
    day = program.working_day_from(window.first + timedelta(days=int(prompt.place * window.days)))
    return day if day <= program.windows[prompt.phase].last else None


def _line(day: date, prompt: Prompt) -> _Line:
    facts = (("phase", prompt.phase.value), ("role", prompt.role.value), ("key", prompt.key))
    return _Line(day, day + WORTH_SAYING, prompt.role, f"{prompt.phase}/{prompt.role}/{prompt.key}", facts)


def _pairs_as(member: Member, role: Role, day: date) -> list[Pair]:
    me = member.person.id
    pairs = member.active_pairs(day)
    return [pair for pair in pairs if (pair.mentor.id if role is Role.MENTOR else pair.mentee.id) == me]
