"""How the deeds of a pair's year are done: each by the use case that a click would call; safe to do again."""

from bot.domain.agreements import Agreement
from bot.domain.goals import GoalDraft
from bot.domain.people import Pair, Person
from bot.domain.terms import fields_of, print_of
from bot.usecases import plan_meeting as plans
from bot.usecases.agreement_sheet import Sheet, draft_of
from bot.usecases.answer_meeting import Says
from bot.usecases.change_settings import snooze_kind
from bot.usecases.end_pair import EndingDraft, end_pair, take_back_ending
from bot.usecases.see_agreement import latest, latest_terms
from bot.usecases.set_goal import set_goal
from bot.usecases.sign_agreement import sign_agreement
from bot.usecases.world import World
from bot.usecases.write_agreement import write_agreement
from tests.simulation.acts_of_second_thoughts import Undos
from tests.simulation.deeds_of_year import (
    AnswerMeeting,
    AskToEnd,
    CallOff,
    DeedOfYear,
    Plan,
    SetGoal,
    Sign,
    Snooze,
    TakeBack,
)


async def do_deed_of_year(world: World, person: Person, pair: Pair | None, deed: DeedOfYear, undos: Undos) -> None:
    """Do it; nothing where there is no such pair any more."""
    if isinstance(deed, Snooze):
        await snooze_kind(world, person, deed.kind)
        return
    if pair is None:
        return
    match deed:
        case SetGoal(what=what):
            await set_goal(world, pair, person, GoalDraft(what))
        case Sign():
            await _sign(world, pair, person, deed)
        case Plan(place=place, day=day, at=at):
            await plans.plan_meeting(world, pair, person, plans.Plan(day, at, place=place))
        case CallOff(place=place):
            planned = await plans.next_planned(world, pair)
            if planned is not None and planned.place == place:
                await plans.call_off(world, pair, person, planned.id)
        case AnswerMeeting():
            await _answer(world, pair, person, deed, undos)
        case AskToEnd(last=last):
            await end_pair(world, pair, person, EndingDraft(last))
        case TakeBack():
            await take_back_ending(world, pair, person)


async def _answer(world: World, pair: Pair, person: Person, deed: AnswerMeeting, undos: Undos) -> None:
    async with world.store.begin() as records:
        meeting = await records.meeting_on(pair.id, deed.day)
    if meeting is not None:
        await undos.answer(world, pair, person, meeting, Says.MET if deed.met else Says.DID_NOT_MEET)


async def _sign(world: World, pair: Pair, person: Person, deed: Sign) -> None:
    """Sign what waits; where nothing does, write it first."""
    newest = await _newest(world, pair)
    if newest is None:
        typed = {"rhythm": deed.rhythm, "minutes": "60", "means": "video"}
        sheet = Sheet(pair.id, person.id, world.now(), shown=fields_of(latest_terms([])), typed=typed)
        async with world.store.begin() as records:
            await records.put_draft(draft_of(sheet))
        await write_agreement(world, pair, person)
        newest = await _newest(world, pair)
    assert newest is not None
    await sign_agreement(world, pair, person, newest.version, print_of(newest.terms))


async def _newest(world: World, pair: Pair) -> Agreement | None:
    async with world.store.begin() as records:
        return latest(await records.agreements(pair.id))
