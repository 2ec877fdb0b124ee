"""A pair's year in figures: for the two only, and only to look back at."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.days import Span
from bot.domain.goals import Goal, GoalState
from bot.domain.meetings import Confirmed, Means, Meeting
from bot.domain.people import Pair
from bot.domain.program import Phase

MOST_GOALS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class YearFigures:
    """What a pair did in `span`: on which days it met, for how long in all, by which means (the commonest first).

    `goals` are where its goals stand, in the order in which they were set, those that were dropped left out.
    """

    span: Span
    phases: tuple[tuple[Phase, Span], ...]
    met: tuple[date, ...]
    minutes: int = 0
    means: tuple[tuple[Means, int], ...] = ()
    goals: tuple[GoalState, ...] = ()

    @property
    def weeks(self) -> int:
        """How many weeks the pair was under way, begun ones included."""
        return -(-self.span.days // 7)

    @property
    def hours(self) -> int:
        """The hours together, rounded; one at least where there was any time at all."""
        return max(round(self.minutes / 60), 1 if self.minutes else 0)

    def count(self, *states: GoalState) -> int:
        """How many goals are in one of these states."""
        return sum(state in states for state in self.goals)


def year_figures(pair: Pair, meetings: Iterable[Meeting], goals: Collection[Goal]) -> YearFigures:
    """Count a pair's year; a meeting that the partner denies does not count."""
    held = sorted((one for one in meetings if one.confirmed is not Confirmed.DENIED), key=lambda one: one.day)
    means = Counter(one.means for one in held)
    return YearFigures(
        pair.span,
        tuple(_phases(pair)),
        tuple(one.day for one in held),
        sum(one.minutes for one in held),
        tuple(sorted(means.items(), key=lambda item: (-item[1], item[0]))),
        tuple(goal.state for goal in kept_goals(goals)),
    )


def kept_goals(goals: Iterable[Goal]) -> list[Goal]:
    """Return the goals that are looked back at: the first few of those that were not dropped."""
    return [goal for goal in goals if goal.state is not GoalState.DROPPED][:MOST_GOALS_SHOWN]


def _phases(pair: Pair) -> Iterable[tuple[Phase, Span]]:
    """Yield the pair's phases within its days; where a liaison has moved one, the one before ends sooner or later."""
    begins = {phase: window.first for phase, window in pair.program.windows.items()}
    begins |= {move.phase: move.day for move in pair.phase_moves}
    days = sorted(begins.items(), key=lambda item: item[1])
    for number, (phase, first) in enumerate(days):
        last = days[number + 1][1] - timedelta(days=1) if number + 1 < len(days) else pair.span.last
        first, last = max(first, pair.span.first), min(last, pair.span.last)
        if first <= last:
            yield phase, Span(first, last)
