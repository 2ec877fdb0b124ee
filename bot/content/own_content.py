"""A folder of prompts and activities of a coordinator's own, in the place of those that come with Tandem."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bot.content.activities import Activity, load_activities
from bot.content.problems import FilesRefused, Problem
from bot.content.prompts import HERE, Prompts, load_prompts
from bot.domain.program import Phase

PROMPTS, ACTIVITIES = "prompts", "activities.toml"


@dataclass(frozen=True, slots=True)
class Content:
    """What Tandem suggests: prompts for the phases, activities for meetings."""

    prompts: Prompts
    activities: tuple[Activity, ...]


def load_content(folder: Path | None = None) -> Content:
    """Read `prompts/<phase>.toml` and `activities.toml` of a folder; what is not there is Tandem's own.

    Raises FilesRefused with every mistake in all of the files, for one that would not be read, and for a folder
    that has none.
    """
    if folder is None:
        return Content(load_prompts(), load_activities())
    problems = list(_strays(folder))
    if not problems and not own_files(folder):
        sentence = "There is neither a prompts/<phase>.toml nor an activities.toml in it: name a folder that has one."
        problems.append(Problem(str(folder), 1, 1, sentence))
    own_prompts, own_activities = load_prompts(), load_activities()
    prompts, activities = folder / PROMPTS, folder / ACTIVITIES
    try:
        own_prompts = load_prompts(prompts, instead_of=HERE) if prompts.is_dir() else own_prompts
    except FilesRefused as refused:
        problems += [replace(problem, file=f"{PROMPTS}/{problem.file}") for problem in refused.problems]
    try:
        own_activities = load_activities(activities) if activities.is_file() else own_activities
    except FilesRefused as refused:
        problems += refused.problems
    if problems:
        raise FilesRefused(problems)
    return Content(own_prompts, own_activities)


def own_files(folder: Path) -> tuple[str, ...]:
    """Return what of a folder is read, as names inside it."""
    prompts = tuple(f"{PROMPTS}/{path.name}" for path in sorted((folder / PROMPTS).glob("*.toml")))
    return (*prompts, ACTIVITIES) if (folder / ACTIVITIES).is_file() else prompts


def _strays(folder: Path) -> Iterator[Problem]:
    """Yield what looks like a file of ours and would not be read: in the wrong place, or with a wrong ending."""
    for path in sorted((*folder.glob("*"), *(folder / PROMPTS).glob("*"))):
        name = str(path.relative_to(folder).as_posix())
        stem = path.name.partition(".")[0].lower()
        looks_like_ours = path.name.lower() in (f"{stem}.toml", f"{stem}.toml.txt", f"{stem}.txt")
        if not looks_like_ours or not path.is_file() or name in own_files(folder):
            continue
        if stem in list(Phase):
            yield Problem(name, 1, 1, f"This would not be read: it belongs to {PROMPTS}/{stem}.toml.")
        elif f"{stem}.toml" == ACTIVITIES:
            yield Problem(name, 1, 1, f"This would not be read: it belongs to {ACTIVITIES}, beside the folder prompts.")
