"""Phase prompts: about one idea a month goes out by itself, the one that fits best; the others are there to be had.

Each phase has turns (`bot.domain.phases`), and each prompt belongs to the turn in which its place falls. A turn is one
slot for one person and one pair, whatever it comes to say: what fits is looked for when it is said. So nothing comes
twice, and a task that was done meanwhile is not asked for.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from bot.domain.days import Span, without
from bot.domain.nudges import Entry, Rule, Slot
from bot.domain.people import Member, Pair
from bot.domain.phases import Starts, Turn, phase_of, starts_of, turns
from bot.domain.program import Phase, Program, Role
from bot.domain.rules.appointment import reminded_on
from bot.domain.rules.closing import closing_days, rests_from
from bot.domain.tasks import Task, is_done

WORTH_SAYING = timedelta(days=6)
A_DAY = timedelta(days=1)


class Whom(StrEnum):
    """For whom a prompt is: one of the two, or both as a pair."""

    MENTOR = "mentor"
    MENTEE = "mentee"
    PAIR = "pair"


@dataclass(frozen=True, slots=True)
class Prompt:
    """Which prompt there is, for whom, and where in the phase's window it falls (0 first day, 1 last).

    It is left out once `unless` is done, and until `needs` is. `first`: in its turn it goes before all others.
    """

    phase: Phase
    whom: Whom
    key: str
    place: float
    unless: Task | None = None
    needs: Task | None = None
    first: bool = False

    def __hash__(self) -> int:
        return hash(self.key)

    def __post_init__(self) -> None:
        if not 0 <= self.place < 1:
            raise ValueError(f"{self.key}: the place of a prompt is from 0 to below 1, not {self.place}")


Prompts = tuple[Prompt, ...]


class _Known:
    """Prompts that are known by being the same object: told apart without looking at each of them."""

    __slots__ = ("prompts",)

    def __init__(self, prompts: Prompts) -> None:
        self.prompts = prompts

    def __hash__(self) -> int:
        return id(self.prompts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Known) and self.prompts is other.prompts


@dataclass(frozen=True, slots=True)
class _Line:
    """One turn in the calendar of a program, with the prompts that belong to it: the same for all its pairs."""

    turn: Turn
    last: date
    candidates: Prompts
    occurrence: str
    facts: tuple[tuple[str, str], ...]


def phase_prompt(member: Member, prompts: Prompts, today: date) -> Iterator[Entry]:
    """Yield the turns, in the order of their days, of each pair in which the member has a role of theirs.

    What a full week or a long silence has held back for a week is not said any more, nor anything while one of the two
    takes a break or cannot be reached. Where a meeting is reminded of in those days, the idea comes with that;
    on a day on which the closing form is asked for there is none, and none where an ending is ahead.
    """
    found = [entry for pair in member.pairs for entry in _of_pair(member, pair, prompts, today)]
    yield from found if len(member.pairs) == 1 else sorted(found, key=lambda entry: entry.first)


def _of_pair(member: Member, pair: Pair, prompts: Prompts, today: date) -> Iterator[Entry]:
    person = member.person
    whom = whom_of(pair, person.id)
    if Role(whom) not in member.roles or pair.out_of_reach:
        return
    hears = _hears(pair)
    pauses = (*pair.mentor.pauses, *pair.mentee.pauses)
    entries: list[Entry] = []
    reminded = reminded_on(pair, person)
    rounds_off = _rounds_off(pair)
    for line in _calendar(pair.program, starts_of(pair), _Known(prompts), whom):
        day = line.turn.day
        if reminded is not None and day < reminded <= line.last:  # together: that is one message less
            day = reminded
        if line.last < today or day in rounds_off or day not in hears or _fitting(line, pair, person.id) is None:
            continue
        slot = Slot(Rule.PHASE_PROMPT, pair.key, line.occurrence, person.key)
        entry = Entry(slot, person, day, min(line.last, hears.last), pair_id=pair.id, facts=line.facts)
        entries += _pieces(entry, pauses) if pauses else (entry,)
        if day > today and not pauses:  # the next one: what comes after it is asked for when its day has come
            break
    yield from sorted(entries, key=lambda entry: entry.first) if pauses else entries


def _hears(pair: Pair) -> Span:
    """Return the days on which ideas come by themselves: no day where an ending is ahead."""
    rest = rests_from(pair)
    return pair.hears if rest is None else Span(pair.hears.first, min(pair.hears.last, rest - A_DAY))


def _pieces(entry: Entry, pauses: tuple[Span, ...]) -> Iterator[Entry]:
    for days in without(Span(entry.first, entry.last), pauses):
        yield replace(entry, first=days.first, last=days.last)


def chosen(pair: Pair, person_id: str, prompts: Prompts, phase: str, number: int) -> Prompt | None:
    """Return the prompt that fits best in a turn, as things stand; None where none does, or the turn is no more."""
    for line in _calendar(pair.program, starts_of(pair), _Known(prompts), whom_of(pair, person_id)):
        if (line.turn.phase, line.turn.number) == (phase, number):
            return _fitting(line, pair, person_id)
    return None


def ideas_for(pair: Pair, person_id: str, prompts: Prompts, today: date) -> Prompts:
    """Return the prompts of the pair's phase that fit on `today`, for who asks: first those that have not had a turn.

    Before a pair's first phase they are those of that phase.
    """
    phase = phase_of(pair, today) or (Phase.PLANNING if today < pair.hears.first else Phase.TRANSITIONING)
    whom = whom_of(pair, person_id)
    lines = [line for line in _calendar(pair.program, starts_of(pair), _Known(prompts), whom) if line.turn.day <= today]
    rounds_off = _rounds_off(pair)
    turned = (line for line in lines if line.turn.day in pair.hears and line.turn.day not in rounds_off)
    had = {_fitting(line, pair, person_id) for line in turned}
    fitting = [
        prompt
        for prompt in prompts
        if prompt.phase is phase and prompt.whom in (whom, Whom.PAIR) and _fits(prompt, pair, person_id)
    ]
    return tuple(sorted(fitting, key=lambda prompt: (prompt in had, prompt.place)))


def whom_of(pair: Pair, person_id: str) -> Whom:
    """Return which of the two somebody is."""
    return Whom.MENTOR if person_id == pair.mentor.id else Whom.MENTEE


def _rounds_off(pair: Pair) -> tuple[date, ...]:
    """Return the days on which the closing form is asked for."""
    return closing_days(pair).form if pair.meetings else ()


def _fitting(line: _Line, pair: Pair, person_id: str) -> Prompt | None:
    return next((prompt for prompt in line.candidates if _fits(prompt, pair, person_id)), None)


def _fits(prompt: Prompt, pair: Pair, person_id: str) -> bool:
    if prompt.unless is not None and is_done(prompt.unless, pair, person_id):
        return False
    return prompt.needs is None or is_done(prompt.needs, pair, person_id)


@lru_cache(maxsize=4096)
def _calendar(program: Program, starts: Starts, known: _Known, whom: Whom) -> tuple[_Line, ...]:
    """Return the turns for this role that have any prompts, in the order of their days."""
    lines = (_line(turn, known.prompts, whom) for turn in turns(program, starts))
    return tuple(line for line in lines if line.candidates)


def _line(turn: Turn, prompts: Prompts, whom: Whom) -> _Line:
    """Lay out a turn. In every second one the pair's prompts go before the role's, so that both have their share."""
    own, other = (whom, Whom.PAIR) if turn.number % 2 == 0 else (Whom.PAIR, whom)
    of_phase = (prompt for prompt in prompts if prompt.phase is turn.phase and prompt.whom in (own, other))
    of_turn = [prompt for prompt in of_phase if int(prompt.place * turn.of + 1e-9) == turn.number]
    of_turn.sort(key=lambda prompt: (not prompt.first, prompt.whom != own, prompt.place))
    facts = (("phase", turn.phase.value), ("turn", str(turn.number)))
    return _Line(turn, turn.day + WORTH_SAYING, tuple(of_turn), f"{turn.phase}/{turn.number}", facts)
