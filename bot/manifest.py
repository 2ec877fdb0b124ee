"""The Slack app's manifest, as data: what the app asks for, in the one place where Slack reads it, too."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

NEEDED = (("display_information", "name"), ("oauth_config", "scopes", "bot"))  # without these there is no bot
SHIPPED = Path(__file__).parent.parent / "manifest.yml"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What `manifest.yml` says. `raw` is the whole, as Slack's API takes it."""

    raw: Mapping[str, Any]

    @property
    def scopes(self) -> frozenset[str]:
        """The scopes without which the app does not work."""
        return frozenset(self.raw["oauth_config"]["scopes"]["bot"])

    @property
    def optional_scopes(self) -> frozenset[str]:
        """The scopes that add something when they are granted."""
        return frozenset(self.raw["oauth_config"]["scopes"].get("bot_optional", []))

    @property
    def commands(self) -> tuple[str, ...]:
        """The slash commands."""
        return tuple(command["command"] for command in self.raw["features"]["slash_commands"])

    @property
    def events(self) -> tuple[str, ...]:
        """The events that Slack is asked to send."""
        return tuple(self.raw["settings"]["event_subscriptions"]["bot_events"])


class ManifestRefused(ValueError):
    """The file is no manifest that can be used; the sentence says why, and what would be right."""


def parse_manifest(path: Path) -> Mapping[str, Any]:
    """Read any app's manifest, in YAML or JSON, as data. Raise ManifestRefused if it is none."""
    try:
        text = path.read_text(encoding="utf8")
        raw = json.loads(text) if path.suffix == ".json" else yaml.safe_load(text)
    except OSError as error:
        raise ManifestRefused(f"{path}: it cannot be read ({error.strerror})") from None
    except (ValueError, yaml.YAMLError) as error:
        reason = " ".join(str(error).split())
        raise ManifestRefused(f"{path}: it is neither YAML nor JSON that can be read ({reason})") from None
    for sentence in _mistakes(raw):
        raise ManifestRefused(f"{path}: it is no app manifest: {sentence}")
    return dict(raw)


def _mistakes(raw: Any) -> Iterator[str]:
    """What keeps `raw` from being a manifest."""
    for place in NEEDED:
        if not _has(raw, place):
            yield f"it lacks {'.'.join(place)}"
    for name in ("features", "settings"):
        if not isinstance(raw.get(name, {}), Mapping):
            yield f"{name} holds no names and values"
    commands = (raw.get("features") or {}).get("slash_commands") or []
    if not all(_has(row, ("command",)) for row in commands):
        yield "each of features.slash_commands needs a command"


def _has(raw: Any, place: tuple[str, ...]) -> bool:
    for name in place:
        raw = raw.get(name) if isinstance(raw, Mapping) else None
    return bool(raw)


def read_manifest(path: Path = SHIPPED) -> Manifest:
    """Read a manifest file."""
    return Manifest(yaml.safe_load(path.read_text(encoding="utf8")))
