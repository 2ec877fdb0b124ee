"""Do what somebody does in a rehearsal, by the same use case that their click or command would call."""

from dataclasses import dataclass

import structlog

from bot.domain.errors import RuleBroken
from bot.domain.meetings import Confirmed
from bot.domain.people import Member, Pair, Person
from bot.domain.terms import print_of
from bot.rehearsal.behaviors import deeds
from bot.usecases.answer_going import answer_going
from bot.usecases.answer_meeting import Says, answer_meeting
from bot.usecases.answer_midpoint import answer_midpoint
from bot.usecases.answer_reminder import something_in_the_way
from bot.usecases.ask_rematch import ask_rematch
from bot.usecases.close_pair import Closing, close_pair
from bot.usecases.end_pair import EndingDraft, end_pair
from bot.usecases.keep_promises import PromiseDraft, keep_promise, mark_promise, promises_of
from bot.usecases.keep_terms import begin_terms, keep_page
from bot.usecases.log_meeting import MeetingDraft, log_meeting
from bot.usecases.move_goals import mark_goal
from bot.usecases.pause import pause
from bot.usecases.plan_meeting import Plan, plan_meeting
from bot.usecases.see_agreement import latest, see_agreement
from bot.usecases.set_goal import set_goal
from bot.usecases.sign_agreement import sign_agreement
from bot.usecases.world import World
from bot.usecases.write_agreement import write_agreement

log = structlog.get_logger()

NEWEST = 5


@dataclass(frozen=True, slots=True)
class Doing:
    """Somebody, one of a pair, at a moment of the year."""

    world: World
    member: Member
    pair: Pair

    @property
    def _me(self) -> Person:
        return self.member.person

    async def do(self, deed: deeds.Deed) -> None:
        """Do it. What Tandem refuses does not happen, as in life, and is told of in the log: a behavior should fit."""
        try:
            await self._do(deed)
        except RuleBroken as broken:
            log.warning(
                "deed_refused",
                deed=type(deed).__name__,
                by=self._me.key,
                pair=self.pair.key,
                day=str(self._me.today(self.world.now())),
                because=str(broken),
            )

    async def _do(self, deed: deeds.Deed) -> None:
        match deed:
            case deeds.LogMeeting() | deeds.ConfirmMeeting() | deeds.PlanMeeting():
                await self._meet(deed)
            case deeds.PromiseStep() | deeds.FinishStep() | deeds.SetGoal() | deeds.MoveGoal():
                await self._work(deed)
            case deeds.WriteAgreement(fields=fields):
                await begin_terms(self.world, self.pair, self._me)
                await keep_page(self.world, self.pair, self._me, fields, page="", view="", step=1)
                await write_agreement(self.world, self.pair, self._me)
                await self._sign()
            case deeds.SignAgreement():
                await self._sign()
            case deeds.AnswerMidpoint() | deeds.AnswerGoing() | deeds.RoundOff():
                await self._answer(deed)
            case _:
                await self._turn(deed)

    async def _meet(self, deed: deeds.Deed) -> None:
        world, pair, me = self.world, self.pair, self._me
        match deed:
            case deeds.LogMeeting(minutes=minutes, means=means):
                await log_meeting(world, pair, me, MeetingDraft(me.today(world.now()), minutes, means))
            case deeds.PlanMeeting(day=day, at=at, minutes=minutes):
                await plan_meeting(world, pair, me, Plan(day, at, minutes))
            case deeds.ConfirmMeeting():
                async with world.store.begin() as records:
                    newest = await records.meetings(pair.id, NEWEST)
                waits = (one for one in newest if one.logged_by != me.id and one.confirmed is Confirmed.NOT_YET)
                if meeting := next(waits, None):
                    await answer_meeting(world, pair, me, meeting.id, Says.MET)

    async def _work(self, deed: deeds.Deed) -> None:
        world, pair, me = self.world, self.pair, self._me
        match deed:
            case deeds.PromiseStep(what=what, due=due):
                await keep_promise(world, pair, me, PromiseDraft(what, me.id, due))
            case deeds.FinishStep():
                kept = await promises_of(world, pair)
                if step := next((one for one in kept if one.owner_id == me.id and one.done_at is None), None):
                    await mark_promise(world, pair, step.id, done=True)
            case deeds.SetGoal(draft=draft):
                await set_goal(world, pair, me, draft)
            case deeds.MoveGoal(number=number, state=state):
                async with world.store.begin() as records:
                    goals = await records.goals(pair.id)
                if number < len(goals):
                    await mark_goal(world, pair, me, goals[number].id, state)

    async def _sign(self) -> None:
        newest = latest(await see_agreement(self.world, self.pair, self._me))
        if newest is not None:
            await sign_agreement(self.world, self.pair, self._me, newest.version, print_of(newest.terms))

    async def _answer(self, deed: deeds.Deed) -> None:
        match deed:
            case deeds.AnswerMidpoint(choice=choice):
                await answer_midpoint(self.world, self.pair, self._me, choice)
            case deeds.AnswerGoing(occasion=occasion, going=going):
                await answer_going(self.world, [self.pair], self._me, occasion, going)
            case deeds.RoundOff(said=said):
                await close_pair(self.world, self.pair, self._me, Closing(dict(said)))

    async def _turn(self, deed: deeds.Deed) -> None:
        """Do what changes a pair's course."""
        match deed:
            case deeds.AskForHelp(words=words):
                await something_in_the_way(self.world, self.pair, self._me, words)
            case deeds.Pause(until=until):
                await pause(self.world, (self.member,), self._me, until)
            case deeds.EndPair(last=last, reason=reason):
                await end_pair(self.world, self.pair, self._me, EndingDraft(last, reason))
            case deeds.AskRematch(words=words):
                await ask_rematch(self.world, self.pair, self._me, words)
