"""Small checks that are put together into the shapes of Block Kit. Each reports what is wrong, and where."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Report = Callable[[str, str], None]  # (json pointer, what is wrong)
Check = Callable[[Any, str, Report], None]


@dataclass(frozen=True, slots=True)
class Shape:
    """An object: its fields with their checks, and which of them must be there."""

    fields: Mapping[str, Check]
    required: Collection[str] = ()

    def __call__(self, value: Any, at: str, report: Report) -> None:
        """Check an object of this shape."""
        if not isinstance(value, dict):
            report(at, "must be an object")
            return
        for name in self.required:
            if value.get(name) is None:
                report(at, f"missing required field: {name}")
        for name, part in value.items():
            check = self.fields.get(name)
            if check is None:
                report(at, f"invalid additional property: {name}")
            elif part is not None:
                check(part, f"{at}/{name}", report)


@dataclass(slots=True)
class OneOf:
    """An object that says by its `type` which shape it has; `allowed` narrows the types in one place."""

    shapes: Mapping[str, Check]
    allowed: Collection[str] = field(default_factory=tuple)

    def __call__(self, value: Any, at: str, report: Report) -> None:
        """Check an object of one of the shapes."""
        kind = value.get("type") if isinstance(value, dict) else None
        if not isinstance(kind, str):
            report(at, "missing required field: type")
        elif kind not in self.shapes or (self.allowed and kind not in self.allowed):
            report(at, f"unsupported type: {kind}")
        else:
            self.shapes[kind](value, at, report)


def anything(value: Any, at: str, report: Report) -> None:
    """Whatever it is, it is taken."""


def string(most: int, least: int = 0) -> Check:
    """A text of so many characters."""

    def check(value: Any, at: str, report: Report) -> None:
        if not isinstance(value, str):
            report(at, "must be a string")
        elif len(value) > most:
            report(at, f"must be less than {most + 1} characters")
        elif len(value) < least:
            report(at, f"must be more than {least - 1} characters")

    return check


def boolean(value: Any, at: str, report: Report) -> None:
    """True or false."""
    if not isinstance(value, bool):
        report(at, "must be a boolean")


def number(least: int, most: int) -> Check:
    """A whole number between two, both included."""

    def check(value: Any, at: str, report: Report) -> None:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            report(at, f"must be a number from {least} to {most}")

    return check


def word(*words: str) -> Check:
    """One of a few words."""

    def check(value: Any, at: str, report: Report) -> None:
        if value not in words:
            report(at, f"must be one of {', '.join(words)}")

    return check


def read_by(reader: Callable[[str], object], wanted: str) -> Check:
    """A text that `reader` can read without a ValueError."""

    def check(value: Any, at: str, report: Report) -> None:
        try:
            reader(value)
        except (TypeError, ValueError):
            report(at, f"must be {wanted}")

    return check


def items(check_item: Check, most: int, least: int = 1) -> Check:
    """A list of so many items, each of which is checked."""

    def check(value: Any, at: str, report: Report) -> None:
        if not isinstance(value, list):
            report(at, "must be an array")
            return
        if len(value) > most:
            report(at, f"no more than {most} items allowed")
        if len(value) < least:
            report(at, f"must have at least {least} item{'s' if least > 1 else ''}")
        for index, item in enumerate(value):
            check_item(item, f"{at}/{index}", report)

    return check


def in_turn(*checks: Check) -> Check:
    """These checks one after the other, as long as nothing is found: the later may rely on the earlier."""

    def check(value: Any, at: str, report: Report) -> None:
        found = False

        def note(where: str, what: str) -> None:
            nonlocal found
            found = True
            report(where, what)

        for one in checks:
            if not found:
                one(value, at, note)

    return check


def repeated(names: Iterable[str]) -> list[str]:
    """The names that occur more than once, each told once."""
    seen: set[str] = set()
    twice: dict[str, None] = {}
    for name in names:
        if name in seen:
            twice[name] = None
        seen.add(name)
    return list(twice)
