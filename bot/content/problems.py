"""What is wrong with a file, and where: said all at once, so that it can be put right in one go."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

SHOWN = 60


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake in a file. `line` and `column` count from 1; `sentence` says what would be right."""

    file: str
    line: int
    column: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.sentence}"


class FilesRefused(Exception):
    """Files that cannot be used as they are. `problems` has every mistake, by file and place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def quoted(value: object) -> str:
    """Return `value` in quotes, on one line and not too long, as a sentence about it wants it."""
    text = "".join(char if char.isprintable() else " " for char in str(value))
    return f'"{text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"}"'


def did_you_mean(word: str, options: Iterable[str]) -> str:
    """Return ' – did you mean "mentor"?' with the nearest of the options, or all of them when none is near."""
    known = list(options)
    lowered = {option.lower(): option for option in known}
    near = get_close_matches(word.strip().lower(), lowered, n=1)
    if near:
        return f" – did you mean {quoted(lowered[near[0]])}?"
    return f" – write one of: {', '.join(known)}" if known else ""
