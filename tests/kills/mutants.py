"""Workers that are made wrongly on purpose: the same tests must catch them. Each has a process of its own."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import select

from bot.domain.notes import Later, Lease, Sent
from bot.store.doubts import SqlDoubts
from bot.store.sending import SqlSending
from bot.store.tables import SENDING, notes
from bot.usecases import send_notes
from bot.usecases.send_notes import Letter
from bot.usecases.world import World


def settle_first() -> None:
    """Write "sent" and send then: what dies in between is lost."""
    deliver = send_notes._deliver

    async def hasty(world: World, letters: Sequence[Letter], lease: Lease) -> None:
        async with world.store.begin() as records:
            await records.settle_notes({letter.note.id: Sent("D0", "1.0") for letter in letters}, world.now())
        await deliver(world, letters, lease)

    send_notes._deliver = hasty


def open_after_a_crash() -> None:
    """Let what was on its way when its sender died be open again, without a look whether it arrived."""

    async def careless(self: SqlDoubts, now: datetime) -> int:
        lapsed = await self._rows(select(notes.c.id).where(notes.c.state == SENDING, notes.c.lease_until <= now))
        assert isinstance(self, SqlSending)
        await self.settle_notes({row.id: Later(now, "crashed") for row in lapsed}, now)
        return len(lapsed)

    SqlDoubts.give_up_leases = careless  # type: ignore[method-assign]


MUTANTS: dict[str, Callable[[], None]] = {
    "settles first": settle_first,
    "opens after a crash": open_after_a_crash,
}
