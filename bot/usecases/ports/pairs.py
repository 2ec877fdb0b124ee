"""What pairs do."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Protocol

from bot.domain.days import Span
from bot.domain.goals import Goal
from bot.domain.meetings import Meeting
from bot.domain.people import Answer, Preferences


class Pairs(Protocol):
    """What pairs do."""

    async def meeting_on(self, pair_id: str, day: date) -> Meeting | None:
        """Return the meeting of that day."""

    async def meeting(self, meeting_id: str) -> Meeting | None:
        """Return a meeting by its id."""

    async def meetings_by_id(self, ids: Collection[str]) -> dict[str, Meeting]:
        """Return those of the meetings that still exist."""

    async def meetings(self, pair_id: str, limit: int) -> list[Meeting]:
        """Return the newest meetings, newest first."""

    async def meetings_of(self, pair_ids: Collection[str]) -> dict[str, list[Meeting]]:
        """Return all meetings of these pairs, oldest first; a pair without any is left out."""

    async def put_meeting(self, meeting: Meeting) -> tuple[Meeting, bool]:
        """Write a meeting, new (id "") or changed. Return it, and whether it was new.

        A new one on a day that has one already (somebody was faster) is not written: the other one is returned.
        """

    async def remove_meeting(self, meeting_id: str) -> None:
        """Remove a meeting; safe to call twice."""

    async def lock_pair(self, pair_id: str) -> None:
        """Keep the pair to this transaction until it ends: two forms about its goals are taken one after the other."""

    async def goals(self, pair_id: str) -> list[Goal]:
        """Return a pair's goals, oldest first."""

    async def put_goal(self, goal: Goal, now: datetime) -> Goal:
        """Write a goal, new (id "") or changed; `since` becomes `now` where its state is new."""

    async def put_answer(self, answer: Answer) -> None:
        """Add an answer to a reminder."""

    async def put_pause(self, person_id: str, pause: Span) -> None:
        """Add a pause."""

    async def end_pauses(self, person_id: str, today: date) -> None:
        """End what runs on `today` with yesterday, and drop what has not begun."""

    async def put_preferences(self, person_id: str, preferences: Preferences) -> None:
        """Write what a person chose."""
