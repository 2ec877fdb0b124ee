"""A folder of prompts and activities of a coordinator's own, in the place of those that come with Tandem."""

from dataclasses import dataclass
from pathlib import Path

from bot.content.activities import Activity, load_activities
from bot.content.problems import FilesRefused, Problem
from bot.content.prompts import HERE, Prompts, load_prompts


@dataclass(frozen=True, slots=True)
class Content:
    """What Tandem suggests: prompts for the phases, activities for meetings."""

    prompts: Prompts
    activities: tuple[Activity, ...]


def load_content(folder: Path | None = None) -> Content:
    """Read `prompts/<phase>.toml` and `activities.toml` of a folder; what is not there is Tandem's own.

    Raises FilesRefused with every mistake in all of the files, and for a folder that has none of them.
    """
    if folder is None:
        return Content(load_prompts(), load_activities())
    prompts, activities = folder / "prompts", folder / "activities.toml"
    if not prompts.is_dir() and not activities.is_file():
        sentence = "There is neither a folder prompts nor a file activities.toml in it: name a folder that has one."
        raise FilesRefused([Problem(str(folder), 1, 1, sentence)])
    problems: list[Problem] = []
    own_prompts, own_activities = load_prompts(), load_activities()
    try:
        own_prompts = load_prompts(prompts, instead_of=HERE) if prompts.is_dir() else own_prompts
    except FilesRefused as refused:
        problems += refused.problems
    try:
        own_activities = load_activities(activities) if activities.is_file() else own_activities
    except FilesRefused as refused:
        problems += refused.problems
    if problems:
        raise FilesRefused(problems)
    return Content(own_prompts, own_activities)
