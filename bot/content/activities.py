"""Activities: ideas for the next meeting of a pair."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.content.located_toml import TomlFile, read_toml
from bot.content.problems import FilesRefused, Problem, did_you_mean, quoted
from bot.content.prompts import KEY, wrong_text
from bot.content.sources import Source

PLACES = ("partner",)
FIELDS = ("key", "title", "text")
LONGEST_TITLE = 60
HERE = Path(__file__).parent / "activities.toml"


@dataclass(frozen=True, slots=True)
class Activity:
    """Something that the two of a pair can do at a meeting; `text` has the place {partner} still open."""

    key: str
    title: str
    text: str


@cache
def load_activities(source: Path | None = None) -> tuple[Activity, ...]:
    """Read a file of activities, in its order; without one, Tandem's own.

    Raises FilesRefused with every mistake, and for a file without any activity.
    """
    path = source or HERE
    return read_activities(path, path.name)


def read_activities(source: Source, name: str) -> tuple[Activity, ...]:
    """Read activities from anything that holds a file of them."""
    file = read_toml(source, name)
    problems = list(_problems(file))
    if problems:
        raise FilesRefused(problems)
    return tuple(Activity(*(str(entry[field]) for field in FIELDS)) for entry in _entries(file))


def _entries(file: TomlFile) -> list[dict[str, object]]:
    tables = file.content.get("activity", [])
    return tables if isinstance(tables, list) and all(isinstance(table, dict) for table in tables) else []


def _problems(file: TomlFile) -> Iterator[Problem]:
    for name in file.content:
        if name != "activity":
            yield file.problem((name,), f"{quoted(name)} is nothing that this file has: write [[activity]].")
    if not _entries(file):
        yield file.problem(("activity",), "There is no activity yet: each begins with [[activity]].")
    taken: set[object] = set()
    for number, entry in enumerate(_entries(file)):
        for name in sorted(entry.keys() - set(FIELDS)):
            sentence = f"An activity has no {quoted(name)}{did_you_mean(name, FIELDS)}"
            yield file.problem(("activity", number, name), sentence, at_key=True)
        for name, sentence in (
            ("key", _wrong_key(entry.get("key"), taken)),
            ("title", _wrong_title(entry.get("title"))),
            ("text", wrong_text(entry.get("text"), "An activity", PLACES)),
        ):
            if sentence:
                yield file.problem(("activity", number, name), sentence)
        taken.add(str(entry.get("key")))


def _wrong_key(key: object, taken: set[object]) -> str:
    if not isinstance(key, str) or not KEY.fullmatch(key):
        return "An activity has a key of small letters, digits and hyphens, such as trade-a-day."
    return f"The key {quoted(key)} is taken by another activity." if key in taken else ""


def _wrong_title(title: object) -> str:
    if not isinstance(title, str) or not title.strip():
        return "An activity has a title in quotes, and not an empty one."
    return f"The title has {len(title)} characters; {LONGEST_TITLE} is the most." if len(title) > LONGEST_TITLE else ""
