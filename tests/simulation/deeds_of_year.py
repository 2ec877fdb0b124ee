"""What the two of a pair do in the course of their year, besides meeting: in the same words in both plays."""

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.content.rosters import RosterPair
from bot.domain.days import Span


@dataclass(frozen=True, slots=True)
class SetGoal:
    """Set a goal."""

    what: str


@dataclass(frozen=True, slots=True)
class Sign:
    """Sign the agreement that waits; who is the first one writes it."""

    rhythm: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Plan the next meeting, or move it. `place` makes it one appointment in both plays."""

    place: str
    day: date
    at: time


@dataclass(frozen=True, slots=True)
class CallOff:
    """Call off the appointment at this place."""

    place: str


@dataclass(frozen=True, slots=True)
class AnswerMeeting:
    """Say of the meeting of a day, which the partner has logged, whether it took place."""

    day: date
    met: bool


@dataclass(frozen=True, slots=True)
class AskToEnd:
    """End the pair, with no fault."""

    last: date


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Take that back."""


@dataclass(frozen=True, slots=True)
class Snooze:
    """Let a kind of message sleep for two weeks."""

    kind: str


DeedOfYear = SetGoal | Sign | Plan | CallOff | AnswerMeeting | AskToEnd | TakeBack | Snooze
Draft = tuple[datetime, str, str, DeedOfYear]
Met = Iterable[tuple[datetime, str, date]]
SNOOZED = ("phase_prompt", "checkin_reminder", "training", "goals", "agreement")


def year_of(
    dice: random.Random, pair: RosterPair, program: Span, met: Met, zones: dict[str, ZoneInfo], *, may_end: bool
) -> Iterator[Draft]:
    """Yield what one pair does. `met` are its meetings that stay: when they were logged, by whom, of which day.

    `may_end`: nothing else ends it.
    """

    def at(day: date, who: str) -> datetime:
        return datetime.combine(day, time(dice.randint(8, 20), dice.randint(0, 59)), zones[who]).astimezone(UTC)

    def anyone() -> str:
        return dice.choice((pair.mentor, pair.mentee))

    yield from _first_weeks(dice, pair, program.first, at, anyone)
    yield from _appointments(dice, pair, program, at, anyone)
    for moment, who, day in met:
        if dice.random() < 0.4:
            partner = pair.mentee if who == pair.mentor else pair.mentor
            answer = AnswerMeeting(day, dice.random() < 0.8)
            yield moment + timedelta(hours=dice.choice((1, 5, 20, 50))), partner, pair.key, answer
    if dice.random() < 0.4:
        who = anyone()
        yield at(_some_day(dice, program, 30), who), who, "", Snooze(dice.choice(SNOOZED))
    if may_end and dice.random() < 0.25:
        who, day = anyone(), _some_day(dice, program, 40)
        notice = timedelta(days=7 if day.day % 2 else 14)  # some have a meeting planned for after it
        yield at(day, who), who, pair.key, AskToEnd(min(day + notice, program.last))
        if dice.random() < 0.5:
            yield at(day + timedelta(days=dice.randint(1, 6)), who), who, pair.key, TakeBack()


At = Callable[[date, str], datetime]
Anyone = Callable[[], str]


def _some_day(dice: random.Random, program: Span, margin: int) -> date:
    return program.first + timedelta(days=dice.randint(0, max(program.days - 1 - margin, 0)))


def _first_weeks(dice: random.Random, pair: RosterPair, first: date, at: At, anyone: Anyone) -> Iterator[Draft]:
    if dice.random() < 0.5:
        who = anyone()
        yield at(first + timedelta(days=dice.randint(1, 60)), who), who, pair.key, SetGoal("Give a talk.")
    signers = dice.choice(((), (pair.mentee,), (pair.mentee, pair.mentor), (pair.mentor, pair.mentee)))
    day = first + timedelta(days=dice.randint(2, 50))
    rhythm = dice.choice(("every week", "every 2 weeks"))
    for who in signers:
        yield at(day, who), who, pair.key, Sign(rhythm)
        day += timedelta(days=dice.randint(1, 12))


def _appointments(dice: random.Random, pair: RosterPair, program: Span, at: At, anyone: Anyone) -> Iterator[Draft]:
    """Plan now and then, one after the other: a second plan while one is ahead would be the same appointment."""
    free = program.first
    for number, day in enumerate(sorted(_some_day(dice, program, 30) for _ in range(dice.randint(0, 6)))):
        if day <= free:
            continue
        place, who = f"room {number}", anyone()
        meets = day + timedelta(days=dice.randint(2, 12))
        free = meets + timedelta(days=7)
        yield at(day, who), who, pair.key, Plan(place, meets, time(dice.randint(8, 18)))
        again, who, chance = day + timedelta(days=1), anyone(), dice.random()
        if chance < 0.2:
            yield at(again, who), who, pair.key, Plan(place, meets + timedelta(days=dice.randint(0, 5)), time(11))
        elif chance < 0.4:
            yield at(again, who), who, pair.key, CallOff(place)
