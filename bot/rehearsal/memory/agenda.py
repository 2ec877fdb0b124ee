"""The agenda, in memory."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.nudges import Nudge
from bot.domain.pace import POSTS
from bot.rehearsal.shelf import KeptNudge, Shelf
from bot.usecases.ports import Look


class MemoryAgenda:
    """The agenda, and the nudges that come of it."""

    shelf: Shelf

    async def claim_looks(self, now: datetime, limit: int) -> list[Look]:
        due = [(at, look.id, look) for look, at in self.shelf.agenda.items() if at is not None and at <= now]
        return [look for _, _, look in sorted(due, key=lambda row: row[:2])[:limit]]

    async def put_nudges(self, nudges: Sequence[Nudge]) -> int:
        return sum(self._put(nudge) for nudge in nudges)

    def _put(self, nudge: Nudge) -> bool:
        key = (nudge.program_id, nudge.slot)
        known = self.shelf.by_slot.get(key)
        if known is not None and not _opens_again(self.shelf.nudges[known], nudge):
            return False
        nudge_id = known or f"n{len(self.shelf.nudges):06d}"
        again = known is not None and self.shelf.nudges[known].nudge.again
        self.shelf.nudges[nudge_id] = KeptNudge(replace(nudge, id=nudge_id, again=again))
        self.shelf.by_slot[key] = nudge_id
        self.shelf.open_ids[nudge_id] = None
        return True

    async def look_again(self, looks: Sequence[tuple[Look, datetime | None]]) -> None:
        self.shelf.agenda.update(dict(looks))

    async def look_now(self, now: datetime, *, pair_id: str | None = None, person_id: str | None = None) -> None:
        rows = self.shelf.pairs.values() if person_id is not None else ()
        own = {p.id for p in rows if person_id in (p.mentor_id, p.mentee_id, p.liaison_id)}
        looked = self.shelf.pairs.get(pair_id or "")
        who = {person_id} if person_id is not None else {looked.mentor_id, looked.mentee_id} if looked else set()
        for look in self.shelf.agenda:
            about_pair = look.pair_id is not None and (look.pair_id == pair_id or look.pair_id in own)
            if about_pair or (look.person_id is not None and look.person_id in who):
                self.shelf.agenda[look] = now
        for nudge_id in self.shelf.open_ids:
            kept = self.shelf.nudges[nudge_id]
            if kept.nudge.person_id == person_id and kept.nudge.not_before > now:
                kept.nudge = replace(kept.nudge, not_before=now)

    async def look_at_all(self, program_id: str, now: datetime) -> None:
        self.shelf.agenda.update({look: now for look in self.shelf.agenda if look.program_id == program_id})

    async def next_due(self) -> datetime | None:
        looks = (at for at in self.shelf.agenda.values() if at is not None)
        leases = (kept.lease_until for kept in self.shelf.sending.values())
        calls = () if self.shelf.stopped else (*self._turns(), *self._doubts())
        return min((*looks, *leases, *calls), default=None)

    async def anything_to_do(self, now: datetime) -> bool:
        due = await self.next_due()
        under_way = any(not announcement.done for announcement in self.shelf.announcements.values())
        return under_way or (due is not None and due <= now)

    def _turns(self) -> Iterable[datetime]:
        pace = self.shelf.paces.get(POSTS)
        nudges = (self.shelf.nudges[nudge_id].nudge for nudge_id in self.shelf.open_ids)
        return (max(n.not_before, pace.resumes_at) if pace else n.not_before for n in nudges)

    def _doubts(self) -> Iterable[datetime]:
        unknown = (kept for kept in self.shelf.doubtful.values() if kept.state == "unknown")
        return (kept.look_at for kept in unknown if kept.look_at is not None)


def _opens_again(known: KeptNudge, nudge: Nudge) -> bool:
    moved_on = known.state in ("open", "lapsed") and known.nudge.too_late < nudge.too_late
    return known.state == "withdrawn" or moved_on
