"""The README cannot rot: its lists of commands and settings are what the code says."""

import os
import re
from pathlib import Path
from typing import Any

import typer

from bot.cli import app
from bot.settings import Settings

README = Path(__file__).parent.parent / "README.md"
EXAMPLE = README.parent / ".env.example"


def commands() -> str:
    group: Any = typer.main.get_command(app)
    rows = ["| command | what it does |", "|---|---|"]
    for name, command in sorted(group.commands.items()):
        arguments = " ".join(_usage(parameter) for parameter in command.params if parameter.name != "help")
        purpose = str(command.help).partition("\n\n")[0]
        rows.append(f"| `tandem {name}{' ' if arguments else ''}{arguments}` | {purpose} |")
    return "\n".join(rows)


def _usage(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        shown = str(parameter.name).upper()
        return shown if parameter.required else f"[{shown}]"
    name = max(parameter.opts, key=len)
    off = f"/{parameter.secondary_opts[0]}" if parameter.secondary_opts else ""
    value = "" if off or getattr(parameter, "is_flag", False) else f" {str(parameter.name).upper()}"
    return f"[{name}{off}{value}]"


def settings() -> str:
    rows = ["| variable | what it is | default |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = "" if field.default is None or field.default_factory else f"`{field.default}`"
        rows.append(f"| `{name.upper()}` | {field.description} | {default} |")
    return "\n".join(rows)


def part(name: str, wanted: str) -> tuple[str, str]:
    """Return what the README has between the marks, and what it should have; renew it if asked to."""
    text = README.read_text(encoding="utf8")
    pattern = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
    if os.environ.get("UPDATE_GOLDEN"):
        text = pattern.sub(lambda match: f"{match[1]}{wanted}\n{match[2]}", text)
        README.write_text(text, encoding="utf8")
    found = pattern.search(text)
    assert found is not None
    return found[0].split("-->\n", 1)[1].rsplit("\n<!--", 1)[0], wanted


def test_the_readme_lists_every_command() -> None:
    found, wanted = part("commands", commands())

    assert found == wanted


def test_the_readme_lists_every_setting() -> None:
    found, wanted = part("settings", settings())

    assert found == wanted


def test_the_example_names_every_setting_and_no_other() -> None:
    named = set(re.findall(r"^#?([A-Z_]+)=", EXAMPLE.read_text(encoding="utf8"), re.MULTILINE))

    assert named == {name.upper() for name in Settings.model_fields}


def test_every_link_of_the_readme_leads_somewhere() -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", README.read_text(encoding="utf8")):
        assert (README.parent / target).exists(), target
