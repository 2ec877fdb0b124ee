"""What becomes of a person's open nudges at a moment: said now, held, lapsed or withdrawn."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.days import Speaking, monday_of
from bot.domain.nudges import Lane, Nudge, Rule, Slot
from bot.domain.people import Member, Person
from bot.domain.program import Program
from bot.domain.rules.closing import follow_up_days
from bot.domain.rules.farewell import farewell

NO_ADDRESS_YET = timedelta(hours=6)


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

    The one question that somebody has agreed to be asked later (`rule`) has days of its own, and nothing else has them.
    """
    closed = (*program.quiet, *person.pauses)
    later = follow_up_days(program) if rule == Rule.FOLLOW_UP else None
    return Speaking(person.zone, person.hours_in(program), later or program.span, closed, tuple(spoken))


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
    moment = _next_moment(member, counted, now, Rule.FOLLOW_UP if later else "")
    if moment is None:
        return Release(lapse=(*lapse, *wanted), withdraw=tuple(withdraw))
    if moment > now:
        return Release((), tuple(wanted), moment, tuple(lapse), tuple(withdraw))
    return Release(tuple(wanted), (), None, tuple(lapse), tuple(withdraw))


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
