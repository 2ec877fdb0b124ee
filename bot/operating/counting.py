"""A courier that is counted: it brings notes as the one inside does, and tells the figures what became of them."""

from dataclasses import dataclass
from typing import Any

from bot.domain.notes import Outcome
from bot.operating.figures import Figures
from bot.usecases.ports import Courier


@dataclass(frozen=True, slots=True)
class CountingCourier:
    """Stands before another courier. What it does not count it hands on as it is."""

    inside: Courier
    figures: Figures

    async def post(self, *args: Any, **named: Any) -> Outcome:
        """Send a note, and count the outcome."""
        outcome = await self.inside.post(*args, **named)
        self.figures.note(outcome)
        return outcome

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inside, name)
