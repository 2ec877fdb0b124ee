"""Who may be spoken to when: everybody's own calendar, with what they did in the course of a year."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from tests.simulation.calendar import Break, Hours, Listener
from tests.simulation.play import Done, Told
from tests.simulation.script import Choose, Pause, Resume


def listeners_of(told: Told, when: Callable[[Done], float]) -> Iterator[tuple[str, Listener]]:
    """Yield everybody by their Slack id; what they do counts from `when` on."""
    for person in told.script.roster.people:
        assert person.zone is not None
        listener = Listener(person.key, person.zone, [Hours(told.start)])
        for done in told.acts:
            if done.act.who == person.key:
                _follow(listener, done, told.start + timedelta(seconds=when(done)))
        yield str(person.slack_id), listener


def _follow(listener: Listener, done: Done, at: datetime) -> None:
    """Write down what an act changes in how its person may be spoken to."""
    match done.act.deed:
        case Choose(start=start, end=end, days=days):
            listener.hours.append(Hours(at, start, end, days) if start and end else Hours(at))
        case Pause(until=until) if done.kept:
            _end_break(listener, at)
            listener.breaks.append(Break(at, until))
        case Resume() if done.kept:
            _end_break(listener, at)
        case _:
            pass


def _end_break(listener: Listener, at: datetime) -> None:
    listener.breaks = [
        Break(one.said, one.last, at if one.ended is None and listener.day(at) <= one.last else one.ended)
        for one in listener.breaks
    ]
