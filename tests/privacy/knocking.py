"""Every door of Tandem's, without Slack around it: what is typed, which button is pressed, which form is sent."""

import re
from re import Pattern
from typing import Any

from bot.slack.doors import Doors, FormScreen, Screen, Word
from bot.slack.screens import ALL


class Knocking(Doors):
    """Knows which screen answers what."""

    def __init__(self) -> None:
        self.words: dict[str, Word] = {}
        self.commands: dict[str, Screen] = {}
        self.actions: list[tuple[Pattern[str], Screen]] = []
        self.forms: dict[str, FormScreen] = {}
        self.events: dict[str, Screen] = {}
        for screen in ALL:
            screen.register(self)

    def command(self, name: str, screen: Screen) -> None:
        """Keep it."""
        self.commands[name] = screen

    def action(self, action_id: str | Pattern[str], screen: Screen, **_: Any) -> None:
        """Keep it."""
        whole = action_id if isinstance(action_id, re.Pattern) else re.compile(rf"^{re.escape(action_id)}$")
        self.actions.append((whole, screen))

    def closed(self, callback_id: str, screen: Screen) -> None:
        """A form that is closed shows nothing to anybody else."""

    def form(self, callback_id: str, screen: FormScreen) -> None:
        """Keep it."""
        self.forms[callback_id] = screen

    def event(self, kind: str, screen: Screen, **_: Any) -> None:
        """Keep it."""
        self.events[kind] = screen

    def after_each(self, screen: Screen) -> None:
        """Home is looked at anyway."""

    def for_action(self, action_id: str) -> Screen | None:
        """Return what answers a click."""
        return next((screen for whole, screen in self.actions if whole.search(action_id)), None)
