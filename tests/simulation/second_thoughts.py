"""What people send each other, take back, bring back and put right: in the same words in both plays."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.content.rosters import RosterPair
from bot.domain.days import Span
from tests.simulation.deeds_of_year import AnswerMeeting, DeedOfYear, Sign

EDITABLE = timedelta(days=14)  # as the sample's program.toml says: [pairs]
A_STEP = "step "
IDEAS = 6  # of the activities that are shipped, the first ones


@dataclass(frozen=True, slots=True)
class TakeAnswerBack:
    """Take back what one has answered about the meeting of a day."""

    day: date


@dataclass(frozen=True, slots=True)
class Correct:
    """Put right, late, how long the meeting of a day lasted, which one has logged."""

    day: date
    minutes: int


@dataclass(frozen=True, slots=True)
class SuggestChange:
    """Suggest another rhythm, where an agreement holds."""

    rhythm: str


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Take that back."""


@dataclass(frozen=True, slots=True)
class BringBack:
    """Let it wait again."""


@dataclass(frozen=True, slots=True)
class SendIdea:
    """Send the activity of that number to the partner."""

    number: int


@dataclass(frozen=True, slots=True)
class TakeIdeaBack:
    """Take it back."""

    number: int


@dataclass(frozen=True, slots=True)
class GiveStep:
    """Write down a next step, for the partner or for oneself; it reads the same in both plays."""

    number: int
    own: bool


@dataclass(frozen=True, slots=True)
class TickStep:
    """Mark it as done."""

    number: int


OfAMeeting = TakeAnswerBack | Correct
OfAChange = SuggestChange | Withdraw | BringBack
OfAnIdea = SendIdea | TakeIdeaBack
OfAStep = GiveStep | TickStep
SecondThought = OfAMeeting | OfAChange | OfAnIdea | OfAStep
Draft = tuple[datetime, str, str, DeedOfYear | SecondThought]
Met = Iterable[tuple[datetime, str, date]]


def second_thoughts(
    dice: random.Random,
    pair: RosterPair,
    program: Span,
    met: Met,
    year: Iterable[tuple[datetime, str, str, DeedOfYear]],
    zones: dict[str, ZoneInfo],
) -> Iterator[Draft]:
    """Yield what one pair thinks better of. `met` as in `year_of`; `year` is all that this has given for the pair."""
    year = list(year)
    answered = {deed.day: (at, who, deed.met) for at, who, _, deed in year if isinstance(deed, AnswerMeeting)}
    for _, who, day in met:
        yield from _about_a_meeting(dice, pair, who, day, answered)
    signed = [at for at, _, _, deed in year if isinstance(deed, Sign)]
    if len(signed) == 2 and dice.random() < 0.8:
        yield from _about_a_change(dice, pair, max(signed))
    yield from _ahead(dice, pair, program, zones)


def _ahead(dice: random.Random, pair: RosterPair, program: Span, zones: dict[str, ZoneInfo]) -> Iterator[Draft]:
    """Send ideas, some of which are taken back, and write down next steps, some of which are soon done."""
    for number in range(IDEAS):
        if dice.random() < 0.25:
            who = dice.choice((pair.mentor, pair.mentee))
            day = program.first + timedelta(days=dice.randint(0, max(program.days - 20, 0)))
            at = _at(dice, day, zones[who])
            yield at, who, pair.key, SendIdea(number)
            if dice.random() < 0.4:
                yield at + timedelta(minutes=dice.choice((5, 50, 2000))), who, pair.key, TakeIdeaBack(number)
    for number in range(dice.randint(0, 4)):
        who, ticker = dice.choices((pair.mentor, pair.mentee), k=2)
        day = program.first + timedelta(days=dice.randint(0, max(program.days - 20, 0)))
        at = _at(dice, day, zones[who])
        yield at, who, pair.key, GiveStep(number, own=dice.random() < 0.2)
        if dice.random() < 0.5:
            yield at + timedelta(minutes=dice.choice((3, 90, 9000))), ticker, pair.key, TickStep(number)


def _about_a_meeting(
    dice: random.Random,
    pair: RosterPair,
    who: str,
    day: date,
    answered: dict[date, tuple[datetime, str, bool]],
) -> Iterator[Draft]:
    if day in answered:
        at, partner, _ = answered[day]
        if dice.random() < 0.35:
            yield at + timedelta(hours=dice.choice((0.2, 3, 30, 80))), partner, pair.key, TakeAnswerBack(day)
    elif dice.random() < 0.15:
        late = datetime.combine(day, time(12), UTC) + EDITABLE + timedelta(days=dice.randint(3, 12))
        yield late + timedelta(minutes=dice.randint(0, 600)), who, pair.key, Correct(day, dice.choice((15, 75)))


def _about_a_change(dice: random.Random, pair: RosterPair, since: datetime) -> Iterator[Draft]:
    """Suggest a change some weeks later; take it back, and perhaps bring it back, and perhaps both sign it."""
    who, other = dice.sample((pair.mentor, pair.mentee), 2)
    at = since + timedelta(days=dice.randint(5, 90), hours=dice.randint(0, 20))
    rhythm = dice.choice(("every 3 weeks", "every 10 days"))
    yield at, who, pair.key, SuggestChange(rhythm)
    if dice.random() < 0.3:
        yield at + timedelta(minutes=2), who, pair.key, Sign(rhythm)
    if dice.random() < 0.7:
        at += timedelta(hours=dice.choice((0.3, 4, 30, 100)))
        yield at, who, pair.key, Withdraw()
        if dice.random() < 0.6:
            at += timedelta(hours=dice.choice((0.1, 2, 30, 100)))
            yield at, who, pair.key, BringBack()
    for signer in (other, who)[: dice.randint(0, 2)]:
        at += timedelta(days=dice.randint(1, 9))
        yield at, signer, pair.key, Sign(rhythm)


def _at(dice: random.Random, day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(dice.randint(8, 20), dice.randint(0, 59)), zone).astimezone(UTC)
