"""What can be measured, by name. Each `measure` gives lines of the table as they are found."""

from collections.abc import AsyncIterator, Callable

from tests.benchmarks.measures import (
    acknowledging,
    idle,
    memory,
    nine_oclock,
    pace,
    planning,
    playground,
    sending,
    simulation,
    start,
    workers,
    year,
)
from tests.benchmarks.table import Line

SUBJECTS: dict[str, Callable[[], AsyncIterator[Line]]] = {
    "idle": idle.measure,
    "planning": planning.measure,
    "nine_oclock": nine_oclock.measure,
    "sending": sending.measure,
    "acknowledging": acknowledging.measure,
    "pace": pace.measure,
    "workers": workers.measure,
    "memory": memory.measure,
    "start": start.measure,
    "year": year.measure,
    "simulation": simulation.measure,
    "playground": playground.measure,
}
