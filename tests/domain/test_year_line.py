"""A year as a line: phases, meetings as marks, where today is."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.days import Span
from bot.domain.program import Phase
from bot.domain.year_line import CELLS, Stretch, year_line

SPAN = Span(date(2017, 6, 1), date(2017, 7, 10))  # forty days: a day a cell
WINDOWS = {
    Phase.PLANNING: Span(date(2017, 5, 12), date(2017, 6, 5)),
    Phase.CONNECTING: Span(date(2017, 6, 6), date(2017, 6, 10)),
    Phase.ADVANCING: Span(date(2017, 6, 11), date(2017, 7, 9)),
    Phase.TRANSITIONING: Span(date(2017, 7, 10), date(2017, 7, 31)),
}


def test_meetings_today_and_what_is_planned_stand_in_their_phases() -> None:
    met = [date(2017, 6, 2), date(2017, 6, 6)]

    line = year_line(SPAN, WINDOWS, met, date(2017, 6, 8), planned=date(2017, 6, 12))

    assert line == [
        Stretch(Phase.PLANNING, "─●───"),
        Stretch(Phase.CONNECTING, "●─▲··"),
        Stretch(Phase.ADVANCING, "·○" + "·" * 27),
        Stretch(Phase.TRANSITIONING, "·"),
    ]


def test_a_meeting_of_today_is_a_meeting() -> None:
    line = year_line(SPAN, WINDOWS, [date(2017, 6, 8)], date(2017, 6, 8))

    assert line[1].marks == "──●··"


def test_a_phase_outside_of_the_pairs_days_is_left_out() -> None:
    line = year_line(Span(date(2017, 6, 6), date(2017, 6, 10)), WINDOWS, [], date(2017, 6, 6))

    assert line == [Stretch(Phase.CONNECTING, "▲····")]


@given(st.integers(4, 1000), st.data())
def test_a_line_is_never_much_longer_than_its_cells(days: int, data: st.DataObject) -> None:
    first = date(2017, 6, 1)
    span = Span(first, first + timedelta(days=days - 1))
    cuts = sorted(data.draw(st.lists(st.integers(1, days - 1), min_size=3, max_size=3, unique=True)))
    edges = [0, *cuts, days]
    windows = {
        phase: Span(first + timedelta(days=edges[n]), first + timedelta(days=edges[n + 1] - 1))
        for n, phase in enumerate(Phase)
    }
    today = first + timedelta(days=data.draw(st.integers(0, days - 1)))

    line = "".join(one.marks for one in year_line(span, windows, [], today))

    assert len(line) <= CELLS + len(Phase)
    assert line.count("▲") == 1
