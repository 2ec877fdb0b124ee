"""The one app of this workspace, as its manifest describes it, with the tokens it got when it was installed."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

TEAM_ID, APP_ID, BOT_ID, BOT_USER = "T0PLAYGROUND", "A0PLAYGROUND", "B0PLAYGROUND", "U0PLAYGROUND"
DOMAIN = "playground"  # of the workspace


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command of the manifest."""

    command: str
    description: str
    usage_hint: str
    should_escape: bool


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A shortcut of the manifest: one that stands everywhere, or one for messages."""

    name: str
    kind: Literal["global", "message"]
    callback_id: str
    description: str


@dataclass(slots=True)
class InstalledApp:
    """What Slack knows about the app. `scopes` may be narrowed by a test; `installed` ends with the app's removal.

    `dead` are the tokens that were good once, and what their use is answered with.
    """

    name: str
    bot_name: str
    color: str
    description: str
    long_description: str
    commands: tuple[Command, ...]
    events: frozenset[str]
    scopes: set[str]
    home_tab: bool
    messages_tab: bool
    messages_read_only: bool
    shortcuts: tuple[Shortcut, ...] = ()
    redirect_urls: tuple[str, ...] = ()
    app_scopes: set[str] = field(default_factory=lambda: {"connections:write"})
    installed: bool = True
    dead: dict[str, str] = field(default_factory=dict)
    bot_token: str = field(default_factory=lambda: _bot_token())
    app_token: str = field(default_factory=lambda: "xapp-" + secrets.token_hex(16))
    signing_secret: str = field(default_factory=lambda: secrets.token_hex(16))
    verification_token: str = field(default_factory=lambda: secrets.token_hex(12))
    client_id: str = field(default_factory=lambda: f"{secrets.randbelow(10**12):012d}.{secrets.randbelow(10**12):012d}")
    client_secret: str = field(default_factory=lambda: secrets.token_hex(16))

    @property
    def handle(self) -> str:
        """The bot's user name."""
        return self.bot_name.lower().replace(" ", "_")

    @property
    def provided(self) -> str:
        """The granted scopes as Slack lists them."""
        return ",".join(sorted(self.scopes))

    def command(self, name: str) -> Command | None:
        """The slash command of that name, or None."""
        return next((command for command in self.commands if command.command == name), None)

    def shortcut(self, callback_id: str) -> Shortcut | None:
        """The shortcut with that callback id, or None."""
        return next((shortcut for shortcut in self.shortcuts if shortcut.callback_id == callback_id), None)

    def remove(self, because: str = "account_inactive") -> None:
        """Take the app out of the workspace; its token is answered with `because` from now on."""
        self.dead[self.bot_token] = because
        self.installed = False

    def put_in(self) -> None:
        """Install the app again: with a new token, if the old one is dead."""
        if self.bot_token in self.dead:
            self.bot_token = _bot_token()
        self.installed = True


def install(manifest: Mapping[str, Any], tokens: Mapping[str, str] | None = None) -> InstalledApp:
    """Install the app of a manifest (parsed), with every scope that it asks for, the optional ones too.

    `tokens` are what an earlier installation got, by attribute; what is not among them is made up.
    """
    features = manifest.get("features", {})
    settings = manifest.get("settings", {})
    scopes = manifest.get("oauth_config", {}).get("scopes", {})
    home = features.get("app_home", {})
    about = manifest.get("display_information", {})
    name = about.get("name", "App")
    app = InstalledApp(
        name=name,
        bot_name=features.get("bot_user", {}).get("display_name", name),
        color=about.get("background_color", "#4a154b"),
        description=about.get("description", ""),
        long_description=about.get("long_description", ""),
        commands=tuple(_command(row) for row in features.get("slash_commands", [])),
        events=frozenset(settings.get("event_subscriptions", {}).get("bot_events", [])),
        scopes={*scopes.get("bot", []), *scopes.get("bot_optional", [])},
        home_tab=home.get("home_tab_enabled") is True,
        messages_tab=home.get("messages_tab_enabled") is True,
        messages_read_only=home.get("messages_tab_read_only_enabled") is True,
        shortcuts=tuple(_shortcut(row) for row in features.get("shortcuts", [])),
        redirect_urls=tuple(manifest.get("oauth_config", {}).get("redirect_urls", [])),
    )
    for attribute, token in (tokens or {}).items():
        setattr(app, attribute, token)
    return app


def _command(row: Mapping[str, Any]) -> Command:
    return Command(
        command=row["command"],
        description=row.get("description", ""),
        usage_hint=row.get("usage_hint", ""),
        should_escape=row.get("should_escape") is True,
    )


def _shortcut(row: Mapping[str, Any]) -> Shortcut:
    return Shortcut(
        name=row["name"],
        kind="message" if row["type"] == "message" else "global",
        callback_id=row["callback_id"],
        description=row.get("description", ""),
    )


def _bot_token() -> str:
    return "xoxb-" + secrets.token_hex(16)
