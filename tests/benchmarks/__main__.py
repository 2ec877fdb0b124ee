"""`make bench`: print a table and write bench.json (a list: name, ours, naive, ratio, unit, goal, reached)."""

import asyncio
import json
import logging
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import typer

from tests.benchmarks.measures import idle_ticks, naive_reminders, our_reminders, rehearsal_seconds
from tests.benchmarks.playground import messages_a_second, start_seconds, story_milliseconds, year_megabytes


@dataclass(frozen=True, slots=True)
class Line:
    """One measurement. `goal` is what we mean to reach, in words; None where nothing was promised."""

    name: str
    ours: float
    naive: float | None
    unit: str
    goal: str
    reached: bool

    @property
    def ratio(self) -> float | None:
        """How much better than the naive design, or None where there is none to compare with."""
        return self.ours / self.naive if self.naive else None


async def measure(folder: Path, pairs: int) -> list[Line]:
    """Take all measurements."""
    ours = await our_reminders(folder / "ours.sqlite3", pairs)
    naive = await naive_reminders(folder / "naive.sqlite3", 2 * pairs)
    small, large = await idle_ticks(folder, pairs)
    lines = [
        Line("reminders planned", ours, naive, "nudges/s", "20 times the naive design", ours >= 20 * naive),
        Line("idle tick, all pairs", large, None, "ms", "at most 1.5 times that at 41 pairs", large <= 1.5 * small),
        Line("idle tick, 41 pairs", small, None, "ms", "under 2 ms", small < 2),
    ]
    for behavior in ("silent", "healthy", "mixed"):
        seconds = rehearsal_seconds(behavior)
        lines.append(Line(f"rehearsal, {behavior}", seconds, None, "s", "under 5 s", seconds < 5))
    return [*lines, *await measure_playground()]


async def measure_playground() -> list[Line]:
    """Measure the Slack in which all of this is tried and tested."""
    messages, story = await messages_a_second(), await story_milliseconds()
    start, weight = start_seconds(), year_megabytes()
    return [
        Line("playground, direct messages", messages, None, "/s", "at least 100", messages >= 100),
        Line("playground, a whole story", story, None, "ms", "under 60 ms", story < 60),
        Line("playground, start to address", start, None, "s", "under 1 s", start < 1),
        Line("demo, a year lived", weight, None, "MB", "under 150 MB", weight < 150),
    ]


def main(pairs: int = 300) -> None:
    """Measure with that many pairs due at once."""
    logging.disable()  # Bolt complains of what still arrives while a measurement hangs up
    with TemporaryDirectory() as folder:
        lines = asyncio.run(measure(Path(folder), pairs))
    typer.echo(f"{'':30}{'ours':>12}{'naive':>12}{'ratio':>8}  unit")
    for line in lines:
        naive = f"{line.naive:,.1f}" if line.naive else "–"
        ratio = f"{line.ratio:.1f}" if line.ratio else "–"
        mark = "reached" if line.reached else "NOT REACHED"
        typer.echo(f"{line.name:30}{line.ours:12,.2f}{naive:>12}{ratio:>8}  {line.unit:9} {mark}: {line.goal}")
    found = [asdict(line) | {"ratio": line.ratio} for line in lines]
    Path("bench.json").write_text(json.dumps(found, indent=2) + "\n", encoding="utf8")


if __name__ == "__main__":
    typer.run(main)
