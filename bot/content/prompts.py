"""The prompts of each phase: ideas for a mentor or a mentee, one at a time."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.content.located_toml import TomlFile, TomlPath, read_toml
from bot.content.problems import FilesRefused, Problem, did_you_mean, quoted
from bot.content.words import places
from bot.domain.program import Phase, Role
from bot.domain.rules.phase_prompt import Prompt

PLACES = ("partner", "program", "phase_end", "liaison")
ROLES = (Role.MENTOR, Role.MENTEE)
LONGEST = 600
KEY = re.compile(r"[a-z0-9-]+")
HERE = Path(__file__).parent / "prompts"


@dataclass(frozen=True, slots=True)
class Prompts:
    """Every prompt in the order of the phases and of their files, and its text with {places} still open."""

    all: tuple[Prompt, ...]
    texts: Mapping[tuple[str, str, str], str]

    def text(self, phase: str, role: str, key: str) -> str:
        """Return a prompt's text; its places are among {partner}, {program}, {phase_end}, {liaison}.

        Raises KeyError when there is none (any more).
        """
        return self.texts[phase, role, key]


@cache
def load_prompts(folder: Path | None = None) -> Prompts:
    """Read `<phase>.toml` for each phase; a phase without a file has no prompts. Without a folder: Tandem's own.

    Raises FilesRefused with every mistake in all of the files.
    """
    prompts: list[Prompt] = []
    texts: dict[tuple[str, str, str], str] = {}
    problems: list[Problem] = []
    for path in sorted((folder or HERE).glob("*.toml"), key=_order):
        try:
            for prompt, text in _read_phase(path):
                prompts.append(prompt)
                texts[prompt.phase, prompt.role, prompt.key] = text
        except FilesRefused as refused:
            problems += refused.problems
    if problems:
        raise FilesRefused(problems)
    return Prompts(tuple(prompts), texts)


def _order(path: Path) -> int:
    phases = list(Phase)
    return phases.index(Phase(path.stem)) if path.stem in phases else len(phases)


def _read_phase(path: Path) -> list[tuple[Prompt, str]]:
    file = read_toml(path, path.name)
    problems = list(_problems(file, path.stem))
    if problems:
        raise FilesRefused(problems)
    phase = Phase(path.stem)
    return [pair for role in ROLES for pair in _of_role(phase, role, _entries(file, role))]


def _of_role(phase: Phase, role: Role, entries: list[dict[str, object]]) -> Iterator[tuple[Prompt, str]]:
    for number, entry in enumerate(entries):
        place = float(str(entry.get("after", number / len(entries))))
        yield Prompt(phase, role, str(entry["key"]), place), str(entry["text"])


def _entries(file: TomlFile, role: str) -> list[dict[str, object]]:
    tables = file.content.get(role, [])
    return tables if isinstance(tables, list) and all(isinstance(table, dict) for table in tables) else []


def _problems(file: TomlFile, phase: str) -> Iterator[Problem]:
    if phase not in list(Phase):
        yield file.problem((), f"{quoted(phase)} is not a phase{did_you_mean(phase, Phase)}")
    for name, value in file.content.items():
        if name not in ROLES:
            yield file.problem((name,), f"{quoted(name)} is not whom a prompt is for: [[mentor]] or [[mentee]].")
        elif not _entries(file, name) and value != []:
            yield file.problem((name,), f"Write two brackets on each side: [[{name}]].")
    for role in ROLES:
        taken: set[object] = set()
        for number, entry in enumerate(_entries(file, role)):
            yield from _mistakes(file, (role, number), entry, taken)
            taken.add(str(entry.get("key")))


def _mistakes(file: TomlFile, path: TomlPath, entry: dict[str, object], taken: set[object]) -> Iterator[Problem]:
    for name in entry.keys() - {"key", "text", "after"}:
        hint = did_you_mean(name, ("key", "text", "after"))
        yield file.problem((*path, name), f"A prompt has no {quoted(name)}{hint}", at_key=True)
    for name, sentence in (
        ("key", _wrong_key(entry.get("key"), taken)),
        ("text", _wrong_text(entry.get("text"))),
        ("after", _wrong_place(entry.get("after", 0))),
    ):
        if sentence:
            yield file.problem((*path, name), sentence)


def _wrong_key(key: object, taken: set[object]) -> str:
    if not isinstance(key, str) or not KEY.fullmatch(key):
        return "A prompt has a key of small letters, digits and hyphens, such as first-call."
    return f"The key {quoted(key)} is taken by another prompt of this role." if key in taken else ""


def _wrong_text(text: object) -> str:
    if not isinstance(text, str) or not text.strip():
        return "A prompt has a text in quotes, and not an empty one."
    if len(text) > LONGEST:
        return f"The text has {len(text)} characters; {LONGEST} is the most."
    try:
        unknown = [name for name in places(text) if name not in PLACES]
    except ValueError as error:
        return str(error)
    return f"There is no {{{unknown[0]}}}{did_you_mean(unknown[0], PLACES)}" if unknown else ""


def _wrong_place(after: object) -> str:
    if isinstance(after, bool) or not isinstance(after, int | float) or not 0 <= after < 1:
        return "`after` is a number from 0 (the phase's first day) to below 1 (its last)."
    return ""
