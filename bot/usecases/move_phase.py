"""Move a phase: a liaison lets it begin on another day for one pair. Nobody is told; the pair's ideas follow it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.domain.endings import PhaseMove
from bot.domain.people import Member, Pair
from bot.domain.phases import room_for, windows_of
from bot.domain.program import Phase
from bot.usecases.phrasing import day_words
from bot.usecases.world import World


@dataclass(frozen=True, slots=True)
class Moved:
    """For which pair a phase was moved, and the day on which it would have begun before."""

    pair: Pair
    phase: Phase
    day: date
    before: date


async def move_phase(
    world: World, members: Iterable[Member], pair_id: str, phase: Phase, day: date, only_from: date | None = None
) -> Moved:
    """Let `phase` begin on `day` for a pair that one of `members`, who are one person, follows as its liaison.

    `only_from` is for taking a move back: the day that was chosen then. Safe to call twice. Raises RuleBroken, with the
    field, for a pair that is not theirs to follow (their own pair is not), for a day on which the phase cannot begin,
    and where it begins on another day than `only_from` by now.
    """
    person, pair = followed(world, members, pair_id)
    now = world.now()
    room, before = room_for(pair, phase), windows_of(pair)[phase].first
    if only_from is not None and before not in (only_from, day):
        raise world.broken("phase_moved_on", "day", first_day=day_words(before))
    if room is None:
        raise world.broken("phase_fixed", "phase")
    if day not in room:
        raise world.broken("phase_room", "day", first_day=day_words(room.first), last_day=day_words(room.last))
    if day != before:
        async with world.store.begin() as records:
            await records.add_phase_move(PhaseMove(pair.id, phase, day, person, now))
    return Moved(pair, phase, day, before)


def followed(world: World, members: Iterable[Member], pair_id: str) -> tuple[str, Pair]:
    """Return the liaison's id and the pair under way that they follow; raises RuleBroken for any other pair."""
    for member in members:
        today = member.person.today(world.now())
        for pair in member.caseload(today):
            if pair.id == pair_id:
                return member.person.id, pair
    raise world.broken("not_your_pair", "pair")
