"""Records that live in memory, for as long as a rehearsal lasts. They keep what the store keeps, less the disk."""

from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count

from bot.domain.announcements import Announcement, Progress
from bot.domain.days import Span
from bot.domain.meetings import Goal, Meeting
from bot.domain.notes import Later, Note, Outcome, Refused, Sent, SentNote
from bot.domain.nudges import Nudge, Rule
from bot.domain.people import Answer, Member, Pair, Person, Preferences, newest_of
from bot.domain.program import Program, Role
from bot.domain.rhythm import read_rhythm
from bot.rehearsal.shelf import KeptNote, KeptNudge, Shelf
from bot.usecases.ports import Look, PairRow, Records, Trouble, Workspace


class MemoryStore:
    """A store without a disk. One transaction at a time; an error ends the rehearsal, so nothing is rolled back."""

    def __init__(self) -> None:
        self.shelf = Shelf()
        self._ids = (f"m{n:06d}" for n in count(1))

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Records]:
        """Open what stands for a transaction."""
        yield MemoryRecords(self.shelf, self._new_id)

    def _new_id(self) -> str:
        return next(self._ids)


class MemoryPlanning:
    """The agenda, nudges and notes."""

    shelf: Shelf

    async def claim_looks(self, now: datetime, limit: int) -> list[Look]:
        due = [(at, look.id, look) for look, at in self.shelf.agenda.items() if at is not None and at <= now]
        return [look for _, _, look in sorted(due, key=lambda row: row[:2])[:limit]]

    async def put_nudges(self, nudges: Sequence[Nudge]) -> int:
        return sum(self._put(nudge) for nudge in nudges)

    def _put(self, nudge: Nudge) -> bool:
        key = (nudge.program_id, nudge.slot)
        known = self.shelf.by_slot.get(key)
        if known is not None and self.shelf.nudges[known].state != "withdrawn":
            return False
        nudge_id = known or f"n{len(self.shelf.nudges):06d}"
        self.shelf.nudges[nudge_id] = KeptNudge(replace(nudge, id=nudge_id))
        self.shelf.by_slot[key] = nudge_id
        self.shelf.open_ids[nudge_id] = None
        return True

    async def look_again(self, looks: Sequence[tuple[Look, datetime | None]]) -> None:
        self.shelf.agenda.update(dict(looks))

    async def look_now(self, now: datetime, *, pair_id: str | None = None, person_id: str | None = None) -> None:
        rows = self.shelf.pairs.values() if person_id is not None else ()
        own = {p.id for p in rows if person_id in (p.mentor_id, p.mentee_id, p.liaison_id)}
        for look in self.shelf.agenda:
            about_pair = look.pair_id is not None and (look.pair_id == pair_id or look.pair_id in own)
            if about_pair or (person_id is not None and look.person_id == person_id):
                self.shelf.agenda[look] = now

    async def next_due(self) -> datetime | None:
        looks = (at for at in self.shelf.agenda.values() if at is not None)
        waiting = (self.shelf.nudges[nudge_id].nudge.not_before for nudge_id in self.shelf.open_ids)
        return min((*looks, *waiting), default=None)

    async def claim_people(self, now: datetime, limit: int) -> list[tuple[str, str]]:
        due = (nudge for nudge in self._open() if nudge.not_before <= now)
        chosen: dict[str, str] = {}
        for nudge in sorted(due, key=lambda nudge: (nudge.lane, nudge.not_before, nudge.person_id, nudge.program_id)):
            chosen.setdefault(nudge.person_id, nudge.program_id)
        return list(chosen.items())[:limit]

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
        counted = (kept for kept in self.shelf.notes_of.get(person_id, []) if kept.at >= since and kept.counts)
        return tuple(sorted({kept.at.astimezone(zone).date() for kept in counted}))

    async def hold(self, nudge_ids: Collection[str], until: datetime) -> None:
        for nudge_id in self._still_open(nudge_ids):
            kept = self.shelf.nudges[nudge_id]
            kept.nudge = replace(kept.nudge, not_before=until)

    def _still_open(self, nudge_ids: Collection[str]) -> list[str]:
        return [nudge_id for nudge_id in nudge_ids if nudge_id in self.shelf.open_ids]

    async def close_nudges(self, nudge_ids: Collection[str], state: str) -> None:
        for nudge_id in self._still_open(nudge_ids):
            self.shelf.nudges[nudge_id].state = state
            del self.shelf.open_ids[nudge_id]

    async def start_note(self, note: Note, nudge_ids: Collection[str], *, now: datetime, lease_until: datetime) -> None:
        held = self._still_open(nudge_ids)
        kept = KeptNote(note, now, "sending", tuple(held), lease_until)
        self.shelf.notes[note.id] = self.shelf.sending[note.id] = kept
        self.shelf.notes_of.setdefault(note.person_id, []).append(kept)
        for nudge_id in held:
            self.shelf.nudges[nudge_id].note_id = note.id
        await self.close_nudges(held, "noted")

    async def settle_note(self, note_id: str, outcome: Outcome, now: datetime) -> None:
        kept = self.shelf.notes[note_id]
        arrived_late = isinstance(outcome, Sent) and kept.state == "unknown"
        if kept.state != "sending" and not arrived_late:
            return
        kept.state = type(outcome).__name__.lower()
        self.shelf.sending.pop(note_id, None)
        for nudge_id in kept.nudge_ids:
            match outcome:
                case Later(until=until):
                    self._reopen(nudge_id, until)
                case Refused():
                    self.shelf.nudges[nudge_id].state = "refused"
                case _:
                    pass

    def _reopen(self, nudge_id: str, until: datetime) -> None:
        kept = self.shelf.nudges[nudge_id]
        kept.nudge, kept.state, kept.note_id = replace(kept.nudge, not_before=until), "open", None
        self.shelf.open_ids[nudge_id] = None

    async def give_up_leases(self, now: datetime) -> int:
        lapsed = [kept for kept in self.shelf.sending.values() if kept.lease_until < now]
        for kept in lapsed:
            kept.state = "unknown"
            del self.shelf.sending[kept.note.id]
        return len(lapsed)

    async def sent_notes(self, person_id: str, limit: int) -> list[SentNote]:
        own = [kept for kept in self.shelf.notes_of.get(person_id, []) if kept.state != "later"]
        newest = sorted(own, key=lambda kept: kept.at, reverse=True)[:limit]
        return [self._sent_note(kept) for kept in newest]

    def _sent_note(self, kept: KeptNote) -> SentNote:
        nudges = [self.shelf.nudges[nudge_id].nudge for nudge_id in kept.nudge_ids]
        slots = tuple((n.slot.rule, n.slot.subject, n.slot.occurrence, n.pair_id) for n in nudges)
        return SentNote(kept.note.id, kept.at, kept.state, slots, tuple(dict(n.facts) for n in nudges))


class MemoryPrograms:
    """Programs, people, pairs."""

    shelf: Shelf

    def _new_id(self) -> str:
        raise NotImplementedError

    async def workspaces(self) -> tuple[Workspace, ...]:
        return (Workspace("w", ""),)

    async def workspace(self, team_id: str) -> Workspace:
        return Workspace("w", team_id)

    async def programs(self, workspace_id: str) -> tuple[Program, ...]:
        return tuple(sorted(self.shelf.programs.values(), key=lambda program: program.span))

    async def put_program(self, workspace_id: str, program: Program) -> Program:
        known = next((p.id for p in self.shelf.programs.values() if p.key == program.key), None)
        written = replace(program, id=known or self._new_id())
        self.shelf.programs[written.id] = written
        self.shelf.forget()
        return written

    async def people(self, workspace_id: str) -> tuple[Person, ...]:
        return tuple(sorted(self.shelf.people.values(), key=lambda person: person.key))

    async def person(self, person_id: str) -> Person | None:
        return self.shelf.people.get(person_id)

    async def put_person(self, workspace_id: str, person: Person) -> Person:
        known = self.shelf.people.get(person.id)
        written = replace(person, id=person.id or self._new_id())
        if known is not None:
            written = replace(written, preferences=known.preferences, pauses=known.pauses)
        self.shelf.people[written.id] = written
        self.shelf.forget()
        return written

    async def roles(self, program_id: str) -> dict[str, frozenset[Role]]:
        return {person: roles for (program, person), roles in self.shelf.roles.items() if program == program_id}

    async def put_roles(self, program_id: str, person_id: str, roles: frozenset[Role], now: datetime) -> None:
        look = Look(f"{program_id}/{person_id}", program_id, person_id=person_id)
        if roles:
            self.shelf.roles[program_id, person_id] = roles
            self.shelf.agenda[look] = now
        else:
            self.shelf.roles.pop((program_id, person_id), None)
            self.shelf.agenda.pop(look, None)

    async def put_pair(self, pair: PairRow, now: datetime) -> str:
        written = replace(pair, id=pair.id or self._new_id())
        known = self.shelf.pairs.get(written.id, written)
        before = {known.mentor_id, known.mentee_id, known.liaison_id}
        self.shelf.pairs[written.id] = written
        self.shelf.forget()
        self.shelf.agenda[Look(written.id, pair.program_id, pair_id=written.id)] = now
        after = {pair.mentor_id, pair.mentee_id, pair.liaison_id}
        for look in self.shelf.agenda:
            if look.person_id is not None and look.program_id == pair.program_id and look.person_id in before | after:
                self.shelf.agenda[look] = now
        return written.id

    async def pairs(self, program_id: str) -> tuple[Pair, ...]:
        rows = (row for row in self.shelf.pairs.values() if row.program_id == program_id)
        return tuple(self._known_pair(row) for row in sorted(rows, key=lambda row: row.key))

    async def pairs_by_id(self, ids: Collection[str]) -> dict[str, Pair]:
        return {pair_id: self._known_pair(self.shelf.pairs[pair_id]) for pair_id in ids}

    def _known_pair(self, row: PairRow) -> Pair:
        if row.id not in self.shelf.known_pairs:
            self.shelf.known_pairs[row.id] = self._pair(row)
        return self.shelf.known_pairs[row.id]

    def _pair(self, row: PairRow) -> Pair:
        met = [meeting for meeting in self.shelf.meetings.values() if meeting.pair_id == row.id]
        newest = newest_of(answer for answer in self.shelf.answers if answer.pair_id == row.id)
        return Pair(
            id=row.id,
            key=row.key,
            program=self.shelf.programs[row.program_id],
            mentor=self.shelf.people[row.mentor_id],
            mentee=self.shelf.people[row.mentee_id],
            liaison=self.shelf.people[row.liaison_id] if row.liaison_id else None,
            starts=row.starts,
            rhythm=read_rhythm(row.rhythm) if row.rhythm else None,
            ends=row.ends,
            meetings=len(met),
            last_meeting=max((meeting.day for meeting in met), default=None),
            logged_at=max((meeting.logged_at for meeting in met), default=None),
            answer=newest.answer,
            help_asked=newest.help_asked,
            snoozes=newest.snoozes,
        )

    async def members_by_id(self, ids: Collection[tuple[str, str]]) -> dict[tuple[str, str], Member]:
        return {key: self._member(*key) for key in ids if (key[1], key[0]) in self.shelf.roles}

    def _member(self, person_id: str, program_id: str) -> Member:
        rows = [row for row in self._rows_of(person_id) if row.program_id == program_id]
        own = tuple(self._known_pair(row) for row in rows if person_id in (row.mentor_id, row.mentee_id))
        watched = tuple(self._known_pair(row) for row in rows if row.liaison_id == person_id)
        program, person = self.shelf.programs[program_id], self.shelf.people[person_id]
        return Member(program, person, self.shelf.roles[program_id, person_id], own, watched)

    def _rows_of(self, person_id: str) -> list[PairRow]:
        if not self.shelf.pairs_of:
            for row in sorted(self.shelf.pairs.values(), key=lambda row: row.key):
                for who in {row.mentor_id, row.mentee_id, row.liaison_id or ""}:
                    self.shelf.pairs_of.setdefault(who, []).append(row)
        return self.shelf.pairs_of.get(person_id, [])

    async def members(self, program_id: str) -> tuple[Member, ...]:
        found = [self._member(person, program) for program, person in self.shelf.roles if program == program_id]
        return tuple(sorted(found, key=lambda member: member.person.key))

    async def members_of_slack_user(self, workspace_id: str, slack_id: str) -> tuple[Member, ...]:
        person = await self.person_of_slack_user(workspace_id, slack_id)
        keys = [(who, program) for program, who in self.shelf.roles if person is not None and who == person.id]
        return tuple(self._member(*key) for key in keys)

    async def person_of_slack_user(self, workspace_id: str, slack_id: str) -> Person | None:
        return next((person for person in self.shelf.people.values() if person.slack_id == slack_id), None)

    async def coordinators(self, program_id: str) -> tuple[Person, ...]:
        roles = await self.roles(program_id)
        found = [self.shelf.people[who] for who, held in roles.items() if Role.COORDINATOR in held]
        return tuple(sorted(found, key=lambda person: person.name))

    async def mark_unreachable(self, person_id: str, reason: str, now: datetime) -> None:
        self.shelf.people[person_id] = replace(self.shelf.people[person_id], unreachable=reason)
        self.shelf.forget()


class MemoryPairs:
    """What pairs do, and announcements."""

    shelf: Shelf

    def _new_id(self) -> str:
        raise NotImplementedError

    async def meeting(self, meeting_id: str) -> Meeting | None:
        return self.shelf.meetings.get(meeting_id)

    async def meeting_on(self, pair_id: str, day: date) -> Meeting | None:
        return next((m for m in self.shelf.meetings.values() if (m.pair_id, m.day) == (pair_id, day)), None)

    async def meetings(self, pair_id: str, limit: int) -> list[Meeting]:
        own = (meeting for meeting in self.shelf.meetings.values() if meeting.pair_id == pair_id)
        return sorted(own, key=lambda meeting: meeting.day, reverse=True)[:limit]

    async def meetings_by_id(self, ids: Collection[str]) -> dict[str, Meeting]:
        return {meeting_id: self.shelf.meetings[meeting_id] for meeting_id in ids if meeting_id in self.shelf.meetings}

    async def put_meeting(self, meeting: Meeting) -> tuple[Meeting, bool]:
        same_day = await self.meeting_on(meeting.pair_id, meeting.day)
        if not meeting.id and same_day is not None:
            return same_day, False
        written = replace(meeting, id=meeting.id or self._new_id())
        self.shelf.meetings[written.id] = written
        self.shelf.forget(written.pair_id)
        return written, not meeting.id

    async def remove_meeting(self, meeting_id: str) -> None:
        removed = self.shelf.meetings.pop(meeting_id, None)
        if removed is not None:
            self.shelf.forget(removed.pair_id)

    async def lock_pair(self, pair_id: str) -> None:
        return  # one transaction at a time

    async def goals(self, pair_id: str) -> list[Goal]:
        return [goal for goal in self.shelf.goals.values() if goal.pair_id == pair_id]

    async def put_goal(self, goal: Goal, now: datetime) -> Goal:
        written = replace(goal, id=goal.id or self._new_id(), since=now)
        self.shelf.goals[written.id] = written
        return written

    async def put_answer(self, answer: Answer) -> None:
        self.shelf.answers.append(answer)
        self.shelf.forget(answer.pair_id)

    async def put_pause(self, person_id: str, pause: Span) -> None:
        person = self.shelf.people[person_id]
        self._change(replace(person, pauses=(*person.pauses, pause)))

    async def end_pauses(self, person_id: str, today: date) -> None:
        person = self.shelf.people[person_id]
        yesterday = today - timedelta(days=1)
        kept = tuple(Span(p.first, min(p.last, yesterday)) for p in person.pauses if p.first <= yesterday)
        self._change(replace(person, pauses=kept))

    async def put_preferences(self, person_id: str, preferences: Preferences) -> None:
        self._change(replace(self.shelf.people[person_id], preferences=preferences))

    def _change(self, person: Person) -> None:
        self.shelf.people[person.id] = person
        self.shelf.forget()

    async def put_announcement(self, announcement: Announcement) -> tuple[Announcement, bool]:
        known = next((a for a in self.shelf.announcements.values() if a.token == announcement.token), None)
        if known is not None and not announcement.id:
            return known, False
        written = replace(announcement, id=announcement.id or self._new_id())
        self.shelf.announcements[written.id] = written
        return written, known is None

    async def announcement(self, announcement_id: str) -> Announcement | None:
        return self.shelf.announcements.get(announcement_id)

    async def announcements_under_way(self) -> list[Announcement]:
        return [announcement for announcement in self.shelf.announcements.values() if not announcement.done]

    async def stop_announcement(self, announcement_id: str) -> int:
        copies = self._copies(announcement_id)
        waiting = [kept for kept in copies if kept.state == "open"]
        for kept in waiting:
            kept.state = "stopped"
            self.shelf.open_ids.pop(kept.nudge.id, None)
        return len(waiting)

    async def progress(self, announcement_id: str) -> Progress:
        states = [(self._state_of(kept), kept.nudge.person_id) for kept in self._copies(announcement_id)]
        missed = sorted(self.shelf.people[person].name for state, person in states if state == "failed")
        counted = [state for state, _ in states]
        return Progress(
            counted.count("waiting"),
            counted.count("sent"),
            counted.count("failed"),
            tuple(missed),
            counted.count("stopped"),
        )

    def _copies(self, announcement_id: str) -> list[KeptNudge]:
        kept = self.shelf.nudges.values()
        return [k for k in kept if k.nudge.slot.rule == Rule.ANNOUNCEMENT and k.nudge.slot.subject == announcement_id]

    def _state_of(self, kept: KeptNudge) -> str:
        if kept.state in ("open", "stopped"):
            return "waiting" if kept.state == "open" else "stopped"
        note = self.shelf.notes.get(kept.note_id or "")
        by_note = {"sending": "waiting", "sent": "sent"}
        return by_note.get(note.state, "failed") if note and kept.state == "noted" else "failed"


class MemoryRecords(MemoryPlanning, MemoryPrograms, MemoryPairs):
    """All of it in one transaction."""

    def __init__(self, shelf: Shelf, new_id: Callable[[], str]) -> None:
        self.shelf = shelf
        self._make_id = new_id

    def _new_id(self) -> str:
        return self._make_id()

    async def first_time(self, event: str, now: datetime) -> bool:
        new = event not in self.shelf.events
        self.shelf.events.add(event)
        return new

    async def trouble(self, now: datetime) -> Trouble:
        without = tuple(person for person in self.shelf.people.values() if not person.slack_id)
        gone = tuple(person for person in self.shelf.people.values() if person.unreachable)
        unknown = sum(kept.state == "unknown" for kept in self.shelf.notes.values())
        return Trouble(unknown=unknown, without_slack=without, unreachable=gone)
