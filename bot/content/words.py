"""The sentences that people read, by their names."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter

from bot.content.located_toml import TomlFile, TomlPath, read_toml
from bot.content.problems import FilesRefused, Problem, quoted
from bot.content.sources import Source

HERE = Path(__file__).parent / "words"


class WordsMissing(KeyError):
    """A sentence that is not there, or is short of a value: a mistake of ours."""

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True, slots=True)
class Words:
    """All sentences, by the names of their tables and their own, as in "first_move.mentor"."""

    sentences: Mapping[str, str]

    def say(self, key: str, /, **values: object) -> str:
        """Return the sentence with its places filled; values without a place are ignored.

        Raises WordsMissing, a KeyError, that names the key when it is unknown or a value is missing.
        """
        if key not in self.sentences:
            raise WordsMissing(f"there are no words called {quoted(key)}")
        try:
            return self.sentences[key].format_map(values)
        except KeyError as error:
            raise WordsMissing(f"the words called {quoted(key)} need a value for {error}") from error

    def has(self, key: str) -> bool:
        """Tell whether there is a sentence of that name."""
        return key in self.sentences


@cache
def load_words() -> Words:
    """Return Tandem's own words, from all files in `words/`; read once."""
    return united(read_words(path, path.name) for path in sorted(HERE.glob("*.toml")))


def united(several: Iterable[Words]) -> Words:
    """Return the words of several files as one. A table may go on in another file; a sentence stands in one.

    Raises ValueError with the names of sentences that stand in two.
    """
    found: dict[str, str] = {}
    for words in several:
        if twice := sorted(found.keys() & words.sentences.keys()):
            raise ValueError(f"these words stand in two files: {', '.join(twice)}")
        found |= words.sentences
    return Words(found)


def read_words(source: Source, name: str) -> Words:
    """Read words; raises FilesRefused with each sentence that is none or whose braces do not hold a plain name."""
    file = read_toml(source, name)
    found = dict(_sentences(file.content, ()))
    problems = [problem for path, value in found.items() if (problem := _check(file, path, value))]
    if problems:
        raise FilesRefused(problems)
    return Words({".".join(map(str, path)): str(value) for path, value in found.items()})


def places(sentence: str) -> tuple[str, ...]:
    """Return the names in a sentence's braces; raises ValueError, with a sentence, where they hold anything else."""
    try:
        parsed = list(Formatter().parse(sentence))
    except ValueError as error:
        raise ValueError(f"The braces do not fit together ({error}): a brace that is meant is doubled.") from error
    fields = [(name, spec, conversion) for _, name, spec, conversion in parsed if name is not None]
    for name, spec, conversion in fields:
        if not name.isidentifier() or spec or conversion:
            raise ValueError(f"Braces hold a name and nothing else, such as {{partner}}, not {quoted(name)}.")
    return tuple(name for name, _, _ in fields)


def _sentences(table: Mapping[str, object], path: TomlPath) -> Iterator[tuple[TomlPath, object]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _sentences(value, (*path, key))
        else:
            yield (*path, key), value


def _check(file: TomlFile, path: TomlPath, value: object) -> Problem | None:
    if not isinstance(value, str) or not value.strip():
        return file.problem(path, "Words are a text in quotes, and not an empty one.")
    try:
        places(value)
    except ValueError as error:
        return file.problem(path, str(error))
    return None
