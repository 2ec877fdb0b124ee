"""The measurements: a file for each subject, whose `measure` yields lines of the table as they are found."""

from collections.abc import AsyncIterator, Callable

from tests.benchmarks.measures import idle, nine_oclock, planning, sending, workers
from tests.benchmarks.table import Line

SUBJECTS: dict[str, Callable[[], AsyncIterator[Line]]] = {
    module.__name__.rpartition(".")[2]: module.measure for module in (idle, planning, nine_oclock, sending, workers)
}
