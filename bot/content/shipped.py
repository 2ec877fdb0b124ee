"""The designs that come with Tandem, by their names."""

from pathlib import Path

from bot.content.problems import did_you_mean, quoted

HERE = Path(__file__).parent / "programs"


def names() -> tuple[str, ...]:
    """Return the names of the designs, such as "alcts-2017"."""
    return tuple(sorted(path.parent.name for path in HERE.glob("*/program.toml")))


def shipped_program(name: str) -> tuple[Path, Path]:
    """Return the paths of a design's program.toml and roster.csv; raises ValueError, with a hint, for another name."""
    if name not in names():
        raise ValueError(f"No design is called {quoted(name)}{did_you_mean(name, names())}")
    return HERE / name / "program.toml", HERE / name / "roster.csv"
