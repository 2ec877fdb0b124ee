"""What pairs do, in memory."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.days import Span
from bot.domain.goals import Goal
from bot.domain.meetings import Meeting
from bot.domain.people import Answer, Person, Preferences
from bot.rehearsal.shelf import Shelf


class MemoryPairs:
    """What pairs do."""

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

    async def meetings_of(self, pair_ids: Collection[str]) -> dict[str, list[Meeting]]:
        found: dict[str, list[Meeting]] = {}
        for meeting in sorted(self.shelf.meetings.values(), key=lambda meeting: meeting.day):
            if meeting.pair_id in pair_ids:
                found.setdefault(meeting.pair_id, []).append(meeting)
        return found

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
        known = self.shelf.goals.get(goal.id)
        since = known.since if known is not None and known.state is goal.state else now
        written = replace(goal, id=goal.id or self._new_id(), since=since)
        self.shelf.goals[written.id] = written
        self.shelf.forget(written.pair_id)
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
