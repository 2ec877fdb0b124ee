"""The weekly digest: on Monday morning, for a liaison with pairs under way."""

from collections.abc import Iterator
from datetime import date, timedelta

from bot.domain.days import monday_of, week_name
from bot.domain.nudges import Entry, Lane, Rule, Slot
from bot.domain.people import Member
from bot.domain.program import Role


def digest(member: Member, today: date) -> Iterator[Entry]:
    """Yield the digest of this week and of the next one that has a Monday on which the program speaks.

    A Monday on a quiet date has no digest: the next one tells it all. Neither has the last day, which is for thanks.
    After an outage, Tuesday is not too late.
    """
    if Role.LIAISON not in member.roles:
        return
    this_monday = monday_of(today)
    following = (this_monday + timedelta(weeks=n) for n in range(1, 9))
    next_monday = next((day for day in following if member.program.is_working_day(day)), None)
    for monday in filter(None, (this_monday, next_monday)):
        if _is_worth_one(member, monday):
            slot = Slot(Rule.DIGEST, member.program.key, week_name(monday), member.person.key)
            last = min(monday + timedelta(days=1), member.program.last_working_day() - timedelta(days=1))
            yield Entry(slot, member.person, monday, last, Lane.DIGEST)


def _is_worth_one(member: Member, monday: date) -> bool:
    program = member.program
    in_time = program.span.first <= monday < program.last_working_day()
    return in_time and program.is_working_day(monday) and bool(member.caseload(monday))
