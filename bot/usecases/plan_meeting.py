"""Plan when a pair meets next: set, move, call off, and take that back. The partner is told once what is new to them.

What the partner has not heard yet is replaced, not added to: three changes before their next decent hour are one line,
and a change that was taken back is none.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from bot.domain.appointments import LONGEST, SHORTEST, UNKNOWN, Appointment, Known, News, Planned, known_of, news
from bot.domain.days import wall
from bot.domain.endings import Ending
from bot.domain.errors import RuleBroken
from bot.domain.nudges import Nudge, Rule, Slot
from bot.domain.people import Pair, Person
from bot.usecases.news import end_of_sitting, tell_news
from bot.usecases.phrasing import day_words
from bot.usecases.ports import Records
from bot.usecases.world import World

LONGEST_PLACE = 300
LONG_ENOUGH = timedelta(days=30)
STAYS_WORTH_SAYING = 6


@dataclass(frozen=True, slots=True)
class Plan:
    """When somebody means to meet: a day and an hour on their own clock.

    `minutes` and `place` are None where nothing is said of them: what was planned before stays. UNKNOWN minutes and ""
    say that they are open.
    """

    day: date
    at: time
    minutes: int | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """The appointment as it is on record now, and as it was before (None: there was none ahead)."""

    now: Appointment
    before: Appointment | None = None


async def plan_meeting(world: World, pair: Pair, by: Person, plan: Plan) -> Change:
    """Plan the next meeting of `pair`; one that is planned already moves, whoever planned it.

    The same plan again changes nothing. Raises RuleBroken, at its field, for a moment that has passed or lies outside
    of the pair's time, and for minutes that no meeting lasts.
    """
    now = world.now()
    starts = check_plan(world, pair, by, plan, now)
    async with world.store.begin() as records:
        await records.lock_pair(pair.id)
        check_plan(world, await _as_it_ends(records, pair), by, plan, now)
        before = await _ahead(records, pair, now)
        base = before or Appointment(pair.id, starts, UNKNOWN, by.id, now)
        after = _as_planned(replace(base, starts=starts), plan)
        if before == after:
            return Change(after, before)
        return Change(await _put(records, pair, by, before, after, now), before)


def _as_planned(appointment: Appointment, plan: Plan) -> Appointment:
    minutes = appointment.minutes if plan.minutes is None else plan.minutes
    place = appointment.place if plan.place is None else " ".join(plan.place.split())[:LONGEST_PLACE]
    return replace(appointment, minutes=minutes, place=place)


def check_plan(world: World, pair: Pair, by: Person, plan: Plan, now: datetime) -> datetime:
    """Return the moment (UTC) that a plan means; raises RuleBroken for what cannot be."""
    starts = wall(plan.day, plan.at, by.zone)
    if plan.day < by.today(now):
        raise world.broken("plan_past", "day")
    if plan.day < pair.span.first:
        raise world.broken("plan_before", "day", first_day=day_words(pair.span.first))
    if plan.day > pair.span.last:
        key = "plan_after_ending" if pair.ending is not None else "date_after"
        raise world.broken(key, "day", last_day=day_words(pair.span.last))
    if starts <= now:
        raise world.broken("plan_past_hour", "at")
    if plan.minutes and not SHORTEST <= plan.minutes <= LONGEST:
        raise world.broken("plan_minutes", "minutes")
    return starts


async def call_off(world: World, pair: Pair, by: Person, appointment_id: str) -> Appointment | None:
    """Call the appointment off; return it, or None where it is not ahead any more. Safe to call twice."""
    now = world.now()
    async with world.store.begin() as records:
        await records.lock_pair(pair.id)
        before = await _ahead(records, pair, now)
        if before is None or before.id != appointment_id:
            return None
        return await _put(records, pair, by, before, replace(before, state=Planned.CANCELLED), now)


@dataclass(frozen=True, slots=True)
class Former:
    """An appointment as it was before the change that made it the `sequence`-th."""

    appointment_id: str
    sequence: int
    starts: datetime
    minutes: int
    place: str = ""


async def put_back(world: World, pair: Pair, by: Person, former: Former) -> Change:
    """Take back a change: the appointment is again as it was.

    Raises RuleBroken where something has changed since, or the moment has passed.
    """
    now = world.now()
    async with world.store.begin() as records:
        await records.lock_pair(pair.id)
        found = await records.appointment(former.appointment_id)
        ahead = await _ahead(records, pair, now)
        same = found is not None and found.pair_id == pair.id and found.sequence == former.sequence
        if found is None or not same or (ahead is not None and ahead.id != found.id):
            raise RuleBroken(world.words.say("kind_errors.stale_button"))
        if former.starts <= now:
            raise world.broken("plan_gone")
        pair = await _as_it_ends(records, pair)
        if is_after(former.starts, pair, pair.span.last):
            raise world.broken("plan_after_ending", last_day=day_words(pair.span.last))
        place = former.place[:LONGEST_PLACE]
        minutes = min(max(former.minutes, SHORTEST), LONGEST) if former.minutes else UNKNOWN
        after = replace(found, starts=former.starts, minutes=minutes, place=place, state=Planned.AHEAD)
        return Change(await _put(records, pair, by, ahead, after, now), ahead)


# -- what an early ending calls off ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CalledOff:
    """A meeting that an ending has called off; `unheard` is what the partner was to hear of it and had not heard."""

    appointment: Appointment
    unheard: Mapping[str, str] = field(default_factory=dict)


def is_after(starts: datetime, pair: Pair, last_day: date) -> bool:
    """Tell whether a meeting would be after `last_day` for both of a pair."""
    return all(starts.astimezone(one.zone).date() > last_day for one in (pair.mentor, pair.mentee))


def off_with(pair: Pair, last_day: date, now: datetime) -> Appointment | None:
    """Return the meeting that is called off if the pair ends on `last_day`."""
    planned = pair.appointment
    ahead = planned is not None and planned.is_ahead(now) and is_after(planned.starts, pair, last_day)
    return planned if ahead else None


async def call_off_after(records: Records, pair: Pair, by: Person, last_day: date, now: datetime) -> CalledOff | None:
    """Call off what a locked pair has planned for after `last_day`, and let nobody hear of it but by the ending."""
    before = await _ahead(records, pair, now)
    if before is None or not is_after(before.starts, pair, last_day):
        return None
    unheard, partner = await _take_unheard(records, pair, now), pair.partner_of(by.id)
    off = replace(before, state=Planned.CANCELLED, sequence=before.sequence + 1, set_by=by.id, set_at=now)
    facts = next((nudge.facts for nudge in unheard if nudge.person_id == partner.id), {})
    return CalledOff(await records.put_appointment(off), facts)


async def hold_again(
    records: Records, pair: Pair, by: Person, ending: Ending, unheard: Mapping[str, str], now: datetime
) -> Appointment | None:
    """Let the meeting that `ending` had called off hold again; None where it has passed, or another one is planned.

    The pair is locked. A partner who had not heard of it before the ending, and not of the ending either, hears of it
    as news: `unheard` is what CalledOff says.
    """
    found = await called_off_with(records, ending)
    if found is None or found.appointment.starts <= now or await _ahead(records, pair, now) is not None:
        return None
    off = found.appointment
    again = replace(off, state=Planned.AHEAD, sequence=off.sequence + 1, set_by=by.id, set_at=now)
    written, partner = await records.put_appointment(again), pair.partner_of(by.id)
    if "known" in unheard:
        ends = await end_of_sitting(records, partner, pair, now)
        await _tell(records, pair, partner, _known(unheard), written, now, ends)
    return written


async def called_off_with(records: Records, ending: Ending) -> CalledOff | None:
    """Return the meeting that an ending has called off."""
    off = [one for one in await records.appointments(ending.pair_id) if _is_off_with(one, ending)]
    return CalledOff(off[-1]) if off else None


def _is_off_with(one: Appointment, ending: Ending) -> bool:
    """Tell whether an ending has called it off: both were done at one moment, by one person."""
    when = (one.set_at, one.set_by) == (ending.asked_at, ending.asked_by)
    return one.state is Planned.CANCELLED and when


async def _as_it_ends(records: Records, pair: Pair) -> Pair:
    """Return the pair with the ending that stands by now, perhaps since a moment."""
    held = next((one for one in await records.endings(pair.id) if not one.taken_back), None)
    return replace(pair, ending=held, ends=held.last_day) if held is not None else pair


async def planned_for(world: World, pair: Pair, appointment_id: str) -> Appointment | None:
    """Return an appointment of the pair, whatever became of it."""
    async with world.store.begin() as records:
        found = await records.appointment(appointment_id)
    return found if found is not None and found.pair_id == pair.id else None


async def next_planned(world: World, pair: Pair) -> Appointment | None:
    """Return the pair's appointment that is ahead."""
    async with world.store.begin() as records:
        found = [one for one in await records.appointments(pair.id) if one.is_ahead(world.now())]
    return found[-1] if found else None


async def _ahead(records: Records, pair: Pair, now: datetime) -> Appointment | None:
    """Return the one appointment that is ahead; what has passed is noted as over, so that the next is another one."""
    ahead: Appointment | None = None
    for one in await records.appointments(pair.id):
        if one.is_ahead(now):
            ahead = one
        elif one.state is Planned.AHEAD:
            await records.put_appointment(replace(one, state=Planned.OVER))
    return ahead


async def _put(
    records: Records, pair: Pair, by: Person, before: Appointment | None, after: Appointment, now: datetime
) -> Appointment:
    """Write the change, and tell the partner of it in the place of what they have not heard yet."""
    sequence = after.sequence + 1 if after.id else 0
    written = await records.put_appointment(replace(after, sequence=sequence, set_by=by.id, set_at=now))
    partner = pair.partner_of(by.id)
    sitting_ends = await end_of_sitting(records, partner, pair, now)
    unheard = await _take_unheard(records, pair, now)
    known = next((_known(nudge.facts) for nudge in unheard if nudge.person_id == partner.id), known_of(before, now))
    await _tell(records, pair, partner, known, written, now, sitting_ends)
    await records.look_now(now, pair_id=pair.id)
    return written


async def _take_unheard(records: Records, pair: Pair, now: datetime) -> list[Nudge]:
    """Withdraw what either of the two has not heard yet of earlier changes, and return it, oldest first."""
    keys = [(person.id, pair.program.id) for person in (pair.mentor, pair.mentee)]
    waiting = [
        nudge
        for nudge in await records.open_nudges(keys, now + LONG_ENOUGH)
        if nudge.slot.rule == Rule.APPOINTMENT_SET and nudge.pair_id == pair.id
    ]
    if waiting:
        await records.close_nudges([nudge.id for nudge in waiting], "withdrawn")
    heard = await records.heard_marks([person_id for person_id, _ in keys])  # before a backup was restored
    return [nudge for nudge in waiting if nudge.mark not in heard]


async def _tell(
    records: Records,
    pair: Pair,
    partner: Person,
    known: Known,
    written: Appointment,
    now: datetime,
    sitting_ends: datetime,
) -> None:
    """Tell the partner what is new to them; nothing where nothing is, or it would be too late."""
    what = news(known, known_of(written, now))
    if what is News.NOTHING:
        return
    meets = known.starts if what is News.OFF and known.starts else written.starts
    days = min(max((meets.astimezone(partner.zone).date() - partner.today(now)).days, 0), STAYS_WORTH_SAYING)
    facts = {
        "appointment": written.id,
        "sequence": str(written.sequence),
        "news": what.value,
        "known": known.starts.isoformat() if known.starts else "",
        "known_minutes": str(known.minutes),
        "known_where": known.where,
    }
    slot = Slot(Rule.APPOINTMENT_SET, pair.key, f"{written.id}/{written.sequence}", partner.key)
    await tell_news(
        records, slot, partner, pair, now, facts=facts, days=days, useless_from=meets, sitting_ends=sitting_ends
    )


def _known(facts: Mapping[str, str]) -> Known:
    """Return what somebody knew before a nudge with these facts, which they have not heard."""
    if not facts["known"]:
        return Known()
    return Known(datetime.fromisoformat(facts["known"]), int(facts["known_minutes"]), facts["known_where"])
