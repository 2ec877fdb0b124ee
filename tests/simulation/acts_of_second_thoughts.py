"""How second thoughts are done: each by the use case that a click would call; safe to do again."""

from dataclasses import dataclass, field, replace

from bot.domain.meetings import Meeting
from bot.domain.people import Pair, Person
from bot.domain.terms import fields_of, print_of
from bot.usecases.agreement_sheet import Sheet, draft_of
from bot.usecases.answer_meeting import Put, Says, answer_meeting, correct_meeting
from bot.usecases.keep_promises import PromiseDraft, keep_promise, mark_promise, promises_of
from bot.usecases.log_meeting import MeetingDraft
from bot.usecases.see_agreement import latest, latest_terms
from bot.usecases.send_activity import send_activity, take_back_activity
from bot.usecases.take_back import Former, former_of, take_back
from bot.usecases.withdraw_agreement import bring_back_agreement, withdraw_agreement
from bot.usecases.world import World
from bot.usecases.write_agreement import write_agreement
from tests.simulation.second_thoughts import (
    A_STEP,
    BringBack,
    Correct,
    GiveStep,
    SecondThought,
    SendIdea,
    SuggestChange,
    TakeAnswerBack,
    TakeIdeaBack,
    TickStep,
    Withdraw,
)


@dataclass(slots=True)
class Undos:
    """What the buttons carry with which each person takes back an answer, by the meeting they stand below."""

    below: dict[tuple[str, str], Former] = field(default_factory=dict)

    async def answer(self, world: World, pair: Pair, person: Person, meeting: Meeting, says: Says) -> None:
        """Answer; a press that changes nothing leaves the button as it is."""
        now = await answer_meeting(world, pair, person, meeting.id, says)
        if now is not None and now.state != meeting.state:
            self.below[person.id, meeting.id] = former_of(meeting, now, person)

    async def take_back(self, world: World, pair: Pair, person: Person, meeting: Meeting) -> None:
        """Press it. Where the bot broke before it could be shown, a second press has shown the plain one."""
        former = self.below.get((person.id, meeting.id))
        if former is not None:
            await take_back(world, pair, person, former)
        elif meeting.logged_by != person.id:
            await answer_meeting(world, pair, person, meeting.id, Says.NOTHING)


async def do_second_thought(world: World, person: Person, pair: Pair, deed: SecondThought, undos: Undos) -> None:
    """Do it."""
    activities = list(world.composer.activities)
    match deed:
        case TakeAnswerBack():
            meeting = await _meeting(world, pair, deed)
            if meeting is not None:
                await undos.take_back(world, pair, person, meeting)
        case Correct(minutes=minutes):
            meeting = await _meeting(world, pair, deed)
            if meeting is not None:
                facts = replace(MeetingDraft(*meeting.facts), minutes=minutes)
                await correct_meeting(world, pair, person, meeting.id, Put(facts))
        case SuggestChange():
            await _suggest(world, pair, person, deed)
        case Withdraw():
            await _withdraw(world, pair, person)
        case BringBack():
            await bring_back_agreement(world, pair, person)
        case SendIdea(number=number):
            await send_activity(world, pair, person, activities[number])
        case TakeIdeaBack(number=number):
            await take_back_activity(world, pair, person, activities[number])
        case GiveStep(number=number, own=own):
            owner = person if own else pair.partner_of(person.id)
            await keep_promise(world, pair, person, PromiseDraft(f"{A_STEP}{number}", owner.id))
        case TickStep(number=number):
            for step in await promises_of(world, pair):
                if step.what == f"{A_STEP}{number}":
                    await mark_promise(world, pair, step.id, done=True)


async def _meeting(world: World, pair: Pair, deed: TakeAnswerBack | Correct) -> Meeting | None:
    async with world.store.begin() as records:
        return await records.meeting_on(pair.id, deed.day)


async def _suggest(world: World, pair: Pair, person: Person, deed: SuggestChange) -> None:
    async with world.store.begin() as records:
        versions = await records.agreements(pair.id)
        newest = latest(versions)
        if newest is None or not newest.in_force:
            return
        shown = fields_of(latest_terms(versions))
        sheet = Sheet(pair.id, person.id, world.now(), shown=shown, typed={**shown, "rhythm": deed.rhythm})
        await records.put_draft(draft_of(sheet))
    await write_agreement(world, pair, person)


async def _withdraw(world: World, pair: Pair, person: Person) -> None:
    async with world.store.begin() as records:
        newest = latest(await records.agreements(pair.id))
    if newest is not None:
        await withdraw_agreement(world, pair, person, newest.version, print_of(newest.terms))
