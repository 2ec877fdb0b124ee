"""What every use case is given: the records, the courier, the words, the time."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import random

from bot.content.words import Words
from bot.domain.errors import RuleBroken
from bot.domain.nudges import Entry, Lane, Nudge, Slot
from bot.domain.people import Pair, Person
from bot.domain.program import Program
from bot.domain.release import speaking_for
from bot.usecases.compose_note import Composer
from bot.usecases.plan_nudges import nudge_of
from bot.usecases.ports import Courier, Store


@dataclass(frozen=True, slots=True)
class World:
    """The one thing that doors hand to use cases.

    `now` returns the time, aware; `new_id` an opaque new id; `steady` the seconds of a clock that only goes forward,
    for measuring how long something took; `chance` a number from 0 to 1.
    """

    store: Store
    courier: Courier
    composer: Composer
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    steady: Callable[[], float]
    chance: Callable[[], float] = random

    @property
    def words(self) -> Words:
        """The sentences."""
        return self.composer.words

    def broken(self, key: str, field: str | None = None, **facts: str) -> RuleBroken:
        """Make the error that tells the person what to put right, in the words of `check_errors`."""
        return RuleBroken(self.words.say(f"check_errors.{key}", **facts), field)

    def refused(self, key: str, **facts: str) -> RuleBroken:
        """Make the error that tells the person why this cannot be now, in any of the sentences."""
        return RuleBroken(self.words.say(key, **facts))


def own_pair(world: World, pairs: Iterable[Pair], pair_id: str) -> Pair:
    """Return the person's own pair with this id, or raise RuleBroken: it is not theirs, or no more."""
    for pair in pairs:
        if pair.id == pair_id:
            return pair
    raise RuleBroken(world.words.say("kind_errors.stale_button"))


def told_once(
    slot: Slot,
    to: Person,
    pair: Pair,
    now: datetime,
    *,
    facts: dict[str, str],
    days: int = 6,
    lane: Lane = Lane.REMINDER,
) -> list[Nudge]:
    """Make the nudge that tells `to`, at their next decent hour, what somebody else has just done.

    Empty when no such hour comes within `days` days or before the last day.
    """
    program: Program = pair.program
    today = to.today(now)
    last = min(today + timedelta(days=days), program.span.last)
    entry = Entry(slot, to, today, last, lane, pair.id, tuple(facts.items()))
    moment = speaking_for(to, program, rule=slot.rule).next_moment(now)
    return [nudge_of(entry, program, moment)] if moment is not None and moment < entry.ends else []
