"""Nudges and notes, in memory: what is open, what is on its way, what has arrived."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.domain.notes import SETTLING, Later, Outcome, Refused, Sent, SentNote, Unknown
from bot.domain.nudges import Nudge, Rule
from bot.domain.pace import UNLIMITED, Pace, Queue
from bot.rehearsal.shelf import KeptNote, Shelf
from bot.usecases.ports import Started, Turn


class MemoryOutbox:
    """Nudges and notes."""

    shelf: Shelf

    async def claim_turns(self, method: str, now: datetime, limit: int) -> list[Turn]:
        if self.shelf.stopped:
            return []
        due = (nudge for nudge in self._open() if nudge.not_before <= now)
        chosen: dict[str, str] = {}
        for nudge in sorted(due, key=lambda nudge: (nudge.lane, nudge.not_before, nudge.person_id, nudge.program_id)):
            chosen.setdefault(nudge.person_id, nudge.program_id)
        pace = await self.pace("w", method, now)
        may = pace.turns(now) and not self.shelf.stopped
        return [Turn(pace, tuple(chosen.items())[:limit])] if chosen and may else []

    async def next_turn(self, method: str, now: datetime) -> datetime | None:
        pace = await self.pace("w", method, now)
        due = any(nudge.not_before <= now for nudge in self._open()) and not self.shelf.stopped
        return max(pace.next_at, pace.resumes_at, now) if due else None

    async def pace(self, workspace_id: str, method: str, now: datetime) -> Pace:
        return self.shelf.paces.get(method) or Pace.fresh(workspace_id, method, now, UNLIMITED)

    async def queue(self, program_id: str, method: str, now: datetime, announcement_id: str = "") -> Queue:
        due = [nudge.slot for nudge in self._open() if nudge.not_before <= now]
        own = sum((slot.rule, slot.subject) == (Rule.ANNOUNCEMENT, announcement_id) for slot in due)
        return Queue(await self.pace("w", method, now), len(due), own)

    async def all_paces(self) -> tuple[Pace, ...]:
        return tuple(self.shelf.paces.values())

    async def put_paces(self, paces: Collection[Pace]) -> None:
        self.shelf.paces.update({pace.method: pace for pace in paces})

    def _open(self) -> list[Nudge]:
        return [self.shelf.nudges[nudge_id].nudge for nudge_id in self.shelf.open_ids]

    async def open_nudges(self, people: Collection[tuple[str, str]], now: datetime) -> list[Nudge]:
        wanted = set(people)
        due = (n for n in self._open() if n.not_before <= now and (n.person_id, n.program_id) in wanted)
        return sorted(due, key=lambda nudge: (nudge.person_id, nudge.slot))

    async def spoken_days(self, person_ids: Collection[str], since: datetime) -> dict[str, tuple[date, ...]]:
        return {person_id: days for person_id in person_ids if (days := self._spoken(person_id, since))}

    def _spoken(self, person_id: str, since: datetime) -> tuple[date, ...]:
        zone = self.shelf.people[person_id].zone
        noted = [kept.at for kept in self.shelf.notes_of.get(person_id, []) if kept.counts]
        found = filter(None, self.shelf.heard.get(person_id, {}).values())
        return tuple(sorted({at.astimezone(zone).date() for at in (*noted, *found) if at >= since}))

    async def hold(self, until: Mapping[str, datetime]) -> None:
        for nudge_id in self._still_open(until):
            kept = self.shelf.nudges[nudge_id]
            kept.nudge = replace(kept.nudge, not_before=until[nudge_id])

    def _still_open(self, nudge_ids: Collection[str]) -> list[str]:
        return [nudge_id for nudge_id in nudge_ids if nudge_id in self.shelf.open_ids]

    async def close_nudges(self, nudge_ids: Collection[str], state: str) -> None:
        for nudge_id in self._still_open(nudge_ids):
            self.shelf.nudges[nudge_id].state = state
            del self.shelf.open_ids[nudge_id]

    async def start_notes(self, started: Sequence[Started], *, now: datetime, lease_until: datetime) -> None:
        for one in started:
            held = self._still_open(one.nudge_ids)
            kept = KeptNote(one.note, now, "sending", tuple(held), lease_until)
            self.shelf.notes[one.note.id] = self.shelf.sending[one.note.id] = kept
            self.shelf.notes_of.setdefault(one.note.person_id, []).append(kept)
            for nudge_id in held:
                self.shelf.nudges[nudge_id].note_id = one.note.id
            await self.close_nudges(held, "noted")

    async def settle_notes(self, outcomes: Mapping[str, Outcome], now: datetime) -> None:
        for note_id, outcome in outcomes.items():
            kept = self.shelf.notes[note_id]
            if kept.state == "sending" or (isinstance(outcome, Sent) and kept.state == "unknown"):
                self._settle(kept, outcome, now)

    def _settle(self, kept: KeptNote, outcome: Outcome, now: datetime) -> None:
        self.shelf.sending.pop(kept.note.id, None)
        match outcome:
            case Later(until=until):
                self._end(kept, "later", until)
            case Refused(whose="workspace"):
                self._end(kept, "later", now)
            case Refused():
                kept.state = "refused"
                for nudge_id in kept.nudge_ids:
                    self.shelf.nudges[nudge_id].state = "refused"
            case Sent():
                kept.state = "sent"
            case Unknown():
                self._doubt_of(kept, now + SETTLING)

    def _doubt_of(self, kept: KeptNote, look_at: datetime) -> None:
        kept.state, kept.look_at = "unknown", look_at
        self.shelf.doubtful[kept.note.id] = kept

    def _end(self, kept: KeptNote, state: str, until: datetime, *, again: bool = False) -> None:
        """End a note that did not arrive: its nudges are open again."""
        kept.state = state
        for nudge_id in kept.nudge_ids:
            held = self.shelf.nudges[nudge_id]
            if held.state == "noted" and held.note_id == kept.note.id:
                held.nudge = replace(held.nudge, not_before=until, again=held.nudge.again or again)
                held.state, held.note_id = "open", None
                self.shelf.open_ids[nudge_id] = None

    async def give_up_leases(self, now: datetime) -> int:
        lapsed = [kept for kept in self.shelf.sending.values() if kept.lease_until <= now]
        for kept in lapsed:
            self._doubt_of(kept, now + SETTLING)
            del self.shelf.sending[kept.note.id]
        return len(lapsed)

    async def put_channels(self, channels: Mapping[str, str]) -> None:
        for person_id, channel in channels.items():
            self.shelf.people[person_id] = replace(self.shelf.people[person_id], channel=channel)
        self.shelf.forget()

    async def sent_notes(self, person_id: str, limit: int) -> list[SentNote]:
        own = [kept for kept in self.shelf.notes_of.get(person_id, []) if kept.state not in ("later", "absent")]
        newest = sorted(own, key=lambda kept: kept.at, reverse=True)[:limit]
        return [self._sent_note(kept) for kept in newest]

    def _sent_note(self, kept: KeptNote) -> SentNote:
        nudges = [self.shelf.nudges[nudge_id].nudge for nudge_id in kept.nudge_ids]
        slots = tuple((n.slot.rule, n.slot.subject, n.slot.occurrence, n.pair_id) for n in nudges)
        return SentNote(kept.note.id, kept.at, kept.state, slots, tuple(dict(n.facts) for n in nudges))
