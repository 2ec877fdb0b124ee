"""Small checks that are put together into the shapes of Block Kit. Each reports what is wrong, and where."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong: where it is (a JSON pointer), what it is, and which field is missing or what was expected."""

    at: str
    what: str
    field: str = ""
    expected: tuple[str, Any] | None = None  # a kind of constraint, and its value

    @property
    def sentence(self) -> str:
        """The problem as a method of Slack's tells it in response_metadata."""
        return f"[ERROR] {self.what} [json-pointer:{self.at}]"


class Report(Protocol):
    """Takes note of a problem."""

    def __call__(self, at: str, what: str, *, field: str = "", expected: tuple[str, Any] | None = None) -> None:
        """Note what is wrong at a JSON pointer."""


Check = Callable[[Any, str, Report], None]


class Problems:
    """The report that keeps what was found."""

    def __init__(self) -> None:
        self.found: list[Problem] = []

    def __call__(self, at: str, what: str, *, field: str = "", expected: tuple[str, Any] | None = None) -> None:
        """Note a problem."""
        self.found.append(Problem(at, what, field, expected))


@dataclass(frozen=True, slots=True)
class Shape:
    """An object: its fields with their checks, and which of them must be there."""

    fields: Mapping[str, Check]
    required: Collection[str] = ()

    def __call__(self, value: Any, at: str, report: Report) -> None:
        """Check an object of this shape."""
        if not isinstance(value, dict):
            report(at, "must provide an object", expected=("type", "object"))
            return
        for name in self.required:
            if name not in value:
                report(at, f"missing required field: {name}", field=name)
        for name, part in value.items():
            if name in self.fields:
                self.fields[name](part, f"{at}/{name}", report)
            else:
                report(at, f"invalid additional property: {name}")


@dataclass(frozen=True, slots=True)
class OneOf:
    """An object that says by its `type` which shape it has."""

    shapes: Mapping[str, Check]

    def __call__(self, value: Any, at: str, report: Report) -> None:
        """Check an object of one of the shapes."""
        if not isinstance(value, dict):
            report(at, "must provide an object", expected=("type", "object"))
        elif "type" not in value:
            report(at, "missing required field: type", field="type")
        elif not isinstance(value["type"], str) or value["type"] not in self.shapes:
            report(f"{at}/type", f"unsupported type: {value['type']}", expected=("enum", list(self.shapes)))
        else:
            self.shapes[value["type"]](value, at, report)


def anything(value: Any, at: str, report: Report) -> None:
    """Whatever it is, it is taken."""


def string(most: int | None = None, least: int = 0) -> Check:
    """A text of so many characters."""

    def check(value: Any, at: str, report: Report) -> None:
        if not isinstance(value, str):
            report(at, "must provide a string", expected=("type", "string"))
        elif most is not None and len(value) > most:
            report(at, f"must be less than {most + 1} characters", expected=("max_length", most))
        elif len(value) < least:
            report(at, f"must be more than {least - 1} characters", expected=("min_length", least))

    return check


def boolean(value: Any, at: str, report: Report) -> None:
    """True or false."""
    if not isinstance(value, bool):
        report(at, "must provide a boolean", expected=("type", "boolean"))


def is_number(value: Any) -> bool:
    """Whether it is a number as JSON knows them: to Python, truth is a number as well."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def amount(value: Any, at: str, report: Report) -> None:
    """A number of any kind."""
    if not is_number(value):
        report(at, "must provide a number", expected=("type", "number"))


def number(least: int, most: int | None = None) -> Check:
    """A whole number between two, both included."""
    wanted = f"must be at least {least}" if most is None else f"must be a number from {least} to {most}"

    def check(value: Any, at: str, report: Report) -> None:
        if not is_number(value) or value != value // 1:
            report(at, "must provide a whole number", expected=("type", "integer"))
        elif value < least or (most is not None and value > most):
            report(at, wanted, expected=("min", least) if value < least else ("max", most))

    return check


def word(*words: str) -> Check:
    """One of a few words."""

    def check(value: Any, at: str, report: Report) -> None:
        if value not in words:
            report(at, "must be a valid enum value", expected=("enum", list(words)))

    return check


def like(pattern: str, wanted: str) -> Check:
    """A text that as a whole looks like the pattern; `wanted` says in words what that is."""
    whole = re.compile(pattern, re.IGNORECASE)

    def check(value: Any, at: str, report: Report) -> None:
        if not whole.fullmatch(value):
            report(at, f"must be {wanted}", expected=("format", wanted))

    return in_turn(string(), check)


def read_by(reader: Callable[[str], object], wanted: str) -> Check:
    """A text that `reader` can read without complaint."""

    def check(value: Any, at: str, report: Report) -> None:
        try:
            reader(value)
        except (ArithmeticError, LookupError, OSError, ValueError):
            report(at, f"must be {wanted}", expected=("format", wanted))

    return in_turn(string(), check)


def items(check_item: Check, most: int | None = None, least: int = 1) -> Check:
    """A list of so many items, each of which is checked."""

    def check(value: Any, at: str, report: Report) -> None:
        if not isinstance(value, list):
            report(at, "must provide an array", expected=("type", "array"))
            return
        if most is not None and len(value) > most:
            report(at, f"no more than {most} items allowed", expected=("max_items", most))
        if len(value) < least:
            report(at, f"must have at least {least} item{'s' if least > 1 else ''}", expected=("min_items", least))
        for index, item in enumerate(value):
            check_item(item, f"{at}/{index}", report)

    return check


def in_turn(*checks: Check) -> Check:
    """These checks one after the other, as long as nothing is found: the later may rely on the earlier."""

    def check(value: Any, at: str, report: Report) -> None:
        for one in checks:
            problems = Problems()
            one(value, at, problems)
            for problem in problems.found:
                report(problem.at, problem.what, field=problem.field, expected=problem.expected)
            if problems.found:
                return

    return check


def or_null(check: Check) -> Check:
    """The same, or nothing."""
    return lambda value, at, report: None if value is None else check(value, at, report)


def exactly_one_of(*names: str) -> Check:
    """Of these fields one is there, and no more."""
    return _so_many_of(names, "exactly", lambda count: count == 1)


def some_of(*names: str) -> Check:
    """Of these fields at least one is there."""
    return _so_many_of(names, "at least", lambda count: count > 0)


def at_most_one_of(*names: str) -> Check:
    """Of these fields no more than one is there."""
    return _so_many_of(names, "at most", lambda count: count < 2)


def _so_many_of(names: tuple[str, ...], how_many: str, right: Callable[[int], bool]) -> Check:
    quoted = ", ".join(f"`{name}`" for name in names)

    def check(value: Any, at: str, report: Report) -> None:
        if not right(sum(name in value for name in names)):
            report(at, f"must define {how_many} one of {quoted}")

    return check


def not_more(least: str, most: str, read: Callable[[Any], Any] = lambda value: value) -> Check:
    """Where there are both, the field `least` is not more than the field `most`."""

    def check(value: Any, at: str, report: Report) -> None:
        if least in value and most in value and read(value[least]) > read(value[most]):
            report(f"{at}/{least}", f"must not be more than {most}")

    return check


def repeats(names: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of (pointer, name) pairs those whose name stood there before."""
    seen: set[str] = set()
    again = []
    for at, name in names:
        if name in seen:
            again.append((at, name))
        seen.add(name)
    return again
