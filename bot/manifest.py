"""The Slack app's manifest, as data: what the app asks for, in the one place where Slack reads it, too."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

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


def read_manifest(path: Path = SHIPPED) -> Manifest:
    """Read a manifest file."""
    return Manifest(yaml.safe_load(path.read_text(encoding="utf8")))
