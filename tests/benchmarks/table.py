"""What was measured, held against its goal: lines of a table, and of bench.json."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One measurement. `goal` is in words and `reached` None where nothing was promised."""

    name: str
    ours: float
    unit: str
    naive: float | None = None
    ratio: float | None = None
    goal: str = ""
    reached: bool | None = None

    def __str__(self) -> str:
        """Return the line as it stands in the table, under HEAD."""
        naive = _figure(self.naive) if self.naive is not None else "–"
        ratio = f"{self.ratio:,.1f}" if self.ratio is not None else "–"
        verdict = {None: "", True: f"reached: {self.goal}", False: f"NOT REACHED: {self.goal}"}[self.reached]
        return f"{self.name:46}{_figure(self.ours):>11}{naive:>11}{ratio:>9}  {self.unit:13} {verdict}".rstrip()


HEAD = f"{'':46}{'ours':>11}{'naive':>11}{'ratio':>9}"


def more(
    name: str,
    ours: float,
    unit: str,
    *,
    at_least: float | None = None,
    naive: float | None = None,
    times: float | None = None,
    of: str = "the naive design",
) -> Line:
    """Return a line of which more is better: at least so much, and at least so many `times` the other figure."""
    goals = [f"at least {at_least:,g}"] if at_least is not None else []
    goals += [f"{times:,g} times {of}"] if times is not None else []
    ratio = ours / naive if naive else None
    enough = (at_least is None or ours >= at_least) and (times is None or (ratio is not None and ratio >= times))
    return Line(name, ours, unit, naive, ratio, " and ".join(goals), enough if goals else None)


def less(name: str, ours: float, unit: str, *, at_most: float | None = None, naive: float | None = None) -> Line:
    """Return a line of which less is better; its ratio, too, says how many times better it is than the naive one."""
    ratio = naive / ours if naive and ours else None
    goal = f"at most {at_most:,g}" if at_most is not None else ""
    return Line(name, ours, unit, naive, ratio, goal, ours <= at_most if at_most is not None else None)


def as_json(lines: Iterable[Line]) -> str:
    """Return the lines as a JSON list: name, ours, naive, ratio, unit, goal, reached."""
    return json.dumps([asdict(line) for line in lines], indent=2) + "\n"


def _figure(value: float) -> str:
    """Write a number with as many digits as mean something."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:,.2f}" if abs(value) < 10 else f"{value:,.1f}"
