"""The prompts of each phase: ideas for a mentor, a mentee, or the two of a pair."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.content.located_toml import TomlFile, TomlPath, read_toml
from bot.content.problems import FilesRefused, Problem, did_you_mean, quoted
from bot.content.words import places
from bot.domain.program import Phase
from bot.domain.rules.phase_prompt import Prompt, Whom
from bot.domain.tasks import Task

PLACES = ("partner", "program", "phase_end", "liaison")
FIELDS = ("key", "text", "after", "unless", "needs", "first")
LONGEST = 600
KEY = re.compile(r"[a-z0-9-]+")
HERE = Path(__file__).parent / "prompts"


@dataclass(frozen=True, slots=True)
class Prompts:
    """Every prompt in the order of the phases and of their files, and its text with {places} still open."""

    all: tuple[Prompt, ...]
    texts: Mapping[tuple[str, str, str], str]

    def text(self, phase: str, whom: str, key: str) -> str:
        """Return a prompt's text; its places are among {partner}, {program}, {phase_end}, {liaison}.

        Raises KeyError when there is none (any more).
        """
        return self.texts[phase, whom, key]


@cache
def load_prompts(folder: Path | None = None, *, instead_of: Path | None = None) -> Prompts:
    """Read `<phase>.toml` for each phase; a phase without a file has no prompts. Without a folder: Tandem's own.

    With `instead_of`, a phase that has no file in `folder` has the one that stands there. Raises FilesRefused with
    every mistake in all of the files.
    """
    prompts: list[Prompt] = []
    texts: dict[tuple[str, str, str], str] = {}
    problems: list[Problem] = []
    for path in _files(folder or HERE, instead_of):
        try:
            for prompt, text in _read_phase(path):
                prompts.append(prompt)
                texts[prompt.phase, prompt.whom, prompt.key] = text
        except FilesRefused as refused:
            problems += refused.problems
    if problems:
        raise FilesRefused(problems)
    return Prompts(tuple(prompts), texts)


def _files(folder: Path, instead_of: Path | None) -> list[Path]:
    found = {path.stem: path for path in sorted(instead_of.glob("*.toml"))} if instead_of else {}
    found |= {path.stem: path for path in sorted(folder.glob("*.toml"))}
    return sorted(found.values(), key=_order)


def _order(path: Path) -> int:
    phases = list(Phase)
    return phases.index(Phase(path.stem)) if path.stem in phases else len(phases)


def _read_phase(path: Path) -> list[tuple[Prompt, str]]:
    file = read_toml(path, path.name)
    problems = list(_problems(file, path.stem))
    if problems:
        raise FilesRefused(problems)
    phase = Phase(path.stem)
    return [pair for whom in Whom for pair in _for_whom(phase, whom, _entries(file, whom))]


def _for_whom(phase: Phase, whom: Whom, entries: list[dict[str, object]]) -> Iterator[tuple[Prompt, str]]:
    for number, entry in enumerate(entries):
        prompt = Prompt(
            phase,
            whom,
            str(entry["key"]),
            float(str(entry.get("after", number / len(entries)))),
            unless=Task(str(entry["unless"])) if "unless" in entry else None,
            needs=Task(str(entry["needs"])) if "needs" in entry else None,
            first=entry.get("first") is True,
        )
        yield prompt, str(entry["text"])


def _entries(file: TomlFile, whom: str) -> list[dict[str, object]]:
    tables = file.content.get(whom, [])
    return tables if isinstance(tables, list) and all(isinstance(table, dict) for table in tables) else []


def _problems(file: TomlFile, phase: str) -> Iterator[Problem]:
    if phase not in list(Phase):
        yield file.problem((), f"{quoted(phase)} is not a phase{did_you_mean(phase, Phase)}")
    for name, value in file.content.items():
        if name not in list(Whom):
            sentence = f"{quoted(name)} is not whom a prompt is for: [[mentor]], [[mentee]] or [[pair]]."
            yield file.problem((name,), sentence)
        elif not _entries(file, name) and value != []:
            yield file.problem((name,), f"Write two brackets on each side: [[{name}]].")
    for whom in Whom:
        taken: set[object] = set()
        for number, entry in enumerate(_entries(file, whom)):
            yield from _mistakes(file, (whom, number), entry, taken)
            taken.add(str(entry.get("key")))


def _mistakes(file: TomlFile, path: TomlPath, entry: dict[str, object], taken: set[object]) -> Iterator[Problem]:
    for name in sorted(entry.keys() - set(FIELDS)):
        yield file.problem((*path, name), f"A prompt has no {quoted(name)}{did_you_mean(name, FIELDS)}", at_key=True)
    for name, sentence in (
        ("key", _wrong_key(entry.get("key"), taken)),
        ("text", wrong_text(entry.get("text"), "A prompt", PLACES)),
        ("after", _wrong_place(entry.get("after", 0))),
        ("unless", _wrong_task(entry, "unless")),
        ("needs", _wrong_task(entry, "needs")),
        ("first", "`first` is true or false." if not isinstance(entry.get("first", False), bool) else ""),
    ):
        if sentence:
            yield file.problem((*path, name), sentence)


def _wrong_key(key: object, taken: set[object]) -> str:
    if not isinstance(key, str) or not KEY.fullmatch(key):
        return "A prompt has a key of small letters, digits and hyphens, such as first-call."
    return f"The key {quoted(key)} is taken by another prompt of this role." if key in taken else ""


def wrong_text(text: object, what: str, known: tuple[str, ...]) -> str:
    """Say what is wrong with a text whose braces may hold the `known` places; "" when nothing is."""
    if not isinstance(text, str) or not text.strip():
        return f"{what} has a text in quotes, and not an empty one."
    if len(text) > LONGEST:
        return f"The text has {len(text)} characters; {LONGEST} is the most."
    try:
        unknown = [name for name in places(text) if name not in known]
    except ValueError as error:
        return str(error)
    return f"There is no {{{unknown[0]}}}{did_you_mean(unknown[0], known)}" if unknown else ""


def _wrong_place(after: object) -> str:
    if isinstance(after, bool) or not isinstance(after, int | float) or not 0 <= after < 1:
        return "`after` is a number from 0 (the phase's first day) to below 1 (its last)."
    return ""


def _wrong_task(entry: dict[str, object], name: str) -> str:
    task = entry.get(name)
    if task is None or task in list(Task):
        return ""
    hint = did_you_mean(str(task), Task)
    return f"{quoted(task)} is nothing that a pair can have done{hint}"
