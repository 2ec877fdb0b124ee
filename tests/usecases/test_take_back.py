"""Taking back: whatever two people did before, and whatever one says then, [Undo] gives back exactly what was."""

import asyncio
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.errors import RuleBroken
from bot.domain.meetings import Correction, Means, Meeting
from bot.domain.people import Pair, Person
from bot.usecases.answer_meeting import Put, Says, answer_meeting, correct_meeting
from bot.usecases.log_meeting import MeetingDraft, log_meeting
from bot.usecases.take_back import former_of, take_back
from tests.usecases.stage import Stage, at, opened

DAY = date(2017, 6, 1)
Act = tuple[str, str, int]  # what, who, minutes
ACTS = st.tuples(
    st.sampled_from(["log", "yes", "no", "correct", "not at all", "words", "wait"]),
    st.sampled_from(["maya", "tom"]),
    st.sampled_from([30, 45, 60]),
)
Standing = tuple[Meeting | None, list[Correction]]


async def standing(stage: Stage, pair: Pair) -> Standing:
    async with stage.store.begin() as records:
        meeting = await records.meeting_on(pair.id, DAY)
        history = (await records.corrections([meeting.id])).get(meeting.id, []) if meeting else []
    return meeting, history


async def does(stage: Stage, pair: Pair, act: Act) -> tuple[bool, bool]:
    """Do it; return whether somebody has joined the partner's meeting, and whether it left a line in the history."""
    what, who, minutes = act
    by = _person(pair, who)
    meeting, _ = await standing(stage, pair)
    draft = MeetingDraft(DAY, minutes, Means.VIDEO)
    try:
        match what:
            case "wait":
                stage.now += timedelta(days=9)
            case "log":
                logged = await log_meeting(stage.world, pair, by, draft)
                return logged.joined, logged.left_line
            case _ if meeting is None:
                pass
            case "words":
                words = MeetingDraft(*meeting.facts, notes=f"{who} {minutes}")
                await log_meeting(stage.world, pair, by, words, meeting_id=meeting.id)
            case "yes" | "no":
                says = Says.MET if what == "yes" else Says.DID_NOT_MEET
                await answer_meeting(stage.world, pair, by, meeting.id, says)
            case _:
                await correct_meeting(stage.world, pair, by, meeting.id, Put(draft, what == "correct", "a word"))
                return False, True
    except RuleBroken:
        pass
    return False, False


def _person(pair: Pair, who: str) -> Person:
    return pair.mentee if who == "maya" else pair.mentor


@given(st.lists(ACTS, min_size=1, max_size=8), ACTS)
@settings(max_examples=200, deadline=None)
def test_what_is_taken_back_is_as_it_was(acts: list[Act], last: Act) -> None:
    asyncio.run(_lived(acts, last))


async def _lived(acts: list[Act], last: Act) -> None:
    async with opened("memory") as store:
        stage = Stage(store)
        await stage.load()
        stage.now = at(6, 9, 12)
        pair = await stage.pair("tom-maya")
        for act in acts:
            await does(stage, pair, act)
        before, history = await standing(stage, pair)
        joined, line = await does(stage, pair, last)
        after, _ = await standing(stage, pair)
        if before is None or after is None or (before.state == after.state and not joined):
            return
        former = former_of(before, after, _person(pair, last[1]), joined=joined, line=line)

        for _ in range(2):  # pressed twice
            await take_back(stage.world, pair, _person(pair, last[1]), former)

            assert await standing(stage, pair) == (before, history)
