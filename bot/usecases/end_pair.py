"""End a pair before the program does, without blame; and take that back.

The reason is for the liaison, or past the liaison for those who coordinate. The partner hears the day, in words that
the one who asks has read before, and nothing else.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.domain.appointments import Appointment
from bot.domain.endings import Ending
from bot.domain.nudges import Rule
from bot.domain.people import Pair, Person
from bot.usecases.ask_rematch import drop_wishes
from bot.usecases.confide import coordinators_beside, has_heard, hearers_of, tell_of, unsaid
from bot.usecases.phrasing import day_words
from bot.usecases.plan_meeting import CalledOff, call_off_after, called_off_with, hold_again
from bot.usecases.ports import Records
from bot.usecases.world import World

FORM = "ending"  # under which what is typed is kept
LONGEST_REASON = 1000
UNHEARD = ("known", "known_minutes", "known_where")
USUAL_NOTICE = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class EndingDraft:
    """What is asked for. `reason` may be empty; `past_liaison`: it is for those who coordinate only."""

    last_day: date
    reason: str = ""
    goal_id: str | None = None
    past_liaison: bool = False


def usual_last_day(pair: Pair, today: date) -> date:
    """Return the day that is suggested: in two weeks, or the pair's last where that comes first."""
    return min(today + USUAL_NOTICE, pair.span.last)


def check_ending(world: World, pair: Pair, by: Person, draft: EndingDraft) -> None:
    """Raise RuleBroken, at the field, for a day that is past or after the pair's last, and for a second ending."""
    if pair.ending is not None:
        raise world.broken("ending_already", day=day_words(pair.ending.last_day))
    if draft.last_day < by.today(world.now()):
        raise world.broken("ending_past", "last_day")
    if draft.last_day > pair.span.last:
        raise world.broken("date_after", "last_day", last_day=day_words(pair.span.last))
    if len(draft.reason) > LONGEST_REASON:
        raise world.broken("words_too_long", "reason", count=str(LONGEST_REASON))


@dataclass(frozen=True, slots=True)
class Ended:
    """An ending that stands by now, and the meeting that it has called off, if any."""

    ending: Ending
    off: Appointment | None = None


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Whether there was an ending to take back, and the meeting that holds again with that.

    `wish_off`: the wish for a new partner of who has taken it back is taken back as well.
    """

    had: bool
    holds: Appointment | None = None
    wish_off: bool = False


async def end_pair(world: World, pair: Pair, by: Person, draft: EndingDraft) -> Ended:
    """Let `pair` end on a day, and tell the partner and who looks after the pair; return the ending.

    A meeting that is planned for later is called off with it. Where both ask at once, the first one counts. Raises
    RuleBroken as check_ending does.
    """
    now = world.now()
    async with world.store.begin() as records:
        await records.lock_pair(pair.id)
        before = await records.endings(pair.id)
        held = next((one for one in before if not one.taken_back), None)
        check_ending(world, replace(pair, ending=held), by, draft)
        open_goals = {goal.id for goal in await records.goals(pair.id) if goal.is_open}
        reason_goes = await hearers_of(records, pair, by, past_liaison=draft.past_liaison)
        ending = await records.put_ending(
            Ending(
                pair.id,
                by.id,
                now,
                draft.last_day,
                reason=draft.reason.strip(),
                goal_id=draft.goal_id if draft.goal_id in open_goals else None,
                past_liaison=reason_goes.past_liaison,
                ends_before=pair.ends,
            )
        )
        await records.drop_draft(by.id, FORM, pair.id)
        await records.end_pair(pair.id, ending.last_day, now)
        off = await call_off_after(records, pair, by, ending.last_day, now)
        await _tell(records, replace(pair, ending=ending), by, str(len(before) + 1), off, now)
    return Ended(ending, off.appointment if off else None)


async def take_back_ending(world: World, pair: Pair, by: Person) -> TakenBack:
    """Let `pair` go on as before, with the meeting that the ending had called off; return what there was to take back.

    Who has heard of the ending is told that it is off; who has not never will. Wishes for a new partner are taken back
    as well. Raises RuleBroken for an ending that
    somebody else has asked for, and for one whose last day is over.
    """
    now = world.now()
    async with world.store.begin() as records:
        await records.lock_pair(pair.id)
        endings = await records.endings(pair.id)
        held = next((one for one in endings if not one.taken_back), None)
        if held is None:
            return TakenBack(had=False)
        if held.asked_by != by.id:
            raise world.broken("ending_not_yours")
        if by.today(now) > held.last_day:
            raise world.broken("ending_over", day=day_words(held.last_day))
        await records.put_ending(replace(held, taken_back=True))
        await records.end_pair(pair.id, held.ends_before, now)
        wished = [one.id for one in await drop_wishes(records, pair, now)]
        holds = await _tell_off(records, pair, by, held, str(len(endings)), wished, now)
    return TakenBack(had=True, holds=holds, wish_off=by.id in wished)


async def _tell(
    records: Records, pair: Pair, by: Person, occurrence: str, off: CalledOff | None, now: datetime
) -> None:
    for hearer, follows in await _all_hearers(records, pair, by):
        facts = await _facts(records, pair, by, off) if pair.has(hearer.id) else _known_to_all(pair, by)
        await tell_of(records, pair, hearer, Rule.ENDING, occurrence, now, facts, follows=follows)


async def tell_who_is_back(records: Records, workspace_id: str, person: Person, now: datetime) -> None:
    """Let somebody whom messages reach again hear of endings of their pairs that they could not be told of."""
    if person.slack_id is None:
        return
    for member in await records.members_of_slack_user(workspace_id, person.slack_id):
        for pair in member.active_pairs(person.today(now)):
            if pair.ending is not None and pair.ending.asked_by != person.id:
                by, occurrence = pair.one(pair.ending.asked_by), str(len(await records.endings(pair.id)))
                facts = await _facts(records, pair, by, await called_off_with(records, pair.ending))
                await tell_of(records, pair, person, Rule.ENDING, occurrence, now, facts, follows=True)


def _known_to_all(pair: Pair, by: Person) -> dict[str, str]:
    assert pair.ending is not None
    return {"person": by.id, "ending": pair.ending.id, "last": pair.ending.last_day.isoformat()}


async def _facts(records: Records, pair: Pair, by: Person, off: CalledOff | None) -> dict[str, str]:
    """Return what the partner's words need."""
    alone = {} if (await hearers_of(records, pair, by)).people else {"alone": "yes"}
    return _known_to_all(pair, by) | (_of_meeting(off) if off is not None else {}) | alone


def _of_meeting(off: CalledOff) -> dict[str, str]:
    """Return what the partner hears of a meeting that is off, and what they have not heard of it before."""
    planned = {"appointment": off.appointment.id, "planned": off.appointment.starts.isoformat()}
    return planned | {key: off.unheard[key] for key in UNHEARD if key in off.unheard}


async def _tell_off(
    records: Records, pair: Pair, by: Person, held: Ending, occurrence: str, wished: Collection[str], now: datetime
) -> Appointment | None:
    """Tell who has heard of an ending that it is off, and a partner who had `wished` for another; return the meeting
    that holds again.
    """
    hearers = await _all_hearers(records, pair, by, everybody=True)
    unheard = await unsaid(records, pair, [hearer for hearer, _ in hearers], Rule.ENDING, occurrence, now)
    news = next((nudge.facts for nudge in unheard if pair.has(nudge.person_id)), {})
    holds = await hold_again(records, pair, by, held, news, now)
    for hearer, follows in hearers:
        wish = {"wish": "off"} if hearer.id in wished else {}
        if wish or await has_heard(records, pair, hearer, Rule.ENDING, occurrence):
            again = {"appointment": holds.id} if holds is not None and pair.has(hearer.id) else {}
            off, facts = f"{occurrence}/off", {"person": by.id, **again, **wish}
            await tell_of(records, pair, hearer, Rule.ENDING, off, now, facts, follows=follows)
    return holds


async def _all_hearers(
    records: Records, pair: Pair, by: Person, *, everybody: bool = False
) -> list[tuple[Person, bool]]:
    """Return the partner, the liaison, and those who coordinate where the reason is for them, or `everybody`.

    Each with whether the pair is among those that they belong to or follow.
    """
    hearers = [(pair.partner_of(by.id), True)]
    if pair.confidant is not None:
        hearers.append((pair.confidant, True))
    if everybody or (pair.ending is not None and pair.ending.past_liaison):
        hearers += [(one, False) for one in await coordinators_beside(records, pair)]
    return hearers
