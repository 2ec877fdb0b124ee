"""Phase prompts: one idea at a time, spaced over the phase's window, each role its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.nudges import Entry, Rule, Slot
from bot.domain.people import Member, Pair
from bot.domain.program import Phase, Role

WORTH_SAYING = timedelta(days=6)
LONG_PAST = timedelta(days=75)  # a prompt may move by up to 60 days of quiet


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


def phase_prompt(member: Member, prompts: tuple[Prompt, ...], today: date) -> Iterator[Entry]:
    """Yield the prompts of each role that the member has in a pair, while such a pair is under way.

    A prompt that a full week or a long silence has held back for a week is not said any more.
    """
    program, person = member.program, member.person
    for prompt, place in _placed(member, prompts, today):
        day = program.working_day_from(place)
        pairs = _pairs_as(member, prompt.role, day)
        if day > program.windows[prompt.phase].last or not pairs:
            continue
        slot = Slot(Rule.PHASE_PROMPT, program.key, f"{prompt.phase}/{prompt.role}/{prompt.key}", person.key)
        last = min(day + WORTH_SAYING, max(pair.span.last for pair in pairs))
        facts = (("phase", prompt.phase.value), ("role", prompt.role.value), ("key", prompt.key))
        yield Entry(slot, person, day, last, facts=facts)


def _placed(member: Member, prompts: tuple[Prompt, ...], today: date) -> Iterator[tuple[Prompt, date]]:
    """Yield the member's prompts, but for those `LONG_PAST`, with their places in the calendar."""
    windows = {phase: member.program.window_within(phase) for phase in Phase}
    for prompt in prompts:
        if prompt.role in member.roles and (window := windows[prompt.phase]) is not None:
            place = window.first + timedelta(days=int(prompt.place * window.days))
            if place >= today - LONG_PAST:
                yield prompt, place


def _pairs_as(member: Member, role: Role, day: date) -> list[Pair]:
    me = member.person.id
    pairs = member.active_pairs(day)
    return [pair for pair in pairs if (pair.mentor.id if role is Role.MENTOR else pair.mentee.id) == me]
