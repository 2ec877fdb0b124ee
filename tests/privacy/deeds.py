"""What people do: each deed writes words of its own, and the ledger is told what it must come to."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import time, timedelta

from bot.domain.agreements import Agreement
from bot.domain.drafts import Draft
from bot.domain.endings import RematchState
from bot.domain.errors import RuleBroken
from bot.domain.goals import GoalDraft, GoalState
from bot.domain.meetings import Means
from bot.domain.people import Pair, Person
from bot.domain.program import Phase
from bot.domain.replies import Question
from bot.domain.rules.closing import WHAT_NEXT
from bot.domain.rules.meet_there import Going
from bot.domain.terms import Keep, print_of
from bot.usecases.answer_going import answer_going
from bot.usecases.answer_meeting import Put, Says, answer_meeting, correct_meeting, leaves_line
from bot.usecases.answer_midpoint import answer_midpoint
from bot.usecases.answer_reminder import remind_on, something_in_the_way
from bot.usecases.ask_rematch import ask_rematch, mark_rematch, open_wishes, take_back_rematch
from bot.usecases.change_settings import snooze_kind
from bot.usecases.close_pair import Closing, answer_later, asked_later, close_pair
from bot.usecases.end_pair import EndingDraft, end_pair, take_back_ending
from bot.usecases.follow_account import follow_account
from bot.usecases.hand_over import hand_over
from bot.usecases.keep_promises import PromiseDraft, drop_promise, keep_promise, mark_promise, promises_of
from bot.usecases.keep_terms import begin_terms, keep_page
from bot.usecases.log_meeting import MeetingDraft, log_meeting, same_meeting
from bot.usecases.move_goals import add_word, mark_goal
from bot.usecases.move_phase import move_phase
from bot.usecases.pause import pause, resume
from bot.usecases.plan_meeting import Plan, call_off, plan_meeting
from bot.usecases.see_agreement import see_agreement
from bot.usecases.send_activity import send_activity, take_back_activity
from bot.usecases.set_goal import set_goal
from bot.usecases.sign_agreement import sign_agreement
from bot.usecases.take_back import former_of, take_back
from bot.usecases.undo_meeting import undo_meeting
from bot.usecases.withdraw_agreement import bring_back_agreement, withdraw_agreement
from bot.usecases.write_agreement import Clash, settle_clash, write_agreement
from tests.privacy.canaries import MINUTES, PAIRS, PAST_THE_HOUR
from tests.privacy.doing import Doing, Entry
from tests.privacy.house import slack_id

RHYTHMS = ("every week", "every two weeks", "every three weeks", "every month")

# -- meetings ---------------------------------------------------------------------------------------------------------


async def logs(do: Doing) -> None:
    """Log a meeting of one of the last days, or add to it."""
    pair, me = await do.own()
    async with do.house.world.store.begin() as records:
        goals = await records.goals(pair.id)
    draft = MeetingDraft(
        do.day(),
        MINUTES,
        Means.VIDEO,
        goals={goal.id: (GoalState.STUCK, GoalState.MOVING)[do.yes] for goal in goals[: do.n % 3]},
        next_step=do.write("meeting: next step") if do.yes else "",
        notes=do.write("meeting: notes"),
        private=do.write("meeting: private"),
    )
    logged = await log_meeting(do.house.world, pair, me, draft)
    entry = do.ledger.days[pair.key].setdefault(draft.day, Entry(do.who))
    was = replace(entry)
    entry.met(do.who)
    if logged.before is not None and (logged.joined or logged.before.state != logged.meeting.state):
        more = {"joined": logged.joined, "line": logged.left_line}
        do.can_go_back(former_of(logged.before, logged.meeting, me, **more), was)


async def edits(do: Doing) -> None:
    """Change the day and the words of a meeting; who did not log it can add words only."""
    pair, me = await do.own()
    meeting = await do.a_meeting(pair)
    draft = MeetingDraft(
        do.day(), MINUTES, Means.VIDEO, notes=do.write("meeting: notes"), private=do.write("meeting: private")
    )
    await log_meeting(do.house.world, pair, me, draft, meeting_id=meeting.id)
    days = do.ledger.days[pair.key]
    if days[meeting.day].logger == do.who and draft.day != meeting.day:
        moved = days.pop(meeting.day)
        moved.met(do.who)
        days.setdefault(draft.day, moved).met(do.who)


async def answers(do: Doing) -> None:
    """Say of a meeting that they met, that they did not, or nothing any more."""
    pair, me = await do.own()
    meeting = await do.a_meeting(pair)
    says = (Says.MET, Says.DID_NOT_MEET, Says.DID_NOT_MEET, Says.NOTHING)[do.n % 4]
    now = await answer_meeting(do.house.world, pair, me, meeting.id, says)
    assert now is not None
    entry = do.ledger.days[pair.key][meeting.day]
    if now != meeting and says is not Says.NOTHING:
        do.can_go_back(former_of(meeting, now, me), replace(entry))
    if says is Says.MET:
        entry.met(do.who)
    elif says is Says.DID_NOT_MEET:
        entry.did_not_meet(do.who)
    elif entry.logger != do.who:
        entry.denied = False


async def corrects(do: Doing) -> None:
    """Put a meeting right: another day, or that it was none."""
    pair, me = await do.own()
    meeting = await do.a_meeting(pair)
    put = Put(MeetingDraft(do.day(), MINUTES, Means.VIDEO), took_place=do.yes, words=do.write("meeting: correction"))
    now = await correct_meeting(do.house.world, pair, me, meeting.id, put)
    assert now is not None
    days = do.ledger.days[pair.key]
    if now != meeting:
        line = leaves_line(meeting, now, me, put.words)
        do.can_go_back(former_of(meeting, now, me, line=line), replace(days[meeting.day]))
    if not put.took_place:
        days[meeting.day].did_not_meet(do.who)
        return
    moved = days.pop(meeting.day)
    moved.met(do.who)
    days[put.facts.day] = moved


async def takes_back(do: Doing) -> None:
    """Take back what one has last said of a meeting, late, twice or in vain."""
    pair, me = await do.own()
    former, entry = do.former()
    async with do.house.world.store.begin() as records:
        found = await records.meeting(former.meeting_id)
    for _ in range(1 + do.n % 2):
        meeting = await take_back(do.house.world, pair, me, former)
    if found is not None and meeting is not None and meeting.state != found.state:
        assert (meeting.day, meeting.confirmed) == (former.day, former.confirmed)
        days = do.ledger.days[pair.key]
        del days[found.day]
        days[former.day] = replace(entry)


async def is_the_same(do: Doing) -> None:
    """Say that the meeting one has logged is the partner's, for whom it was another day; sometimes there is no such."""
    pair, me = await do.own()
    async with do.house.world.store.begin() as records:
        found = await records.meetings(pair.id, 50)
    own = do.one_of([one for one in found if one.logged_by == me.id])
    twin = do.one_of([one for one in found if one.logged_by != me.id])
    if do.yes:
        assert await same_meeting(do.house.world, pair, me, twin.id, own.id) is None
        return
    logged = await same_meeting(do.house.world, pair, me, own.id, twin.id)
    assert logged is not None
    assert logged.meeting.id == twin.id
    days = do.ledger.days[pair.key]
    del days[own.day]
    days[twin.day].met(do.who)


async def undoes(do: Doing) -> None:
    """Take a meeting back."""
    pair, me = await do.own()
    meeting = await do.a_meeting(pair)
    await undo_meeting(do.house.world, pair, me, meeting.id)
    do.ledger.days[pair.key].pop(meeting.day, None)


async def plans(do: Doing) -> None:
    """Plan the next meeting, or call it off."""
    pair, me = await do.own()
    if pair.appointment is not None and do.n == 0:
        await call_off(do.house.world, pair, me, pair.appointment.id)
        return
    day, word = me.today(do.house.now) + timedelta(days=1 + do.n), do.write("appointment: place")
    place = f"https://meet.example/{word}" if do.yes else word
    await plan_meeting(do.house.world, pair, me, Plan(day, time(17, PAST_THE_HOUR), MINUTES, place))


async def sends_an_idea(do: Doing) -> None:
    """Send an activity to the partner, or take it back."""
    pair, me = await do.own()
    activity = do.one_of(list(do.house.world.composer.activities))
    await (send_activity if do.yes else take_back_activity)(do.house.world, pair, me, activity)


async def promises(do: Doing) -> None:
    """Write down a next step, mark one, or let it go."""
    pair, me = await do.own()
    known = await promises_of(do.house.world, pair)
    if known and do.n % 3 == 1:
        await mark_promise(do.house.world, pair, do.one_of(known).id, done=do.yes)
    elif known and do.n % 3 == 2:
        await drop_promise(do.house.world, pair, do.one_of(known).id)
    else:
        owner = me.id if do.yes else pair.partner_of(me.id).id
        draft = PromiseDraft(do.write("next step"), owner, me.today(do.house.now) + timedelta(days=do.n))
        await keep_promise(do.house.world, pair, me, draft)


# -- goals ------------------------------------------------------------------------------------------------------------


async def sets_a_goal(do: Doing) -> None:
    """Set a goal, or change one."""
    pair, me = await do.own()
    what, help_, why, measure = (do.write(f"goal: {name}") for name in ("what", "help", "why", "measure"))
    draft = GoalDraft(what, help_, why, measure, pair.span.last)
    known = (await do.a_goal(pair)).id if do.yes and pair.evidence.goals else None
    await set_goal(do.house.world, pair, me, draft, goal_id=known)


async def moves_a_goal(do: Doing) -> None:
    """Say where a goal stands."""
    pair, me = await do.own()
    goal = await do.a_goal(pair)
    state = list(GoalState)[do.n % len(GoalState)]
    await mark_goal(do.house.world, pair, me, goal.id, state, words=do.write("goal: a word") if do.yes else "")
    if not do.yes:
        await add_word(do.house.world, pair, me, goal.id, do.write("goal: a word"))


# -- the agreement ----------------------------------------------------------------------------------------------------

TEXTS = ("confidential", "off_limits", "ending", "expectations")


async def types_terms(do: Doing) -> None:
    """Type into the form of the agreement, and close the window."""
    pair, me = await do.own()
    await begin_terms(do.house.world, pair, me, view="V1", step=1)
    typed = {name: do.write("typed and not sent") for name in TEXTS}
    await keep_page(do.house.world, pair, me, typed, page="2", view="V1", step=2)


async def saves_terms(do: Doing) -> None:
    """Save the agreement with what was typed into it; where both have changed the same, the own words stay."""
    pair, me = await do.own()
    rhythm = RHYTHMS[do.n % len(RHYTHMS)]
    said = {"rhythm": rhythm, "minutes": "60", "means": "video,phone"}
    words = {name: do.write(f"agreement: {name.replace('_', ' ')}") for name in TEXTS}
    await begin_terms(do.house.world, pair, me, view="V2", step=1)
    await keep_page(do.house.world, pair, me, said | words, page="2", view="V2", step=2)
    outcome = await write_agreement(do.house.world, pair, me)
    if isinstance(outcome, Clash):
        keeps = dict.fromkeys(outcome.names, Keep.MINE)
        outcome = await settle_clash(do.house.world, pair, me, keeps, outcome.seen)
    assert not isinstance(outcome, Clash)
    do.ledger.drafted[pair.key], do.ledger.signed[pair.key] = rhythm, set()


async def signs(do: Doing) -> None:
    """Sign what is there."""
    pair, me = await do.own()
    newest = await newest_agreement(do, pair, me)
    await sign_agreement(do.house.world, pair, me, newest.version, print_of(newest.terms))
    signed = do.ledger.signed[pair.key]
    signed.add(do.who)
    if signed == set(PAIRS[pair.key]):
        do.ledger.rhythm[pair.key] = do.ledger.drafted[pair.key]


async def takes_terms_back(do: Doing) -> None:
    """Take back the change that waits, and sometimes bring it back."""
    pair, me = await do.own()
    newest = await newest_agreement(do, pair, me)
    found = await withdraw_agreement(do.house.world, pair, me, newest.version, print_of(newest.terms))
    if do.yes:
        found = await bring_back_agreement(do.house.world, pair, me)
    newest = found.versions[-1]
    signed = {pair.mentor.key: newest.mentor_signed, pair.mentee.key: newest.mentee_signed}
    do.ledger.drafted[pair.key] = str(newest.terms.rhythm)
    do.ledger.signed[pair.key] = {key for key, at in signed.items() if at is not None}


async def newest_agreement(do: Doing, pair: Pair, me: Person) -> Agreement:
    """Return the version that was written last."""
    versions = await see_agreement(do.house.world, pair, me)
    if not versions:
        raise RuleBroken("there is none")
    return versions[-1]


async def thinks_halfway(do: Doing) -> None:
    """Answer whether the agreement still suits."""
    pair, me = await do.own()
    await answer_midpoint(do.house.world, pair, me, "keep" if do.yes else "change")


# -- when life happens ------------------------------------------------------------------------------------------------


async def pauses(do: Doing) -> None:
    """Pause for some days, or come back."""
    member = await do.member()
    if do.yes:
        until = member.person.today(do.house.now) + timedelta(days=do.n)
        await pause(do.house.world, (member,), member.person, until)
    else:
        await resume(do.house.world, (member,), member.person)


async def snoozes(do: Doing) -> None:
    """Let a kind of message sleep, or ask to be reminded on a day."""
    pair, me = await do.own()
    if do.yes:
        await snooze_kind(do.house.world, me, ("phase_prompt", "checkin_reminder")[do.n % 2])
    else:
        await remind_on(do.house.world, pair, me, me.today(do.house.now) + timedelta(days=1 + do.n))


async def confides(do: Doing) -> None:
    """Say that something is in the way, to the liaison or past the liaison."""
    pair, me = await do.own()
    past = do.yes or do.house.cage.liaisons[pair.key] in do.house.cage.gone
    what = "something is in the way, past the liaison" if past else "something is in the way"
    await something_in_the_way(do.house.world, pair, me, do.write(what), past_liaison=do.yes)


async def ends(do: Doing) -> None:
    """End the pair early, or take that back."""
    pair, me = await do.own()
    if pair.ending is not None and pair.ending.asked_by == me.id and do.n % 2:
        await take_back_ending(do.house.world, pair, me)
        return
    past = do.yes or do.house.cage.liaisons[pair.key] in do.house.cage.gone
    reason = do.write("why it ends, past the liaison" if past else "why it ends")
    async with do.house.world.store.begin() as records:
        goals = await records.goals(pair.id)
    day = min(me.today(do.house.now) + timedelta(days=30 + do.n), pair.span.last)
    draft = EndingDraft(day, reason, goals[0].id if goals else None, past_liaison=do.yes)
    await end_pair(do.house.world, pair, me, draft)


async def wants_another(do: Doing) -> None:
    """Ask for a new partner, or take that back."""
    pair, me = await do.own()
    if do.n == 0:
        await take_back_rematch(do.house.world, pair, me)
    else:
        await ask_rematch(do.house.world, pair, me, do.write("a new partner"))


async def goes_to_the_meeting(do: Doing) -> None:
    """Answer whether one goes to the annual meeting."""
    pair, me = await do.own()
    await answer_going(do.house.world, [pair], me, "annual/2017-07-10", Going.YES if do.yes else Going.NO)


# -- the end ----------------------------------------------------------------------------------------------------------


async def rounds_off(do: Doing) -> None:
    """Send the closing form, or type into it and close it."""
    pair, me = await do.own()
    if do.n == 0:
        typed = {str(question): do.write("typed and not sent") for question in (Question.GROWTH, Question.THANKS)}
        async with do.house.world.store.begin() as records:
            await records.put_draft(Draft(me.id, "closing", pair.id, typed, do.house.now))
        return
    said: Mapping[Question, str] = {
        Question.TALKED: "yes",
        Question.GROWTH: do.write("growth"),
        Question.THANKS: do.write("thanks"),
        Question.WHAT_NEXT: WHAT_NEXT[do.n % len(WHAT_NEXT)],
        Question.MENTOR_AGAIN: "maybe",
        Question.MAY_ASK_LATER: "yes",
    }
    await close_pair(do.house.world, pair, me, Closing(said))
    do.house.cage.rounded_off.add((pair.key, do.who))


async def looks_back(do: Doing) -> None:
    """Say, months after the end, what became of it."""
    members = await do.house.members(do.who)
    me = members[0].person
    pair = asked_later(do.house.world, members, me, (await do.house.pair(do.pair_key)).id)
    await answer_later(do.house.world, pair, me, "sometimes", do.write("later"))


# -- those who look after them ----------------------------------------------------------------------------------------


async def is_handed_over(do: Doing) -> None:
    """The pair gets another liaison."""
    (ada,) = await do.house.members("ada")
    to = "lou" if do.yes else "lena"
    await hand_over(do.house.world, ada, (await do.house.pair(do.pair_key)).id, (await do.house.person(to)).id)
    do.house.cage.liaisons[do.pair_key] = to


async def is_moved_on(do: Doing) -> None:
    """The liaison lets the next phase begin sooner."""
    members = await do.house.members(do.house.cage.liaisons[do.pair_key])
    day = members[0].person.today(do.house.now) + timedelta(days=do.n)
    await move_phase(do.house.world, members, (await do.house.pair(do.pair_key)).id, Phase.CONNECTING, day)


async def is_matched(do: Doing) -> None:
    """A coordinator has seen who looks for a partner."""
    (ada,) = await do.house.members("ada")
    wishes = await open_wishes(do.house.world, ada)
    await mark_rematch(do.house.world, ada, do.one_of(wishes).rematch.id, RematchState.SEEN)


async def leaves_slack(do: Doing) -> None:
    """An account goes, or comes again: Ben's or Lena's."""
    who = "ben" if do.yes else "lena"
    gone = who not in do.house.cage.gone
    await follow_account(do.house.world, do.house.workspace_id, slack_id(who), gone=gone)
    (do.house.cage.gone.add if gone else do.house.cage.gone.discard)(who)


async def time_passes(do: Doing) -> None:
    """Some days go by, with all that is due in them."""
    await do.house.lives(1 + do.n % 5)


async def weeks_pass(do: Doing) -> None:
    """The scheduler is down for weeks."""
    await do.house.goes_to(do.house.now + timedelta(weeks=1 + do.n))


Deed = Callable[[Doing], Awaitable[None]]
DEEDS: tuple[Deed, ...] = (
    *(logs, edits, answers, corrects, takes_back, is_the_same, undoes, plans, sends_an_idea, promises),
    *(sets_a_goal, moves_a_goal, types_terms, saves_terms, signs, takes_terms_back, thinks_halfway),
    *(pauses, snoozes, confides, ends, wants_another, goes_to_the_meeting, rounds_off, looks_back),
    *(is_handed_over, is_moved_on, is_matched, leaves_slack, time_passes, weeks_pass),
)


async def does(do: Doing, deed: Deed) -> bool:
    """Do it; return whether it could be done. A refusal changes nothing, which the ledger counts on."""
    try:
        await deed(do)
    except RuleBroken:
        return False
    return True
