"""Phase prompts: one idea at a time, spaced over the phase's window, each role its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.nudges import Entry, Rule, Slot
from bot.domain.people import Member, Pair
from bot.domain.program import Phase, Role

WORTH_SAYING = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Prompt:
    """Which prompt there is, for whom, and where in the phase's window it falls (0 first day, 1 last)."""

    phase: Phase
    role: Role
    key: str
    place: float

    def __post_init__(self) -> None:
        if not 0 <= self.place < 1:
            raise ValueError(f"{self.key}: the place of a prompt is from 0 to below 1, not {self.place}")


def phase_prompt(member: Member, prompts: tuple[Prompt, ...]) -> Iterator[Entry]:
    """Yield the prompts of each role that the member has in a pair, while such a pair is under way.

    A prompt that a full week or a long silence has held back for a week is not said any more.
    """
    program, person = member.program, member.person
    for prompt in prompts:
        if prompt.role not in member.roles or (window := program.window_within(prompt.phase)) is None:
            continue
        day = program.working_day_from(window.first + timedelta(days=int(prompt.place * window.days)))
        pairs = _pairs_as(member, prompt.role, day)
        if day > window.last or not pairs:
            continue
        slot = Slot(Rule.PHASE_PROMPT, program.key, f"{prompt.phase}/{prompt.role}/{prompt.key}", person.key)
        last = min(day + WORTH_SAYING, max(pair.span.last for pair in pairs))
        facts = (("phase", prompt.phase.value), ("role", prompt.role.value), ("key", prompt.key))
        yield Entry(slot, person, day, last, facts=facts)


def _pairs_as(member: Member, role: Role, day: date) -> list[Pair]:
    me = member.person.id
    pairs = member.active_pairs(day)
    return [pair for pair in pairs if (pair.mentor.id if role is Role.MENTOR else pair.mentee.id) == me]
