"""A program at a glance: figures only, no names, nothing that anybody wrote."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.domain.people import Pair
from bot.domain.standing import Stands, standing

FEWEST_TO_COUNT = 5


@dataclass(frozen=True, slots=True)
class Glance:
    """How many pairs are under way, how they stand, and how many meetings all of them have on record."""

    pairs: int = 0
    on_rhythm: int = 0
    need_a_look: int = 0
    paused: int = 0
    met: int = 0
    meetings: int = 0

    @property
    def points_at_nobody(self) -> bool:
        """Tell whether there are enough pairs for figures that a reader may see without guessing who is meant."""
        return self.pairs >= FEWEST_TO_COUNT


def glance(pairs: Iterable[Pair], today: date) -> Glance:
    """Count the pairs under way on `today` by how they stand."""
    under_way = [pair for pair in pairs if pair.active_on(today)]
    stands = [standing(pair, today).stands for pair in under_way]
    return Glance(
        pairs=len(under_way),
        on_rhythm=stands.count(Stands.ON_RHYTHM),
        need_a_look=sum(one.needs_a_look for one in stands),
        paused=stands.count(Stands.PAUSED),
        met=sum(pair.meetings > 0 for pair in under_way),
        meetings=sum(pair.meetings for pair in under_way),
    )
