"""A pair's year in figures, by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.domain.days import Span
from bot.domain.figures import year_figures
from bot.domain.goals import Goal, GoalState
from bot.domain.meetings import Confirmed, Means, Meeting
from bot.domain.program import Phase
from tests.domain.cast import FIRST_DAY, LAST_DAY, MAYA, PAIR

THEN = datetime(2017, 7, 1, tzinfo=UTC)


def meeting(day: date, minutes: int, means: Means, confirmed: Confirmed = Confirmed.YES) -> Meeting:
    return Meeting(PAIR.id, day, minutes, means, MAYA.id, THEN, confirmed=confirmed)


def test_meetings_hours_means_and_goals_are_counted_and_what_is_denied_is_not() -> None:
    held = [
        meeting(date(2017, 9, 4), 60, Means.VIDEO),
        meeting(date(2017, 6, 12), 45, Means.PHONE),
        meeting(date(2017, 7, 3), 50, Means.VIDEO),
        meeting(date(2017, 8, 1), 600, Means.EMAIL, Confirmed.DENIED),
    ]
    goals = [Goal(PAIR.id, what, "", state) for what, state in (("a", GoalState.DONE), ("b", GoalState.DROPPED))]

    figures = year_figures(PAIR, held, goals)

    assert figures.met == (date(2017, 6, 12), date(2017, 7, 3), date(2017, 9, 4))
    assert (figures.minutes, figures.hours, figures.weeks) == (155, 3, 48)
    assert figures.means == ((Means.VIDEO, 2), (Means.PHONE, 1))
    assert figures.goals == (GoalState.DONE,)


def test_the_phases_fill_the_pair_s_own_days() -> None:
    whole = year_figures(PAIR, [], [])
    ended = year_figures(replace(PAIR, ends=date(2017, 8, 31)), [], [])

    assert whole.phases[0] == (Phase.PLANNING, Span(FIRST_DAY, date(2017, 6, 18)))
    assert whole.phases[-1] == (Phase.TRANSITIONING, Span(date(2018, 3, 1), LAST_DAY))
    assert [phase for phase, _ in ended.phases] == [Phase.PLANNING, Phase.CONNECTING]
    assert ended.phases[-1][1].last == date(2017, 8, 31)
