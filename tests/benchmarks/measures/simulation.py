"""Simulation: a few program years full of faults. The whole run is `make simulate`; this is its short form."""

import re
from collections.abc import AsyncIterator
from importlib.util import find_spec

from tests.benchmarks.progress import say
from tests.benchmarks.stage.processes import last_line, python
from tests.benchmarks.table import Line, less, more

MODULE = "tests.simulation"
YEARS = 4
BAD = ("lost", "twice", "late", "night", "after_end", "over_budget")
A_FIGURE = re.compile(r"(\w+)=(\d+)")


async def measure() -> AsyncIterator[Line]:
    """Play a few years and read the last line, which tells what went wrong."""
    if find_spec(MODULE) is None:
        say("simulation: there is none yet")
        return
    say(f"simulation: {YEARS} years")
    async with python(MODULE, "--years", str(YEARS), "--seed", "1") as process:
        found = {name: int(value) for name, value in A_FIGURE.findall(await last_line(process))}
    wrong = sum(found[name] for name in BAD)
    yield less(f"{YEARS} simulated years, messages gone wrong", wrong, "messages", at_most=0)
    yield more("  of so many expected", found["expected"], "messages")
    yield more("  and so many faults", found["faults"], "faults")
