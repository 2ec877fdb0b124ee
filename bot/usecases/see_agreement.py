"""See an agreement: its versions, for the two of the pair and for nobody else."""

from collections.abc import Sequence

from bot.domain.agreements import Agreement, Terms
from bot.domain.people import Pair, Person
from bot.domain.privacy import of_the_two
from bot.usecases.world import World


async def see_agreement(world: World, pair: Pair, viewer: Person) -> list[Agreement]:
    """Return all versions, the first one first; none of them for anybody but the two."""
    async with world.store.begin() as records:
        return of_the_two(await records.agreements(pair.id), viewer.id, pair)


def latest(versions: Sequence[Agreement]) -> Agreement | None:
    """Return the version that waits, else the one that holds; None while nobody has begun."""
    return versions[-1] if versions else None


def latest_terms(versions: Sequence[Agreement]) -> Terms:
    """Return the terms that a change begins with."""
    newest = latest(versions)
    return newest.terms if newest else Terms()
