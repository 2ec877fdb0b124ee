"""What pairs do: meetings, goals, answers, pauses, preferences."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import case, delete, insert, select, update

from bot.domain.days import Span
from bot.domain.goals import Goal
from bot.domain.meetings import Meeting
from bot.domain.people import Answer, Preferences
from bot.store.documents import write_preferences
from bot.store.rows import AnyRow, goal_of, meeting_of, meeting_values
from bot.store.tables import answers, goals, meeting_words, meetings, pairs, pauses, people
from bot.store.transaction import Transaction, workspace_of

GOAL_CHANGES = ("what", "help", "why", "measure", "target", "set_by", "state")


class SqlPairs(Transaction):
    """What pairs do, on a database."""

    async def meeting_on(self, pair_id: str, day: date) -> Meeting | None:
        same_day = select(meetings).where(meetings.c.pair_id == pair_id, meetings.c.day == day)
        return await self._meeting(await self._first(same_day.with_for_update()))

    async def meeting(self, meeting_id: str) -> Meeting | None:
        return await self._meeting(
            await self._first(select(meetings).where(meetings.c.id == meeting_id).with_for_update())
        )

    async def _meeting(self, row: AnyRow | None) -> Meeting | None:
        """Read a meeting whose row is locked, so that no word of the other one is lost when both write at once."""
        return next(iter(await self._meetings([row])), None) if row else None

    async def meetings_by_id(self, ids: Collection[str]) -> dict[str, Meeting]:
        if not ids:  # as for most batches of notes: nobody has logged a meeting just now
            return {}
        rows = await self._rows(select(meetings).where(self._among(meetings.c.id, ids)))
        return {meeting.id: meeting for meeting in await self._meetings(rows)}

    async def meetings(self, pair_id: str, limit: int) -> list[Meeting]:
        newest = select(meetings).where(meetings.c.pair_id == pair_id).order_by(meetings.c.day.desc()).limit(limit)
        return await self._meetings(await self._rows(newest))

    async def meetings_of(self, pair_ids: Collection[str]) -> dict[str, list[Meeting]]:
        if not pair_ids:
            return {}
        of_pairs = select(meetings).where(self._among(meetings.c.pair_id, pair_ids)).order_by(meetings.c.day)
        found: defaultdict[str, list[Meeting]] = defaultdict(list)
        for meeting in await self._meetings(await self._rows(of_pairs)):
            found[meeting.pair_id].append(meeting)
        return dict(found)

    async def _meetings(self, rows: Iterable[AnyRow]) -> list[Meeting]:
        kept = list(rows)
        of_them = self._among(meeting_words.c.meeting_id, (row.id for row in kept))
        words: defaultdict[str, list[AnyRow]] = defaultdict(list)
        for row in await self._rows(select(meeting_words).where(of_them).order_by(meeting_words.c.place)):
            words[row.meeting_id].append(row)
        return [meeting_of(row, words[row.id]) for row in kept]

    async def put_meeting(self, meeting: Meeting) -> tuple[Meeting, bool]:
        values = {**meeting_values(meeting), "workspace_id": workspace_of(pairs, meeting.pair_id)}
        if meeting.id:
            await self._put(meetings, {**values, "id": meeting.id}, unique=("id",))
            await self._do(delete(meeting_words).where(meeting_words.c.meeting_id == meeting.id))
            await self._put_words(meeting)
            return meeting, False
        new = self._insert(meetings).values({**values, "id": self._new_id()})
        row = await self._first(new.on_conflict_do_nothing(index_elements=["pair_id", "day"]).returning(meetings.c.id))
        if row is None:
            theirs = await self.meeting_on(meeting.pair_id, meeting.day)
            return (theirs, False) if theirs else await self.put_meeting(meeting)  # undone this very moment: again
        written = replace(meeting, id=row.id)
        await self._put_words(written)
        return written, True

    async def _put_words(self, meeting: Meeting) -> None:
        for place, words in enumerate(meeting.words):
            said = insert(meeting_words).values(
                meeting_id=meeting.id,
                workspace_id=workspace_of(meetings, meeting.id),
                person_id=words.person_id,
                place=place,
                next_step=words.next_step,
                notes=words.notes,
                private=words.private,
            )
            await self._do(said)

    async def remove_meeting(self, meeting_id: str) -> None:
        await self._do(delete(meetings).where(meetings.c.id == meeting_id))

    async def lock_pair(self, pair_id: str) -> None:
        # FOR NO KEY UPDATE: a planner that holds the pair's agenda, our next lock, may still write nudges of it.
        await self._first(select(pairs.c.id).where(pairs.c.id == pair_id).with_for_update(key_share=True))

    async def goals(self, pair_id: str) -> list[Goal]:
        oldest_first = select(goals).where(goals.c.pair_id == pair_id).order_by(goals.c.set_at, goals.c.id)
        return [goal_of(row) for row in await self._rows(oldest_first)]

    async def put_goal(self, goal: Goal, now: datetime) -> Goal:
        new = self._insert(goals).values(
            id=goal.id or self._new_id(),
            workspace_id=workspace_of(pairs, goal.pair_id),
            pair_id=goal.pair_id,
            what=goal.what,
            help=goal.help,
            why=goal.why,
            measure=goal.measure,
            target=goal.target,
            set_by=goal.set_by,
            state=goal.state.value,
            since=now,
            set_at=now,
        )
        changed = {name: new.excluded[name] for name in GOAL_CHANGES}
        since = case((goals.c.state == new.excluded.state, goals.c.since), else_=new.excluded.since)
        put = new.on_conflict_do_update(
            index_elements=["id"], set_={**changed, "since": since}, where=goals.c.pair_id == new.excluded.pair_id
        )
        row = await self._first(put.returning(goals))
        if row is None:
            raise LookupError("this goal is another pair's")
        return goal_of(row)

    async def put_answer(self, answer: Answer) -> None:
        added = insert(answers).values(
            id=answer.id or self._new_id(),
            workspace_id=workspace_of(pairs, answer.pair_id),
            pair_id=answer.pair_id,
            person_id=answer.person_id,
            kind=answer.kind.value,
            day=answer.day,
            at=answer.at,
            remind_on=answer.remind_on,
            words=answer.words,
            past_liaison=answer.past_liaison,
        )
        await self._do(added)

    async def put_pause(self, person_id: str, pause: Span) -> None:
        added = insert(pauses).values(
            id=self._new_id(),
            workspace_id=workspace_of(people, person_id),
            person_id=person_id,
            first_day=pause.first,
            last_day=pause.last,
        )
        await self._do(added)

    async def end_pauses(self, person_id: str, today: date) -> None:
        theirs = pauses.c.person_id == person_id
        await self._do(delete(pauses).where(theirs, pauses.c.first_day >= today))
        running = update(pauses).where(theirs, pauses.c.last_day >= today)
        await self._do(running.values(last_day=today - timedelta(days=1)))

    async def put_preferences(self, person_id: str, preferences: Preferences) -> None:
        chosen = write_preferences(preferences)
        await self._do(update(people).where(people.c.id == person_id).values(preferences=chosen))
