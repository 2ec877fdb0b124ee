"""The years that pairs live in a rehearsal, from the one as one would wish to the silent one."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from bot.domain.days import Span
from bot.domain.meetings import Means
from bot.domain.people import Pair, Person
from bot.domain.rules.checkin_reminder import reminders_of
from bot.rehearsal.behaviors import work
from bot.rehearsal.behaviors.calendar import (
    IN_THE_MORNING,
    LATER,
    LOGGED_AT,
    PLANNED_AT,
    act,
    day_number,
    on_rhythm,
    second_day,
    working_day,
)
from bot.rehearsal.behaviors.deeds import (
    Act,
    AskForHelp,
    AskRematch,
    ConfirmMeeting,
    EndPair,
    FinishStep,
    LogMeeting,
    NewPair,
    Pause,
    PlanMeeting,
    PromiseStep,
)

MINUTES = (30, 45, 60, 40, 50)
MEANS = (Means.VIDEO, Means.PHONE, Means.VIDEO, Means.EMAIL, Means.VIDEO, Means.SLACK)
PLANS_EACH, CONFIRMS_EACH, PROMISES_EACH = 3, 2, 7

Trajectory = Callable[[Pair, list[Pair]], Iterator[Act]]


def healthy(pair: Pair, _: list[Pair]) -> Iterator[Act]:
    """Meet on the second working day, then never later than the rhythm says; do all that is asked, in good time."""
    yield from _lived(pair, list(on_rhythm(pair, second_day(pair))))
    yield from _asked_and_done(pair)


def slow_start(pair: Pair, _: list[Pair]) -> Iterator[Act]:
    """Meet for the first time after three weeks; agree and set goals after the reminders, and then live as others."""
    yield from _meetings(pair, on_rhythm(pair, day_number(pair, 22)))
    yield from work.agreement(pair, written=33, signed=42)
    yield from work.goals(pair, first=36, third=120)
    yield from work.midpoint(pair, pair.mentee)
    yield from work.round_off(pair, mentee_after=15, mentor_after=17)


def fading(pair: Pair, _: list[Pair]) -> Iterator[Act]:
    """Meet on the rhythm until autumn; then each gap is half as long again."""
    yield from work.agreement(pair, written=4, signed=6)
    yield from work.goals(pair, first=13, third=75)
    gap = 0
    for number, day in enumerate(on_rhythm(pair, second_day(pair))):
        late = working_day(pair, day + timedelta(days=gap))
        if late > pair.span.last:
            return
        yield _log(pair, pair.mentee, late, number)
        if day > _middle(pair.span):
            gap += (pair.agreed_rhythm.after(day) - day).days // 2


def one_side_logs(pair: Pair, _: list[Pair]) -> Iterator[Act]:
    """Meet on the rhythm; only the mentee ever logs, or does anything else."""
    for number, day in enumerate(on_rhythm(pair, second_day(pair))):
        yield _log(pair, pair.mentee, day, number)
    yield from work.goals(pair, first=13, third=75)


def mentor_silent(pair: Pair, _: list[Pair]) -> Iterator[Act]:
    """The mentor never answers; after the first reminder the mentee says that something is in the way."""
    yield _ask(pair, pair.mentee)


def mentee_silent(pair: Pair, _: list[Pair]) -> Iterator[Act]:
    """The same, from the other side."""
    yield _ask(pair, pair.mentor)


def paused(pair: Pair, _: list[Pair]) -> Iterator[Act]:
    """The mentee pauses for six weeks in the second quarter of the program, and comes back."""
    first = day_number(pair, 92)
    last = first + timedelta(days=44)
    if last < pair.span.last:
        yield act(pair, pair.mentee, first, Pause(last), LOGGED_AT)
    days = on_rhythm(pair, second_day(pair), Span(first, last))
    yield from _lived(pair, [day for day in days if not first <= day <= last])
    yield from _asked_and_done(pair)


def ended_and_rematched(pair: Pair, pairs: list[Pair]) -> Iterator[Act]:
    """Ends without blame in the third month; the mentee asks for a new mentor and has one a week after the end."""
    yield from _ends(pair, last := day_number(pair, 78), pair.mentee)
    yield act(pair, pair.mentee, _notice(pair, last), AskRematch("Somebody who works with archives."), LATER)
    others = [other for other in pairs if other.mentor.id != pair.mentor.id and not other.has(pair.mentee.id)]
    if others:
        coordinator = pair.liaison or pair.mentor
        new = NewPair(f"{pair.key}-b", others[-1].mentor.key, working_day(pair, last + timedelta(days=7)))
        yield act(pair, coordinator, last, new, LATER)


def ended(pair: Pair, _: list[Pair]) -> Iterator[Act]:
    """Ends without blame two thirds through, with no new mentor."""
    yield from _ends(pair, day_number(pair, pair.span.days * 2 // 3), pair.mentor)


# For 41 pairs: 22 healthy and 1 early success (which looks the same from here), 5 slow starts, 4 that fade, 3 where one
# side logs, 2 silent mentors, 1 silent mentee, 1 paused, 2 ended. One of each first, so that a small roster has all.
TRAJECTORIES: tuple[Trajectory, ...] = (
    *(healthy, slow_start, fading, one_side_logs, mentor_silent, mentee_silent, paused, ended_and_rematched, ended),
    *((healthy,) * 5 + (slow_start, fading, one_side_logs)) * 2,
    *((healthy,) * 5 + (slow_start, fading, mentor_silent)),
    *(healthy,) * 7,
    slow_start,
)


# -- parts of a year -----------------------------------------------------------------------------------------------


def _asked_and_done(pair: Pair) -> Iterator[Act]:
    """Do what is asked once, each in good time."""
    yield from work.agreement(pair, written=4, signed=6)
    yield from work.goals(pair, first=13, third=75)
    yield from work.conferences(pair)
    yield from work.midpoint(pair, pair.mentee, pair.mentor)
    yield from work.round_off(pair, mentee_after=1, mentor_after=8)


def _lived(pair: Pair, days: list[date]) -> Iterator[Act]:
    """Meet on these days; the partner of who logs says yes to some, some are planned, a promise or two is kept."""
    for number, day in enumerate(days):
        logger = _logger(pair, number)
        yield _log(pair, logger, day, number)
        following = days[number + 1] if number + 1 < len(days) else None
        tomorrow = working_day(pair, day + timedelta(days=1))
        if number % CONFIRMS_EACH == 0 and tomorrow <= pair.span.last:
            yield act(pair, pair.partner_of(logger.id), tomorrow, ConfirmMeeting(), LATER)
        if number % PLANS_EACH == 1 and following:
            yield act(pair, logger, day, PlanMeeting(following, IN_THE_MORNING, 45), PLANNED_AT)
        if number % PROMISES_EACH == 2 and following:
            yield act(pair, pair.mentee, day, PromiseStep("Send the outline", following), LATER)
            yield act(pair, pair.mentee, following, FinishStep(), IN_THE_MORNING)


def _ends(pair: Pair, last: date, who: Person) -> Iterator[Act]:
    """Live as others until somebody says, two weeks before, that the pair ends."""
    yield from work.agreement(pair, written=4, signed=6)
    yield from _meetings(pair, (day for day in on_rhythm(pair, second_day(pair)) if day < last))
    yield act(pair, who, _notice(pair, last), EndPair(last, "My work has changed."), LOGGED_AT)


def _notice(pair: Pair, last: date) -> date:
    return working_day(pair, last - timedelta(days=14))


def _middle(span: Span) -> date:
    return span.first + timedelta(days=span.days // 2)


def _meetings(pair: Pair, days: Iterable[date]) -> Iterator[Act]:
    for number, day in enumerate(days):
        yield _log(pair, _logger(pair, number), day, number)


def _logger(pair: Pair, number: int) -> Person:
    return (pair.mentee, pair.mentor)[number % 2]


def _log(pair: Pair, who: Person, day: date, number: int) -> Act:
    return act(pair, who, day, LogMeeting(MINUTES[number % len(MINUTES)], MEANS[number % len(MEANS)]), LOGGED_AT)


def _ask(pair: Pair, who: Person) -> Act:
    day = working_day(pair, reminders_of(pair).first + timedelta(days=1))
    return act(pair, who, day, AskForHelp("I wrote twice and have not heard back."), LOGGED_AT)
