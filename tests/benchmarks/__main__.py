"""`make bench`: print the table and write bench.json. `make bench ARGS="--only idle"` measures one subject."""

import asyncio
import logging
from pathlib import Path
from typing import Annotated

import typer

from bot.logs import set_up_logs
from tests.benchmarks.subjects import SUBJECTS
from tests.benchmarks.table import HEAD, Line, as_json

command = typer.Typer(pretty_exceptions_enable=False, add_completion=False)


@command.command()
def main(
    only: Annotated[list[str] | None, typer.Option(help=f"Measure this subject only: {', '.join(SUBJECTS)}.")] = None,
    into: Annotated[Path, typer.Option(help="Where the figures are written.")] = Path("bench.json"),
) -> None:
    """Measure, ours beside the naive design. Ratios count: another machine has other figures."""
    if unknown := set(only or ()) - SUBJECTS.keys():
        raise typer.BadParameter(f"no such subject: {', '.join(sorted(unknown))}")
    set_up_logs("CRITICAL", "text")
    logging.disable()  # Bolt complains of what still arrives while a measurement hangs up
    lines: list[Line] = []
    try:
        asyncio.run(_measure(only or list(SUBJECTS), lines))
    finally:  # a subject that breaks does not take along what was found before
        into.write_text(as_json(lines), encoding="utf8")
    promised = [line for line in lines if line.reached is not None]
    typer.echo(f"\n{sum(line.reached is True for line in promised)} of {len(promised)} goals are reached.")


async def _measure(subjects: list[str], lines: list[Line]) -> None:
    """Add to `lines` what is found, and print it at once."""
    typer.echo(HEAD)
    for subject in subjects:
        async for line in SUBJECTS[subject]():
            typer.echo(str(line))
            lines.append(line)


if __name__ == "__main__":
    command()
