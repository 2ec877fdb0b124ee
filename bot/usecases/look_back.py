"""Look back: what a pair's time came to, for one of its two, once its last day is over."""

from dataclasses import dataclass
from datetime import date

from bot.domain.goals import Goal
from bot.domain.meetings import Meeting
from bot.domain.people import Member, Pair, Person
from bot.domain.privacy import of_the_two, replies_for
from bot.domain.replies import Reply
from bot.usecases.world import World


@dataclass(frozen=True, slots=True)
class LookBack:
    """A pair whose last day is over, with what its two shared, as far as `person` may see it."""

    pair: Pair
    person: Person
    meetings: tuple[Meeting, ...]
    goals: tuple[Goal, ...]
    replies: tuple[Reply, ...]


async def look_back(world: World, members: tuple[Member, ...], person: Person, pair_id: str = "") -> list[LookBack]:
    """Return the person's own pairs that have come to their end, or the one with this id; the last to end first."""
    today = person.today(world.now())
    ended = [pair for member in members for pair in ended_pairs(member, today) if pair_id in ("", pair.id)]
    ids = [pair.id for pair in ended]
    async with world.store.begin() as records:
        meetings, goals = await records.meetings_of(ids), await records.goals_of(ids)
        replies = await records.replies(ids)
    found = [
        LookBack(
            pair,
            person,
            tuple(meetings.get(pair.id, ())),
            tuple(of_the_two(goals.get(pair.id, ()), person.id, pair)),
            tuple(replies_for(replies.get(pair.id, ()), person.id, pair, last_week=True)),
        )
        for pair in ended
    ]
    return sorted(found, key=lambda one: one.pair.span.last, reverse=True)


def ended_pairs(member: Member, today: date) -> list[Pair]:
    """Return the member's own pairs whose last day is over."""
    return [pair for pair in member.pairs if today > pair.span.last]
