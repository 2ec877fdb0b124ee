"""TOML with the place of every value: `tomllib` reads it, and a small scanner remembers where things stand."""

import re
import tomllib
from dataclasses import dataclass

from bot.content.problems import FilesRefused, Problem
from bot.content.sources import Source, place_in, read_text

TomlPath = tuple[str | int, ...]

_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}' r"|'''.*?'{3,5}" r'|"(?:\\.|[^"\\\n])*"' r"|'[^'\n]*'",
    re.DOTALL,
)
_KEY = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR = re.compile(r"[^,\]}#\n]+")
_FILLING = re.compile(r"(?:\s|#[^\n]*)*")
_BLANKS = re.compile(r"[ \t]*")
_AT = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


@dataclass(frozen=True, slots=True)
class TomlFile:
    """What a TOML file says, and where: `keys` and `values` map a path to the offset of a key and of its value."""

    name: str
    text: str
    content: dict[str, object]
    keys: dict[TomlPath, int]
    values: dict[TomlPath, int]

    def problem(self, path: TomlPath, sentence: str, *, at_key: bool = False) -> Problem:
        """Return a problem with what is at `path`, such as ("trainings", 2, "audience").

        Its place is that of the value, or of the key; of the table that it belongs in, when it is not there at all.
        """
        likely, other = (self.keys, self.values) if at_key else (self.values, self.keys)
        while path and path not in likely and path not in other:
            path = path[:-1]
        line, column = place_in(self.text, likely.get(path, other.get(path, 0)))
        return Problem(self.name, line, column, sentence)


def read_toml(source: Source, name: str) -> TomlFile:
    """Read TOML; raises FilesRefused where it is not even that."""
    text = read_text(source, name)
    try:
        content = tomllib.loads(text)
        places = _Places(text)
    except tomllib.TOMLDecodeError as error:
        raise FilesRefused([_syntax_problem(str(error), name, text)]) from error
    except RecursionError as error:
        raise FilesRefused([Problem(name, 1, 1, "This is nested too deeply.")]) from error
    return TomlFile(name, text, content, places.keys, places.values)


def _syntax_problem(message: str, name: str, text: str) -> Problem:
    match = _AT.search(message)
    line, column = (int(match[1]), int(match[2])) if match and match[1] else place_in(text, len(text.rstrip()))
    return Problem(name, line, column, f"This is not TOML: {_AT.sub('', message)}.{_hint(message, text, line)}")


def _hint(message: str, text: str, line: int) -> str:
    """Say what is most likely meant: quotes that a word processor has bent, or a text of several lines."""
    written = text.splitlines()[line - 1] if line <= len(text.splitlines()) else ""
    if any(quote in written for quote in "“”‘’") and '"' not in written:
        return ' A text stands in straight quotes: ".'
    return ' A text of several lines stands between """ and """.' if "Illegal character '\\n'" in message else ""


class _Places:
    """Finds where each key and each value of a text stands; the text is known to be TOML."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.keys: dict[TomlPath, int] = {}
        self.values: dict[TomlPath, int] = {}
        self._counts: dict[TomlPath, int] = {}
        self._read()

    def _read(self) -> None:
        table: TomlPath = ()
        self._pass(_FILLING)
        while self.at < len(self.text):
            table = self._header() if self.text[self.at] == "[" else self._pair(table)
            self._pass(_FILLING)

    def _pass(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        if match is None:  # cannot happen in TOML; going on by one character is better than standing still
            self.at += 1
            return ""
        self.at = match.end()
        return match[0]

    def _header(self) -> TomlPath:
        start = self.at
        many = self.text.startswith("[[", start)
        self.at += 2 if many else 1
        *outer, last = self._dotted()
        self.at += 2 if many else 1
        path: TomlPath = ()
        for part in outer:
            path = self._newest((*path, part))
        path = (*path, last)
        if many:
            self._counts[path] = self._counts.get(path, 0) + 1
            self.keys.setdefault(path, start)
            path = self._newest(path)
        self.keys[path] = self.values[path] = start
        return path

    def _newest(self, path: TomlPath) -> TomlPath:
        """Return the path of the newest table of an array of tables; of anything else, the path itself."""
        return (*path, self._counts[path] - 1) if path in self._counts else path

    def _dotted(self) -> list[str]:
        parts = [self._key()]
        while self.text.startswith(".", self.at):
            self.at += 1
            parts.append(self._key())
        return parts

    def _key(self) -> str:
        self._pass(_BLANKS)
        if self.text[self.at : self.at + 1] in ('"', "'"):
            key = next(iter(tomllib.loads(f"{self._pass(_STRING)}=0")))
        else:
            key = self._pass(_KEY)
        self._pass(_BLANKS)
        return key

    def _pair(self, table: TomlPath) -> TomlPath:
        start = self.at
        path = table
        for part in self._dotted():
            path = (*path, part)
            self.keys.setdefault(path, start)
        self.at += 1  # the equals sign
        self._pass(_BLANKS)
        self._value(path)
        return table

    def _value(self, path: TomlPath) -> None:
        self.values[path] = self.at
        match self.text[self.at : self.at + 1]:
            case "[":
                self._array(path)
            case "{":
                self._inline_table(path)
            case '"' | "'":
                self._pass(_STRING)
            case _:
                self._pass(_SCALAR)

    def _array(self, path: TomlPath) -> None:
        self.at += 1
        count = 0
        while not self._over("]"):
            self._value((*path, count))
            count += 1

    def _inline_table(self, path: TomlPath) -> None:
        self.at += 1
        while not self._over("}"):
            self._pair(path)

    def _over(self, end: str) -> bool:
        """Go past what stands between two items; tell whether `end` comes instead of an item, and go past that too."""
        self._pass(_FILLING)
        if self.text.startswith(",", self.at):
            self.at += 1
            self._pass(_FILLING)
        over = self.text.startswith(end, self.at)
        self.at += over
        return over or self.at >= len(self.text)
