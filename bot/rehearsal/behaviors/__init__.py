"""How people behave in a rehearsal: nobody acts, everybody lives the year as one would wish, or a mixture as in life.

Acts are planned beforehand from the roster, without any chance: the same program gives the same year.
"""

from collections.abc import Iterable
from enum import StrEnum

from bot.domain.people import Pair
from bot.rehearsal.behaviors.deeds import Act
from bot.rehearsal.behaviors.trajectories import TRAJECTORIES, Trajectory, healthy, paused, slow_start

__all__ = ["Behavior", "acts_of"]


class Behavior(StrEnum):
    """The years that can be rehearsed."""

    SILENT = "silent"
    HEALTHY = "healthy"
    SLOW = "slow"
    PAUSED = "paused"
    MIXED = "mixed"


OF_ALL: dict[Behavior, Trajectory] = {
    Behavior.HEALTHY: healthy,
    Behavior.SLOW: slow_start,
    Behavior.PAUSED: paused,
}


def acts_of(behavior: Behavior, pairs: Iterable[Pair]) -> list[Act]:
    """Return what everybody does in the year, in its order. What one does at one moment stays in the order of doing."""
    if behavior is Behavior.SILENT:
        return []
    acts: list[Act] = []
    known = sorted(pairs, key=lambda pair: pair.key)
    for number, pair in enumerate(known):
        trajectory = OF_ALL.get(behavior) or TRAJECTORIES[number % len(TRAJECTORIES)]
        acts += trajectory(pair, known)
    return sorted(acts, key=lambda act: (act.at, act.pair_key, act.person_key))
