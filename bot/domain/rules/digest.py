"""The weekly digest: on Monday morning, for a liaison with pairs under way, and for who stands in for a liaison."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

from bot.domain.days import monday_of, week_name
from bot.domain.nudges import Entry, Lane, Rule, Slot
from bot.domain.people import Member
from bot.domain.program import Role


def digest(member: Member, today: date) -> Iterator[Entry]:
    """Yield the digest of this week, if it has one, and of the next week that has.

    It comes on Monday, or on the first day of the week in the liaison's own hours. When that is a quiet date there is
    none: the next one tells it all. Neither has the last day, which is for thanks. After an outage, Tuesday is not too
    late.
    """
    if Role.LIAISON not in member.roles and not member.covered:
        return
    before_the_last = member.program.last_working_day() - timedelta(days=1)
    for day in islice(_days(member, today), 2):
        slot = Slot(Rule.DIGEST, member.program.key, week_name(day), member.person.key)
        yield Entry(slot, member.person, day, min(day + timedelta(days=1), before_the_last), Lane.DIGEST)


def _days(member: Member, today: date) -> Iterator[date]:
    """Yield the days of all digests, from the week of `today` on."""
    program = member.program
    into_the_week = timedelta(days=min(member.person.hours_in(program).days, default=0))
    day = monday_of(max(today, program.span.first)) + into_the_week
    while day < program.last_working_day():
        if day in program.span and not program.is_quiet(day) and member.caseload(day):
            yield day
        day += timedelta(weeks=1)
