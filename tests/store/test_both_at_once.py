"""Both of a pair press at the same moment: one after the other gets the pair, and nothing of either is lost.

Somebody holds the pair while both begin, so that on PostgreSQL both are under way when the first one gets it.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, time
from typing import TypeVar

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.content.prompts import Prompts
from bot.content.words import load_words
from bot.domain.agreements import Agreement, Terms
from bot.domain.errors import RuleBroken
from bot.domain.meetings import Confirmed, Means, Meeting
from bot.domain.nudges import Rule
from bot.domain.people import Pair, Person
from bot.domain.replies import Question
from bot.domain.rhythm import Rhythm, Unit
from bot.domain.terms import print_of
from bot.store import SqlStore, make_engine
from bot.store.tables import nudges
from bot.usecases.answer_meeting import Says, answer_meeting
from bot.usecases.close_pair import Closing, close_pair
from bot.usecases.compose_note import Composer
from bot.usecases.end_pair import EndingDraft, end_pair
from bot.usecases.keep_terms import begin_terms, keep_page
from bot.usecases.log_meeting import How, Logged, MeetingDraft, log_meeting
from bot.usecases.plan_meeting import Plan, plan_meeting
from bot.usecases.sign_agreement import sign_agreement
from bot.usecases.world import World
from bot.usecases.write_agreement import Clash, write_agreement
from tests.store.cast import NOW, Cast, all_rows
from tests.usecases.stage import Desk

COMPOSER = Composer(load_words(), Prompts((), {}))
MONDAY, WEDNESDAY, AUGUST = date(2017, 6, 12), date(2017, 6, 14), date(2017, 8, 1)
TERMS = Terms(Rhythm(1, Unit.WEEK), 45, None, (Means.VIDEO,))
T = TypeVar("T")
A_MOMENT = 0.15


@dataclass(frozen=True)
class Two:
    """Maya in one process and Tom in another, on one database."""

    maya: World
    tom: World
    cast: Cast

    async def pair(self) -> Pair:
        """Return the pair as it is on record."""
        async with self.maya.store.begin() as records:
            (pair,) = await records.pairs(self.cast.program.id)
        return pair

    async def at_once(self, act: Callable[[World, Pair, Person], Awaitable[T]]) -> list[T | BaseException]:
        """Let both do the same at the same moment; return what came of it, Maya's first."""
        pair = await self.pair()
        acts = [act(self.maya, pair, self.cast.maya), act(self.tom, pair, self.cast.tom)]
        return await self.held_back(pair, acts)

    async def held_back(self, pair: Pair, acts: list[Awaitable[T]]) -> list[T | BaseException]:
        """Let all begin while somebody else holds the pair."""
        async with self.maya.store.begin() as holding:
            await holding.lock_pair(pair.id)
            begun = [asyncio.ensure_future(act) for act in acts]
            with suppress(TimeoutError):
                await asyncio.wait_for(asyncio.shield(asyncio.wait(begun)), A_MOMENT)
            assert not any(one.done() for one in begun)
        return await asyncio.gather(*begun, return_exceptions=True)


@pytest.fixture
async def two(store: SqlStore, url: str, cast: Cast) -> AsyncIterator[Two]:
    """The two, each with a connection of their own."""
    engine = make_engine(url)
    yield Two(world_on(store, "m"), world_on(SqlStore(engine), "t"), cast)
    await engine.dispose()


def world_on(store: SqlStore, name: str) -> World:
    """Return a process on these records."""
    return World(store, Desk(), COMPOSER, lambda: NOW, lambda: name, lambda: NOW.timestamp())


async def told(engine: AsyncEngine, rule: Rule) -> list[str]:
    """Return the keys of those who are to hear of something, sorted."""
    rows = await all_rows(engine, nudges)
    return sorted(str(row["person"]) for row in rows if row["rule"] == rule)


async def test_both_sign_and_it_is_in_force_once(two: Two, engine: AsyncEngine) -> None:
    async with two.maya.store.begin() as records:
        await records.put_agreement(Agreement(two.cast.pair_id, 1, TERMS, two.cast.maya.id, NOW))

    signed = await two.at_once(lambda world, pair, by: sign_agreement(world, pair, by, 1, print_of(TERMS)))

    async with two.maya.store.begin() as records:
        (kept,) = await records.agreements(two.cast.pair_id)
    assert kept.in_force
    assert not any(one.moved for one in signed if not isinstance(one, BaseException))
    assert (await two.pair()).rhythm == Rhythm(1, Unit.WEEK)
    assert await told(engine, Rule.AGREEMENT_NEWS) == ["maya", "tom"]


async def test_both_save_the_agreement_and_the_words_of_both_are_in_it(two: Two) -> None:
    pair = await two.pair()
    typed = {two.cast.maya: {"expectations": "Be kind"}, two.cast.tom: {"off_limits": "Money"}}
    for person, words in typed.items():
        await begin_terms(two.maya, pair, person, view="V", step=1)
        await keep_page(two.maya, pair, person, words, page="2", view="V", step=2)

    written = await two.at_once(write_agreement)

    async with two.maya.store.begin() as records:
        (kept,) = await records.agreements(pair.id)
    assert not any(isinstance(one, Clash | BaseException) for one in written)
    assert (kept.terms.expectations, kept.terms.off_limits) == ("Be kind", "Money")


async def test_both_plan_and_there_is_one_appointment(two: Two) -> None:
    hours = {two.cast.maya.id: time(9), two.cast.tom.id: time(10)}

    await two.at_once(lambda world, pair, by: plan_meeting(world, pair, by, Plan(WEDNESDAY, hours[by.id])))

    async with two.maya.store.begin() as records:
        (planned,) = await records.appointments(two.cast.pair_id)
    assert (await two.pair()).appointment == planned


async def test_both_log_the_same_day_and_it_is_one_meeting_that_the_other_has_confirmed(two: Two) -> None:
    async def log(world: World, pair: Pair, by: Person) -> Logged:
        return await log_meeting(world, pair, by, MeetingDraft(MONDAY, 45, Means.VIDEO, notes=by.key))

    logged = await two.at_once(log)

    async with two.maya.store.begin() as records:
        (kept,) = await records.meetings(two.cast.pair_id, 10)
    assert sorted(one.how for one in logged if isinstance(one, Logged)) == [How.MERGED, How.NEW]
    assert {words.notes for words in kept.words} == {"maya", "tom"}
    assert (kept.confirmed, (await two.pair()).meetings) == (Confirmed.YES, 1)


async def test_one_writes_about_a_meeting_while_the_other_says_that_it_was_none(two: Two) -> None:
    pair, draft = await two.pair(), MeetingDraft(MONDAY, 45, Means.VIDEO)
    meeting = (await log_meeting(two.maya, pair, two.cast.maya, draft)).meeting

    async def more(by: Person) -> Meeting | None:
        words = MeetingDraft(MONDAY, 45, Means.VIDEO, notes="We did")
        return (await log_meeting(two.maya, pair, by, words, meeting_id=meeting.id)).meeting

    no = answer_meeting(two.tom, pair, two.cast.tom, meeting.id, Says.DID_NOT_MEET)
    await two.held_back(pair, [more(two.cast.maya), no])

    async with two.maya.store.begin() as records:
        kept = await records.meeting(meeting.id)
    assert kept is not None
    assert (kept.confirmed, kept.words_of(two.cast.maya.id).notes) == (Confirmed.DENIED, "We did")
    assert (await two.pair()).meetings == 0


async def test_both_end_it_and_one_ending_counts_and_is_told(two: Two, engine: AsyncEngine) -> None:
    ended = await two.at_once(lambda world, pair, by: end_pair(world, pair, by, EndingDraft(AUGUST, by.key)))

    async with two.maya.store.begin() as records:
        (kept,) = await records.endings(two.cast.pair_id)
    (refused,) = [one for one in ended if isinstance(one, BaseException)]
    assert isinstance(refused, RuleBroken)
    assert (await two.pair()).ending == kept
    assert await told(engine, Rule.ENDING) == sorted(("lena", "tom" if kept.reason == "maya" else "maya"))


async def test_both_round_off_and_one_of_them_is_told_that_both_have(two: Two) -> None:
    said = Closing({Question.WHAT_NEXT: "finish", Question.THANKS: "Thank you"})

    both = await two.at_once(lambda world, pair, by: close_pair(world, pair, by, said))

    assert sorted(both, key=str) == [False, True]
