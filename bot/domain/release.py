"""What becomes of a person's open nudges at a moment: said now, held, lapsed or withdrawn."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.domain.days import Span, Speaking, monday_of
from bot.domain.nudges import Lane, Nudge, Rule, Slot
from bot.domain.people import Member, Person
from bot.domain.program import Program
from bot.domain.rules.closing import follow_up_days
from bot.domain.rules.farewell import farewell

NO_ADDRESS_YET = timedelta(hours=6)
BETWEEN_THE_TWO = frozenset(
    {Rule.IDEA_SENT, Rule.AGREEMENT_NEWS, Rule.APPOINTMENT_SET, Rule.NEXT_STEP, Rule.IN_THE_WAY, Rule.PAUSE}
)
OF_PLANNING = frozenset({Rule.PHASE_PROMPT, Rule.TRAINING, Rule.APPOINTMENT}) | BETWEEN_THE_TWO
OF_OTHER_DAYS = OF_PLANNING | {Rule.FOLLOW_UP}


@dataclass(frozen=True, slots=True)
class Release:
    """The sorted nudges of one member. `until` (UTC) is when the held ones are looked at again."""

    say: tuple[Nudge, ...] = ()
    hold: tuple[Nudge, ...] = ()
    until: datetime | None = None
    lapse: tuple[Nudge, ...] = ()
    withdraw: tuple[Nudge, ...] = ()


def speaking_for(person: Person, program: Program, spoken: Sequence[date] = (), *, rule: str = "") -> Speaking:
    """Return when `program` may speak to `person`: hours of their own, or else the program's; never after its last day.

    Before its first day it says nothing either, but for what belongs to planning (`rule`), where that begins earlier.
    The one question that somebody has agreed to be asked later has days of its own, and nothing else has them.
    """
    closed = (*program.quiet, *person.pauses)
    return Speaking(person.zone, person.hours_in(program), _days_of(rule, program), closed, tuple(spoken))


def _days_of(rule: str, program: Program) -> Span:
    if rule == Rule.FOLLOW_UP:
        return follow_up_days(program) or program.span
    return Span(program.opens, program.span.last) if rule in OF_PLANNING else program.span


def release(
    member: Member, nudges: Sequence[Nudge], true_slots: Collection[Slot], spoken: Sequence[date], now: datetime
) -> Release:
    """Sort `nudges`, all of one member and either all announcements or none.

    `true_slots` are those that the timetables still hold; `spoken` the days on which a note went out. Announcements
    are a coordinator's own words: they wait for a decent hour, but spend nothing of the person's budget.
    """
    lapse = [nudge for nudge in nudges if now >= nudge.too_late]
    fresh = [nudge for nudge in nudges if now < nudge.too_late]
    withdraw = [nudge for nudge in fresh if not _still_wanted(nudge, member.person, true_slots, now)]
    wanted = [nudge for nudge in fresh if nudge not in withdraw]
    if not wanted:
        return Release(lapse=tuple(lapse), withdraw=tuple(withdraw))
    later = [nudge for nudge in wanted if nudge.slot.rule == Rule.FOLLOW_UP]
    if later:  # the program is over: whatever else is still open has had its time
        lapse += [nudge for nudge in wanted if nudge not in later]
        wanted = later
    if not member.person.slack_id:
        return Release((), tuple(wanted), now + NO_ADDRESS_YET, tuple(lapse), tuple(withdraw))
    counted = () if wanted[0].lane is Lane.ANNOUNCEMENT else spoken
    if member.person.today(now) < member.program.span.first:
        sorted_out = _before_the_first_day(member, wanted, counted, now)
    else:
        sorted_out = _at(_next_moment(member, counted, now, Rule.FOLLOW_UP if later else ""), wanted, now)
    return replace(sorted_out, lapse=(*lapse, *sorted_out.lapse), withdraw=tuple(withdraw))


def _at(moment: datetime | None, wanted: Sequence[Nudge], now: datetime) -> Release:
    """Say all at `moment`: now, or later, or never."""
    if moment is None:
        return Release(lapse=tuple(wanted))
    return Release(hold=tuple(wanted), until=moment) if moment > now else Release(say=tuple(wanted))


def _before_the_first_day(member: Member, wanted: Sequence[Nudge], counted: Sequence[date], now: datetime) -> Release:
    """Say what belongs to planning, where that has begun; all else waits for the first day."""
    early = [nudge for nudge in wanted if nudge.slot.rule in OF_PLANNING]
    rest = [nudge for nudge in wanted if nudge not in early]
    planning = speaking_for(member.person, member.program, counted, rule=Rule.PHASE_PROMPT)
    sooner = _at(planning.next_moment(now), early, now) if early else Release()
    later = _at(_next_moment(member, counted, now, ""), rest, now) if rest else Release()
    until = min((moment for moment in (sooner.until, later.until) if moment), default=None)
    return Release(sooner.say, (*sooner.hold, *later.hold), until, (*sooner.lapse, *later.lapse))


def _next_moment(member: Member, spoken: Sequence[date], now: datetime, rule: str) -> datetime | None:
    """Return when the member may be spoken to next; the last place of the last week is kept for the farewell."""
    speaking = speaking_for(member.person, member.program, spoken, rule=rule)
    moment, thanks = speaking.next_moment(now), next(farewell(member), None)
    if moment is None or thanks is None:
        return moment
    day, last_week = moment.astimezone(speaking.zone).date(), monday_of(thanks.first)
    said = sum(1 for one in spoken if monday_of(one) == last_week)
    if last_week <= day < thanks.first and said + 1 >= speaking.weekly:
        return speaking.next_moment(thanks.begins)
    return moment


def _still_wanted(nudge: Nudge, person: Person, true_slots: Collection[Slot], now: datetime) -> bool:
    wanted = person.preferences.wants(nudge.slot.rule, person.today(now))
    return nudge.slot in true_slots and wanted and not person.unreachable
